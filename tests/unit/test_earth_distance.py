"""Distances and directions in figures."""

import json
from pathlib import Path

import pytest

from storymap.earth.distance import measure_distance, measure_distances, measure_near
from storymap.model.place import LonLat

NEIGHBOURS = json.loads(Path(__file__).parent.with_name("cases").joinpath("distances.json").read_text())
"""`browser/test/distance.test.ts` reads the same."""

PRAGUE, WASHINGTON = LonLat(14.42, 50.09), LonLat(-77.04, 38.9)


def test_prague_and_washington_are_6900_kilometres_apart():
    kilometres, azimuth = measure_distance(PRAGUE, WASHINGTON)
    assert kilometres == pytest.approx(6915, abs=15)
    assert azimuth == pytest.approx(298.3, abs=1)


def test_many_distances_are_those_of_each():
    ends = [WASHINGTON, PRAGUE, LonLat(0, 0)]
    assert measure_distances(PRAGUE, ends) == pytest.approx([measure_distance(PRAGUE, end)[0] for end in ends])
    assert measure_distances(PRAGUE, []) == ()


@pytest.mark.parametrize("case", NEIGHBOURS)
def test_neighbours_are_measured_as_in_the_browser_and_a_hundredth_off(case):
    start, end = LonLat(*case["from"]), LonLat(*case["to"])
    assert measure_near(start, end) == pytest.approx(case["kilometres"], abs=1e-9)
    assert measure_near(start, end) == pytest.approx(measure_distance(start, end)[0], rel=0.01)
