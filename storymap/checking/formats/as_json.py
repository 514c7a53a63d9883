"""Problems as JSON, for scripts and editors. The shape is stable: `version` grows when a reader could break.

    {"version": 1,
     "storymap": "1.2.3",
     "summary": {"errors": 1, "warnings": 0, "notes": 0, "stories": 2, "places": 15},
     "problems": [{"code": "unknown-place", "severity": "error", "message": "no place …", "help": "did you mean …?",
                   "path": "stories/huawei.md",
                   "line": 14, "column": 8, "endColumn": 14, "excerpt": "place: Prauge"}],
     "asks": [{"page": "huawei.html", "hosts": ["tile.example.org"], "when": "opened"}]}

Paths are relative to the project. Lines and columns count from 1, columns in characters (code points); `endColumn` is
the first that is no longer marked. `line` is null where the whole file is meant, `column` where the whole line is.
`help` and `excerpt` may be empty. Problems are sorted by path, line and column. `asks` are the pages of the site that
ask other hosts, `when` they are "opened", or when a reader presses a card there ("pressed"); none is the rule.
"""

from __future__ import annotations

import json
from typing import Any

from storymap import __version__
from storymap.checking.findings import Findings
from storymap.errors import Problem, Severity

VERSION = 1
"""Of the shape, not of the program."""


def format_json(findings: Findings) -> str:
    """`findings` as one JSON object over several lines, with a newline at its end."""
    shown = {
        "version": VERSION,
        "storymap": __version__,
        "summary": {
            **{f"{severity}s": findings.count(severity) for severity in Severity},
            "stories": findings.stories,
            "places": findings.places,
        },
        "problems": [_show(problem) for problem in findings.problems],
        "asks": [
            {"page": page, "hosts": list(hosts), "when": when}
            for when, asked in (("opened", findings.asked), ("pressed", findings.pressed))
            for page, hosts in asked
        ],
    }
    return json.dumps(shown, indent=2) + "\n"


def _show(problem: Problem) -> dict[str, Any]:
    at = problem.at
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        "path": at.path,
        "line": at.line or None,
        "column": at.column or None,
        "endColumn": at.column + at.length if at.column else None,
        "excerpt": at.excerpt,
    }
