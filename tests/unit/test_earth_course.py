"""Where on a way places lie, and what of it lies between them: there and back, beside it, and over 180°."""

from __future__ import annotations

import pytest

from storymap.earth.course import Course
from storymap.model.place import LonLat
from storymap.model.track import Stage, TrackPoint


def make_course(*parts: list[tuple[float, float]]) -> Course:
    return Course.of(Stage("", tuple(tuple(TrackPoint(lon, lat) for lon, lat in part) for part in parts)))


EAST = make_course([(14.0, 50.0), (14.1, 50.0), (14.2, 50.0)])
THERE_AND_BACK = make_course([(14.0, 50.0), (14.2, 50.0), (14.0, 50.0)])


def test_a_place_lies_between_recorded_points_and_so_far_off() -> None:
    at, off = EAST.locate(LonLat(14.05, 50.01))
    assert at == pytest.approx(0.05 / 360)
    assert off == pytest.approx(1.11, abs=0.01)


def test_a_place_that_a_way_comes_by_twice_is_met_on_the_way_there_and_then_on_the_way_back() -> None:
    first = THERE_AND_BACK.locate(LonLat(14.05, 50.0))
    turn = THERE_AND_BACK.locate(LonLat(14.2, 50.0), first.at)
    again = THERE_AND_BACK.locate(LonLat(14.05, 50.0), turn.at)
    assert [round(spot.at * 360, 6) for spot in (first, turn, again)] == [0.05, 0.2, 0.35]


def test_a_place_that_lies_behind_is_gone_back_to() -> None:
    assert EAST.locate(LonLat(14.05, 50.0), EAST.locate(LonLat(14.15, 50.0)).at).at == pytest.approx(0.05 / 360)
    way, kilometres = EAST.between(0.15 / 360, 0.05 / 360)
    assert [round(lon, 6) for lon, _ in way] == [14.15, 14.1, 14.05]
    assert kilometres == pytest.approx(7.17, abs=0.01)


def test_a_way_goes_on_over_180_degrees() -> None:
    course = make_course([(179.0, 0.0), (-179.0, 0.0)])
    assert course.kilometres == pytest.approx(222.6, abs=0.1)
    at, off = course.locate(LonLat(-179.5, 0.0))
    assert (at, off) == pytest.approx((1.5 / 360, 0.0))
    assert [lon for lon, _ in course.between(0.5 / 360, at)[0]] == pytest.approx([179.5, 180.5])


def test_a_gap_of_the_recording_is_bridged() -> None:
    course = make_course([(14.0, 50.0), (14.05, 50.0)], [(14.15, 50.0), (14.2, 50.0)])
    assert course.locate(LonLat(14.1, 50.0)).off == pytest.approx(0.0, abs=1e-9)


def test_a_place_on_the_far_side_of_180_degrees_is_looked_for_there() -> None:
    assert make_course([(179.0, 0.0), (179.9, 0.0)]).locate(LonLat(-179.9, 0.0)).off == pytest.approx(22.3, abs=0.1)
