"""Pictures that say themselves where they lie: world files, GeoTIFF, and overlays in KMZ."""

from __future__ import annotations

import io
import math
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, TiffImagePlugin
from pyproj import Transformer

from storymap.building.content import read_content
from storymap.earth.rectifying import Affine
from storymap.earth.warping import Placement, rotate_box, warp
from storymap.errors import Location, Report
from storymap.geodata.georeferences import list_world_files, read_system, read_world_file
from storymap.geodata.rasters import make_copy, read_raster
from storymap.layers.image import Image as ImageLayer
from storymap.model.place import Bounds, LonLat
from storymap.model.raster import Raster, RasterSource
from storymap.project import load_project

KROVAK = Transformer.from_crs("EPSG:4326", "EPSG:5514", always_xy=True)
SIZE = 400


def draw(*, size: int = SIZE) -> Image.Image:
    """A white picture whose upper left quarter is red."""
    image = Image.new("RGB", (size, size), "white")
    ImageDraw.Draw(image).rectangle((0, 0, size // 2 - 1, size // 2 - 1), fill=(200, 0, 0))
    return image


def save(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def read(data: bytes, name: str = "plan.png", **where: object) -> tuple[Raster | None, Report]:
    report = Report()
    source = RasterSource(f"stories/{name}", name, **where)  # type: ignore[arg-type]
    return read_raster(source, data, at=lambda *path: Location("stories/one.md", 1 + len(path)), report=report), report


def pack_kmz(kml: str, **entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", kml)
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_png", ".png"), data)
    return file.getvalue()


def overlay(place: str, href: str = "files/plan.png") -> str:
    return (
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><GroundOverlay><name>Plan</name>'
        f"<Icon><href>{href}</href></Icon>{place}</GroundOverlay></Document></kml>"
    )


BOX = (
    "<LatLonBox><north>50.1</north><south>50.0</south><east>14.5</east><west>14.4</west>"
    "<rotation>{}</rotation></LatLonBox>"
)
QUAD = "<gx:LatLonQuad><coordinates>14.4,50.0 14.5,50.0 14.5,50.1 14.4,50.1</coordinates></gx:LatLonQuad>"


def tell_tiff(**tags: object) -> TiffImagePlugin.ImageFileDirectory_v2:
    kinds = {"scale": (33550, 12), "tie": (33922, 12), "keys": (34735, 3), "nothing": (42113, 2)}
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for name, value in tags.items():
        number, kind = kinds[name]
        info.tagtype[number] = kind
        info[number] = value
    return info


def test_a_world_file_in_degrees_lays_a_picture_out() -> None:
    step = 0.1 / SIZE
    world = f"{step}\n0\n0\n{-step}\n{14.4 + step / 2}\n{50.1 - step / 2}\n"
    raster, report = read(save(draw(), "PNG"), world=world)
    assert raster is not None
    assert not report.problems
    bounds = raster.bounds
    assert (bounds.west, bounds.south, bounds.east, bounds.north) == pytest.approx((14.4, 50.0, 14.5, 50.1), abs=1e-9)


def test_a_world_file_of_a_national_grid_puts_every_part_where_it_lies() -> None:
    """Křovák's axes are turned by some degrees against the meridian: each corner is compared with pyproj."""
    x, y = KROVAK.transform(14.43, 50.08)
    metres = 20_000 / SIZE
    world = f"{metres} 0 0 {-metres} {x + metres / 2} {y - metres / 2}"
    data = save(draw(), "PNG")
    raster, report = read(data, world=world, crs="EPSG:5514")
    assert raster is not None
    assert not report.problems
    copy = Image.open(io.BytesIO(make_copy(raster.source, data))).convert("RGBA")
    back = Transformer.from_crs("EPSG:5514", "EPSG:3857", always_xy=True)
    plane = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    left, bottom = plane.transform(raster.bounds.west, raster.bounds.south)
    right, top = plane.transform(raster.bounds.east, raster.bounds.north)
    for across, down, is_red in ((0.45, 0.45, True), (0.55, 0.45, False), (0.45, 0.55, False), (0.03, 0.03, True)):
        east, north = back.transform(x + across * 20_000, y - down * 20_000)
        pixel = copy.getpixel(
            (int((east - left) / (right - left) * copy.width), int((top - north) / (top - bottom) * copy.height))
        )
        assert isinstance(pixel, tuple)
        assert (pixel[1] < 80, pixel[3] > 250) == (is_red, True), (across, down, pixel)
    corner = copy.getpixel((2, copy.height // 2 - copy.height // 3)), copy.getpixel((1, copy.height - 2))
    assert any(isinstance(pixel, tuple) and pixel[3] == 0 for pixel in corner)  # it lies aslant


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"world": "1 2 3"}, "does not hold six numbers"),
        ({"world": "0.1\n0\n0\nnan\n14\n50"}, "no extent"),
        ({"world": "0 0 0 0 14 50"}, "no extent"),
        ({"world": "50 0 0 -50 -743000 -1043000"}, "a reference system that is not said"),
        ({"world": "50 0 0 -50 -743000 -1043000", "crs": "EPSG:nope"}, "that nobody knows"),
        ({"world": "50 0 0 -50 -743000 -1043000", "crs": "EPSG:4326"}, "beyond the map"),
        ({"world": "50 0 0 -50 9e99 9e99", "crs": "EPSG:32633"}, "beyond the map"),
        ({}, "does not say where it lies"),
    ],
)
def test_a_picture_that_cannot_be_laid_is_told(where: dict[str, str], message: str) -> None:
    raster, report = read(save(draw(), "PNG"), **where)
    assert raster is None
    (problem,) = report.problems
    assert problem.code == "image-nowhere"
    assert message in problem.message
    assert problem.help


def test_world_files_have_the_names_that_programs_give_them() -> None:
    assert list_world_files("plan.jpg") == ("plan.jgw", "plan.jpgw", "plan.wld")
    assert list_world_files("a.b.TIFF") == ("a.b.tfw", "a.b.tiffw", "a.b.wld")
    assert read_system('<PAMDataset><SRS dataAxisToSRSAxisMapping="2,1">GEOGCS[&quot;x&quot;]</SRS></PAMDataset>') == (
        'GEOGCS["x"]'
    )
    assert read_system("<html></html>") == ""
    assert read_world_file("1,5 0 0 -1,5 14,5 50,5", "").affine.a == 1.5


@pytest.mark.parametrize(("is_point", "shift"), [(False, 0.0), (True, 0.5)])
def test_a_geotiff_says_where_it_lies(is_point: bool, shift: float) -> None:
    metres = 10.0
    east, north = Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True).transform(14.4, 50.1)
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 2 if is_point else 1, 3072, 0, 1, 32633)
    info = tell_tiff(scale=(metres, metres, 0.0), tie=(0.0, 0.0, 0.0, east, north, 0.0), keys=keys)
    raster, report = read(save(draw(), "TIFF", tiffinfo=info), "plan.tif")
    assert raster is not None
    assert not report.problems
    to_degrees = Transformer.from_crs("EPSG:32633", "EPSG:4326", always_xy=True)
    left, top, side = east - shift * metres, north + shift * metres, SIZE * metres
    corners = [to_degrees.transform(left + x * side, top - y * side) for x in (0, 1) for y in (0, 1)]
    assert raster.bounds.west == pytest.approx(min(lon for lon, _ in corners), abs=1e-6)
    assert raster.bounds.north == pytest.approx(max(lat for _, lat in corners), abs=1e-6)
    assert raster.path.endswith(".webp")


