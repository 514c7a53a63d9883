"""A site with tiles of its author's own: what it carries, what its pages tell, and what is drawn without a browser."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storymap import load_stories
from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.building.picturing import export_picture
from storymap.errors import Report
from storymap.outputs.single_page import make_single_page
from storymap.project import load_project

STORY = """---
title: Prague
---
[The bridge](geo:50.0865,14.4114) leads over.

## The town
place: 50.0875, 14.4213
zoom: 12

Text.

## Far from it
place: 49.19, 16.6
zoom: 12

Text.
"""
CARDS = 'url = "https://example.org"\ncards = "steps"\n'
SEA, TOWN = (20, 60, 120), (200, 180, 140)


def draw(color: tuple[int, int, int]) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (256, 256), color).save(written, "PNG")
    return written.getvalue()


def write_tiles(folder: Path) -> None:
    """Tiles around Prague: one in the middle is another than all others, which are equal."""
    for zoom, column, row in ((10, 553, 346), (11, 1106, 693), (12, 2212, 1387)):
        for x in range(column - 3, column + 4):
            for y in range(row - 3, row + 4):
                file = folder / str(zoom) / str(x) / f"{y}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(draw(TOWN if (x, y) == (column, row) else SEA))


def make(root: Path, story: str = STORY, settings: str = 'tiles = "plan/{z}/{x}/{y}.png"\n') -> Path:
    (root / "stories").mkdir(parents=True, exist_ok=True)
    (root / "stories" / "prague.md").write_text(story, encoding="utf-8")
    (root / "storymap.toml").write_text(f'title = "Tiles"\n{settings}', encoding="utf-8")
    return root


def build(root: Path) -> dict[str, bytes]:
    report = Report()
    site = dict(build_site(load_project(root), report=report))
    assert report.errors == ()
    return site


def read_payload(site: dict[str, bytes], page: str) -> dict[str, Any]:
    found = re.search(r'<script [^>]*id="storymap-data"[^>]*>(.*?)</script>', site[page].decode(), re.DOTALL)
    assert found
    payload: dict[str, Any] = json.loads(found[1])
    return payload


def list_named(payload: dict[str, Any]) -> set[str]:
    """The files of tiles that a page knows of."""
    layers = [layer for scene in (payload, *payload.get("steps", ())) for layer in scene["layers"]]
    told = [layer if layer["kind"] == "tileset" else layer.get("tiles", {}) for layer in layers]
    return {name for one in told for run in one.get("runs", ()) for name in run[3].split(",")}


@pytest.fixture(scope="module")
def tiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("tiled")
    write_tiles(root / "plan")
    return build(
        make(root, settings=f'tiles = "plan/{{z}}/{{x}}/{{y}}.png"\ntiles_attribution = "City <archive>"\n{CARDS}')
    )


def test_equal_tiles_are_carried_once_and_pages_know_of_all_that_are_there(tiled: dict[str, bytes]) -> None:
    files = {path.removeprefix("assets/tiles/") for path in tiled if path.startswith("assets/tiles/")}
    assert len(files) == 2
    for page in ("prague.html", "index.html"):
        assert list_named(read_payload(tiled, page)) <= files
    assert list_named(read_payload(tiled, "prague.html")) == files
    zooms = {run[0] for run in read_payload(tiled, "prague.html")["layers"][0]["runs"]}
    assert zooms == {10, 11, 12}
    assert "assets/layers.js" in tiled


def test_pages_in_folders_find_the_same_tiles(tiled: dict[str, bytes]) -> None:
    (page,) = (path for path in tiled if path.startswith("places/") and "50-0865n" in path)
    tileset = read_payload(tiled, page)["layers"][0]
    assert (tileset["kind"], tileset["url"]) == ("tileset", "../assets/tiles/")
    assert list_named(read_payload(tiled, page))


def test_who_made_the_tiles_is_credited_on_the_map_in_stills_and_on_the_page_about_the_map(
    tiled: dict[str, bytes],
) -> None:
    assert "City <archive>" in read_payload(tiled, "prague.html")["basemap"]["credits"]
    for path in ("prague.html", "about.html", "stills/prague/the-town.svg"):
        assert b"City &lt;archive&gt;" in tiled[path]
        assert b"City <archive>" not in tiled[path]


def test_a_still_shows_the_tiles_and_one_without_any_the_drawn_map(tiled: dict[str, bytes]) -> None:
    town, far = (tiled[f"stills/prague/{step}.svg"].decode() for step in ("the-town", "far-from-it"))
    (picture,) = re.findall(r'href="data:image/webp;base64,([^"]+)"', town)
    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    assert image.size == (900, 600)
    assert image.getpixel((image.width // 2, image.height // 2))[0] > 150  # type: ignore[index]
    assert 's-land"' not in town  # it is covered
    assert "<image" not in far
    assert "<image" in tiled["stills/prague.card.svg"].decode() or "<image" not in tiled["stills/prague.svg"].decode()


def test_pictures_of_shared_links_show_tiles_from_edge_to_edge(tiled: dict[str, bytes]) -> None:
    (place,) = (path for path in tiled if path.startswith("cards/places/50-0875n"))
    for path in ("cards/prague/the-town.png", place):
        with Image.open(io.BytesIO(tiled[path])) as read:
            card = read.convert("RGB")
        for x in (3, 1196):
            assert card.getpixel((x, 60)) == pytest.approx(SEA, abs=12), path


def test_places_on_tiles_come_as_close_as_those_go(tmp_path: Path) -> None:
    write_tiles(tmp_path / "plan")
    make(tmp_path, STORY.replace("zoom: 12\n", ""))
    (story,) = read_content(load_project(tmp_path), Report()).stories
    assert [step.view.zoom for step in story.steps] == [12, 9], "and where there are none, as without"


def test_the_same_project_gives_the_same_site_and_an_edit_of_a_tile_another(tmp_path: Path) -> None:
    write_tiles(tmp_path / "plan")
    site = build(make(tmp_path))
    assert build(tmp_path) == site
    (tmp_path / "plan" / "12" / "2212" / "1387.png").write_bytes(draw((1, 2, 3)))
    assert build(tmp_path).keys() - site.keys()


def test_no_page_asks_anybody_or_may(tiled: dict[str, bytes]) -> None:
    for page in ("prague.html", "index.html", "about.html"):
        assert b"may ask" not in tiled[page]
        (policy,) = re.findall(rb'Content-Security-Policy" content="([^"]+)"', tiled[page])
        assert b"http" not in policy
    assert "assets/whole.js" not in tiled


def test_a_single_file_has_its_tiles_in_itself(tiled: dict[str, bytes]) -> None:
    page = make_single_page(tiled["prague.html"].decode(), "prague.html", tiled)
    payload = read_payload({"page": page.encode()}, "page")
    files = payload["layers"][0]["files"]
    assert files.keys() == list_named(payload)
    assert all(address.startswith("data:image/png;base64,") for address in files.values())


def test_a_step_lays_a_sheet_of_tiles_on_its_ground(tmp_path: Path) -> None:
    story = STORY.replace("zoom: 12", "zoom: 12\nimage: plan/{z}/{x}/{y}.png", 1).replace(
        "place: 49.19", "image: none\nplace: 49.19"
    )
    root = make(tmp_path, story, settings="")
    write_tiles(root / "stories" / "plan")
    site = build(root)
    payload = read_payload(site, "prague.html")
    assert [layer["kind"] for layer in payload["layers"]].count("tileset") == 0
    first, second = ([layer for layer in step["layers"] if layer["kind"] == "image"] for step in payload["steps"])
    assert second == []
    assert first[0]["url"].startswith("assets/tiles/#")
    assert first[0]["title"] == "plan"
    assert list_named(payload) == {path.removeprefix("assets/tiles/") for path in site if "assets/tiles/" in path}
    assert b"<image" in site["stills/prague/the-town.svg"]
    assert b"s-land" in site["stills/prague/the-town.svg"]  # a sheet can be seen through


def test_pictures_of_links_to_a_step_show_its_own_sheet_to_their_edges(tmp_path: Path) -> None:
    story = STORY.replace("zoom: 12", "zoom: 12\nimage: {file: 'plan/{z}/{x}/{y}.png', opacity: 1}", 1)
    root = make(tmp_path, story, settings=CARDS)
    write_tiles(root / "stories" / "plan")
    site = build(root)
    with Image.open(io.BytesIO(site["cards/prague/the-town.png"])) as read:
        card = read.convert("RGB")
    for x in (3, 1196):
        assert card.getpixel((x, 60)) == pytest.approx(SEA, abs=12)


def test_a_folder_is_found_however_its_name_is_cased(tmp_path: Path) -> None:
    write_tiles(tmp_path / "Plan é")
    assert list_named(read_payload(build(make(tmp_path, settings='tiles = "plan é/"\n')), "prague.html"))


@pytest.mark.parametrize("size", [(1200, 700), (600, 900)])
def test_a_picture_for_print_is_tiled_to_its_edges(size: tuple[int, int], tmp_path: Path) -> None:
    write_tiles(tmp_path / "plan")
    root = make(tmp_path, STORY.replace("zoom: 12", "zoom: 11.5", 1))
    svg = export_picture(load_project(root), "prague", "the-town", "svg", size, Report(), drafts=False).decode()
    assert 's-land"' not in svg  # nothing of the ground is to be seen
    assert svg.count("<image") == 1


def test_a_map_in_a_notebook_leaves_the_tiles_out(tmp_path: Path) -> None:
    write_tiles(tmp_path / "plan")
    page = load_stories(load_project(make(tmp_path)))["prague"].map().get_root().render()
    assert "tileset" not in page.partition('id="storymap-data"')[2].partition("</script>")[0]
