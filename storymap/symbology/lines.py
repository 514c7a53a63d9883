"""The colours of named lines: those that the author chose, and others that are told apart from them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.symbology.categories import DARK_GROUNDS, check_contrast
from storymap.symbology.contrast import make_stand_out
from storymap.symbology.fills import read_color

COLORS = ("#1f6fa8", "#b3471d", "#3f7d3a", "#8a4fae", "#96660f", "#b23a72", "#2a7d77", "#6b6257")
"""Of lines whose author chose none: they stand out from land and sea, and differ for the colour-blind in lightness."""


class LineInk(Struct, frozen=True):
    """The colour of a line by light and in the dark."""

    color: str
    dark: str


def ink_lines(written: Sequence[str | None], places: Sequence[Location], report: Report) -> tuple[LineInk, ...]:
    """The inks of lines that have these colours as written, at these places; None for one that differs from others.

    They are at most as many as there are `COLORS`. A colour that hardly stands out is told; one that cannot be read,
    too, and another is taken.
    """
    chosen = [read_color(color, at, report) if color else "" for color, at in zip(written, places, strict=True)]
    for fill, color, at in zip(chosen, written, places, strict=True):
        if fill and color:
            check_contrast(fill, color, at, report)
    free = (color for color in COLORS if color not in chosen)
    fills = [fill or next(free) for fill in chosen]
    return tuple(LineInk(fill, make_stand_out(fill, tuple(DARK_GROUNDS.values()), "white")) for fill in fills)
