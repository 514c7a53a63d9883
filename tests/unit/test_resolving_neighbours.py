"""Which places lie nearest to each."""

import random

import pytest
from shapely import Point

from storymap.earth.bounds import bounds_of_points
from storymap.earth.distance import measure_distance
from storymap.errors import Location
from storymap.model.place import LonLat, Place
from storymap.resolving.neighbours import find_neighbours


def make_place(name, lon, lat):
    point = LonLat(lon, lat)
    return Place(name, name, point, Point(point), bounds_of_points([point]), "point", "", "geo", Location("geo/a.csv"))


PRAGUE, BRNO, TOKYO = (
    make_place("prague", 14.42, 50.09),
    make_place("brno", 16.61, 49.2),
    make_place("tokyo", 139.7, 35.7),
)


def test_the_nearest_places_come_with_distance_and_direction():
    near = find_neighbours((PRAGUE, TOKYO, BRNO), 5)["prague"]
    assert [one.place.id for one in near] == ["brno", "tokyo"]
    assert (near[0].kilometres, near[0].azimuth) == pytest.approx((186, 121), abs=2)
    assert find_neighbours((PRAGUE, TOKYO, BRNO), 1)["prague"] == near[:1]


def test_a_place_alone_has_none():
    assert find_neighbours((PRAGUE,), 5) == {"prague": ()}
    assert find_neighbours((), 5) == {}


def test_they_are_those_that_measuring_every_pair_finds():
    chance = random.Random(7)
    spots = [(chance.uniform(-180, 180), chance.uniform(-90, 90)) for _ in range(150)]
    spots += [(179.99, 0.0), (-179.99, 0.0), (0.0, 90.0), (90.0, 90.0), *[(14.0, 50.0)] * 8]
    places = tuple(make_place(f"p{number}", *spot) for number, spot in enumerate(spots))
    for place, near in find_neighbours(places, 4).items():
        start = next(one for one in places if one.id == place)
        others = ((measure_distance(start.point, one.point)[0], one.id) for one in places if one is not start)
        assert [(one.kilometres, one.place.id) for one in near] == sorted(others)[:4]
