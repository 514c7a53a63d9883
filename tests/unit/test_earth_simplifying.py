"""What a map cannot show is left out of lines and areas, and nothing that it can."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from storymap.earth.mercator import project_latitude, project_longitude
from storymap.earth.simplifying import MOST_POINTS, PIXELS, simplify_shape


def project(geometry):
    """In CSS pixels at zoom 0."""
    return shapely.transform(
        geometry, lambda points: 256 * np.array([(project_longitude(x), project_latitude(y)) for x, y in points])
    )


def walk(count):
    steps = np.random.default_rng(7).normal(0, 2e-5, (count, 2))
    return shapely.LineString(np.cumsum(steps, axis=0) + np.array([14.4, 50.1]))


@pytest.mark.parametrize("zoom", [6, 12, 16])
def test_a_line_keeps_within_a_quarter_of_a_pixel_of_what_it_was(zoom):
    line = walk(5_000)
    simple = simplify_shape(line, zoom)
    assert shapely.hausdorff_distance(project(line), project(simple)) * 2**zoom <= PIXELS
    assert 2 <= len(simple.coords) < len(line.coords)
    assert simple.coords[0] == line.coords[0]
    assert simple.coords[-1] == line.coords[-1]


def test_points_on_the_way_are_left_out_however_many_there_are():
    line = shapely.LineString([(n / 1e4, 10) for n in range(100_000)])
    assert len(simplify_shape(line, 12).coords) < 450


def test_a_line_of_a_million_turns_is_simplified_a_stretch_at_a_time():
    zigzag = shapely.LineString([(n % 179 + 0.5, n % 89 + 0.5) for n in range(3 * MOST_POINTS)])
    assert len(simplify_shape(zigzag, 12).coords) <= MOST_POINTS


def test_an_area_stays_an_area_without_its_smallest_parts_and_holes():
    hole = [(14.5, 50.1), (14.5, 50.1001), (14.5001, 50.1), (14.5, 50.1)]
    large = shapely.Polygon([(14, 50), (15, 50), (15, 51), (14, 51), (14, 50)], [hole])
    speck = shapely.Polygon([(16, 50), (16.0001, 50), (16, 50.0001), (16, 50)])
    assert (
        simplify_shape(shapely.MultiPolygon([large, speck]), 6).wkt
        == shapely.MultiPolygon([shapely.Polygon(large.exterior)]).wkt
    )
    assert simplify_shape(shapely.MultiPolygon([large, speck]), 16).equals(shapely.MultiPolygon([large, speck]))


def test_what_is_too_small_to_be_seen_stays_as_it_is():
    speck = shapely.Polygon([(16, 50), (16.0001, 50), (16, 50.0001), (16, 50)])
    assert simplify_shape(speck, 3).equals(speck)


def test_a_collection_keeps_its_kinds():
    collection = shapely.GeometryCollection([shapely.Point(14, 50), walk(500)])
    assert [part.geom_type for part in simplify_shape(collection, 9).geoms] == ["Point", "LineString"]
