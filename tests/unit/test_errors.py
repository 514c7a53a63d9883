"""How a mistake is told."""

from __future__ import annotations

import pytest

from storymap.errors import (
    MOST_ALIKE,
    Location,
    Problem,
    Report,
    Severity,
    Silence,
    StorymapError,
    Told,
    Verdict,
    sort_problems,
)


def test_a_problem_shows_the_line_a_caret_and_what_to_do() -> None:
    problem = Problem(
        "unknown-place",
        'no place "Prauge"',
        Location("stories/huawei.md", 14, 8, 6, "place: Prauge"),
        help='did you mean "Prague"?',
    )
    assert problem.tell() == Told(
        'stories/huawei.md:14:8: error[unknown-place]: no place "Prauge"',
        ("   14 | place: Prauge", "      |        ^^^^^^"),
        ('  help: did you mean "Prague"?',),
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


AT = Location("a.md", 3, 1, 4, "text")


def severities(report: Report) -> list[str]:
    return [problem.severity.value for problem in report.problems]


@pytest.mark.parametrize("before", [True, False])
def test_a_policy_decides_what_becomes_of_each_code_whenever_it_comes(before: bool) -> None:
    report = Report()
    policy: dict[str, Verdict] = {"a": "off", "b": "warning", "c": "error"}
    if before:
        report.follow(policy)
    for code in "abcd":
        report.note(code, "is told", AT)
    if not before:
        report.follow(policy)
    assert [(problem.code, problem.severity.value) for problem in report.problems] == [
        ("b", "warning"), ("c", "error"), ("d", "note")
    ]  # fmt: skip


def test_a_warning_that_is_made_an_error_stops_the_build_as_errors_do() -> None:
    report = Report(policy={"odd": "error"})
    report.warning("odd", "looks odd", AT)
    with pytest.raises(StorymapError):
        report.raise_errors()


def test_an_error_that_is_made_a_warning_stops_nothing() -> None:
    report = Report(policy={"wrong": "warning"})
    report.error("wrong", "is wrong", AT)
    report.raise_errors()
    assert severities(report) == ["warning"]


@pytest.mark.parametrize("before", [True, False])
def test_a_silence_hides_one_code_on_its_lines_of_its_file(before: bool) -> None:
    report = Report()
    silence = Silence("odd", 2, 3, Location("a.md", 2))
    if before:
        report.silence(silence)
    for code, path, line in (("odd", "a.md", 3), ("odd", "a.md", 4), ("odd", "b.md", 3), ("even", "a.md", 3)):
        report.warning(code, "is told", Location(path, line))
    if not before:
        report.silence(silence)
    assert [(problem.code, str(problem.at)) for problem in report.problems] == [
        ("odd", "a.md:4"), ("odd", "b.md:3"), ("even", "a.md:3")
    ]  # fmt: skip
    report.tell_unused_silences()
    assert len(report.problems) == 3


def test_a_silence_that_hid_nothing_is_told_unless_its_code_was_not_looked_for() -> None:
    report = Report()
    report.silence(Silence("odd", 2, 3, AT), Silence("even", 2, 3, AT))
    report.tell_unused_silences(besides={"even"})
    assert [(problem.code, problem.message) for problem in report.problems] == [
        ("unused-ignore", 'there is no "odd" here to ignore')
    ]


def test_a_silence_is_used_even_where_the_settings_turn_its_code_off() -> None:
    report = Report(policy={"odd": "off"})
    report.silence(Silence("odd", 3, 3, AT))
    report.warning("odd", "looks odd", AT)
    report.tell_unused_silences()
    assert report.problems == []


def test_a_report_that_includes_another_tells_its_problems_under_its_own_policy() -> None:
    found = Report()
    found.silence(Silence("odd", 3, 3, AT))
    found.warning("odd", "looks odd", AT)
    found.warning("even", "looks even", AT)
    report = Report(policy={"even": "error"})
    report.error("odd", "is odd, too", AT)
    report.include(found)
    report.include(found)
    report.tell_unused_silences()
    assert [(problem.code, problem.severity.value) for problem in report.problems] == [("even", "error")]
    assert severities(found) == ["warning"]


def test_problems_are_told_by_file_line_and_column_each_once() -> None:
    problems = [Problem("x", "y", Location(path, line)) for path, line in (("b", 1), ("a", 10), ("a", 9), ("a", 9))]
    assert [str(problem.at) for problem in sort_problems(problems)] == ["a:9", "a:10", "b:1"]


def make_many(report: Report, count: int, *, code: str = "odd", path: str = "a.md") -> Report:
    for line in range(1, count + 1):
        report.warning(code, "looks odd", Location(path, line))
    return report


def test_many_problems_of_one_code_and_file_are_counted_after_the_first() -> None:
    report = make_many(make_many(Report(), MOST_ALIKE + 1_500), 3, path="b.md")
    report.warning("even", "looks even", AT)
    *told, rest = report.problems
    assert len(told) == MOST_ALIKE + 4
    assert (rest.code, str(rest.at), rest.severity) == ("odd", "a.md", Severity.WARNING)
    assert rest.message == "1,500 more problems are of this kind"


def test_what_is_only_counted_stays_counted_in_another_report_and_follows_its_policy() -> None:
    whole = make_many(Report(), 1)
    whole.include(make_many(Report(), MOST_ALIKE + 4, path="b.md"))
    assert whole.problems[-1].message == "4 more problems are of this kind"
    whole.follow({"odd": "error"})
    assert whole.errors[-1].message == "4 more problems are of this kind"
    whole.follow({"odd": "off"})
    assert whole.problems == []


def test_an_error_among_many_warnings_of_its_code_still_stops_the_build() -> None:
    report = make_many(Report(), MOST_ALIKE)
    report.error("odd", "is worse than odd", AT)
    with pytest.raises(StorymapError):
        report.raise_errors()
