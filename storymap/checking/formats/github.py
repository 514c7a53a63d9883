"""Problems as workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request.

One line each: `::error file=…,line=…,col=…,endColumn=…,title=…::message`. Escaped as the runner unescapes: `%` and line
breaks everywhere, in properties `:` and `,` as well, so that no text of an author can begin a command of its own.
"""

from __future__ import annotations

from storymap.checking.findings import Findings
from storymap.errors import Problem, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def format_github(findings: Findings) -> str:
    """`findings` as workflow commands, a line for each problem; empty where there is none."""
    return "".join(f"{_write_command(problem, findings.path(problem.at))}\n" for problem in findings.problems)


def _write_command(problem: Problem, path: str) -> str:
    at = problem.at
    properties = {"file": path}
    if at.line:
        properties["line"] = str(at.line)
    if at.line and at.column:
        properties |= {"col": str(at.column), "endColumn": str(at.column + at.length)}
    properties["title"] = problem.code
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    return f"::{_COMMANDS[problem.severity]} {listed}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    """`text` without the signs that the runner reads, nor any other that breaks a line in a log."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(character if character.isprintable() else f"U+{ord(character):04X}" for character in escaped)


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
