"""Find where in the source a link or picture of the converted text was written: Markdown converters do not say.

The n-th link to a target is the n-th place in the part's lines that looks like a link to it. Where the target is
written another way (as a reference, with entities), the search widens to the whole file and at last gives the part's
first line.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from storymap.errors import Location
from storymap.reading.layout import CODE_SPAN, Lines
from storymap.reading.text import TextSource


class TargetFinder:
    """Finds targets in one part of a story, each search going on after the last find of the same target."""

    def __init__(self, source: TextSource, lines: Lines) -> None:
        self.source = source
        self.lines = lines
        self.last: dict[str, tuple[int, int]] = {}

    def find(self, target: str, *, before: str = r"\]\(\s*<?|[\"'=<]|\]:\s*<?") -> Location:
        """Where `target` is written; `before` is a pattern of what stands directly in front of it."""
        spellings = dict.fromkeys((target, html.escape(target), unquote(target), target.replace("%20", " ")))
        pattern = re.compile(f"(?:{before})({'|'.join(map(re.escape, spellings))})(?=[\\s)>\"'\\]}}]|$)")
        line, column = self.last.get(target, (self.lines.first, 0))
        found = self._search(pattern, line, column, self.lines.last)
        if found is None:
            found = self._search(pattern, 1, 0, len(self.source.lines))
        if found is None:
            return self.source.at(max(1, min(self.lines.first, len(self.source.lines))))
        number, match = found
        self.last[target] = (number, match.end(1))
        return self.source.at(number, match.start(1) + 1, len(match[1]))

    def _search(self, pattern: re.Pattern[str], line: int, column: int, last: int) -> tuple[int, re.Match[str]] | None:
        for number in range(line, last + 1):
            line_text = self.source.lines[number - 1]
            if "`" in line_text:
                line_text = CODE_SPAN.sub(lambda span: " " * len(span[0]), line_text)
            if match := pattern.search(line_text, column):
                return number, match
            column = 0
        return None
