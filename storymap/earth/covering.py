"""How much of a box several others cover together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from storymap.model.place import Bounds


def cover_share(box: Bounds, others: Iterable[Bounds]) -> float:
    """The share of `box` that `others` cover, from 0 to 1, by degrees; they may lie in another turn of the world."""
    parts = [
        (
            max(box.west, other.west + turn),
            max(box.south, other.south),
            min(box.unwrapped_east, other.unwrapped_east + turn),
            min(box.north, other.north),
        )
        for other in others
        for turn in (-360.0, 0.0, 360.0)
    ]
    parts = [(west, south, east, north) for west, south, east, north in parts if west < east and south < north]
    columns = sorted({edge for west, _, east, _ in parts for edge in (west, east)})
    covered = 0.0
    for west, east in pairwise(columns):
        top = box.south
        for _, south, _, north in sorted((part for part in parts if part[0] <= west and part[2] >= east), key=_base):
            covered += max(0.0, north - max(top, south)) * (east - west)
            top = max(top, north)
    area = (box.unwrapped_east - box.west) * (box.north - box.south)
    return min(1.0, covered / area) if area else 0.0


def _base(part: tuple[float, float, float, float]) -> float:
    return part[1]
