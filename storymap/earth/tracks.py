"""Measure tracks: how long they are, how high they climb, how long they took, and where on them something lies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storymap.earth.distance import earth, measure_near
from storymap.model.track import Effort, Stage, TrackPoint

_NOISE = 5.0
"""Metres by which the recorded height has to change before that counts as climb or descent: devices are no surer."""


def measure_effort(stage: Stage) -> Effort:
    """What it takes to follow `stage`. Between its parts, where nothing was recorded, nobody climbs."""
    climbs = [_measure_climb(part) for part in stage.parts]
    known = [climb for climb in climbs if climb is not None]
    times = [point.time for point in stage.points if point.time is not None]
    return Effort(
        distance=float(measure_along(stage)[-1]),
        climb=sum(up for up, _ in known) if known else None,
        descent=sum(down for _, down in known) if known else None,
        duration=max(times) - min(times) if len(times) > 1 and max(times) > min(times) else None,
    )


def measure_along(stage: Stage) -> NDArray[np.float64]:
    """Kilometres from the start to each point of `stage`, along its parts; the way between parts does not count."""
    lengths: list[NDArray[np.float64]] = []
    for part in stage.parts:
        lons, lats = np.array([(point.lon, point.lat) for point in part]).T
        _, _, metres = earth().inv(lons[:-1], lats[:-1], lons[1:], lats[1:])
        lengths += [np.zeros(1), np.asarray(metres) / 1000]
    along: NDArray[np.float64] = np.cumsum(np.concatenate(lengths))
    return along


def cut_stage(stage: Stage, start: float, end: float) -> Stage | None:
    """The part of `stage` from kilometre `start` to `end`, from point to point; None where no two points are left."""
    along = measure_along(stage).tolist()
    first, last = max(0, bisect_right(along, start) - 1), min(len(along), bisect_left(along, end) + 1)
    parts: list[tuple[TrackPoint, ...]] = []
    number = 0
    for part in stage.parts:
        kept = part[max(0, first - number) : max(0, last - number)]
        number += len(part)
        if len(kept) > 1:
            parts.append(kept)
    return Stage(stage.name, tuple(parts)) if parts else None


def find_kilometre(stage: Stage, lon: float, lat: float) -> tuple[float, float]:
    """Where on `stage` a point lies: kilometres to the nearest recorded point, and how far off it is."""
    distances = [measure_near((point.lon, point.lat), (lon, lat)) for point in stage.points]
    nearest = min(range(len(distances)), key=distances.__getitem__)
    return float(measure_along(stage)[nearest]), distances[nearest]


def join_stages(stages: Sequence[Stage]) -> Stage:
    """Several stages as one, without a name."""
    return Stage("", tuple(part for stage in stages for part in stage.parts))


def _measure_climb(part: Sequence[TrackPoint]) -> tuple[float, float] | None:
    """Metres up and down; None where fewer than two heights are recorded."""
    heights = [point.elevation for point in part if point.elevation is not None]
    if len(heights) < 2:
        return None
    turns = [heights[0]]  # what is higher or lower than the last one by more than noise
    for height in heights[1:]:
        rising = len(turns) > 1 and turns[-1] > turns[-2]
        falling = len(turns) > 1 and turns[-1] < turns[-2]
        if (rising and height > turns[-1]) or (falling and height < turns[-1]):
            turns[-1] = height
        elif abs(height - turns[-1]) >= _NOISE:
            turns.append(height)
    ways = [after - before for before, after in pairwise(turns)]
    return sum(way for way in ways if way > 0), -sum(way for way in ways if way < 0)
