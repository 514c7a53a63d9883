"""Outlines of the built-in gazetteer: what was packed comes back to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from storymap.gazetteer.shapes import UNITS, pack_shape, unpack_shape

HOLED = Polygon(
    [(-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90)],
    [[(0, 0), (1, 0), (1, 1), (0, 0)], [(5 / UNITS, 7), (9, 7), (9, 9), (5 / UNITS, 7)]],
)


@pytest.mark.parametrize(
    "shape",
    [MultiPolygon([box(0, 0, 1, 1)]), MultiPolygon([HOLED, box(-5, -5, -4 - 1 / UNITS, -4), box(3, 50, 3.5, 50.25)])],
)
def test_polygons_holes_and_signs_come_back(shape: MultiPolygon) -> None:
    assert unpack_shape(pack_shape(shape)).equals_exact(shape, 0)


@given(st.lists(st.tuples(*[st.integers(-90 * UNITS, 90 * UNITS)] * 2), min_size=3, max_size=30))
def test_any_ring_on_the_grid_comes_back(points: list[tuple[int, int]]) -> None:
    shape = MultiPolygon([Polygon([(x / UNITS, y / UNITS) for x, y in points])])
    assert unpack_shape(pack_shape(shape)).equals_exact(shape, 0)