def test_a_geotiff_without_a_code_asks_for_one_and_takes_it() -> None:
    info = tell_tiff(
        scale=(10.0, 10.0, 0.0), tie=(0.0, 0.0, 0.0, 458000.0, 5550000.0, 0.0), keys=(1, 1, 0, 1, 3072, 0, 1, 32767)
    )
    data = save(draw(), "TIFF", tiffinfo=info)
    raster, report = read(data, "plan.tif")
    assert raster is None
    assert "crs: EPSG" in (report.problems[0].help or "")
    raster, report = read(data, "plan.tif", crs="EPSG:32633")
    assert raster is not None
    assert not report.problems


def test_measured_values_become_shades_and_no_data_is_see_through() -> None:
    heights = np.linspace(200, 900, SIZE * SIZE, dtype=np.float32).reshape(SIZE, SIZE)
    heights[:40, :40] = -9999
    keys = (1, 1, 0, 1, 2048, 0, 1, 4326)
    info = tell_tiff(scale=(0.001, 0.001, 0.0), tie=(0.0, 0.0, 0.0, 14.0, 50.0, 0.0), keys=keys, nothing="-9999")
    data = save(Image.fromarray(heights), "TIFF", tiffinfo=info)
    raster, report = read(data, "heights.tif")
    assert raster is not None
    assert not report.problems
    copy = np.asarray(Image.open(io.BytesIO(make_copy(raster.source, data))).convert("RGBA"))
    assert copy[5, 5, 3] == 0
    assert copy[5, -5, 3] == 255
    assert copy[-5, -5, 0] > 240
    assert copy[5, -5, 0] < 15


