"""The text of a story with code and comments blanked out, so that what is left is what a reader sees, or markup.

Whoever looks for where something was written looks here: lines and columns are those of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.reading.blocks import RAW_BLOCK, skip_block
from storymap.reading.code import blank_code
from storymap.reading.lines import Lines
from storymap.reading.text import TextSource

_FENCE = re.compile(r"[ >]*(?:(?:[-*+]|\d+[.)])[ ]+)?(?:`{3}|~{3})")
_HOLDS_INDENTED = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]]*\]:|!!!|\?\?\?)")


class PlainText(Struct, frozen=True):
    """A story's `text` without code and comments; `starts` says where in it each line of `source` begins."""

    source: TextSource
    text: str
    starts: tuple[int, ...]

    def span(self, lines: Lines) -> tuple[int, int]:
        """Where in the text `lines` begin and end."""
        last = self.starts[lines.last] if lines.last < len(self.starts) else len(self.text)
        return self.starts[min(max(1, lines.first), len(self.starts)) - 1], last

    def at(self, start: int, length: int) -> Location:
        """The location of `length` characters from `start` of the text."""
        number = bisect_right(self.starts, start)
        return self.source.at(number, start - self.starts[number - 1] + 1, length)


def read_plainly(source: TextSource) -> PlainText:
    """Blank out the code and the comments of `source`."""
    lines = tuple(_blank_lines(source))
    return PlainText(source, "\n".join(lines), (0, *accumulate(len(line) + 1 for line in lines[:-1])))


def _blank_lines(source: TextSource) -> Iterator[str]:
    unclosed: set[tuple[str, int]] = set()
    unheard = Report()  # blocks without an end are told where headings are looked for
    is_code = find_indented_code(source)
    number = 1
    while number <= len(source.lines):
        line = source.lines[number - 1]
        end = skip_block(source, number, unclosed, unheard) if line.strip() else 0
        if end and not RAW_BLOCK.match(line):
            yield from _blank_block(source.lines[number - 1 : end])
            number = end
        elif is_code[number - 1]:
            yield " " * len(line)
        else:
            yield _blank_comments(blank_code(line))
        number += 1


def _blank_block(lines: tuple[str, ...]) -> Iterator[str]:
    """The lines of fenced code, or of a comment that goes over several, whose ends may share a line with text."""
    first, last = lines[0], lines[-1]
    comment = -1 if _FENCE.match(first) else blank_code(first).rfind("<!--")
    before = first[: max(0, comment)]
    yield _blank_comments(blank_code(before)) + " " * (len(first) - len(before))
    yield from (" " * len(line) for line in lines[1:-1])
    if len(lines) > 1:
        after = last[last.find("-->") + 3 :] if comment >= 0 else ""
        yield " " * (len(last) - len(after)) + _blank_comments(blank_code(after))


def _blank_comments(line: str) -> str:
    """`line` with the comments that end on it blanked out."""
    pieces, end = [], 0
    while (start := line.find("<!--", end)) >= 0 and (closed := line.find("-->", start + 4)) >= 0:
        pieces += [line[end:start], " " * (closed + 3 - start)]
        end = closed + 3
    return "".join([*pieces, line[end:]])


def find_indented_code(source: TextSource) -> list[bool]:
    """For each line, whether it is code because it is indented, below a blank line and in no list, note or box."""
    found = []
    below_blank, holds_indented = True, False
    for line in source.lines:
        if line.startswith(("    ", "\t")):
            below_blank |= not line.strip()
            found.append(below_blank and not holds_indented)
        else:
            found.append(False)
            below_blank = not line.strip()
            if not below_blank:
                holds_indented = bool(_HOLDS_INDENTED.match(line))
    return found
