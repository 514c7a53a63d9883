"""Names at the edge of a still: where a line leaves the picture, the place that it leads to.

The Python half of `browser/src/map/edge-captions.ts`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np

from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import LabelWish, Side
from storymap.drawing.lettering import Lettering
from storymap.drawing.runs import PlacedRun, Points
from storymap.drawing.svg import clean
from storymap.language.words import interface_words

Point = Sequence[float]
"""The `x` and `y` of a point, in pixels."""

_LETTERING = Lettering("tr", 12.0)

_INSET = 4.0
"""Pixels from the edge at which a caption ends."""

_REACH = 5.0
"""Pixels around its line that a caption leaves free."""

_STEP, _STEPS = 24.0, 5
"""How many pixels further in a caption looks for room where there is none at the edge, and how often."""

_ASIDE: dict[str, tuple[Side, ...]] = {
    "→": ("below left", "above left"),
    "←": ("below right", "above right"),
    "↓": ("above right", "above left", "below right", "below left"),
    "↑": ("below right", "below left", "above right", "above left"),
}
"""On which sides of the line a caption may stand, by the edge at which that leaves; the last two further in."""


def wish_captions(canvas: Canvas, runs: Sequence[PlacedRun]) -> Iterator[LabelWish]:
    """Wishes for a caption of each end of `runs` that lies beyond the edge; of each name one is granted."""
    area = canvas.area.grow(-_INSET)
    named = [placed for placed in runs if placed.run.start or placed.run.end]
    for (run, points), shown in zip(named, _list_shown([placed.points for placed in named], area), strict=True):
        if shown[0] == shown[-1]:  # both of its ends are in sight, or neither
            continue
        if shown[0] and run.end:
            yield from _wish_caption(points.tolist(), shown, clean(run.end), area, canvas.lang)
        elif shown[-1] and run.start:
            yield from _wish_caption(points[::-1].tolist(), shown[::-1], clean(run.start), area, canvas.lang)


def _wish_caption(way: Sequence[Point], shown: Sequence[bool], name: str, area: Box, lang: str) -> Iterator[LabelWish]:
    """Where the caption of a way may stand that begins in sight and ends out of it: at the edge, or further in.

    `shown` says of each point whether it is in sight. A way that comes back into it has no caption.
    """
    last = shown.index(False)
    if any(shown[last:]):
        return
    (x, y), (across, down) = inside, outside = way[last - 1], way[last]
    share, arrow = _find_edge(inside, outside, area)
    said = interface_words(lang).browser["towards"].format(name=name)
    text = f"{said} →" if arrow == "→" else f"{arrow} {said}"
    edge = (x + (across - x) * share, y + (down - y) * share)
    wish = _LETTERING.wish(*edge, text, reach=_REACH)._replace(sides=_ASIDE[arrow], settled=True, once=f"edge {name}")
    for x, y in _walk_back([edge, *way[last - 1 :: -1]]):
        yield wish._replace(x=x, y=y)


def _list_shown(ways: Sequence[Points], area: Box) -> Iterator[list[bool]]:
    """For each of `ways`, which of its points are within `area`."""
    if not ways:
        return
    points = np.concatenate(ways)
    left, top, right, bottom = area
    x, y = points[:, 0], points[:, 1]
    within = ((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).tolist()
    for first, last in pairwise(accumulate(map(len, ways), initial=0)):
        yield within[first:last]


def _find_edge(inside: Point, outside: Point, area: Box) -> tuple[float, str]:
    """At which share of the way from `inside` to `outside` it leaves `area`, and the arrow that points there."""
    left, top, right, bottom = area
    x, y = inside
    across, down = outside[0] - x, outside[1] - y
    aside = ((right if across > 0 else left) - x) / across if across else math.inf
    upright = ((bottom if down > 0 else top) - y) / down if down else math.inf
    if aside < upright:
        return aside, "→" if across > 0 else "←"
    return upright, "↓" if down > 0 else "↑"


def _walk_back(points: Iterable[Point]) -> Iterator[Point]:
    """Points along a line, the first at its beginning and each a step further on."""
    left, wanted = 0.0, 0
    for (x, y), (east, south) in pairwise(points):
        across, down = east - x, south - y
        length = math.hypot(across, down)
        while length and left + length >= wanted * _STEP:
            share = (wanted * _STEP - left) / length
            yield x + across * share, y + down * share
            wanted += 1
            if wanted > _STEPS:
                return
        left += length