def test_an_overlay_fills_its_box() -> None:
    data = pack_kmz(overlay(BOX.format(0)), files__plan_png=save(draw(), "PNG"))
    raster, report = read(data, "plan.kmz")
    assert raster is not None
    assert not report.problems
    bounds = raster.bounds
    assert (bounds.west, bounds.south, bounds.east, bounds.north) == pytest.approx((14.4, 50.0, 14.5, 50.1), abs=1e-9)
    copy = Image.open(io.BytesIO(make_copy(raster.source, data))).convert("RGB")
    assert copy.getpixel((copy.width // 4, copy.height // 4))[1] < 80  # type: ignore[index]
    assert copy.getpixel((copy.width // 4 * 3, copy.height // 4))[1] > 200  # type: ignore[index]


def test_an_overlay_is_turned_against_the_clock() -> None:
    data = pack_kmz(overlay(BOX.format(90)), files__plan_png=save(draw(), "PNG"))
    raster, _ = read(data, "plan.kmz")
    assert raster is not None
    copy = Image.open(io.BytesIO(make_copy(raster.source, data))).convert("RGB")
    assert copy.getpixel((copy.width // 4, copy.height // 4 * 3))[1] < 80  # type: ignore[index]
    assert copy.getpixel((copy.width // 4, copy.height // 4))[1] > 200  # type: ignore[index]
    middle = (raster.bounds.west + raster.bounds.east) / 2
    assert middle == pytest.approx(14.45, abs=1e-6)
    across = raster.bounds.width * math.cos(math.radians(50.05))
    assert across == pytest.approx(0.1, rel=2e-3)  # as wide on the ground as it was high


def test_an_overlay_by_its_corners_and_with_a_prefix_nobody_declared() -> None:
    data = pack_kmz(overlay(QUAD), files__plan_png=save(draw(), "PNG"))
    raster, report = read(data, "plan.KMZ")
    assert raster is not None
    assert not report.problems
    assert raster.bounds.west == pytest.approx(14.4, abs=1e-6)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK nothing", "no KMZ that can be read"),
        (pack_kmz("<kml></kml>"), "no picture that lies on the ground"),
        (pack_kmz("<kml><Doc"), "a KML that cannot be read"),
        (pack_kmz(overlay(BOX.format(0))), "does not hold the picture"),
        (pack_kmz(overlay(BOX.format(0), "../../plan.png")), "does not hold the picture"),
        (pack_kmz(overlay(BOX.format(0), "https://example.org/a.png")), "of another server"),
        (pack_kmz(overlay("<LatLonBox/>"), files__plan_png=save(draw(), "PNG")), "in numbers"),
        (pack_kmz(overlay(""), files__plan_png=save(draw(), "PNG")), "does not say where"),
        (pack_kmz(overlay(BOX.format(0)), files__plan_png=b"\0" * 61_000_000), "unpacks to more than 60 MB"),
        (pack_kmz("<kml>" + " " * 21_000_000 + "</kml>"), "unpacks to more than 20 MB"),
    ],
)
def test_a_kmz_that_shows_nothing_is_told(data: bytes, message: str) -> None:
    raster, report = read(data, "plan.kmz")
    assert raster is None
    (problem,) = report.problems
    assert (problem.code, problem.at.line) == ("image-nowhere", 2)
    assert message in problem.message


def test_the_second_of_two_overlays_is_told() -> None:
    first, second = (overlay(place).replace("</Document></kml>", "") for place in (BOX.format(0), QUAD))
    twice = first + second.split("<Document>")[1] + "</Document></kml>"
    raster, report = read(pack_kmz(twice, files__plan_png=save(draw(), "PNG")), "plan.kmz")
    assert raster is not None
    assert [problem.code for problem in report.problems] == ["more-overlays"]


def test_a_picture_of_the_whole_world_in_degrees_ends_where_the_map_ends() -> None:
    laid = warp(Placement(Affine(3.6, 0, -180, 0, -1.8, 90)), 100, 100, largest=4096)
    assert laid.bounds.north == pytest.approx(85.0511, abs=1e-3)
    assert (laid.bounds.west, laid.bounds.east) == pytest.approx((-180, 180))
    assert rotate_box(Bounds(0, 0, 10, 10), 0, 10, 10).affine == Affine(1, 0, 0, 0, -1, 10)


STORY = """\
---
title: A plan
---

## Prague
place: Prague
image: {{file: plan.png{}}}
"""


def test_files_beside_a_picture_in_a_story_say_where_it_lies(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "plan.png").write_bytes(save(draw(), "PNG"))
    (stories / "one.md").write_text(STORY.format(""))
    x, y = KROVAK.transform(14.43, 50.08)
    (stories / "Plan.PGW").write_text(f"50\n0\n0\n-50\n{x}\n{y}\n")
    report = Report()
    read_content(load_project(tmp_path), report)
    assert [problem.code for problem in report.errors] == ["image-nowhere"]
    (stories / "plan.prj").write_text("EPSG:5514")
    (stories / "two.md").write_text(STORY.format(", crs: EPSG:5514"))
    report = Report()
    content = read_content(load_project(tmp_path), report)
    assert not report.errors
    for story in content.stories:
        (image,) = story.steps[0].scene.find(ImageLayer)
        assert image.raster.bounds.contains(LonLat(14.45, 50.07))
