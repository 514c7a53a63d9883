"""Write what was found in doing a task as JSON, and read it back: how a cache on disk remembers it."""

from __future__ import annotations

from typing import Any

from storymap.errors import Location, Problem, Report, Severity, Silence


def write_report(report: Report) -> list[Any]:
    """The problems, the silences and those that hid something; nothing where there is none of them."""
    if not (report.told or report.rests or report.silences or report.spent):
        return []
    return [
        [
            [problem.code, problem.message, _write_place(problem.at), problem.help, problem.severity.value]
            for problem in report.told
        ],
        [[*kind, *rest] for kind, rest in report.list_rests()],
        [_write_silence(silence) for silence in report.silences],
        sorted(_write_silence(silence) for silence in report.spent),
    ]


def read_report(written: list[Any]) -> Report:
    """The report that was written."""
    report = Report()
    if not written:
        return report
    told, rests, silences, spent = written
    for code, message, at, help, severity in told:
        report.add(Problem(code, message, Location(*at), help, Severity(severity)))
    for path, code, count, severity in rests:
        report.count((path, code), count, Severity(severity))
    report.silences = [_read_silence(silence) for silence in silences]  # which hid what they hide already
    report.spent = {_read_silence(silence) for silence in spent}
    return report


def _write_place(at: Location) -> list[Any]:
    return [at.path, at.line, at.column, at.length, at.excerpt]


def _write_silence(silence: Silence) -> list[Any]:
    return [silence.code, silence.first, silence.last, _write_place(silence.at)]


def _read_silence(written: list[Any]) -> Silence:
    code, first, last, at = written
    return Silence(code, first, last, Location(*at))
