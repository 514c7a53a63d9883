"""Write the Markdown of a story so that it stands alone: links to other stories become whole addresses, or text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from storymap.errors import Location

_BEFORE = re.compile(r"\]\(\s*<?\Z")
_AFTER = re.compile(r">?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)")
_LONGEST_OPENING = 20
"""Characters in front of a target that are looked at."""


class UnwritableLinkError(Exception):
    """A link that cannot be made text, because it is not written as `[text](target)`; `at` is where it stands."""

    def __init__(self, at: Location) -> None:
        super().__init__(str(at))
        self.at = at


def write_alone(text: str, links: Iterable[tuple[Location, str]], lead: Callable[[str], str]) -> str:
    """`text`, the file of a story, with each of `links`, a place and the target as written, otherwise.

    `lead` gives the whole address of a target, empty where it has none: then the link becomes its text. Raises
    `UnwritableLinkError`.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    places = {(starts[at.line - 1] + at.column - 1, at, target) for at, target in links}
    for start, at, target in sorted(places, key=lambda place: place[0], reverse=True):
        end, address = start + at.length, lead(target)
        if not at.column or not text[start:end]:
            raise UnwritableLinkError(at)
        text = text[:start] + address + text[end:] if address else _unlink(text, start, end, at)
    return text


def _unlink(text: str, start: int, end: int, at: Location) -> str:
    """`text` with what a link says in place of the link whose target stands from `start` to `end`."""
    before = _BEFORE.search(text, max(0, start - _LONGEST_OPENING), start)
    after = _AFTER.match(text, end)
    opening = _find_opening(text, before.start()) if before else -1
    if before is None or after is None or opening < 0:
        raise UnwritableLinkError(at)
    return text[:opening] + text[opening + 1 : before.start()] + text[after.end() :]


def _find_opening(text: str, end: int) -> int:
    """Where the bracket opens that closes at `end`; -1 where it does not, in the same paragraph."""
    depth = 0
    for position in range(end, -1, -1):
        if text[position] in "[]" and not _is_escaped(text, position):
            depth += 1 if text[position] == "]" else -1
            if depth == 0:
                return position
        elif text.startswith("\n\n", position):
            return -1
    return -1


def _is_escaped(text: str, position: int) -> bool:
    return (position - len(text[:position].rstrip("\\"))) % 2 == 1
