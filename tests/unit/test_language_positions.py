"""Where something lies, said in a language."""

from dataclasses import replace

import pytest
from shapely import Point

from storymap.earth.bounds import bounds_of_points
from storymap.errors import Location
from storymap.language.map_names import say_country
from storymap.language.numbers import say_distance, say_number
from storymap.language.positions import (
    say_direction,
    say_offset,
    say_offset_of,
    say_point,
    say_position,
    say_within,
)
from storymap.model.place import LonLat, Place

_AT = LonLat(14.4306, 50.079)
MUSEUM = Place(
    "museum", "Museum", _AT, Point(_AT), bounds_of_points([_AT]), "point", "CZ", "geo", Location("geo/a.csv")
)


@pytest.mark.parametrize(
    ("azimuth", "words"),
    [
        (0, "north"),
        (11, "north"),
        (12, "north-north-east"),
        (90, "east"),
        (180, "south"),
        (270, "west"),
        (355, "north"),
    ],
)
def test_the_compass_has_sixteen_points(azimuth, words):
    assert say_direction(azimuth, "en") == words


@pytest.mark.parametrize(
    ("kilometres", "words"),
    [
        (0.02, "under 100 m"),
        (0.34, "350 m"),
        (0.974, "950 m"),
        (0.98, "1 km"),
        (4.24, "4.2 km"),
        (9.94, "9.9 km"),
        (9.96, "10 km"),
        (87.4, "87 km"),
        (99.6, "100 km"),
        (644, "640 km"),
        (8957, "8,960 km"),
    ],
)
def test_a_distance_is_rounded_as_people_do(kilometres, words):
    assert say_distance(kilometres, "en") == words


def test_numbers_and_units_are_those_of_the_language():
    assert say_number(50.079, "cs", decimals=4) == "50,0790"
    assert say_distance(8957, "cs") == "8\xa0960 km"
    assert say_distance(4.24, "de") == "4,2 km"
    assert say_distance(87, "zh") == "87公里"
    assert say_distance(87, "ar") == "87 كم"
    assert say_distance(87, "x-unknown") == "87 km"


def test_an_offset_is_distance_and_direction():
    assert say_offset(84, 245, "en") == "84 km to the west-south-west"
    assert say_offset(0.05, 245, "en") == "at the same spot"
    assert say_offset(84, 245, "cs") == "84 km západojihozápadně"
    assert say_offset_of(84, 225, ("Pilsen", "Czechia"), "en") == "84 km to the south-west of Pilsen, Czechia"
    assert say_offset_of(84, 225, ("Plzeň", "捷克"), "zh") == "捷克Plzeň西南方向84公里"


def test_coordinates_say_their_hemispheres():
    assert say_point(LonLat(14.4306, 50.079), "en", decimals=4) == "50.0790°\u00a0N,\u00a014.4306°\u00a0E"
    assert (
        say_point(LonLat(-14.43061, -50.079), "cs", decimals=2) == "50,08°\u00a0j.\u00a0š.,\u00a014,43°\u00a0z.\u00a0d."
    )
    parted = say_point(LonLat(14.4306, 50.079), "cs", decimals=2, is_parted=True)
    assert parted == "50,08°\u00a0s.\u00a0š., 14,43°\u00a0v.\u00a0d."
    assert say_point(LonLat(0.0, -0.00001), "ja", decimals=4) == "北緯0.0000°、東経0.0000°"


@pytest.mark.parametrize("lang", ["ar", "cs", "de", "en", "es", "fr", "he", "ja", "pl", "uk", "zh"])
def test_no_line_breaks_within_coordinates(lang):
    assert not set(say_point(LonLat(-14.4306, 50.079), lang, decimals=2)) & {" ", "\n"}


@pytest.mark.parametrize(
    ("more", "latitude"),
    [
        ({}, "50.08°"),
        ({"category": "Museum"}, "50.0790°"),
        ({"category": "City"}, "50.08°"),
        ({"origin": "gazetteer"}, "50.08°"),
        ({"kind": "line"}, "50.08°"),
        ({"kind": "area"}, "50.1°"),
        ({"category": "Museum", "point": LonLat(14.43, 50.079)}, "50.079°"),
        ({"category": "Museum", "point": LonLat(14.0, 50.0)}, "50.00°"),
        ({"category": "Museum", "point": LonLat(14.4306123, 50.0790456)}, "50.0790°"),
    ],
)
def test_coordinates_are_as_fine_as_what_they_find_is_small(more, latitude):
    assert say_position(replace(MUSEUM, **more), "en").startswith(latitude)


def test_the_middle_of_a_country_is_told_roughly():
    assert say_position(replace(MUSEUM, origin="country"), "en").replace("\u00a0", " ") == "50.1° N, 14.4° E"


def test_countries_have_their_names_of_cldr():
    assert say_country("CZ", "cs", english="Czechia") == "Česko"
    assert say_country("CZ", "en-US", english="Czechia") == "Czechia"
    assert say_country("XX", "cs", english="Nowhere") == "Nowhere"
    assert say_country("CZ", "x-unknown", english="Czechia") == "Czechia"
    assert say_within(("Praha", "Česko"), "cs") == "Praha, Česko"
