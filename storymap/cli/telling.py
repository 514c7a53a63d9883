"""Tell problems on the terminal: each with its place and its help, then a line that counts them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from storymap.errors import Problem, Report, Severity, StorymapError, sort_problems
from storymap.terminal import printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def tell_problems(problems: Sequence[Problem]) -> None:
    """Print `problems` on standard error, sorted by file and line, notes in one line each.

    On a terminal a last line says where to read more about the first mistake.
    """
    notes = [problem for problem in problems if problem.severity is Severity.NOTE]
    others = [problem for problem in sort_problems(problems) if problem.severity is not Severity.NOTE]
    for problem in sort_problems(notes):
        click.echo(click.style(printable(f"{problem.at}: note[{problem.code}]: {problem.message}"), dim=True), err=True)
    for problem in others:
        told, colour = problem.tell(), _COLOURS[problem.severity]
        click.secho(told.headline, fg=colour, bold=True, err=True)
        for number, line in enumerate(told.source):
            click.echo(_colour_carets(line, colour) if number else line, err=True)
        for line in told.help:
            click.echo(line, err=True)
        click.echo(err=True)
    if others:
        click.echo(count_problems(others), err=True)
        if sys.stderr.isatty():
            worst = min(others, key=lambda problem: list(Severity).index(problem.severity))
            click.secho(f"storymap explain {worst.code} says more", dim=True, err=True)


def fail(problems: Sequence[Problem], last_words: str = "") -> NoReturn:
    """Tell `problems`, then `last_words` if there are any, and exit with 1."""
    tell_problems(problems)
    if last_words:
        click.echo(last_words, err=True)
    raise SystemExit(1)


def tell_failure(error: StorymapError, report: Report) -> None:
    """Tell that a command wrote nothing, and why: what it found on the way, and the mistakes of `error`, each once."""
    rest = [problem for problem in report.problems if problem not in error.problems]
    tell_problems([*rest, *error.problems])
    click.echo("Nothing was written.", err=True)


def count_problems(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, such as "1 error, 2 warnings"; "0 problems" if there is neither."""
    counts = [_count(problems, severity) for severity in (Severity.ERROR, Severity.WARNING)]
    return ", ".join(filter(None, counts)) or "0 problems"


def _colour_carets(line: str, colour: str) -> str:
    """The `line` under a line of source with its carets in the colour of the headline."""
    margin, bar, carets = line.partition("| ")
    return margin + bar + click.style(carets, fg=colour, bold=True)


def _count(problems: Sequence[Problem], severity: Severity) -> str:
    number = sum(problem.severity is severity for problem in problems)
    return f"{number} {severity}{'s' if number > 1 else ''}" if number else ""
