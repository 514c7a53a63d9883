"""Boxes along the shortest arc of longitudes."""

import pytest
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, box

from storymap.earth.bounds import bounds_of_geometry, bounds_of_points, center_of_bounds, union_bounds
from storymap.model.place import Bounds, LonLat

TOKYO, LIMA = LonLat(139.69, 35.69), LonLat(-77.03, -12.04)
PRAGUE, WASHINGTON = LonLat(14.42, 50.09), LonLat(-77.04, 38.9)


def test_tokyo_and_lima_are_framed_over_the_pacific():
    assert bounds_of_points([TOKYO, LIMA]) == Bounds(139.69, -12.04, -77.03, 35.69)


def test_prague_and_washington_are_framed_over_the_atlantic():
    assert bounds_of_points([PRAGUE, WASHINGTON]) == Bounds(-77.04, 38.9, 14.42, 50.09)


def test_the_order_of_points_does_not_matter():
    points = [TOKYO, LIMA, PRAGUE, WASHINGTON, LonLat(179, 0), LonLat(-179, 0)]
    assert bounds_of_points(points) == bounds_of_points(points[::-1])


def test_one_point_has_bounds_without_size():
    bounds = bounds_of_points([PRAGUE])
    assert (bounds.width, bounds.height) == (0, 0)


def test_half_the_world_does_not_cross_180_without_need():
    assert not bounds_of_points([LonLat(-90, 0), LonLat(90, 0)]).crosses_antimeridian


@pytest.mark.parametrize("edge", [180.0, -180.0])
def test_a_point_on_180_belongs_to_either_side(edge):
    assert bounds_of_points([LonLat(edge, 0), LonLat(170, 5)]).width == pytest.approx(10)
    assert bounds_of_points([LonLat(edge, 0), LonLat(-170, 5)]).width == pytest.approx(10)


def test_a_land_cut_at_180_is_one_box():
    land = MultiPolygon([box(177, -18, 180, -16), box(-180, -18, -179, -16)])
    assert bounds_of_geometry(land) == Bounds(177, -18, -179, -16)


def test_a_land_right_round_the_pole_has_all_longitudes():
    assert bounds_of_geometry(box(-180, -90, 180, -70)) == Bounds(-180, -90, 180, -70)


def test_a_collection_counts_all_its_parts():
    parts = GeometryCollection([Point(0, 0), GeometryCollection([LineString([(5, 5), (6, 7)])])])
    assert bounds_of_geometry(parts) == Bounds(0, 0, 6, 7)


def test_boxes_are_joined_over_180():
    assert union_bounds([Bounds(170, 0, -170, 1), Bounds(-160, 0, -150, 2)]) == Bounds(170, 0, -150, 2)
    assert union_bounds([Bounds(-10, 0, 10, 1)]) == Bounds(-10, 0, 10, 1)


def test_nothing_has_no_bounds():
    for function in (bounds_of_points, union_bounds):
        with pytest.raises(ValueError, match="no "):
            function([])
    with pytest.raises(ValueError, match="empty"):
        bounds_of_geometry(Point())


def test_the_middle_of_a_box_over_180_lies_in_it():
    assert center_of_bounds(Bounds(170, 0, -170, 10)) == (180, 5)
    assert center_of_bounds(Bounds(170, 0, -150, 10)) == (-170, 5)
