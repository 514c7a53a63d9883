"""Shapes of a dataset as text: each border once, and no more than a map can show."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import unpack_arcs, unpack_rings
from storymap.earth.mercator import world_pixels
from storymap.layers import packing
from storymap.layers.packing import Detail, ShapesPayload, choose_unit, pack_points, pack_shapes, simplify_shapes
from storymap.model.place import Bounds
from storymap.model.scene import View

GOLDEN = Path(__file__).parents[1] / "golden" / "neighbours.json"


def unpack(payload: ShapesPayload) -> list[list[list[tuple[float, float]]]]:
    """The runs of each feature, as the browser reads them."""
    unit = payload["unit"]
    arcs = [[tuple(point / unit) for point in arc] for arc in unpack_arcs(payload["arcs"])]
    runs = []
    for references in unpack_rings(payload["runs"]):
        run: list[tuple[float, float]] = []
        for reference in references:
            arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
            run += arc[1:] if run else arc
        runs.append(run)
    ends = list(accumulate(payload["counts"]))
    return [runs[end - count : end] for end, count in zip(ends, payload["counts"], strict=True)]


def make_coverage(count: int) -> list[BaseGeometry]:
    points = MultiPoint(np.random.default_rng(count).uniform(0, 4, (count, 2)).tolist())
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=box(0, 0, 4, 4)))
    return [cell for cell in shapely.intersection(cells, box(0, 0, 4, 4)) if isinstance(cell, Polygon)]


def test_a_border_between_neighbours_is_sent_once(request: pytest.FixtureRequest) -> None:
    payload = pack_shapes([box(0, 0, 1, 1), box(1, 0, 2, 1), Point(5, 5)], zoom=6)
    if request.config.getoption("--accept"):
        GOLDEN.write_text(json.dumps(payload) + "\n", encoding="utf-8")
    assert payload == json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(unpack_arcs(payload["arcs"])) == 4  # west, the border, east, and the point
    (west,), (east,), (point,) = unpack(payload)
    assert Polygon(west).equals(box(0, 0, 1, 1))
    assert Polygon(east).equals(box(1, 0, 2, 1))
    assert point == [(5, 5)]


@pytest.mark.parametrize("zoom", [3.0, 6.5, 10.0])
def test_neighbours_stay_neighbours_however_coarse_the_map(zoom: float) -> None:
    cells = [shapely.segmentize(cell, 0.05) for cell in make_coverage(40)]
    shapes = [Polygon(rings[0]) for rings in unpack(pack_shapes(cells, zoom))]
    assert sum(shape.area for shape in shapes) == pytest.approx(shapely.union_all(shapes).area)
    assert shapely.union_all(shapes).area == pytest.approx(16, rel=0.02)


@settings(deadline=None)
@given(st.integers(3, 30), st.floats(4, 12))
def test_every_shape_comes_back(count: int, zoom: float) -> None:
    cells = make_coverage(count)
    unpacked = unpack(pack_shapes(cells, zoom))
    assert len(unpacked) == len(cells)
    for cell, rings in zip(cells, unpacked, strict=True):
        assert Polygon(rings[0]).buffer(0).hausdorff_distance(cell) < 360 / 256 / 2**zoom


def test_holes_lines_and_several_parts_are_runs_of_their_feature() -> None:
    ring = Polygon(box(0, 0, 3, 3).exterior, [box(1, 1, 2, 2).exterior])
    shapes = [ring, LineString([(0, 0), (1, 1), (2, 0)]), MultiPoint([(1, 2), (3, 4)]), MultiPolygon(), ring]
    assert [len(runs) for runs in unpack(pack_shapes(shapes, 5))] == [2, 1, 2, 0, 2]


def test_what_is_too_small_to_be_seen_is_left_out_but_never_a_whole_feature() -> None:
    speck = box(9, 9, 9.0001, 9.0001)
    (islands, alone) = unpack(pack_shapes([MultiPolygon([box(0, 0, 3, 3), speck]), speck], 5))
    assert len(islands) == 1
    assert len(alone) == 1


def test_points_of_straight_lines_are_left_out() -> None:
    line = LineString([(lon / 100, 1e-6 * (lon % 2)) for lon in range(200)])
    ((run,),) = unpack(pack_shapes([line], 6))
    assert len(run) == 2


def test_more_than_a_page_can_hold_is_simplified_further(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = Point(0, 0).buffer(1, quad_segs=200)
    whole = pack_shapes([circle], 10)
    monkeypatch.setattr(packing, "MOST_POINTS", 20)
    assert len(pack_shapes([circle], 10)["arcs"]) < len(whole["arcs"]) / 4


def test_what_is_told_of_a_dataset_is_how_many_points_the_maps_could_show(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = Point(0, 0).buffer(1, quad_segs=200)
    whole = simplify_shapes([circle], Detail.at(10))
    monkeypatch.setattr(packing, "MOST_POINTS", 20)
    less = simplify_shapes([circle], Detail.at(10))
    assert (whole.wanted, less.wanted) == (0, whole.points)
    assert less.points <= 20


def test_points_that_are_too_many_stay_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_POINTS", 2)
    spots = [Point(14.1234, 50.1234), Point(14.2, 50.2), Point(14.3, 50.3)]
    simple = simplify_shapes(spots, Detail.at(10))
    assert simple.wanted == 3
    (((lon, lat),),) = unpack(simple.pack())[0]
    assert (lon, lat) == pytest.approx((14.1234, 50.1234), abs=360 / world_pixels(10) / 4)


VIEWS = (View(Bounds(1, 1, 1.5, 1.5), 11.0), View(Bounds(0.8, 0.8, 1.6, 1.6), 10.0))


def test_shapes_are_as_fine_as_the_views_that_come_near_and_coarse_elsewhere() -> None:
    def wave(points: NDArray[np.float64]) -> NDArray[np.float64]:
        waved: NDArray[np.float64] = np.round(points + np.sin(points[:, ::-1] * 400) * 0.004, 7)
        return waved

    cells = [shapely.transform(shapely.segmentize(cell, 0.002), wave) for cell in make_coverage(40)]
    whole = simplify_shapes(cells, Detail.at(12.5))
    seen = simplify_shapes(cells, Detail.of(VIEWS, 1.5))
    assert seen.points < 0.7 * whole.points
    assert seen.unit == whole.unit
    near = [number for number, cell in enumerate(cells) if cell.within(box(0.5, 0.5, 2, 2))]
    assert near
    all_whole, all_seen = unpack(whole.pack()), unpack(seen.pack())
    assert [all_seen[number] for number in near] == [all_whole[number] for number in near]
    assert seen.references == whole.references, "neighbours stay neighbours"


def test_a_view_over_180_degrees_is_near_what_lies_on_both_sides() -> None:
    detail = Detail.of([View(Bounds(179, -1, -179, 1), 8.0)], 1.5)
    boxes = np.array([[179.5, 0, 179.6, 0.1], [-179.6, 0, -179.5, 0.1], [-178, 0, -177.5, 1], [100, 0, 101, 1]])
    assert detail.find_zooms(boxes).tolist() == [9.5, 9.5, 9.5, 6.5]


def test_points_are_packed_as_one_arc() -> None:
    assert choose_unit(6) == 183, "four parts of a degree to the pixel"
    (arc,) = unpack_arcs(pack_points([(14.5, 50), (-3, 7.25)], 6))
    assert arc.tolist() == [[round(14.5 * 183), 50 * 183], [-3 * 183, round(7.25 * 183)]]
    assert pack_points([], 6) == ""
