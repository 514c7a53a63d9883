"""Place the names of a still so that none meets another: the Python half of `browser/src/labels/arrange.ts`.

The most important comes first; each stands where it finds room, or not at all.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from storymap.drawing.boxes import Box, box_around
from storymap.drawing.occupied import Occupied
from storymap.figures import FIGURES

Side = Literal["right", "left", "above", "below", "centre", "above right", "below right", "above left", "below left"]
"""Where a label stands to its point; the last four are the corners."""

BESIDE: tuple[Side, ...] = ("right", "left", "above", "below")
AROUND: tuple[Side, ...] = (*BESIDE, "above right", "below right", "above left", "below left")
CENTRED: tuple[Side, ...] = ("centre",)

_TOWARDS: dict[Side, tuple[int, int]] = {
    "centre": (0, 0), "right": (1, 0), "left": (-1, 0), "above": (0, -1), "below": (0, 1),
    "above right": (1, -1), "below right": (1, 1), "above left": (-1, -1), "below left": (-1, 1),
}  # fmt: skip
"""Where that is: 1 to the east and to the south, -1 to the west and to the north."""

GAP, AIR = FIGURES.labels.gap, FIGURES.labels.air

_WIDTHS = {
    0.26: "'.,:;!|ijlI ", 0.34: 'frt()[]/\\-“”"', 0.45: "ckszvxyJ", 0.64: "CDGHNOQRUAVXYKB&", 0.83: "mwM%@", 0.9: "W—",
}  # fmt: skip
"""Widths of letters in the sans-serif fonts of common systems, in units of the font's size; others are 0.54."""


_SAFETY = 1.06
"""Fonts differ; the widest common ones are about this much wider than the table."""


KEPT_TEXTS = 16_384
"""Names whose width is kept: those of cities and countries stand on many maps."""


class LabelWish(NamedTuple):
    """A label that would like to stand beside `x`, `y`; `reach` is the radius of the mark there, 0 for none.

    `style` is the class of its lettering, `size` and `spacing` its font size and letter spacing in pixels; `sides` are
    tried in order. A `settled` mark stands in any case and is among what is taken.
    `air` is how far what is taken has to keep away. Of wishes that share their `once` only the first that finds room
    is granted; empty for none.
    """

    x: float
    y: float
    text: str
    style: str
    size: float
    spacing: float
    width: float
    height: float
    reach: float
    sides: tuple[Side, ...]
    settled: bool = False
    air: float = AIR
    once: str = ""


class PlacedLabel(NamedTuple):
    """A label with the side it got and the box it takes, air included."""

    wish: LabelWish
    side: Side
    box: Box


def arrange_labels(
    wishes: Iterable[LabelWish], *, occupied: Occupied, area: Box, most: int, avoided: Occupied | None = None
) -> list[PlacedLabel]:
    """At most `most` labels of `wishes`, which come most important first, whole within `area` and clear of others.

    What they take, and the marks that they stand beside, is `occupied` afterwards. Where another side has room, none
    stands on what is `avoided`.
    """
    placed: list[PlacedLabel] = []
    granted: set[str] = set()
    for wish in wishes:
        if len(placed) >= most:
            break
        if wish.once in granted:
            continue
        mark = box_around(wish.x, wish.y, wish.reach)
        if wish.reach and not wish.settled and (not area.holds(mark) or occupied.meets(mark)):
            continue
        sides = wish.sides
        if avoided:
            sides = tuple(sorted(sides, key=lambda side: avoided.meets(_box_beside(wish, side))))
        for side in sides:
            box = _box_beside(wish, side)
            if area.holds(box) and not occupied.meets(box.grow(wish.air - AIR) if wish.air != AIR else box):
                occupied.add(box)
                if wish.reach:
                    occupied.add(mark)
                placed.append(PlacedLabel(wish, side, box))
                if wish.once:
                    granted.add(wish.once)
                break
    return placed


def measure_text(text: str, *, size: float, spacing: float = 0.0) -> float:
    """About how wide `text` is in pixels; rather too wide than too narrow."""
    return _measure_letters(text) * size * _SAFETY + spacing * len(text)


def _box_beside(wish: LabelWish, side: Side) -> Box:
    across, down = _TOWARDS[side]
    # On a corner the label begins where a round mark ends.
    away = (wish.reach + GAP) * (math.sqrt(0.5) if across and down else 1.0)
    width, height = wish.width, wish.height
    left = wish.x + (away if across > 0 else -away - width if across else -width / 2)
    top = wish.y + (away if down > 0 else -away - height if down else -height / 2)
    return Box(left - AIR, top - AIR, left + width + AIR, top + height + AIR)


@lru_cache(maxsize=KEPT_TEXTS)
def _measure_letters(text: str) -> float:
    return sum(map(_measure_letter, text))


@lru_cache(maxsize=4096)
def _measure_letter(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    plain = unicodedata.normalize("NFD", letter)[:1]
    for width, letters in _WIDTHS.items():
        if plain in letters:
            return width
    if plain.isupper():
        return 0.6
    return 0.54
