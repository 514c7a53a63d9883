"""Lines between places: great circles, straight ones, and where they are cut."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from storymap.earth.distance import measure_distance
from storymap.earth.lines import MOST_POINTS, draw_line
from storymap.earth.mercator import MERCATOR_LIMIT
from storymap.model.place import LonLat

PRAGUE, WASHINGTON = LonLat(14.42, 50.09), LonLat(-77.04, 38.9)
TOKYO, LIMA = LonLat(139.69, 35.69), LonLat(-77.03, -12.04)
POINTS = st.builds(LonLat, st.floats(-180, 180), st.floats(-90, 90))


def test_a_great_circle_bends_towards_the_pole():
    (line,) = draw_line(PRAGUE, WASHINGTON, "great-circle")
    assert line[0] == PRAGUE
    assert line[-1] == WASHINGTON
    assert max(point.lat for point in line) > PRAGUE.lat + 2


def test_a_straight_line_has_two_points():
    assert draw_line(PRAGUE, WASHINGTON, "straight") == ((PRAGUE, WASHINGTON),)


@pytest.mark.parametrize("style", ["great-circle", "straight"])
def test_tokyo_to_lima_crosses_the_pacific_and_is_cut_exactly_at_180(style):
    west, east = draw_line(TOKYO, LIMA, style)
    assert west[0] == TOKYO
    assert east[-1] == LIMA
    assert (west[-1].lon, east[0].lon) == (180, -180)
    assert west[-1].lat == east[0].lat


def test_a_line_back_is_the_line_there_reversed():
    there = draw_line(TOKYO, LIMA, "straight")
    back = draw_line(LIMA, TOKYO, "straight")
    assert [part[::-1] for part in back[::-1]] == list(there)


def test_samoa_and_fiji_are_joined_the_short_way():
    parts = draw_line(LonLat(179.9, -17.7), LonLat(-171.8, -13.8), "great-circle")
    assert len(parts) == 2
    assert sum(abs(a.lon - b.lon) for part in parts for a, b in pairwise(part)) < 9


def test_no_line_is_drawn_where_there_is_none():
    assert draw_line(PRAGUE, WASHINGTON, "none") == ()
    assert draw_line(PRAGUE, PRAGUE, "great-circle") == ()
    assert draw_line(LonLat(180, 10), LonLat(-180, 10), "straight") == ()


def test_a_line_from_180_stays_on_its_side():
    assert draw_line(LonLat(180, 10), LonLat(-170, 10), "straight") == ((LonLat(-180, 10), LonLat(-170, 10)),)
    assert draw_line(LonLat(-180, 10), LonLat(170, 10), "straight") == ((LonLat(180, 10), LonLat(170, 10)),)


def test_antipodes_are_joined():
    parts = draw_line(LonLat(10, 50), LonLat(-170, -50), "great-circle")
    assert parts[0][0] == LonLat(10, 50)
    assert parts[-1][-1] == LonLat(-170, -50)


def test_a_line_over_the_pole_leaves_the_map_and_comes_back():
    up, down = draw_line(LonLat(10, 60), LonLat(-170, 60), "great-circle")
    assert (up[-1].lat, down[0].lat) == (MERCATOR_LIMIT, MERCATOR_LIMIT)
    assert {point.lon for point in up} == {10}
    assert {point.lon for point in down} == {-170}


def test_a_short_line_needs_few_points():
    (line,) = draw_line(LonLat(14.4130, 50.0922), LonLat(14.4306, 50.0790), "great-circle")
    assert len(line) == 2


@given(start=POINTS, end=POINTS, style=st.sampled_from(["great-circle", "straight"]))
def test_every_line_stays_on_the_map_and_never_streaks_across_it(start, end, style):
    parts = draw_line(start, end, style)
    assert sum(map(len, parts)) <= MOST_POINTS + 2 * len(parts)
    for part in parts:
        assert len(part) > 1
        assert all(-180 <= lon <= 180 and abs(lat) <= MERCATOR_LIMIT for lon, lat in part)
        assert all(abs(a.lon - b.lon) <= 180 for a, b in pairwise(part))
    for before, after in pairwise(parts):
        at_the_edge = abs(before[-1].lat) == MERCATOR_LIMIT == abs(after[0].lat)
        assert at_the_edge or {before[-1].lon, after[0].lon} == {180, -180}


@given(start=POINTS, end=POINTS)
def test_a_great_circle_is_about_as_long_as_the_way(start, end):
    kilometres, _ = measure_distance(start, end)
    if max(abs(start.lat), abs(end.lat)) > 75 or not 100 < kilometres < 9000:
        return
    drawn = sum(measure_distance(a, b)[0] for part in draw_line(start, end, "great-circle") for a, b in pairwise(part))
    assert drawn <= kilometres * 1.02 + 1
