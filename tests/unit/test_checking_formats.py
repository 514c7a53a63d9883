"""What other programs are given: shapes they can rely on, and nothing of an author's that acts on them."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from storymap.checking.findings import Findings
from storymap.checking.formats.as_json import format_json
from storymap.checking.formats.github import format_github
from storymap.checking.formats.sarif import format_sarif
from storymap.errors import Location, Problem, Severity

ERROR = Problem(
    "unknown-place",
    'no place "Prauge"',
    Location("stories/a b.md", 14, 8, 6, "place: Prauge"),
    'did you mean "Prague"?',
)
WARNING = Problem("missing-title", "this story has no title", Location("stories/ž.md", 1), severity=Severity.WARNING)
NOTE = Problem("file-name", "the address is x.html", Location("stories/x:,y%.md"), severity=Severity.NOTE)
HOSTILE = [
    "a\n::error file=x::boo",
    "a\r\n::set-output name=x::y",
    "100%0A::stop-commands::x",
    "\x1b[31mred\x07",
    "\u202eevil\u2028\u2029\x85line",
    "{0} {1} {{ x }}",
    "[click](https://example.org/evil)",
    "<script>alert(1)</script>&amp;",
    'quote " and \\ and \x00',
    "\ud800",
    "::endgroup::",
]


def hostile(text: str) -> Findings:
    return Findings.of([Problem("unknown-place", text, Location(f"stories/{text}.md", 1, 1, 2, text), text)], stories=1)


# JSON


def test_json_has_the_shape_that_is_documented() -> None:
    shown = json.loads(format_json(Findings.of([NOTE, WARNING, ERROR], stories=2, places=15, folder="docs")))
    assert {key: shown[key] for key in ("version", "summary")} == {
        "version": 1,
        "summary": {"errors": 1, "warnings": 1, "notes": 1, "stories": 2, "places": 15},
    }
    assert shown["problems"][0] == {
        "code": "unknown-place",
        "severity": "error",
        "message": 'no place "Prauge"',
        "help": 'did you mean "Prague"?',
        "path": "stories/a b.md",
        "line": 14,
        "column": 8,
        "endColumn": 14,
        "excerpt": "place: Prauge",
    }
    by_code = {problem["code"]: problem for problem in shown["problems"]}
    assert [by_code["file-name"][key] for key in ("line", "column", "endColumn")] == [None, None, None]
    assert [by_code["missing-title"][key] for key in ("line", "column", "endColumn")] == [1, None, None]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_every_text_back_and_is_plain_ascii(text: str) -> None:
    shown = format_json(hostile(text))
    assert shown.isascii()
    assert json.loads(shown)["problems"][0]["message"] == text


# GitHub


def test_annotations_are_workflow_commands_with_the_place_from_the_top_of_the_repository() -> None:
    assert format_github(Findings.of([ERROR, WARNING, NOTE], folder="docs")).splitlines() == [
        (
            "::error file=docs/stories/a b.md,line=14,col=8,endColumn=14,title=unknown-place::"
            'no place "Prauge"%0Adid you mean "Prague"?'
        ),
        "::notice file=docs/stories/x%3A%2Cy%25.md,title=file-name::the address is x.html",
        "::warning file=docs/stories/ž.md,line=1,title=missing-title::this story has no title",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_an_author_begins_a_command_or_a_property_of_its_own(text: str) -> None:
    lines = format_github(hostile(text)).split("\n")
    assert lines[1:] == [""]
    assert len(lines[0].splitlines()) == 1
    found = re.fullmatch(r"::error file=([^,:]*),line=1,col=1,endColumn=3,title=unknown-place::(.*)", lines[0])
    assert found
    assert found[2].isprintable()
    assert "%" not in re.sub(r"%(25|0A|0D|3A|2C)", "", found[1] + found[2])


# SARIF

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name", "rules"],
                            "properties": {
                                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}}
                            },
                        }
                    },
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "originalUriBaseIds": {"type": "object"},
                "invocations": {"type": "array", "items": {"$ref": "#/$defs/invocation"}},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "invocation": {
            "type": "object",
            "required": ["executionSuccessful"],
            "additionalProperties": False,
            "properties": {
                "executionSuccessful": {"type": "boolean"},
                "toolExecutionNotifications": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["message"],
                        "additionalProperties": False,
                        "properties": {
                            "descriptor": {"type": "object", "required": ["id"]},
                            "level": {"enum": ["none", "note", "warning", "error"]},
                            "message": TEXT,
                            "properties": {"type": "object"},
                        },
                    },
                },
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "help": TEXT,
                "defaultConfiguration": {
                    "type": "object",
                    "properties": {"level": {"enum": ["none", "note", "warning", "error"]}},
                },
                "properties": {"type": "object"},
            },
        },
        "result": {
            "type": "object",
            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": TEXT,
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "locations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {"physicalLocation": {"$ref": "#/$defs/place"}},
                    },
                },
            },
        },
        "place": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri", "uriBaseId"],
                    "properties": {"uri": {"type": "string", "pattern": r"^(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                        "endColumn": {"type": "integer", "minimum": 1},
                        "snippet": TEXT,
                    },
                },
            },
        },
    },
}
"""What the standard asks of the parts that are written here."""


def read_sarif(findings: Findings) -> Any:
    log = json.loads(format_sarif(findings))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    return log["runs"][0]


def test_sarif_has_a_rule_for_each_code_and_a_result_for_each_problem() -> None:
    again = Problem("unknown-place", 'no place "Brnoo"', Location("stories/a b.md", 20, 8, 5, "place: Brnoo"))
    run = read_sarif(Findings.of([WARNING, NOTE, ERROR, again], folder="docs"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["file-name", "missing-title", "unknown-place"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert [result["level"] for result in run["results"]] == ["error", "error", "note", "warning"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "docs/stories/a%20b.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 14, "startColumn": 8, "endColumn": 14, "snippet": {"text": "place: Prauge"}},
    }
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]
    assert "gazetteer" in rules[2]["help"]["text"]
    assert "`place: Prague`" in rules[2]["help"]["markdown"] or "place: Prague" in rules[2]["help"]["markdown"]


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_keeps_hostile_text_text(text: str) -> None:
    result = read_sarif(hostile(text))["results"][0]
    shown = result["message"]["text"]
    assert not re.search(r"(?<!\\)\]\(", shown)
    assert not re.search(r"(?<!\{)\{\d", shown.replace("{{", ""))
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert PurePosixPath(unquote(uri)).parts[0] == "stories"


def test_sarif_knows_a_problem_again_when_lines_move_and_tells_twins_apart() -> None:
    def fingerprints(*lines: int) -> list[str]:
        problems = [Problem("x", "y", Location("a.md", line, 1, 1, "  same line")) for line in lines]
        return [result["partialFingerprints"]["storymap/v1"] for result in read_sarif(Findings.of(problems))["results"]]

    assert fingerprints(3, 9) == fingerprints(4, 50)
    assert len(set(fingerprints(3, 9))) == 2


@pytest.mark.parametrize("format_findings", [format_json, format_github, format_sarif])
def test_every_format_is_whole_without_problems(format_findings: Any) -> None:
    shown = format_findings(Findings.of([]))
    assert shown == "" if format_findings is format_github else json.loads(shown)


ASKING = Findings.of(
    [], asked=[("a.html", ("tiles.example.org", "x.example.org"))], pressed=[("b.html", ("film.example.org",))]
)


def test_what_pages_ask_of_other_hosts_stands_in_json() -> None:
    assert json.loads(format_json(ASKING))["asks"] == [
        {"page": "a.html", "hosts": ["tiles.example.org", "x.example.org"], "when": "opened"},
        {"page": "b.html", "hosts": ["film.example.org"], "when": "pressed"},
    ]
    assert json.loads(format_json(Findings.of([])))["asks"] == []


def test_what_pages_ask_of_other_hosts_is_noted_in_sarif_and_no_result() -> None:
    run = read_sarif(ASKING)
    assert run["results"] == []
    first, second = run["invocations"][0]["toolExecutionNotifications"]
    assert first["message"]["text"] == "a.html asks tiles.example.org, x.example.org"
    assert second["properties"] == {"page": "b.html", "hosts": ["film.example.org"], "when": "pressed"}
    assert "invocations" not in read_sarif(Findings.of([ERROR]))
