"""Set a name along a line, straight or letter by letter: as `browser/src/streets/along.ts`."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from storymap.drawing.centrelines import Point, cut_line, measure_line

_BEND = 2.6
"""How far, in pixels, a street may bend away from its straight name."""

_TURN = 0.3
"""By how many radians one letter may be turned against the one before."""

_SWEEP = 1.9
"""By how many radians the letters of a name may be turned against one another, and each against the page."""

_STEP = 4.0
"""Pixels from point to point where a bent line is made smooth."""


class Run(NamedTuple):
    """Where a straight name, or a letter, stands on a street: its middle, and its angle in radians."""

    x: float
    y: float
    angle: float


def find_run(points: Sequence[Point], long: float, width: float, share: float) -> Run | None:
    """Where a name so wide stands on a line, its middle at a `share` of it; None where the line bends away from it."""
    begin = min(max(0.0, long * share - width / 2), long - width)
    if begin < 0:
        return None
    inside = cut_line(points, begin, begin + width)
    if len(inside) < 2:
        return None
    (x0, y0), (x1, y1) = inside[0], inside[-1]
    dx, dy = x1 - x0, y1 - y0
    chord = math.hypot(dx, dy)
    if chord < width * 0.96:
        return None
    if any(abs((x - x0) * dy - (y - y0) * dx) / chord > _BEND for x, y in inside):
        return None
    angle = math.atan2(dy, dx)
    if angle > math.pi / 2:
        angle -= math.pi
    elif angle <= -math.pi / 2:
        angle += math.pi
    return Run((x0 + x1) / 2, (y0 + y1) / 2, angle)


def bend_name(
    points: Sequence[Point], long: float, widths: Sequence[float], size: float, share: float
) -> list[Run] | None:
    """Where each letter stands, `widths` wide, on a bent line made smooth; None where it bends too sharply for them."""
    width = sum(widths)
    begin = min(max(0.0, long * share - width / 2 - size), long - width - 2 * size)
    if begin < 0:
        return None
    path = _smooth(cut_line(points, begin, begin + width + 2 * size), round(size / _STEP * 1.5))
    if path[-1][0] < path[0][0]:
        path.reverse()
    at = (measure_line(path) - width) / 2
    if at < 0:
        return None
    runs: list[Run] = []
    for letter in widths:
        inside = cut_line(path, at, at + letter)
        if len(inside) < 2:
            return None
        (x0, y0), (x1, y1) = inside[0], inside[-1]
        runs.append(Run((x0 + x1) / 2, (y0 + y1) / 2, math.atan2(y1 - y0, x1 - x0)))
        at += letter
    angles = [run.angle for run in runs]
    if any(abs(angle) > _SWEEP for angle in angles) or max(angles) - min(angles) > _SWEEP:
        return None
    if any(abs(after - before) > _TURN for before, after in pairwise(angles)):
        return None
    return runs


def can_bend(text: str) -> bool:
    """Whether the letters of a name may be turned one by one: those that are joined, or stand on another, may not."""
    return all(
        letter <= "\uffff"
        and not unicodedata.combining(letter)
        and not "\u0590" <= letter < "\u1100"
        and not "\u1780" <= letter < "\u1800"
        for letter in text
    )


def _smooth(points: Sequence[Point], window: int) -> list[Point]:
    """A line with points at even steps, each in the middle of those around it."""
    count = max(2, math.ceil(measure_line(points) / _STEP))
    long = measure_line(points)
    even = [cut_line(points, long * number / count, long)[0] for number in range(count)] + [points[-1]]
    smooth = []
    for number in range(len(even)):
        reach = min(window, number, len(even) - 1 - number)
        near = even[number - reach : number + reach + 1]
        smooth.append((sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)))
    return smooth
