"""Stories on a picture: where its spots lie, what is cut of it, and what of the earth is refused."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.drawing.words import tell_scene
from storymap.earth.picture_plane import NATIVE_ZOOM, box_at, pixel_at, point_at
from storymap.earth.views import view_of_bounds
from storymap.errors import Location, Report, StorymapError
from storymap.geodata.picture_maps import TILE, cut_tiles, make_base, read_picture_map
from storymap.layers.backdrop import Backdrop
from storymap.model.place import LonLat
from storymap.model.story import Story
from storymap.project import load_project

STORY = """\
---
title: A painting
lang: {lang}
map: {image: painting.png, title: The ball}
---

All of it, and [the corner](place:90%,90%).

## The red quarter
place: 25%, 25%

It is red.

## The middle
place: 400px, 300px
zoom: 2

## Both
place: ["25%, 25%", "400px, 300px"]

## Below
bounds: [0, 300, 800, 600]

## All
overview: true
"""


def draw(size: tuple[int, int] = (800, 600), mode: str = "RGB") -> Image.Image:
    """White, with a red upper left quarter."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def save(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def lay_out(root: Path, *, text: str = STORY, picture: bytes | None = None, lang: str = "en") -> Path:
    (root / "stories").mkdir(parents=True)
    (root / "stories" / "one.md").write_text(text.replace("{lang}", lang), encoding="utf-8")
    (root / "stories" / "painting.png").write_bytes(picture or save(draw()))
    return root


def read(root: Path) -> Story:
    report = Report()
    (story,) = read_content(load_project(root), report).stories
    assert not report.errors
    return story


def test_pixels_lie_on_the_plane_and_come_back() -> None:
    for spot in ((0, 0), (799, 3), (20_000, 2_000), (60_000, 60_000)):
        assert pixel_at(point_at(*spot)) == pytest.approx(spot, abs=1e-3)
    box = box_at(0, 0, 1024, 512)
    assert view_of_bounds(box).zoom < NATIVE_ZOOM


def test_spots_in_per_cent_and_in_pixels_are_where_they_are_said_to_be(tmp_path: Path) -> None:
    story = read(lay_out(tmp_path / "site"))
    spots = [pixel_at(place.point) for place in story.places]
    assert spots[0] == pytest.approx((200, 150), abs=0.05)
    assert spots[1] == pytest.approx((400, 300), abs=0.05)
    assert [place.name for place in story.places] == ["The red quarter", "The middle"]
    assert [place.name for place in story.linked_places] == ["the corner"]
    whole = story.scene.view
    assert story.steps[1].view.zoom == pytest.approx(whole.zoom + 2, abs=0.02)
    assert story.steps[4].view == whole
    shown = story.steps[3].view.bounds
    assert pixel_at(point_at(0, 300))[1] == pytest.approx(
        pixel_at(type(point_at(0, 0))(shown.west, shown.north))[1], abs=1
    )


def test_a_story_on_a_picture_is_told_in_words_of_its_language(tmp_path: Path) -> None:
    story = read(lay_out(tmp_path / "en"))
    assert tell_scene(story.steps[0].scene, "en") == "Picture: The ball. The red quarter: upper left"
    assert tell_scene(story.steps[1].scene, "en") == "Picture: The ball. The middle: in the middle"
    assert tell_scene(story.steps[1].scene, "cs") == "Obraz: The ball. The middle: uprostřed"


def test_a_line_on_a_picture_has_no_length_on_the_earth(tmp_path: Path) -> None:
    text = STORY + '\n## A line\nplace: ["10%, 10%", "90%, 90%"]\nline: straight\n\nText.\n'
    scene = read(lay_out(tmp_path / "site", text=text)).steps[-1].scene
    told = "Line: 10%, 10%, 90%, 90%. 10%, 10%: upper left. 90%, 90%: lower right"
    assert tell_scene(scene, "en") == f"Picture: The ball. {told}"


def test_a_still_has_the_piece_that_its_scene_shows(tmp_path: Path) -> None:
    story = read(lay_out(tmp_path / "site"))
    (backdrop,) = story.steps[0].scene.find(Backdrop)
    piece = Image.open(io.BytesIO(backdrop.piece)).convert("RGB")
    left, top, right, bottom = (round(edge) for edge in _find_pixels(backdrop))
    assert 0 < left < 200 < right < 400
    assert 0 < top < 150 < bottom < 300
    assert piece.width / piece.height == pytest.approx((right - left) / (bottom - top), rel=0.02)
    assert piece.getpixel((3, 3))[1] < 60  # type: ignore[index]


def _find_pixels(backdrop: Backdrop) -> tuple[float, float, float, float]:
    box = backdrop.piece_bounds
    return *pixel_at(LonLat(box.west, box.north)), *pixel_at(LonLat(box.east, box.south))


