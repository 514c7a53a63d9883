"""Find where in the source a link or picture of the converted text was written: Markdown converters do not say.

The n-th link to a target is the n-th place in the part's lines that looks like a link to it. Where the target is
written another way (as a reference, with entities), the search widens to the whole file and at last gives the part's
first line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

from storymap.errors import Location
from storymap.reading.lines import Lines
from storymap.reading.plain import PlainText

MAX_MISSES = 300
"""Targets of one part that are looked for in vain, each through the whole file; the rest get the part's first line."""

LINK = r"\]\(\s*<?|[\"'=<]|\]:\s*<?"
"""A pattern of what stands directly in front of the target of a link or picture."""

_LONGEST_LINK = 20
"""Characters in front of a target that are looked at."""

_AFTER = re.compile(r"[\s)>\"'\]}.,;:!?*_~<]|\Z")
_BARE = re.compile(r"https?://|mailto:", re.IGNORECASE)


class TargetFinder:
    """Finds targets in one part of a story, each search going on after the last find of the same target."""

    def __init__(self, plain: PlainText, lines: Lines) -> None:
        self.plain = plain
        self.lines = lines
        self.last: dict[str, int] = {}
        self.misses = 0

    def find(self, target: str, *, before: str = LINK) -> Location:
        """Where `target` is written; `before` is a pattern of what stands directly in front of it."""
        spellings = dict.fromkeys((target, html.escape(target), unquote(target), target.replace("%20", " ")))
        if "/" in target and not _BARE.match(target):  # as Windows parts folders
            spellings |= dict.fromkeys((target.replace("/", "\\"), unquote(target).replace("/", "\\")))
        if _BARE.match(target):  # such may stand in text without any mark
            before = rf"{before}|^|[\s(*_~]"
            spellings |= dict.fromkeys((target.removeprefix("mailto:"), target.removeprefix("http://")))
        if self.misses < MAX_MISSES:
            first, last = self.plain.span(self.lines)
            in_front = re.compile(f"(?:{before})\\Z", re.MULTILINE)
            found = self._search(spellings, in_front, self.last.get(target, first), last)
            found = found or self._search(spellings, in_front, 0, len(self.plain.text))
            if found:
                start, length = found
                self.last[target] = start + length
                return self.plain.at(start, length)
            self.misses += 1
        return self.plain.source.at(max(1, min(self.lines.first, len(self.plain.source.lines))))

    def find_pattern(self, pattern: str) -> Location | None:
        """Where `pattern`, or its first group, matches next in the part; after the last match it begins anew."""
        if self.misses >= MAX_MISSES:
            return None
        first, last = self.plain.span(self.lines)
        wanted = re.compile(pattern, re.IGNORECASE)
        found = wanted.search(self.plain.text, self.last.get(pattern, first), last)
        found = found or wanted.search(self.plain.text, first, last)
        if found is None:
            self.misses += 1
            return None
        group = 1 if wanted.groups else 0
        self.last[pattern] = found.end()
        return self.plain.at(found.start(group), found.end(group) - found.start(group))

    def _search(
        self, spellings: Iterable[str], in_front: re.Pattern[str], first: int, last: int
    ) -> tuple[int, int] | None:
        """Where the first of `spellings` between `first` and `last` that is a target begins, and its length."""
        text, found = self.plain.text, None
        for spelling in filter(None, spellings):
            start = text.find(spelling, first, last)
            while start >= 0:
                end = start + len(spelling)
                if _AFTER.match(text, end) and in_front.search(text[max(0, start - _LONGEST_LINK) : start]):
                    found, last = (start, len(spelling)), start
                    break
                start = text.find(spelling, start + 1, last)
        return found
