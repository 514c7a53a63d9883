"""Tell problems on the terminal: each with its place and its help, then a line that counts them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from storymap.errors import Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def tell_problems(problems: Sequence[Problem]) -> None:
    """Print `problems` on standard error, sorted by file and line, notes in one line each."""
    notes = [problem for problem in problems if problem.severity is Severity.NOTE]
    others = [problem for problem in problems if problem.severity is not Severity.NOTE]
    for problem in sorted(notes, key=_reading_order):
        click.echo(click.style(f"{problem.at}: {problem.message}", dim=True), err=True)
    for problem in sorted(others, key=_reading_order):
        headline, *rest = str(problem).split("\n")
        click.secho(headline, fg=_COLOURS[problem.severity], bold=True, err=True)
        for line in rest:
            click.echo(line, err=True)
        click.echo(err=True)
    counts = [_count(others, severity) for severity in (Severity.ERROR, Severity.WARNING)]
    if any(counts):
        click.echo(", ".join(count for count in counts if count), err=True)


def _reading_order(problem: Problem) -> tuple[str, int, int, str]:
    return problem.at.path, problem.at.line, problem.at.column, problem.code


def _count(problems: Sequence[Problem], severity: Severity) -> str:
    number = sum(problem.severity is severity for problem in problems)
    return f"{number} {severity}{'s' if number > 1 else ''}" if number else ""