def test_the_site_asks_nothing_of_the_earth_and_has_no_page_for_spots(tmp_path: Path) -> None:
    site = build_site(load_project(lay_out(tmp_path / "site")))
    page = site["one.html"].decode()
    payload = json.loads(re.search(r'id="storymap-data"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    assert payload["basemap"]["scales"] == []
    assert payload["ground"]["earth"] is False
    assert not any("url" in place for place in payload["places"])
    assert "°" not in page
    assert not any(path.startswith("places/") for path in site)
    stills = [content.decode() for path, content in site.items() if path.endswith(".svg") and "one" in path]
    assert len(stills) == 7  # with the one on the card
    assert not any('class="s-sea"' in still for still in stills)
    assert all("data:image/webp" in still for still in stills)
    assert "A painting" in site["index.html"].decode()


def test_a_large_picture_is_cut_into_tiles_that_fit_together() -> None:
    data = save(draw((5000, 1200)), "JPEG", quality=95)
    report = Report()
    picture = read_picture_map("stories/a.jpg", "a.jpg", data, at=Location(""), report=report)
    assert picture is not None
    assert {zoom for zoom, _, _ in picture.tiles} == {11, 12}
    tiles = dict(zip(picture.tiles, cut_tiles(picture, data), strict=True))
    finest = {tile: Image.open(io.BytesIO(found)) for tile, found in tiles.items() if tile[0] == 12}
    first = min(finest)
    assert finest[first].size == (TILE, TILE)
    last = max(finest, key=lambda tile: (tile[2], tile[1]))
    assert finest[last].size == (5000 % TILE, 1200 % TILE)
    assert len(finest) == 10 * 3
    base = Image.open(io.BytesIO(make_base(data)))
    assert base.size == (2048, 492)
    assert not report.problems


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "RGBA", "I;16", "1"])
def test_a_picture_of_any_kind_is_published(mode: str) -> None:
    image = draw().convert("L").convert("I;16") if mode == "I;16" else draw(mode=mode)
    data = save(image, "JPEG" if mode == "CMYK" else "PNG")
    copy = Image.open(io.BytesIO(make_base(data)))
    assert copy.format == "WEBP"
    assert copy.size == (800, 600)


def test_a_drawing_on_nothing_lies_on_white_paper() -> None:
    ink = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ink.paste((10, 10, 10, 255), (0, 0, 20, 40))
    copy = Image.open(io.BytesIO(make_base(save(ink)))).convert("RGBA")
    assert copy.getpixel((35, 20)) == (255, 255, 255, 255)
    assert copy.getpixel((5, 20))[0] < 30  # type: ignore[index]


def test_a_photograph_on_its_side_is_turned_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    data = save(draw(), "JPEG", exif=exif)
    picture = read_picture_map("stories/a.jpg", "a.jpg", data, at=Location(""), report=Report())
    assert picture is not None
    assert (picture.width, picture.height) == (600, 800)
    copy = Image.open(io.BytesIO(make_base(data)))
    assert copy.size == (600, 800)
    assert not copy.getexif()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unreadable-file"),
        (b"", "unreadable-file"),
        (save(Image.new("1", (20_000, 20_000))), "file-too-large"),
    ],
)
def test_what_is_no_picture_is_told(data: bytes, code: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "site")
    (root / "stories" / "painting.png").write_bytes(data)
    with pytest.raises(StorymapError) as raised:
        build_site(load_project(root))
    assert (raised.value.problems[0].code, raised.value.problems[0].at.line) == (code, 4)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("place: Prague", "no-spot"),
        ("place: 101%, 5%", "no-spot"),
        ("place: 801px, 5px", "no-spot"),
        ("place: 50%, 5px", "no-spot"),
        ("center: 50%", "no-spot"),
        ("bounds: [0, 0, 900, 20]", "no-spot"),
        ("place: 50%, 50%\nhighlight: CZ", "not-on-a-picture"),
        ("place: 50%, 50%\nimage: {file: painting.png, bounds: [1, 2, 3, 4]}", "not-on-a-picture"),
    ],
)
def test_what_is_of_the_earth_is_refused(written: str, code: str, tmp_path: Path) -> None:
    text = "---\ntitle: A\nmap: {image: painting.png}\n---\n\n## One\n" + written + "\n"
    report = Report()
    read_content(load_project(lay_out(tmp_path / "site", text=text)), report)
    assert code in [problem.code for problem in report.errors]


def test_a_picture_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "site")
    (root / "stories" / "painting.png").unlink()
    report = Report()
    read_content(load_project(root), report)
    assert [problem.code for problem in report.problems] == ["missing-file"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = save(draw((5000, 300)), "JPEG")
    picture = read_picture_map("a.jpg", "a.jpg", data, at=Location(""), report=Report())
    assert picture is not None
    assert list(cut_tiles(picture, data)) == list(cut_tiles(picture, data))
    assert make_base(data) == make_base(data)
