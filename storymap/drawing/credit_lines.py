"""Who is credited on a picture: in lines that end between names, or between words, and are never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import measure_text
from storymap.drawing.svg import clean, tenths
from storymap.text.markup import escape

_SIZE, _LEADING = 9.0, 11.0
"""Pixels of the letters (`storymap.drawing.stylesheet`), and from line to line."""

_MARGIN = 8.0

_BAR = 150.0
"""Pixels that are left to the bar in the other corner."""

_APART = " · "


class CreditLines(NamedTuple):
    """The lines as they are drawn, and the room that they take, in which no name may stand; empty for none."""

    svg: str
    boxes: tuple[Box, ...]


def set_credits(canvas: Canvas, credits: Sequence[str], key: Box | None) -> CreditLines:
    """The credits, in the corner that has no bar, or above that where the `key` is."""
    if not credits:
        return CreditLines("", ())
    area = canvas.area
    if key and key.left < (area.left + area.right) / 2 and key.bottom > area.bottom - 30:
        side, x, bottom, room = "end", area.right - _MARGIN, area.bottom - 34, area.right - key.right - 3 * _MARGIN
    else:
        side, x, bottom, room = "start", area.left + _MARGIN, area.bottom - _MARGIN, area.right - area.left - _BAR
    lines = list(_break_lines(credits, max(_BAR, room)))
    anchor = ' text-anchor="end"' if side == "end" else ""
    wide = max(measure_text(line, size=_SIZE) for line in lines)
    left, top = x - wide if side == "end" else x, bottom - _LEADING * len(lines)
    drawn = "".join(
        f'<text class="s-credit" x="{tenths(x)}" y="{tenths(bottom - _LEADING * (len(lines) - 1 - number))}"{anchor}>'
        f"{escape(clean(line))}</text>"
        for number, line in enumerate(lines)
    )
    return CreditLines(drawn, (Box(left, top, left + wide, bottom + 2),))


def _break_lines(credits: Sequence[str], room: float) -> Iterator[str]:
    """`credits` in lines that are no wider than `room`, as long as their words are not."""
    line = ""
    for credit in credits:
        longer = f"{line}{_APART}{credit}" if line else credit
        if _fits(longer, room):
            line = longer
            continue
        if line:
            yield line
        *full, line = _break_words(credit, room)
        yield from full
    if line:
        yield line


def _break_words(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if not lines[-1] or _fits(longer, room):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fits(text: str, room: float) -> bool:
    return measure_text(text, size=_SIZE) <= room
