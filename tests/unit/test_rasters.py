"""Pictures on the ground: where they come to lie, how they are turned, and what of them is published."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.earth.rectifying import ControlPointError, fit_affine, lay_out, measure_misfits
from storymap.errors import Location, Report
from storymap.geodata.rasters import make_copy, read_raster
from storymap.layers.image import Image as ImageLayer
from storymap.model.place import Bounds
from storymap.model.raster import ControlPoint, Raster, RasterSource
from storymap.project import load_project

SQUARE = ((0.0, 0.0, 14.0, 50.0), (100.0, 0.0, 14.1, 50.0), (0.0, 100.0, 14.0, 49.935))
"""Control points of a picture of 100 pixels whose upper edge is north."""

TURNED = ((0.0, 100.0, 14.0, 50.0), (0.0, 0.0, 14.1, 50.0), (100.0, 100.0, 14.0, 49.935))
"""The same ground, in a picture that lies on its side."""


def draw_plan(*, size: tuple[int, int] = (100, 100), **options: object) -> bytes:
    """A white picture with a red upper left quarter."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


def read(data: bytes, **where: object) -> tuple[Raster | None, Report]:
    report = Report()
    source = RasterSource("stories/plan.png", "plan.png", **where)  # type: ignore[arg-type]
    return read_raster(source, data, at=lambda *path: Location("stories/one.md", 1 + len(path)), report=report), report


def test_three_points_lay_a_picture_out() -> None:
    affine = fit_affine(SQUARE)
    bounds, width, height, back = lay_out(affine, 100, 100, largest=4096)
    assert (bounds.west, bounds.east, bounds.north) == pytest.approx((14.0, 14.1, 50.0), abs=1e-6)
    assert bounds.south == pytest.approx(49.935, abs=1e-6)
    assert width == pytest.approx(height, abs=2)
    assert back.apply(0, 0) == pytest.approx((0, 0), abs=1e-6)
    assert max(measure_misfits(affine, SQUARE)) < 1e-6


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (SQUARE[:2], "2 points do not say"),
        (((0, 0, 14, 50), (50, 50, 15, 49), (100, 100, 14, 48)), "on one line in the picture"),
        (((0, 0, 14, 50), (50, 0, 15, 50), (0, 100, 16, 50)), "on one line on the ground"),
        (((0, 0, 14, 50), (50, 0, 15, 89), (0, 100, 16, 50)), "not on the map"),
        (tuple((x, y, lat, lon) for x, y, lon, lat in SQUARE), "as in a mirror"),
        (tuple((x, -y, lon, lat) for x, y, lon, lat in SQUARE), "as in a mirror"),
    ],
)
def test_points_that_say_nothing_are_refused(points: tuple[ControlPoint, ...], message: str) -> None:
    with pytest.raises(ControlPointError, match=message):
        fit_affine(points)


def test_a_picture_on_its_side_is_published_with_north_up() -> None:
    data = draw_plan()  # its red quarter is at its upper left, which is the north-east of the ground
    raster, report = read(data, points=TURNED)
    assert raster is not None
    assert not report.problems
    copy = Image.open(io.BytesIO(make_copy(raster.source, data))).convert("RGBA")
    width, height = copy.size
    east, west = copy.getpixel((3 * width // 4, height // 4)), copy.getpixel((width // 4, height // 4))
    assert isinstance(east, tuple)
    assert isinstance(west, tuple)
    assert (east[0] > 200, east[1] < 100) == (True, True)
    assert west[1] > 200


def test_the_same_picture_elsewhere_has_another_address() -> None:
    data = draw_plan()
    here, there = read(data, bounds=(14, 50, 15, 51))[0], read(data, bounds=(24, 50, 25, 51))[0]
    assert here is not None
    assert there is not None
    assert here.path != there.path
    assert here.bounds == Bounds(14, 50, 15, 51)


def test_the_published_copy_tells_nothing_of_people_and_places() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A maker"
    exif.get_ifd(0x8825)[1] = "N"
    copy = Image.open(io.BytesIO(make_copy(RasterSource("a", "a", (14, 50, 15, 51)), draw_plan(exif=exif))))
    assert not copy.getexif()
    assert not copy.info.get("xmp")


def test_equal_input_gives_equal_bytes() -> None:
    data, source = draw_plan(), RasterSource("a", "a", points=TURNED)
    assert make_copy(source, data) == make_copy(source, data)


def test_a_point_that_does_not_fit_the_others_is_told() -> None:
    _, report = read(draw_plan(), points=(*SQUARE, (100.0, 100.0, 14.02, 49.96)))
    (problem,) = report.problems
    assert problem.code == "loose-control-point"


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ((14.0, 49.935, 14.1, 50.0), None),
        ((14.0, 57.0, 15.4, 58.0), None),  # a picture in degrees, in the north
        ((50.0, 14.0, 50.065, 14.1), 'draw "plan.png" 1.6 times as tall'),
        ((38.85, -77.0, 38.95, -76.872), 'draw "plan.png" 5.7 times as tall'),
        ((14.0, 49.99, 14.1, 50.0), 'draw "plan.png" 6.4 times as wide'),
    ],
)
def test_bounds_of_another_shape_than_the_picture_are_told(bounds: tuple[float, ...], told: str | None) -> None:
    raster, report = read(draw_plan(), bounds=bounds)
    assert raster is not None
    assert [problem.message.endswith(f"{told} as it is") for problem in report.problems] == ([True] if told else [])


