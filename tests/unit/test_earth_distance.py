"""Distances and directions in figures."""

import pytest

from storymap.earth.distance import measure_distance, measure_distances
from storymap.model.place import LonLat

PRAGUE, WASHINGTON = LonLat(14.42, 50.09), LonLat(-77.04, 38.9)


def test_prague_and_washington_are_6900_kilometres_apart():
    kilometres, azimuth = measure_distance(PRAGUE, WASHINGTON)
    assert kilometres == pytest.approx(6915, abs=15)
    assert azimuth == pytest.approx(298.3, abs=1)


def test_many_distances_are_those_of_each():
    ends = [WASHINGTON, PRAGUE, LonLat(0, 0)]
    assert measure_distances(PRAGUE, ends) == pytest.approx([measure_distance(PRAGUE, end)[0] for end in ends])
    assert measure_distances(PRAGUE, []) == ()
