"""Judge the shape of Markdown before it is converted: ordinary, suspicious, or so deep that no converter should see it.

Python-Markdown is quadratic or worse in brackets, emphasis marks, tags and lines of one paragraph, and recursive in
nesting. The limits stand far above prose written by people, and low enough that text within them takes under a second.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from msgspec import Struct

from storymap.reading.lines import Lines
from storymap.reading.text import TextSource

MAX_INDENTATION = 100
MAX_QUOTE_DEPTH = 30
MAX_MARKS = 300
"""Marks (brackets, stars, tags …) in one paragraph of ordinary text."""
MAX_TOTAL_MARKS = 4_000
MAX_PARAGRAPH_LINES = 400
MAX_LINES = 5_000
MAX_CHARACTERS = 200_000

_MARKS = "[<*_`&{~"
_BLOCK_MARK = re.compile(r"\s*(?:///|!!!|\?\?\?|#|[=-]{3}|:[ ])")
_QUOTES = re.compile(r"[> ]*")


class Shape(Enum):
    """What a text looks like to a converter."""

    ORDINARY = auto()
    SUSPICIOUS = auto()
    TOO_DEEP = auto()


class Judgement(Struct, frozen=True):
    """The shape of a text, and the line that decided it (for ordinary text, its first)."""

    shape: Shape
    line: int


def judge_shape(source: TextSource, lines: Lines) -> Judgement:
    """Judge the given lines of `source`; of several suspicious paragraphs the one with most marks is named."""
    marks = total = characters = worst = paragraph_lines = 0
    start, worst_line, longest = lines.first, lines.first, 0
    for number in range(lines.first, lines.last + 1):
        line = source.lines[number - 1]
        if not line or line.isspace():
            start, marks, paragraph_lines = number + 1, 0, 0
            continue
        if line[0] in " \t>" and _depth_exceeds(line):
            return Judgement(Shape.TOO_DEEP, number)
        found = sum(map(line.count, _MARKS)) + (_BLOCK_MARK.match(line) is not None)
        marks += found
        total += found
        characters += len(line)
        paragraph_lines += 1
        longest = max(longest, paragraph_lines)
        if max(marks, paragraph_lines) > worst:
            worst, worst_line = max(marks, paragraph_lines), start
    suspicious = (
        worst > MAX_MARKS
        or total > MAX_TOTAL_MARKS
        or longest > MAX_PARAGRAPH_LINES
        or characters > MAX_CHARACTERS
        or lines.last - lines.first > MAX_LINES
    )
    return Judgement(Shape.SUSPICIOUS if suspicious else Shape.ORDINARY, worst_line)


def _depth_exceeds(line: str) -> bool:
    lead = _QUOTES.match(line.expandtabs(4))
    assert lead is not None
    return len(lead[0]) - lead[0].count(">") > MAX_INDENTATION or lead[0].count(">") > MAX_QUOTE_DEPTH
