"""Put the pieces of a street together, which cells and crossings have cut: as `browser/src/streets/centrelines.ts`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from storymap.drawing.streets import NamedLine

Point = tuple[float, float]

_AHEAD = 0.5
"""The cosine of the angle by which a street may turn where two of its pieces meet."""


def join_pieces(lines: Iterable[NamedLine], reach: float) -> list[NamedLine]:
    """Lines of one name that go on into one another as one; their ends may be `reach` pixels apart."""
    by_name: dict[int, list[NamedLine]] = defaultdict(list)
    for line in lines:
        by_name[line.name].append(line)
    joined = []
    for pieces in by_name.values():
        left = sorted(pieces, key=lambda piece: (-measure_line(piece.points), piece.points[0]))
        while left:
            first = left.pop(0)
            points = list(first.points)
            for _ in ("at its end", "at its beginning"):
                while following := _find_following(points, left, reach):
                    number, more = following
                    del left[number]
                    # Pieces go a little beyond the edges at which they were cut.
                    (x0, y0), (x1, y1) = points[-1], more[0]
                    points[-1:] = [((x0 + x1) / 2, (y0 + y1) / 2), *more[1:]]
                points.reverse()
            joined.append(NamedLine(first.kind, first.name, tuple(points)))
    return joined


def _find_following(
    points: Sequence[Point], pieces: Sequence[NamedLine], reach: float
) -> tuple[int, tuple[Point, ...]] | None:
    """Of `pieces` the one that goes on most straightly from the end of a line: its number, and its points."""
    best, found = _AHEAD, None
    ahead = _lead(points[::-1], reach)
    for number, piece in enumerate(pieces):
        for line in (piece.points, piece.points[::-1]):
            if math.dist(line[0], points[-1]) > reach:
                continue
            x, y = _lead(line, reach)
            straight = -(ahead[0] * x + ahead[1] * y)
            if straight > best:
                best, found = straight, (number, line)
    return found


def _lead(points: Sequence[Point], reach: float) -> Point:
    """Where a line goes from its first point, as a vector of length 1."""
    x0, y0 = points[0]
    x, y = next((point for point in points if math.dist(point, points[0]) > reach), points[-1])
    long = math.hypot(x - x0, y - y0) or 1.0
    return (x - x0) / long, (y - y0) / long


def measure_line(points: Sequence[Point]) -> float:
    """How long a line is."""
    return sum(math.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points))


def cut_line(points: Sequence[Point], begin: float, end: float) -> list[Point]:
    """The part of a line between two distances from its beginning."""
    inside: list[Point] = []
    gone = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        step = math.hypot(x1 - x0, y1 - y0)

        def at(distance: float, x0: float = x0, y0: float = y0, x1: float = x1, y1: float = y1) -> Point:
            share = (distance - gone) / step if step else 0.0  # noqa: B023 - called within the turn
            return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

        if not inside and gone + step >= begin:
            inside.append(at(begin))
        if inside and gone + step >= end:
            return [*inside, at(end)]
        if inside:
            inside.append((x1, y1))
        gone += step
    return inside
