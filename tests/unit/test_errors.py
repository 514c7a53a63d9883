"""How a mistake is told."""

from __future__ import annotations

import pytest

from storymap.errors import Location, Problem, Report, Severity, StorymapError


def test_a_problem_shows_the_line_a_caret_and_what_to_do() -> None:
    problem = Problem(
        "unknown-place",
        'no place "Prauge"',
        Location("stories/huawei.md", 14, 8, 6, "place: Prauge"),
        help='did you mean "Prague"?',
    )
    assert str(problem) == (
        'stories/huawei.md:14:8: error[unknown-place]: no place "Prauge"\n'
        "   14 | place: Prauge\n"
        "      |        ^^^^^^\n"
        '  help: did you mean "Prague"?'
    )


def test_the_caret_stands_under_the_mistake_after_wide_and_combining_characters() -> None:
    problem = Problem("x", "y", Location("a.md", 1, 5, 2, "北京e\u0301ab!"))
    excerpt, caret = str(problem).splitlines()[1:3]
    assert excerpt == "    1 | 北京e\u0301ab!"
    assert caret == "      |      ^^"


def test_a_long_line_is_cut_around_the_mistake() -> None:
    line = "a" * 5000 + "WRONG" + "b" * 5000
    shown = str(Problem("x", "y", Location("a.md", 1, 5001, 5, line)))
    excerpt, caret = shown.splitlines()[1:3]
    assert len(excerpt) < 140
    assert excerpt[caret.index("^") :].startswith("WRONG")


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\u202egnp.exe", "nul\x00", "\ud800", "line\u2028break"])
def test_nothing_that_acts_on_a_terminal_gets_through(text: str) -> None:
    shown = str(Problem("x", f'bad "{text}"', Location(text, 1, 1, 1, text), help=text))
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_a_report_keeps_the_order_tells_each_problem_once_and_raises_only_errors() -> None:
    report = Report()
    at = Location("a.md", 1)
    report.warning("odd", "looks odd", at)
    report.raise_errors()
    report.error("wrong", "is wrong", at)
    report.error("wrong", "is wrong", at)
    report.note("told", "by the way", at)
    with pytest.raises(StorymapError) as raised:
        report.raise_errors()
    assert [problem.code for problem in raised.value.problems] == ["wrong"]
    assert [problem.severity for problem in report.problems] == [Severity.WARNING, Severity.ERROR, Severity.NOTE]
