"""Shapes of a dataset as text: each border once, and no more than a map can show."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import unpack_arcs, unpack_rings
from storymap.layers import packing
from storymap.layers.packing import ShapesPayload, pack_points, pack_shapes

GOLDEN = Path(__file__).parents[1] / "golden" / "neighbours.json"


def unpack(payload: ShapesPayload) -> list[list[list[tuple[float, float]]]]:
    """The runs of each feature, as the browser reads them."""
    unit = 10 ** payload["digits"]
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


def test_points_are_packed_as_one_arc() -> None:
    assert [arc.tolist() for arc in unpack_arcs(pack_points([(14.5, 50), (-3, 7.25)], 6))] == [
        [[14500, 50000], [-3000, 7250]]
    ]
    assert pack_points([], 6) == ""
