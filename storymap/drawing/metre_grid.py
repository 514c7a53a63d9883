"""A grid of metres on a still that is closer than its ground is drawn, and a bar that says how far its lines are apart.

`browser/src/map/metre-grid.ts` draws the same on a map, whose scale is a control.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import tenths
from storymap.earth.mercator import unproject_y, width_at
from storymap.figures import FIGURES
from storymap.language.numbers import say_distance
from storymap.text.markup import escape

APART = 90.0
"""Pixels that lines of the grid are apart at least."""

_MARGIN = 14.0
"""Pixels between the bar and the edges of the picture."""


def choose_step(kilometres: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is no less than `kilometres`."""
    power = 10.0 ** math.floor(math.log10(kilometres))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= kilometres * (1 - 1e-9))


def draw_metre_grid(canvas: Canvas) -> Iterator[str]:
    """The grid; nothing on a sketch, and nothing where the ground is as fine as the picture."""
    if not _is_close(canvas):
        return
    _, step = _measure_cell(canvas)
    extent = canvas.extent
    left, top, right, bottom = (tenths(edge) for edge in canvas.area)
    lines = [
        f"M{tenths((number * step - canvas.west) * canvas.scale)} {top}V{bottom}"
        for number in range(math.ceil(extent.west / step), math.floor(extent.east / step) + 1)
    ]
    lines += [
        f"M{left} {tenths((number * step - canvas.north) * canvas.scale)}H{right}"
        for number in range(math.ceil(extent.north / step), math.floor(extent.south / step) + 1)
    ]
    yield f'<path class="s-grid" d="{"".join(lines)}"/>'


def draw_bar(canvas: Canvas) -> Iterator[str]:
    """The bar, one cell of the grid long, with its length."""
    if not _is_close(canvas):
        return
    kilometres, step = _measure_cell(canvas)
    length, right, bottom = step * canvas.scale, canvas.area.right - _MARGIN, canvas.area.bottom - _MARGIN
    yield f'<path class="s-bar" d="M{tenths(right - length)} {tenths(bottom - 5)}v5h{tenths(length)}v-5"/>'
    text = escape(say_distance(kilometres, canvas.lang))
    yield f'<text class="s-bar-text" x="{tenths(right - length / 2)}" y="{tenths(bottom - 5)}">{text}</text>'


def _is_close(canvas: Canvas) -> bool:
    return not canvas.sketch and canvas.zoom > FIGURES.zooms.rough


def _measure_cell(canvas: Canvas) -> tuple[float, float]:
    """How far lines are apart, in kilometres and in widths of the world.

    That of a latitude in tenths of a degree, so that pictures beside one another have the same lines.
    """
    world = width_at(round(unproject_y((canvas.extent.north + canvas.extent.south) / 2), 1))
    kilometres = choose_step(APART / canvas.scale * world)
    return kilometres, kilometres / world
