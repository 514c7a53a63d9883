"""Problems as SARIF 2.1.0 (OASIS), which code scanning and editors read.

One run, with a rule for each code that occurs, explained as the catalogue explains it. Files are given relative to
`%SRCROOT%`, the folder that the results are looked at from; columns count code points. What a person reads is given as
plain text in which a viewer finds no link and no placeholder, whatever an author wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from storymap import __version__
from storymap.checking.findings import Findings
from storymap.errors import Location, Problem
from storymap.mistakes.catalogue import Mistake, load_mistakes

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def format_sarif(findings: Findings) -> str:
    """`findings` as one SARIF log over several lines, with a newline at its end."""
    codes = sorted({problem.code for problem in findings.problems})
    seen: Counter[str] = Counter()
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "storymap",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_describe_rule(code, load_mistakes().get(code)) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "Where the check was started."}}},
                **_describe_asking(findings),
                "results": [_describe_result(problem, codes, findings, seen) for problem in findings.problems],
            }
        ],
    }
    return json.dumps(log, indent=2) + "\n"


def _describe_asking(findings: Findings) -> dict[str, Any]:
    """Which pages ask other hosts: no problem, so no result, but what the tool notes of its run; empty for none.

    Section 3.58 of the standard has notifications for it. A page lies in the site, which no file of the project is.
    """
    asked = [(page, hosts, "") for page, hosts in findings.asked]
    asked += [(page, hosts, " when a reader presses a card there, and not before") for page, hosts in findings.pressed]
    notes = [
        {
            "descriptor": {"id": "asks-other-hosts"},
            "level": "note",
            "message": {"text": _escape_message(f"{page} asks {', '.join(hosts)}{when}")},
            "properties": {"page": page, "hosts": list(hosts), "when": "pressed" if when else "opened"},
        }
        for page, hosts, when in asked
    ]
    if not notes:
        return {}
    return {"invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}]}


def _describe_rule(code: str, mistake: Mistake | None) -> dict[str, Any]:
    if mistake is None:
        return {"id": code, "name": code}
    plain = f"{mistake.why}\n\n{mistake.mend}"
    fence = "````"
    shown = (
        f"{mistake.why}\n\n**What to do:** {mistake.mend}\n\n"
        f"Wrong:\n\n{fence}\n{mistake.wrong}\n{fence}\n\nRight:\n\n{fence}\n{mistake.right}\n{fence}\n"
    )
    return {
        "id": code,
        "name": code,
        "shortDescription": {"text": mistake.title},
        "fullDescription": {"text": mistake.why},
        "help": {"text": plain, "markdown": shown},
        "defaultConfiguration": {"level": mistake.level.value},
        "properties": {"tags": [mistake.stage]},
    }


def _describe_result(problem: Problem, codes: list[str], findings: Findings, seen: Counter[str]) -> dict[str, Any]:
    text = f"{problem.message}. {problem.help}" if problem.help else problem.message
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity.value,
        "message": {"text": _escape_message(text)},
        "locations": [{"physicalLocation": _describe_place(problem.at, findings)}],
        "partialFingerprints": {"storymap/v1": _fingerprint(problem, findings, seen)},
    }


def _escape_message(text: str) -> str:
    """`text` as a message string, section 3.11 of the standard: braces stand for arguments, brackets for links."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](").replace("\0", "\ufffd")


def _describe_place(at: Location, findings: Findings) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(findings.path(at), safe="/", errors="replace"), "uriBaseId": "%SRCROOT%"}
    }
    if at.line:
        place["region"] = {"startLine": at.line}
        if at.column:
            place["region"] |= {"startColumn": at.column, "endColumn": at.column + at.length}
        if at.excerpt:
            place["region"]["snippet"] = {"text": at.excerpt}
    return place


def _fingerprint(problem: Problem, findings: Findings, seen: Counter[str]) -> str:
    """What stays the same of a problem when lines above it come and go; the same problem again is numbered."""
    parts = (problem.code, findings.path(problem.at), problem.message, problem.at.excerpt.strip())
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
