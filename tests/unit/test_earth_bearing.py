"""The direction in which one place lies from another."""

from __future__ import annotations

import pytest

from storymap.earth.bearing import find_bearing
from storymap.model.place import LonLat

PRAGUE = LonLat(14.42, 50.09)


@pytest.mark.parametrize(
    ("end", "bearing"),
    [((-77.04, 38.9), 260), ((14.42, 60), 0), ((14.42, 40), 180), ((30, 50.09), 90), ((-170, 50.09), 90)],
)
def test_a_bearing_is_that_of_the_map_and_takes_the_nearer_way_round(end: tuple[float, float], bearing: float) -> None:
    assert find_bearing(PRAGUE, LonLat(*end)) == pytest.approx(bearing, abs=1)
