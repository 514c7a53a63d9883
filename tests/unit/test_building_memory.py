"""What a round of work remembers: by name and by what it was made of, and for one round only."""

from __future__ import annotations

from storymap.building.memory import Memory
from storymap.errors import Location, Report


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def make(self, number: int, *, report: Report) -> str:
        self.made.append(number)
        report.warning("odd", f"{number} is odd", Location("story.md", number))
        return f"number {number}"


def test_equal_inputs_give_the_very_value_of_the_round_before() -> None:
    memory, maker = Memory(), Maker()
    first = memory.recall(("a",), maker.make, 1, report=Report())
    memory.turn()
    assert memory.recall(("a",), maker.make, 1, report=Report()) is first
    assert maker.made == [1]


def test_other_inputs_and_other_names_are_made_anew() -> None:
    memory, maker = Memory(), Maker()
    for name, number in (("a", 1), ("b", 1), ("a", 3)):
        memory.recall((name,), maker.make, number, report=Report())
        memory.turn()
    assert maker.made == [1, 1, 3]


def test_what_was_reported_is_told_again_each_round() -> None:
    memory, maker = Memory(), Maker()
    for _ in range(2):
        report = Report()
        memory.recall(("a",), maker.make, 1, report=report)
        memory.turn()
        assert [problem.message for problem in report.problems] == ["1 is odd"]


def test_what_a_round_does_not_ask_for_is_forgotten() -> None:
    memory, maker = Memory(), Maker()
    memory.recall(("a",), maker.make, 1, report=Report())
    memory.turn()
    memory.turn()
    memory.recall(("a",), maker.make, 1, report=Report())
    assert maker.made == [1, 1]


def test_the_settings_judge_what_is_remembered_as_they_are_now() -> None:
    memory, maker = Memory(), Maker()
    memory.recall(("a",), maker.make, 1, report=Report())
    memory.turn()
    quiet = Report(policy={"odd": "off"})
    memory.recall(("a",), maker.make, 1, report=quiet)
    assert quiet.problems == []
