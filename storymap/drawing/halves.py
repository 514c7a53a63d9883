"""The halves of a still that compares: what is cut off at the line in the middle, the line, and what each half is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import clean, tenths
from storymap.layers.figures import Halves
from storymap.model.layer import Side
from storymap.text.markup import escape
from storymap.text.shortening import shorten

LONGEST_TITLE = 36
"""Characters of a title that a half of a still has room for."""


class Sided(Protocol):
    """What may be drawn on one side of the line alone."""

    @property
    def side(self) -> Side | None:
        """On which."""


SidedT = TypeVar("SidedT", bound=Sided)


def draw_sided(
    canvas: Canvas, drawn: Sequence[SidedT], draw: Callable[[Canvas, Sequence[SidedT]], Iterator[str]]
) -> Iterator[str]:
    """What `draw` makes of all that is `drawn`, cut off at the line where it has a side."""
    for side, group in groupby(drawn, key=lambda each: each.side):
        parts = draw(canvas, tuple(group))
        if side is None:
            yield from parts
        else:
            yield f'<g clip-path="url(#{side})">{"".join(parts)}</g>'


def cut_halves(canvas: Canvas) -> str:
    """The halves of the picture, by the names of the sides, to cut off at."""
    left, top, right, bottom = canvas.area
    middle = canvas.width / 2
    edges = {"left": (left, middle), "right": (middle, right)}
    return "".join(
        f'<clipPath id="{side}"><rect x="{tenths(first)}" y="{tenths(top)}" '
        f'width="{tenths(last - first)}" height="{tenths(bottom - top)}"/></clipPath>'
        for side, (first, last) in edges.items()
    )


def draw_line(canvas: Canvas, titles: Halves) -> str:
    """The line between the halves, and along its upper end what lies left and right of it."""
    _, top, _, bottom = canvas.area
    x = canvas.width / 2
    line = f'<path class="s-divide" d="M{tenths(x)} {tenths(top)}V{tenths(bottom)}"/>'
    sides = zip(titles, ("end", "start"), (x - 8, x + 8), strict=True)
    return line + "".join(
        f'<text class="s-half" x="{tenths(at)}" y="{tenths(top + 20)}" text-anchor="{anchor}">'
        f"{escape(shorten(clean(title), LONGEST_TITLE))}</text>"
        for title, anchor, at in sides
    )
