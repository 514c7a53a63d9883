"""Parse the JSON of a file with the line of every mistake, and find where in its text things stand.

What `storymap.geodata.geojson` reads and `inserting` writes with: Python's parser knows where its own errors are, but
not where what it took stands.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from msgspec import Struct, field

from storymap.errors import Location, Report
from storymap.geodata.features import LONGEST_EXCERPT

_BESIDE_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*"?|[^"\[\]{}]++', re.DOTALL)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)  # numbers of thousands of digits too: only their end counts

_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>\\u[dD][89a-fA-F]..)|\\.")
"""What a backslash begins in a text: two halves of a character, one half alone, which is none, or anything else."""

_COMMENT = re.compile(r"//|/\*|#|<!--")

_MOST_DOUBLED = 20
"""Keys that are told to stand twice; each is searched for in the whole text."""


class BadJsonError(Exception):
    """A text that is no JSON, or has two lists of features; it is in the report."""


class JsonText(Struct, frozen=True):
    """The text of one file, and how places in it are told. `path` is relative to the project."""

    path: str
    text: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, path: str, text: str) -> JsonText:
        """The text of the file at `path`, its lines found."""
        return cls(path, text, (0, *(match.end() for match in re.finditer("\n", text))))

    def at(self, offset: int, length: int = 1) -> Location:
        """The location of a character. A line of thousands of characters is given without the line itself."""
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        excerpt = self.text[start:end].rstrip("\r") if end - start <= LONGEST_EXCERPT else ""
        return Location(self.path, line, offset - start + 1, length, excerpt)

    def find(self, word: str, start: int, end: int) -> Location:
        """The location of `"word"` as a key within a span; the span's first line where it does not occur."""
        offset = self.text.find(f'"{word}"', start, end)
        return self.at(offset, len(word) + 2) if offset >= 0 else self.at(start)


def parse_json(source: JsonText, report: Report) -> Any:
    """The value of a JSON text. Raises `BadJsonError` where there is a mistake, once it is told."""
    doubled: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                doubled.append(key)
            found[key] = value
        return found

    try:
        text = _ESCAPE.sub(_mend_escape, source.text.lstrip("\ufeff"))
        data = json.loads(text, object_pairs_hook=collect, parse_int=read_whole_number)
    except json.JSONDecodeError as error:
        offset = min(error.pos + len(source.text) - len(source.text.lstrip("\ufeff")), len(source.text))
        report.error("bad-json", *_explain_json(error.msg, source, offset))
        raise BadJsonError from error
    for key in sorted(set(doubled))[:_MOST_DOUBLED]:
        first = source.text.find(f'"{key}"')
        second = source.text.find(f'"{key}"', first + 1)
        at = source.at(second if second >= 0 else max(first, 0), len(key) + 2)
        message = f'the key "{key[:80]}" stands twice in one object'
        if key == "features":
            report.error("duplicate-key", message, at, "keep the one that is meant")
            raise BadJsonError
        report.warning("duplicate-key", f"{message}; the last one counts", at, "keep the one that is meant")
    return data


def measure_nesting(text: str) -> int:
    """How many brackets within brackets there are, at most; those in texts do not count."""
    brackets = _BESIDE_BRACKETS.sub("", text)
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)


class JsonNode(Struct, frozen=True):
    """A value of a JSON text: from where to where it stands, and what it holds, by key, or by number in a list."""

    start: int
    end: int
    children: Mapping[str, JsonNode] = field(default_factory=dict)
    is_list: bool = False
    is_empty: bool = True


def scan_json(text: str, *, levels: int) -> JsonNode:
    """The outermost value of a JSON text with what it holds, down to containers in `levels` others.

    Raises `ValueError` where the text is no JSON.
    """
    return _scan(text, len(text) - len(text.lstrip("\ufeff \t\r\n")), levels)


def read_whole_number(digits: str) -> float:
    """A whole number; one of hundreds of digits is infinite, and told as out of range."""
    return int(digits) if len(digits) < 300 else math.inf


def say_type(value: object) -> str:
    """A JSON value in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return "a number"


def _mend_escape(match: re.Match[str]) -> str:
    """An escape as it is, and a question mark for half a character, in as many letters."""
    return r"\u003f" if match["half"] else match[0]


def _explain_json(reason: str, source: JsonText, offset: int) -> tuple[str, Location, str]:
    """What is wrong with a text that is no JSON, where, and what to do: by the reason of the parser."""
    before = source.text[:offset].rstrip()
    after = source.text[offset:].lstrip()
    if reason[:9] == "Expecting" and (comment := _COMMENT.match(after)):
        advice = "JSON has no comments: delete it, or keep what it says in a property"
        return (
            f'"{comment[0][:2]}" begins a comment',
            source.at(offset + len(source.text[offset:]) - len(after)),
            advice,
        )
    if reason.startswith("Unterminated string"):
        return "a text has no closing quotation mark", source.at(offset), 'put a " behind it'
    if reason == "Extra data":
        return (
            "something follows the last bracket",
            source.at(offset),
            "delete it, or the bracket that closes too early",
        )
    if not after:
        return (
            "the file ends before its last bracket",
            source.at(max(0, len(before) - 1)),
            "close with ]} what [{ opened",
        )
    if before.endswith(",") and after[0] in "]}":
        return "a comma stands before the closing bracket", source.at(len(before) - 1), "delete the comma"
    if reason.startswith("Expecting ','"):
        return (
            "a comma is missing",
            source.at(max(0, len(before) - 1)),
            "put one between two members of a list or an object",
        )
    if reason.startswith("Expecting ':'"):
        return "a colon is missing behind a key", source.at(max(0, len(before) - 1)), 'write "key": value'
    if reason.startswith("Expecting property name"):
        return "a key in quotation marks is missing", source.at(offset), 'write "key": value, with " and nothing else'
    if reason == "Expecting value":
        return "a value is missing", source.at(offset), 'texts stand in quotation marks: "Prague"'
    if reason.startswith("Invalid control character"):
        return "a line break or a tab stands in a text", source.at(offset), r"write \n or \t for it"
    return f"this is no JSON: {reason[0].lower()}{reason[1:]}", source.at(offset), r"a backslash is written \\"


def _scan(text: str, start: int, levels: int) -> JsonNode:
    """The value at `start`; what it holds only where `levels` are left."""
    mark = text[start : start + 1]
    if mark not in {"{", "["} or levels < 0:
        _, end = _DECODER.raw_decode(text, start)
        return JsonNode(start, end, is_list=mark == "[", is_empty=mark not in {"{", "["})
    children: dict[str, JsonNode] = {}
    at = _skip_space(text, start + 1)
    while text[at : at + 1] not in {"}", "]"}:
        key = str(len(children))
        if mark == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _skip_space(text, _skip_space(text, at) + 1)
        children[key] = child = _scan(text, at, levels - 1)
        at = _skip_space(text, child.end)
        if text[at : at + 1] == ",":
            at = _skip_space(text, at + 1)
    return JsonNode(start, at + 1, children, is_list=mark == "[", is_empty=not children)


def _skip_space(text: str, at: int) -> int:
    """The first character from `at` on that is no space. Raises `ValueError` at the end of the text."""
    found = _SPACE.match(text, at)
    at = found.end() if found else at
    if at >= len(text):
        raise ValueError("the text ends too early")
    return at
