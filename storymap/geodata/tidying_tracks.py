"""Leave out of recorded ways what a receiver made up: points that are nowhere, leaps there and back, false heights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from storymap.earth.distance import measure_near
from storymap.model.track import Stage, TrackPoint

_LOWEST, _HIGHEST = -1_000.0, 20_000.0
"""Heights in metres that no way has, and which stand for none: -32768, 65535."""

_FALSE_ZERO = 50.0
"""Metres above the sea of the points around one whose height is 0 because none was measured."""

_FEWEST = 8
_USUAL_STEP = 1.0
"""Points of a part, and kilometres between them, from which and up to which it is recorded, not drawn by hand."""

_LEAP = 20.0
"""Kilometres to a point from both of its neighbours, which are near one another, that no walker goes."""


def tidy_stage(stage: Stage) -> tuple[Stage | None, int]:
    """`stage` without points that are nowhere, twice the same, or alone, and without leaps, which are counted.

    None where nothing is left.
    """
    tidied = [_tidy_part(part) for part in stage.parts]
    parts = tuple(kept for kept, _ in tidied if len(kept) > 1)
    leaps = sum(count for _, count in tidied)
    return Stage(" ".join(stage.name.split()), parts) if parts else None, leaps


def _tidy_part(part: Sequence[TrackPoint]) -> tuple[tuple[TrackPoint, ...], int]:
    kept: list[TrackPoint] = []
    for point in part:
        on_earth = -180 <= point.lon <= 180 and -90 <= point.lat <= 90
        if on_earth and point[:2] != (0.0, 0.0) and not (kept and kept[-1][:2] == point[:2]):
            kept.append(point)
    going_on = _leave_out_leaps(kept)
    return tuple(_leave_out_heights(going_on)), len(kept) - len(going_on)


def _leave_out_leaps(points: Sequence[TrackPoint]) -> list[TrackPoint]:
    """Points of a recorded way without those that lie far from both of their neighbours, which lie together."""
    if len(points) < _FEWEST:
        return list(points)
    steps = [measure_near(one[:2], other[:2]) for one, other in pairwise(points)]
    if max(steps) < _LEAP or median(steps) > _USUAL_STEP:
        return list(points)
    return [
        point
        for number, point in enumerate(points)
        if not 0 < number < len(points) - 1
        or min(steps[number - 1], steps[number]) < _LEAP
        or measure_near(points[number - 1][:2], points[number + 1][:2]) > _USUAL_STEP
    ]


def _leave_out_heights(points: Sequence[TrackPoint]) -> Iterator[TrackPoint]:
    """Points without heights that stand for none."""
    known = [
        height if (height := point.elevation) is not None and _LOWEST < height < _HIGHEST else None for point in points
    ]
    before, after = _carry(known), [*reversed(_carry(known[::-1]))]
    for point, height, low, high in zip(points, known, before, after, strict=True):
        is_false = height == 0 and low is not None and high is not None and min(low, high) > _FALSE_ZERO
        yield point._replace(elevation=None if is_false else height)


def _carry(heights: Sequence[float | None]) -> list[float | None]:
    """For each height the last one before it that is neither none nor 0."""
    carried: list[float | None] = []
    last: float | None = None
    for height in heights:
        carried.append(last)
        last = height or last
    return carried
