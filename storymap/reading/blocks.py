"""Find the end of what Markdown does not look into: fenced code, raw HTML and comments over several lines."""

from __future__ import annotations

import re

from storymap.errors import Report
from storymap.reading.code import blank_code
from storymap.reading.text import TextSource

RAW_BLOCK = re.compile(r" {0,3}<(pre|script|style|textarea)\b", re.IGNORECASE)
"""The beginning of HTML in which nothing is Markdown until it is closed."""

_FENCE = re.compile(r"(?P<indent>[ >]*(?:(?:[-*+]|\d+[.)])[ ]+)?)(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*)")
_FENCE_END = re.compile(r"[ >]*(`{3,}|~{3,})[ \t]*")


def skip_block(source: TextSource, number: int, unclosed: set[tuple[str, int]], report: Report) -> int:
    """The last line of the fenced code, raw HTML block or comment that begins in line `number`; 0 if none does.

    A comment that ends in its own line is no block. `unclosed` remembers, for one walk through the lines, which ends
    were not found, so that no end is looked for twice.
    """
    lines = source.lines
    line = lines[number - 1]
    if ("```" in line or "~~~" in line) and (fence := _FENCE.fullmatch(line)):
        mark = fence["fence"]
        if not any(mark[0] == character and len(mark) >= length for character, length in unclosed):
            for end in range(number + 1, len(lines) + 1):
                close = _FENCE_END.fullmatch(lines[end - 1]) if mark in lines[end - 1] else None
                if close and close[1][0] == mark[0] and len(close[1]) >= len(mark):
                    return end
            unclosed.add((mark[0], len(mark)))
            if len(fence["indent"]) < 4:
                report.error(
                    "unclosed-fence",
                    "this code has no end",
                    source.at(number, len(fence["indent"]) + 1, len(mark)),
                    f"put a line of {mark} below it",
                )
        return 0
    if "<" not in line or line.startswith("    "):
        return 0
    if raw := RAW_BLOCK.match(line):
        return _find_end(source, number, raw.end(), f"</{raw[1].lower()}", unclosed)
    position = -1
    if "<!--" in line:
        shown = blank_code(line.replace("\\<", "  "))
        position = shown.find("<!--")
        while position >= 0 and (closed := shown.find("-->", position + 4)) >= 0:
            position = shown.find("<!--", closed)
    if position < 0:
        return 0
    end = _find_end(source, number, position, "-->", unclosed)
    if not end and ("!", 0) not in unclosed:
        unclosed.add(("!", 0))
        report.error(
            "unclosed-comment", "this comment has no end", source.at(number, position + 1, 4), "end it with -->"
        )
    return end


def _find_end(source: TextSource, number: int, column: int, mark: str, unclosed: set[tuple[str, int]]) -> int:
    """The line that holds `mark`, at or after `column` of line `number`; 0 where none does."""
    if (mark, 0) in unclosed:
        return 0
    if mark in source.lines[number - 1][column:].lower():
        return number
    for end in range(number + 1, len(source.lines) + 1):
        if mark in source.lines[end - 1].lower():
            return end
    unclosed.add((mark, 0))
    return 0