def test_bounds_with_the_latitudes_first_are_told_with_those_that_are_meant() -> None:
    _, report = read(draw_plan(), bounds=(38.85, -77.0, 38.95, -76.872))
    (problem,) = report.problems
    assert problem.help == "write the longitudes first, west and east: bounds: [-77, 38.85, -76.872, 38.95]"


@pytest.mark.parametrize(
    ("data", "where", "code"),
    [
        (b"no picture", {"bounds": (14, 50, 15, 51)}, "unreadable-file"),
        (draw_plan(), {}, "image-nowhere"),
        (draw_plan(), {"bounds": (15, 50, 14, 51)}, "bad-bounds"),
        (draw_plan(), {"points": SQUARE[:2]}, "bad-control-points"),
    ],
)
def test_what_lies_nowhere_is_told(data: bytes, where: dict[str, object], code: str) -> None:
    raster, report = read(data, **where)
    assert raster is None
    assert [problem.code for problem in report.errors] == [code]


def test_what_is_no_picture_is_told_in_the_same_words_each_time() -> None:
    _, report = read(b"no picture", bounds=(14, 50, 15, 51))
    assert report.problems[0].message == '"plan.png" is no picture that can be read'


@pytest.mark.parametrize(
    ("where", "meant"),
    [
        ("bounds: [14,40, 50,06, 14,46, 50,10]", "bounds: [14.40, 50.06, 14.46, 50.10]"),
        ("points: [[3,5, 2,5, 14,43, 50,08]]", "[3.5, 2.5, 14.43, 50.08]"),
    ],
)
def test_numbers_with_decimal_commas_are_told_once(tmp_path: Path, where: str, meant: str) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "plan.png").write_bytes(draw_plan())
    written = f"---\ntitle: One\n---\n\n## A\nimage: {{file: plan.png, {where}}}\n"
    (tmp_path / "stories" / "one.md").write_text(written)
    report = Report()
    read_content(load_project(tmp_path), report)
    assert [(problem.code, problem.help) for problem in report.errors] == [
        ("wrong-value", f"with decimal points: {meant}")
    ]


def test_a_step_lays_its_picture_on_the_ground_and_frames_it(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "plan.png").write_bytes(draw_plan())
    (tmp_path / "stories" / "one.md").write_text(
        "---\ntitle: One\n---\n\n"
        "## A\nimage: {file: plan.png, bounds: [14.40, 50.06, 14.46, 50.10], title: The plan}\n\n## B\nplace: Prague\n"
    )
    report = Report()
    (story,) = read_content(load_project(tmp_path), report).stories
    (image,) = story.steps[0].scene.find(ImageLayer)
    assert (image.title, image.opacity) == ("The plan", 0.8)
    assert story.steps[0].view.zoom > 11
    site = build_site(load_project(tmp_path))
    assert f"media/{image.raster.path}" in site
    assert b"data:image/webp;base64," in site["stills/one/a.svg"]
    assert f'"url":"media/{image.raster.path}"'.encode() in site["one.html"]
    assert b"Over it lies: The plan" in site["one.html"]


def test_a_picture_stays_until_a_step_names_another_or_none(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    for name in ("plan.png", "chart.png"):
        (tmp_path / "stories" / name).write_bytes(draw_plan())
    (tmp_path / "stories" / "one.md").write_text(
        "---\ntitle: One\n---\n\n"
        "## A\nimage: {file: plan.png, bounds: [14.40, 50.06, 14.46, 50.10], title: The plan, opacity: 0.6}\n\n"
        "## B\ncenter: 50.08, 14.43\nzoom: 15\n\n"
        "## Far away, where it is not seen\nplace: Lisbon\n\n"
        "## Back\nplace: Prague\n\n"
        "## C\nimage: {file: chart.png, bounds: [14.40, 50.06, 14.46, 50.10]}\n\n"
        "## None\nimage: none\n\n"
        "## Still none\n\nText.\n\n"
        "## Again, by its name\nimage: plan.png\n\n"
        "## Weaker\nimage: {file: plan.png, opacity: 0.2}\n"
    )
    report = Report()
    (story,) = read_content(load_project(tmp_path), report).stories
    assert not report.errors
    shown = [[(image.title, image.opacity) for image in step.scene.find(ImageLayer)] for step in story.steps]
    plan = ("The plan", 0.6)
    assert shown == [[plan], [plan], [], [plan], [("chart", 0.8)], [], [], [plan], [("The plan", 0.2)]]
    views = [step.scene.view for step in story.steps]
    assert views[1].zoom == 15, "a picture that stays does not frame a step"
    assert views[7] == views[0], "one that is named again does"


def test_where_a_picture_lies_is_refused_once(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "plan.png").write_bytes(draw_plan())
    (tmp_path / "stories" / "one.md").write_text(
        "---\ntitle: One\n---\n\n"
        "## A\nimage: {file: plan.png, bounds: [14,40, 50,06, 14,46, 50,10]}\n\n## B\nimage: plan.png\n"
    )
    report = Report()
    read_content(load_project(tmp_path), report)
    assert [problem.code for problem in report.errors] == ["wrong-value"]
