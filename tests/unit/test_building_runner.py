"""A runner that goes on knows again what the last rounds asked for, and nothing that no round asks for any more."""

from __future__ import annotations

from storymap.building.runner import Runner
from storymap.errors import Location, Report


def test_a_value_is_made_anew_only_for_another_key() -> None:
    runner = Runner(goes_on=True)
    made: list[int] = []

    def make() -> list[int]:
        made.append(len(made))
        return list(made)

    first = runner.recall("a", (1, "x"), make)
    runner.end_round()
    assert runner.recall("a", (1, "x"), make) is first
    assert runner.recall("b", (1, "x"), make) is not first
    assert runner.recall("a", (2, "x"), make) is not first
    assert len(made) == 3


def test_a_value_goes_with_a_round_that_ends_without_asking_for_it() -> None:
    runner = Runner(goes_on=True)
    first: list[int] = runner.recall("a", 1, list)
    runner.start_over()  # a round that finds mistakes does not come to its end
    runner.start_over()
    assert runner.recall("a", 1, list) is first
    runner.end_round()
    runner.end_round()
    assert runner.recall("a", 1, list) is not first


def test_a_runner_of_one_round_keeps_nothing() -> None:
    runner = Runner()
    assert runner.recall("a", 1, list) is not runner.recall("a", 1, list)
    assert runner.settle("a", (value := [1])) is value
    assert runner.settle("a", (other := [1])) is other


def test_what_was_found_is_told_each_time() -> None:
    runner = Runner(goes_on=True)

    def find(report: Report) -> int:
        report.note("a-note", "something", Location("a.md"))
        return 7

    for _ in range(2):
        report = Report()
        assert runner.recall_found("a", 1, find, report) == 7
        assert [problem.code for problem in report.problems] == ["a-note"]
        runner.end_round()


def test_an_equal_value_is_the_object_that_was_there_before() -> None:
    runner = Runner(goes_on=True)
    first = runner.settle("a", [1])
    runner.end_round()
    assert runner.settle("a", [1]) is first
    assert runner.settle("a", [2]) is not first
