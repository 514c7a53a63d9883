"""Find the front matter at the top of a file; tell of one that is written or placed so that it would be text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from storymap.errors import Report
from storymap.reading.fields import FrontMatter
from storymap.reading.lines import Lines
from storymap.reading.text import TextSource

REFUSED = frozenset({"toml-front-matter", "json-front-matter", "fields-without-step"})
"""Mistakes of a file whose front matter is not read, so that nothing can be said of what it lacks."""

_KEY = re.compile(r"\s*([A-Za-z_][\w-]*)[ \t]*:(?=\s|$)")
_MARK = re.compile(r"\s*(?:\\?-{3,}\s*[A-Za-z]*|\*{3,}|_{3,}|={3,})\s*")
"""A line that is meant to begin or to end front matter, and does not."""

_FENCE = re.compile(r"\s*(`{3,}|~{3,})[^`]*")
_REMARK = re.compile(r"\[(?://|comment)\]:\s.*", re.IGNORECASE)
"""A comment of Markdown that has no HTML."""

_JSON = re.compile(r'\s*\{\s*(?:"[\w-]+"\s*:.*)?')
_MEMBER = re.compile(r'\s*\{?\s*"([\w-]+)"\s*:')


class _Misplaced(Struct, frozen=True):
    """Front matter that would be text: its lines, the first line below it, and what is in its way.

    `at` is the line that is, `what` completes "the front matter …", and `advice` says what to do.
    """

    lines: Lines
    below: int
    at: int
    what: str
    advice: str


def find_front_matter(source: TextSource, report: Report) -> tuple[Lines, int]:
    """The lines of the front matter, and the first line after it; none, and the first line, where there is none.

    One that is out of place is read all the same, so that its mistakes are told with that.
    """
    lines = source.lines
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not first:
        return Lines(1, 0), 1
    begin = lines[first - 1].rstrip()
    if begin == "+++":
        report.error(
            "toml-front-matter",
            "front matter between +++ lines is TOML",
            source.at(first, 1, 3),
            "write it as YAML, `key: value`, between two lines of ---",
        )
        return Lines(1, 0), _find(lines, first + 1, {"+++"}, otherwise=first) + 1
    if begin != "---":
        return _find_misplaced(source, first, report)
    if end := _find(lines, first + 1, {"---", "..."}):
        return Lines(first + 1, end - 1), end + 1
    report.error(
        "unclosed-front-matter",
        "the front matter has no end",
        source.at(first, 1, 3),
        "put a line of --- below its last `key: value`",
    )
    blank = _find(lines, first + 1, {""}, otherwise=len(lines) + 1)
    return Lines(first + 1, blank - 1), blank


def _find(lines: Sequence[str], first: int, wanted: set[str], *, otherwise: int = 0) -> int:
    """The number of the next line, from the one numbered `first`, that is one of `wanted`; else `otherwise`."""
    return next((number for number in range(first, len(lines) + 1) if lines[number - 1].rstrip() in wanted), otherwise)


def _find_misplaced(source: TextSource, first: int, report: Report) -> tuple[Lines, int]:
    """Front matter of a file whose first line with text, `first`, does not begin one; what is wrong is told."""
    lines = source.lines
    if end := _find_json(lines, first):
        report.error(
            "json-front-matter",
            "front matter in braces is JSON",
            source.at(first, 1, len(lines[first - 1])),
            "write it as YAML, `key: value`, between two lines of ---",
        )
        return Lines(1, 0), end + 1
    if found := _look_below(lines, first):
        at = source.at(found.at, 1, len(lines[found.at - 1]))
        report.error("misplaced-front-matter", f"the front matter {found.what}, so it is text", at, found.advice)
        return found.lines, found.below
    return Lines(1, 0), 1


def _find_json(lines: Sequence[str], first: int) -> int:
    """The last line of an object of JSON with a field of front matter, perhaps between lines of `;;;`; 0 if none is."""
    is_marked = lines[first - 1].strip() == ";;;"
    begin = first + is_marked
    if begin > len(lines) or not _JSON.fullmatch(lines[begin - 1]):
        return 0
    end = _find(lines, begin, {"}", "};"}) or (begin if lines[begin - 1].rstrip().endswith("}") else 0)
    keys = {found[1] for line in lines[begin - 1 : end] if (found := _MEMBER.match(line))}
    if not keys & FrontMatter.model_fields.keys():
        return 0
    return end + (is_marked and end < len(lines) and lines[end].strip() == ";;;")


def _look_below(lines: Sequence[str], first: int) -> _Misplaced | None:
    """The front matter below comments, in code, or between marks that are not quite its own."""
    number, hurdle = first, 0
    while number <= len(lines):
        line = lines[number - 1]
        if line.lstrip().startswith("<!--"):
            hurdle = hurdle or number
            while number < len(lines) and "-->" not in lines[number - 1]:
                number += 1
        elif _REMARK.fullmatch(line):
            hurdle = hurdle or number
        elif line.strip():
            break
        number += 1
    fence = number if number <= len(lines) and _FENCE.fullmatch(lines[number - 1]) else 0
    if fence:
        number += 1
    if number >= len(lines):
        return None
    mark = lines[number - 1].rstrip()
    is_marked = _MARK.fullmatch(mark) is not None
    begin = number if is_marked else fence
    key = _KEY.match(lines[begin]) if begin else None
    if key is None or key[1].casefold() not in FrontMatter.model_fields:
        return None
    end = next(
        (n for n in range(begin + 2, len(lines) + 1) if _MARK.fullmatch(lines[n - 1]) or _closes(lines[n - 1])), 0
    )
    if not end:
        return None
    within, below = Lines(begin + 1, end - 1), end + 1
    if fence:
        if is_marked and end < len(lines) and _closes(lines[end]):
            below += 1
        advice = "take the lines of ``` away, and leave those of ---"
        return _Misplaced(within, below, fence, "stands in a block of code", advice)
    if hurdle:
        return _Misplaced(
            within, below, hurdle, "stands below a comment", "move the comment below the second line of ---"
        )
    written = f'begins with "{mark.strip()}"' if mark.strip() != "---" else "does not begin at the left edge"
    advice = "write three hyphens, ---, and nothing else in the lines above and below it, at the very left"
    return _Misplaced(within, below, begin, written, advice)


def _closes(line: str) -> bool:
    """Whether a line ends a block of code."""
    return re.fullmatch(r"\s*(?:`{3,}|~{3,})\s*", line) is not None
