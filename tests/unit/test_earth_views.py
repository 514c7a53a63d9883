"""Views: what a map shows of places, of a box, or at a centre and zoom."""

import pytest
from hypothesis import given, strategies as st
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from storymap.earth.bounds import WORLD, bounds_of_geometry
from storymap.earth.mercator import MERCATOR_LIMIT
from storymap.earth.shapes import kind_of_shape
from storymap.earth.views import CLOSEST_ZOOM, GROUND_ZOOM, closest_zoom, fit_view, view_at, view_of_bounds
from storymap.errors import Location
from storymap.model.place import Bounds, LonLat, Place, PlaceOrigin
from storymap.resolving.views import frame_places

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)


def make_place(geometry: BaseGeometry, *, origin: PlaceOrigin = "geo", category: str = "") -> Place:
    center = geometry.centroid
    return Place(
        id=geometry.wkt,
        name="X",
        point=LonLat(center.x, center.y),
        geometry=geometry,
        bounds=bounds_of_geometry(geometry),
        kind=kind_of_shape(geometry),
        country="",
        origin=origin,
        defined_at=Location("geo/x.geojson"),
        category=category,
    )


def test_a_town_is_framed_with_its_region_and_a_building_more_closely():
    town = fit_view([make_place(Point(14.42, 50.09), origin="gazetteer")])
    building = fit_view([make_place(Point(14.42, 50.09))])
    assert (town.zoom, building.zoom) == (7, 9)
    assert fit_view([make_place(Point(14.42, 50.09), category="City")]).zoom == 7


def test_an_area_frames_itself():
    view = fit_view([make_place(box(12, 48, 19, 51))])
    assert view.bounds.contains(LonLat(12, 48))
    assert view.bounds.contains(LonLat(19, 51))
    assert view.bounds.width < 7 * 1.5


def test_neighbouring_places_are_drawn_no_closer_than_the_map_is_baked():
    view = fit_view([make_place(Point(14.42, 50.09)), make_place(Point(14.421, 50.09))])
    assert view.zoom == GROUND_ZOOM


def test_a_walk_of_eight_kilometres_fills_the_map_also_beside_a_hut():
    walk = make_place(LineString([(15.42, 50.75), (15.53, 50.77)]))
    view = fit_view([walk])
    assert 12.5 < view.zoom < 13.5
    assert view.bounds.width < 0.11 * 1.3
    assert fit_view([walk, make_place(Point(15.47, 50.76))]).zoom == view.zoom


def test_bounds_and_zooms_are_shown_as_closely_as_they_are_written():
    assert view_of_bounds(Bounds(15.42, 50.74, 15.54, 50.79)).bounds == Bounds(15.42, 50.74, 15.54, 50.79)
    assert view_at(LonLat(14.43, 50.08), 15).zoom == pytest.approx(15, abs=0.01)
    assert view_at(LonLat(14.43, 50.08), 18).zoom == pytest.approx(CLOSEST_ZOOM, abs=0.01)


def test_a_map_may_be_looked_at_as_closely_as_its_views_need():
    far, near = view_at(LonLat(14.43, 50.08), 9), view_at(LonLat(14.43, 50.08), 13.2)
    assert closest_zoom([far]) == GROUND_ZOOM
    assert closest_zoom([far, near]) == 16
    assert closest_zoom([]) == GROUND_ZOOM


def test_tokyo_and_lima_are_seen_over_the_pacific():
    view = fit_view([make_place(Point(139.69, 35.69)), make_place(Point(-77.03, -12.04))])
    assert view.bounds.crosses_antimeridian
    assert view.bounds.contains(LonLat(180, 0))
    assert not view.bounds.contains(LonLat(0, 0))


def test_places_on_one_meridian_make_a_view_with_width():
    view = fit_view([make_place(LineString([(10, 0), (10, 40)]))])
    assert view.bounds.width > 1
    assert view.bounds.height > 40


@pytest.mark.parametrize("lat", [90, -90, 86])
def test_a_polar_place_is_framed_at_the_edge_of_the_map(lat):
    bounds = fit_view([make_place(Point(0, lat))]).bounds
    assert -MERCATOR_LIMIT <= bounds.south < bounds.north <= MERCATOR_LIMIT
    assert MERCATOR_LIMIT in {bounds.north, -bounds.south}


def test_antarctica_is_shown_with_the_sea_around_it_and_not_with_what_lies_beyond_the_map():
    view = view_of_bounds(Bounds(-180, -90, 180, -60))
    assert view.bounds.south == pytest.approx(-MERCATOR_LIMIT, abs=1e-4)
    assert -5 < view.bounds.north < 5  # half the height of the map
    assert view_of_bounds(Bounds(-60, -70, 60, -60)).bounds == Bounds(-60, -70, 60, -60)


def test_a_view_at_a_centre_has_the_zoom_that_was_asked():
    view = view_at(LonLat(179, 0), 4)
    assert view.zoom == 4
    assert view.bounds.crosses_antimeridian
    assert view.bounds.width == pytest.approx(800 / 256 / 2**4 * 360, abs=1e-4)


def test_a_view_at_zoom_0_is_the_world():
    assert view_at(LonLat(0, 0), 0).bounds == Bounds(-180, -MERCATOR_LIMIT, 180, MERCATOR_LIMIT)


def test_a_view_of_bounds_is_those_bounds():
    assert view_of_bounds(Bounds(170, -20, -170, -10)).bounds == Bounds(170, -20, -170, -10)


def test_no_places_have_no_view():
    with pytest.raises(ValueError, match="place"):
        fit_view([])


@given(west=LONGITUDES, east=LONGITUDES, south=LATITUDES, north=LATITUDES)
def test_no_view_is_empty_or_off_the_map(west, east, south, north):
    view = view_of_bounds(Bounds(west, min(south, north), east, max(south, north)))
    assert 0 < view.bounds.width <= 360
    assert view.bounds.height > 0
    assert view.bounds.south >= -MERCATOR_LIMIT
    assert view.bounds.north <= MERCATOR_LIMIT
    assert 0 <= view.zoom <= CLOSEST_ZOOM


@given(lon=LONGITUDES, lat=LATITUDES, other_lon=LONGITUDES, other_lat=LATITUDES)
def test_a_view_shows_every_place_that_the_map_can_show(lon, lat, other_lon, other_lat):
    view = fit_view([make_place(Point(lon, lat)), make_place(Point(other_lon, other_lat))])
    edge = 85.05
    for x, y in ((lon, lat), (other_lon, other_lat)):
        assert view.bounds.contains(LonLat(x, max(-edge, min(edge, y))))


@given(lon=LONGITUDES, lat=LATITUDES, zoom=st.floats(-5, 25))
def test_a_view_at_any_zoom_is_on_the_map(lon, lat, zoom):
    view = view_at(LonLat(lon, lat), zoom)
    assert 0 < view.bounds.width <= 360
    assert view.bounds.height > 0


def test_a_world_under_a_story_that_crosses_180_is_turned_to_its_places():
    places = [make_place(Point(at)) for at in ((121, 14.6), (-171.8, -13.8), (-99.9, 16.9), (0, 51.5))]
    bounds = frame_places(places, pictures=[WORLD]).bounds
    assert bounds.width > 359.9
    assert bounds.west == 60.505  # half the world west of the middle between Manila and Greenwich, over the Pacific


def test_a_world_under_any_other_story_is_cut_at_180():
    for points in ([], [(14.4, 50.1), (-77, 38.9)]):
        bounds = frame_places([make_place(Point(at)) for at in points], pictures=[WORLD]).bounds
        assert (bounds.west, bounds.east) == (-180, 180)
