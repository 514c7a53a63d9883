"""Geometry pairs: what goes in, what comes out, and the box around it. Every file of `geometry_pairs` is a case."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import assume, given, strategies as st
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from storymap.earth.bounds import bounds_of_geometry
from storymap.earth.shapes import ShapeError, kind_of_shape, mark_shape, settle_shape
from storymap.model.place import Bounds

PAIRS = sorted((Path(__file__).parent / "geometry_pairs").glob("*.json"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "antimeridian"
NEEDS_OPTIONS = {
    # What these mean cannot be told from their coordinates: the package asks for an option, which no file can carry.
    "both-poles", "force-north-pole", "overlap", "issues-124", "issues-164", "issues-182",
}  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda path: path.stem)
def test_each_pair_comes_out_as_written(pair):
    case = json.loads(pair.read_text(encoding="utf-8"))
    settled = settle_shape(shape(case["input"])).geometry
    assert shapely.equals(settled, shape(case["output"])), f"{case['says']}\n{settled.wkt}"
    assert bounds_of_geometry(settled) == Bounds(*case["bounds"])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda path: path.stem)
def test_what_is_settled_stays_as_it_is(pair):
    settled = settle_shape(shape(json.loads(pair.read_text(encoding="utf-8"))["input"])).geometry
    assert shapely.equals(settle_shape(settled).geometry, settled)


def list_corpus() -> list[Any]:
    if not CORPUS.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the corpora are not beside this checkout"))]
    outputs = CORPUS / "output" / "flat"
    files = [file for file in sorted((CORPUS / "input").glob("*.json")) if (outputs / file.name).is_file()]
    return [pytest.param(file, id=file.stem) for file in files if file.stem not in NEEDS_OPTIONS]


@pytest.mark.parametrize("file", list_corpus())
def test_the_antimeridian_corpus_comes_out_as_it_says(file):
    expected = json.loads((file.parents[1] / "output" / "flat" / file.name).read_text(encoding="utf-8"))
    written = json.loads(file.read_text(encoding="utf-8"))
    pairs = zip(list_geometries(written), list_geometries(expected), strict=True)
    for before, after in pairs:
        settled = settle_shape(shape(before)).geometry
        assert settled.is_valid
        assert shapely.equals(shapely.set_precision(settled, 1e-9), shapely.set_precision(shape(after), 1e-9))


def list_geometries(data: dict[str, Any]) -> list[Any]:
    if data["type"] == "FeatureCollection":
        return [feature["geometry"] for feature in data["features"]]
    return [data.get("geometry", data)]


@pytest.mark.parametrize(
    ("wkt", "code", "advice"),
    [
        ("POINT (-742000 -1043000)", "coordinate-out-of-range", "metres"),
        ("POINT (39.9 116.4)", "coordinate-out-of-range", "did you mean [116.4, 39.9]"),
        ("POINT (nan 50)", "bad-coordinates", "degrees"),
        ("POINT EMPTY", "no-geometry", "draw it"),
    ],
)
def test_what_is_no_place_is_told_with_what_to_do(wkt, code, advice):
    with pytest.raises(ShapeError) as caught:
        settle_shape(shapely.from_wkt(wkt))
    assert caught.value.code == code
    assert advice in caught.value.advice


POSITIONS = st.tuples(
    st.one_of(st.sampled_from([-360.0, -180.0, 0.0, 179.9, 180.0, 190.0]), st.floats(-360, 360)),
    st.one_of(st.sampled_from([-90.0, 0.0, 85.0, 90.0]), st.floats(-90, 90)),
)


@given(st.lists(POSITIONS, min_size=2, max_size=8, unique=True))
def test_any_line_is_cut_into_parts_within_the_world(positions):
    check_settled(shapely.LineString(positions))


@given(st.lists(POSITIONS, min_size=3, max_size=8, unique=True))
def test_any_polygon_is_valid_within_the_world_or_refused(positions):
    check_settled(shapely.Polygon(positions))


def check_settled(geometry: BaseGeometry) -> None:
    try:
        settled = settle_shape(geometry).geometry
    except ShapeError:
        assume(False)
    west, south, east, north = settled.bounds
    assert settled.is_valid
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


def test_a_marker_stands_within_an_area_half_way_along_a_line_and_on_a_point():
    horseshoe = shapely.from_wkt("POLYGON ((0 0, 10 0, 10 10, 8 10, 8 2, 2 2, 2 10, 0 10, 0 0))")
    assert horseshoe.contains(shapely.Point(mark_shape(horseshoe)))
    assert mark_shape(shapely.from_wkt("LINESTRING (0 0, 10 0)")) == (5, 0)
    assert mark_shape(shapely.from_wkt("MULTIPOINT (1 2, 3 4)")) == (1, 2)


def test_a_collection_is_of_the_kind_with_the_most_extent():
    collection = shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (0 0, 1 1))")
    assert kind_of_shape(collection) == "line"
    assert kind_of_shape(shapely.Point(0, 0)) == "point"
    assert kind_of_shape(shapely.box(0, 0, 1, 1)) == "area"
