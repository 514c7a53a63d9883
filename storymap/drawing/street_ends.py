"""Where streets end within a picture: there they fade into what lies beneath. As `browser/src/streets/ends.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storymap.drawing.boxes import Box
from storymap.drawing.svg import tenths

_SOFT = 44.0
"""How wide, in pixels, the edge is over which streets fade out."""

_BEYOND = 2.0
"""Pixels beyond an end that are hidden with it."""

_NEAR = 0.05
"""Pixels within which two edges are one."""

_FADES = ('x1="0" x2="1"', 'y1="0" y2="1" x2="0"', 'x1="1" x2="0"', 'y1="1" y2="0" x2="0"')
"""How a gradient runs from each side of a box inwards, in the order of a box."""


class End(NamedTuple):
    """A strip within the edge of what is drawn, and the side of it, as an index of a box, that is the end."""

    strip: Box
    side: int


def list_ends(boxes: Sequence[Box], area: Box, deep: float = _SOFT) -> Iterator[End]:
    """The ends of what `boxes`, which do not overlap, draw together, `deep` pixels, as far as `area` shows them."""
    for box in boxes:
        for side in range(4):
            across = (side + 1) % 2
            beside = [
                (other[across], other[across + 2]) for other in boxes if abs(other[(side + 2) % 4] - box[side]) < _NEAR
            ]
            for begin, end in _leave_out((box[across], box[across + 2]), beside):
                edges = list(box)
                edges[across], edges[across + 2] = begin, end
                if side < 2:
                    edges[side + 2] = min(box[side + 2], box[side] + deep)
                else:
                    edges[side - 2] = max(box[side - 2], box[side] - deep)
                strip = Box(*edges)
                if (
                    strip.left < area.right
                    and strip.right > area.left
                    and strip.top < area.bottom
                    and strip.bottom > area.top
                ):
                    yield End(strip, side)


def write_mask(ends: Iterable[End], area: Box, name: str) -> str:
    """The mask `name` that lets streets fade out at `ends`; empty where there are none."""
    given = list(ends)
    if not given:
        return ""
    gradients = "".join(
        f'<linearGradient id="{name}-{side}" {_FADES[side]}><stop/><stop offset="1" stop-opacity="0"/></linearGradient>'
        for side in sorted({end.side for end in given})
    )
    left, top, right, bottom = area
    place = f'x="{tenths(left)}" y="{tenths(top)}" width="{tenths(right - left)}" height="{tenths(bottom - top)}"'
    strips = "".join(
        f'<rect x="{tenths(west)}" y="{tenths(north)}" width="{tenths(east - west)}" height="{tenths(south - north)}" '
        f'fill="url(#{name}-{side})"/>'
        for (west, north, east, south), side in map(_reach_out, _join_ends(given))
    )
    return f'{gradients}<mask id="{name}" maskUnits="userSpaceOnUse" {place}><rect {place} fill="#fff"/>{strips}</mask>'


def _join_ends(ends: Iterable[End]) -> list[End]:
    """Those that lie along one line, end to end, as one: between two a hair of streets would be left.

    It is as deep as the deepest of them.
    """
    joined: list[End] = []
    for strip, side in sorted(ends, key=lambda end: (end.side, end.strip[end.side], end.strip[(end.side + 1) % 2])):
        across = (side + 1) % 2
        before = joined[-1] if joined else None
        if (
            before
            and before.side == side
            and abs(before.strip[side] - strip[side]) < _NEAR
            and abs(before.strip[across + 2] - strip[across]) < _NEAR
        ):
            (west, north, east, south), (left, top, right, bottom) = before.strip, strip
            whole = Box(min(west, left), min(north, top), max(east, right), max(south, bottom))
            joined[-1] = End(whole, side)
        else:
            joined.append(End(strip, side))
    return joined


def _reach_out(end: End) -> End:
    """An end from a little beyond it: else a hair of streets would be left along it."""
    edges = list(end.strip)
    edges[end.side] += _BEYOND if end.side > 1 else -_BEYOND
    return End(Box(*edges), end.side)


def _leave_out(span: tuple[float, float], others: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """What of a span none of `others` has."""
    left = [span]
    for begin, end in others:
        cut = [part for low, high in left for part in ((low, min(high, begin)), (max(low, end), high))]
        left = [(low, high) for low, high in cut if high - low > _NEAR]
    return left
