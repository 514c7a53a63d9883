"""Distances and directions, in figures and in words."""

import pytest

from storymap.geography.distance import (
    compass_direction,
    describe_distance,
    describe_offset,
    measure_distance,
    measure_distances,
)
from storymap.model import LonLat

PRAGUE, WASHINGTON = LonLat(14.42, 50.09), LonLat(-77.04, 38.9)


def test_prague_and_washington_are_6900_kilometres_apart():
    kilometres, azimuth = measure_distance(PRAGUE, WASHINGTON)
    assert kilometres == pytest.approx(6915, abs=15)
    assert compass_direction(azimuth) == "west-north-west"


def test_many_distances_are_those_of_each():
    ends = [WASHINGTON, PRAGUE, LonLat(0, 0)]
    assert measure_distances(PRAGUE, ends) == pytest.approx([measure_distance(PRAGUE, end)[0] for end in ends])
    assert measure_distances(PRAGUE, []) == ()


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
    assert compass_direction(azimuth) == words


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
    assert describe_distance(kilometres) == words


def test_an_offset_is_distance_and_direction():
    assert describe_offset(PRAGUE, LonLat(13.38, 49.75)) == "84 km to the west-south-west"
    assert describe_offset(PRAGUE, PRAGUE) == "at the same spot"
