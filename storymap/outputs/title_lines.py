"""A title set in lines: as large as it fits, in as few lines, and cut with an ellipsis where nothing else helps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

ELLIPSIS = "…"

Measure = Callable[[str], float]
"""Gives the width of a text in units of its font's size."""

_PIECES = re.compile(r"\s+|[^\s]+")
_NEVER_FIRST = frozenset("、。，．：；！？）」』】〉》”’…ー々・%,.!?:;)]}")
_WHOLE_WORDS = 0.6
"""A line that is cut ends with a whole word, if so much of it is left."""

_STEPS = 12
"""Halvings by which lines are balanced."""


class SetTitle(Struct, frozen=True):
    """Lines of a title, and the size of their letters in pixels."""

    lines: tuple[str, ...]
    size: float


def set_title(text: str, *, width: float, sizes: Sequence[tuple[float, int]], measure: Measure) -> SetTitle:
    """`text` in lines no wider than `width` pixels.

    `sizes` are tried in order, each with the most lines that it may take; in the last one it is cut.
    """
    plain = " ".join(text.split())
    for size, most in sizes:
        lines = _break_lines(plain, width / size, measure)
        if len(lines) <= most:
            return SetTitle(_balance(plain, lines, width / size, measure), size)
    size, most = sizes[-1]
    lines = _break_lines(plain, width / size, measure)[:most]
    return SetTitle((*lines[:-1], cut_line(lines[-1] + ELLIPSIS, width=width / size, measure=measure)), size)


def cut_line(text: str, *, width: float, measure: Measure) -> str:
    """`text` on one line no wider than `width`, in units of the font's size; cut with an ellipsis."""
    if measure(text) <= width and not text.endswith(ELLIPSIS * 2):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    while 0 < low < len(text) and unicodedata.combining(text[low]):
        low -= 1
    if low < len(text) and not text[low].isspace() and (blank := text.rfind(" ", 0, low)) >= low * _WHOLE_WORDS:
        low = blank
    return text[:low].rstrip(" ,.;:–—-" + ELLIPSIS) + ELLIPSIS


def _balance(text: str, lines: Sequence[str], width: float, measure: Measure) -> tuple[str, ...]:
    """The same number of lines in the narrowest column that holds them, so that none is left with one word."""
    if len(lines) == 1:
        return tuple(lines)
    low, high, best = width / 2, width, tuple(lines)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        narrower = _break_lines(text, middle, measure)
        if len(narrower) <= len(lines):
            high, best = middle, tuple(narrower)
        else:
            low = middle
    return best


def _break_lines(text: str, width: float, measure: Measure) -> list[str]:
    lines, line = [], ""
    for piece in _list_pieces(text, width, measure):
        if measure((line + piece).rstrip()) <= width or not line.strip():
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _list_pieces(text: str, width: float, measure: Measure) -> Iterator[str]:
    """What is not broken: words with the blank before them, letters of scripts without blanks, parts of long words."""
    blank = ""
    for piece in _PIECES.findall(text):
        if piece.isspace():
            blank = " "
            continue
        for number, part in enumerate(_divide(piece)):
            yield from _chop(blank + part if number == 0 else part, width, measure)
        blank = ""


def _divide(word: str) -> list[str]:
    """A word after each letter of a script that is written without blanks, but not before what ends a phrase."""
    parts: list[str] = []
    for letter in word:
        alone = unicodedata.east_asian_width(letter) in "WF" and letter not in _NEVER_FIRST
        after = bool(parts) and unicodedata.east_asian_width(parts[-1][-1]) in "WF" and letter not in _NEVER_FIRST
        if not parts or ((alone or after) and not unicodedata.combining(letter)):
            parts.append(letter)
        else:
            parts[-1] += letter
    return parts


def _chop(piece: str, width: float, measure: Measure) -> Iterator[str]:
    """A piece that no line holds, in parts that one does."""
    while measure(piece) > width:
        low, high = 1, len(piece) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if measure(piece[:middle]) <= width else (low, middle - 1)
        while low > 1 and unicodedata.combining(piece[low]):
            low -= 1
        if low >= len(piece):
            break
        yield piece[:low]
        piece = piece[low:]
        if len(piece) <= 1:
            break
    if piece:
        yield piece
