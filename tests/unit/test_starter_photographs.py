"""A story made from a folder of photographs: its steps, in the order of time, each at one spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from storymap.gazetteer.builtin import open_builtin
from storymap.starter.photographs import read_folder, step_photographs
from storymap.starter.steps import NewStep

TakePhotograph = Callable[..., bytes]

BRIDGE, CASTLE = (50.0865, 14.4114), (50.0903, 14.4005)
BESIDE = (50.08665, 14.4116)  # some twenty metres from the bridge


@pytest.fixture
def step(tmp_path: Path, take_photograph: TakePhotograph) -> Callable[..., list[NewStep]]:
    """The steps of photographs: by name their position, and their time on 12 May 2026 or a whole one."""

    def make(photographs: Mapping[str, tuple[tuple[float, float] | None, str]], offset: str = "") -> list[NewStep]:
        for name, (position, time) in photographs.items():
            taken = f"2026:05:12 {time}:00" if len(time) == 5 else time
            (tmp_path / name).write_bytes(take_photograph(position, taken=taken, offset=offset))
        return [*step_photographs(read_folder(tmp_path).photographs, open_builtin())]

    return make


def show(steps: list[NewStep]) -> list[tuple[str, str, str, list[str]]]:
    return [
        (one.title, one.place.name if one.place else "", one.date, [file.name for file in one.pictures])
        for one in steps
    ]


def test_photographs_of_one_spot_and_hour_are_one_step(step: Callable[..., list[NewStep]]):
    taken = {
        "d.jpg": (BRIDGE, "11:30"),
        "c.jpg": (CASTLE, "10:20"),
        "b.JPG": (BESIDE, "10:05"),
        "a.jpg": (BRIDGE, "09:10"),
    }
    assert show(step(taken)) == [
        ("Prague, 09:10", "a.jpg", "", ["a.jpg", "b.JPG"]),
        ("Prague, 10:20", "c.jpg", "", ["c.jpg"]),
        ("Prague, 11:30", "d.jpg", "", ["d.jpg"]),
    ]


def test_a_photograph_without_a_position_goes_with_those_of_its_hour(step: Callable[..., list[NewStep]]):
    taken = {"a.jpg": (None, "09:10"), "b.jpg": (BRIDGE, "09:20"), "c.jpg": (None, "10:00"), "d.jpg": (None, "12:00")}
    assert show(step(taken)) == [
        ("Prague, 09:10", "b.jpg", "", ["a.jpg", "b.jpg", "c.jpg"]),
        ("12:00", "", "2026-05-12T12:00", ["d.jpg"]),
    ]


def test_photographs_without_a_time_stand_last_in_the_order_of_their_names(step: Callable[..., list[NewStep]]):
    taken = {"10.jpg": (CASTLE, ""), "9.jpg": (BRIDGE, ""), "1.jpg": (None, ""), "z.jpg": (CASTLE, "09:10")}
    assert show(step(taken)) == [
        ("Prague, 09:10", "z.jpg", "", ["z.jpg"]),
        ("More pictures", "", "", ["1.jpg"]),
        ("Prague", "9.jpg", "", ["9.jpg"]),
        ("Prague", "10.jpg", "", ["10.jpg"]),
    ]


def test_the_order_is_that_of_the_world_where_every_camera_noted_its_zone(
    tmp_path: Path, take_photograph: TakePhotograph
):
    for name, time, offset in (("new-york.jpg", "08:00", "-04:00"), ("lisbon.jpg", "09:00", "+01:00")):
        (tmp_path / name).write_bytes(take_photograph(taken=f"2026:05:12 {time}:00", offset=offset))
    names = [photograph.file.name for photograph in read_folder(tmp_path).photographs]
    assert names == ["lisbon.jpg", "new-york.jpg"]
    (tmp_path / "nowhere.jpg").write_bytes(take_photograph(taken="2026:05:12 08:30:00"))
    names = [photograph.file.name for photograph in read_folder(tmp_path).photographs]
    assert names == ["new-york.jpg", "nowhere.jpg", "lisbon.jpg"]


def test_far_from_a_town_a_step_is_called_by_its_country_and_at_sea_by_its_position(
    step: Callable[..., list[NewStep]],
):
    assert [one.title for one in step({"a.jpg": ((-23.0, 128.0), "09:00"), "b.jpg": ((-40.0, -30.0), "10:00")})] == [
        "Australia, 09:00",
        "-40.0000, -30.0000, 10:00",
    ]


def test_what_cannot_be_shown_or_read_is_left_out_and_named(tmp_path: Path, take_photograph: TakePhotograph):
    (tmp_path / "a.jpg").write_bytes(take_photograph())
    for name in ("b.jpg", "c.TIFF", "d.txt", ".e.jpg"):
        (tmp_path / name).write_bytes(b"nothing")
    (tmp_path / "f.jpg").mkdir()
    found = read_folder(tmp_path)
    assert [photograph.file.name for photograph in found.photographs] == ["a.jpg"]
    assert [(file.name, reason.partition(":")[0]) for file, reason in found.left_out] == [
        ("b.jpg", "is no picture that can be read"),
        ("c.TIFF", "is not shown by browsers"),
    ]
