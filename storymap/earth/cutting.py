"""Cut paths where they cross 180°: the one rule for lines between places and for lines in files.

A path is a run of positions. It is first unwrapped, so that its longitudes run on over ±180°, each step the short way
round; then it is cut exactly at 180°, and each part lies within ±180° on its own side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from storymap.earth.mercator import project_latitude, unproject_y, wrap_longitude

Path = list[tuple[float, float]]
Interpolate = Callable[[float, float, float], float]
"""The latitude at a share of the way between two latitudes."""


def straight_in_degrees(here: float, following: float, share: float) -> float:
    """As RFC 7946 draws an edge."""
    return max(-90.0, min(90.0, here * (1 - share) + following * share))


def straight_in_mercator(here: float, following: float, share: float) -> float:
    """As a Web Mercator map draws a line."""
    return unproject_y(project_latitude(here) * (1 - share) + project_latitude(following) * share)


def unwrap_path(path: Sequence[tuple[float, ...]]) -> Path:
    """`path` with longitudes that run on over ±180°, each step the short way round; half a turn goes as written."""
    longitudes = [position[0] for position in path]
    if max(longitudes) - min(longitudes) <= 180:
        return [(position[0], position[1]) for position in path]
    run = [(path[0][0], path[0][1])]
    for before, following in pairwise(path):
        step = following[0] - before[0]
        run.append((run[-1][0] + wrap_longitude(step), following[1]))
    return run


def cut_path(run: Path, interpolate: Interpolate) -> Iterator[Path]:
    """The parts of an unwrapped path between the crossings of 180°; a part that ends there is continued by the next."""
    longitudes = [lon for lon, _ in run]
    if min(longitudes) > -180 and max(longitudes) < 180:
        yield run
        return
    part: Path = [run[0]]
    for here, following in pairwise(run):
        for meridian in _list_crossings(here[0], following[0]):
            share = (meridian - here[0]) / (following[0] - here[0])
            cut = (meridian, interpolate(here[1], following[1], share))
            if part != [cut]:
                yield _wrap_part([*part, cut])
            part = [cut]
        part.append(following)
    yield _wrap_part(part)


def _list_crossings(here: float, following: float) -> list[float]:
    """The odd multiples of 180° from one longitude to before another, in the order in which they are met."""
    first, last = min(here, following), max(here, following)
    turns = range(math.ceil((first - 180) / 360), math.floor((last - 180) / 360) + 1)
    crossings = [turn * 360 + 180.0 for turn in turns if turn * 360 + 180 != following and first != last]
    return crossings if here < following else crossings[::-1]


def _wrap_part(part: Path) -> Path:
    """`part` moved as a whole into ±180°, so that an end at 180° stays on the side where the part lies."""
    middle = (min(lon for lon, _ in part) + max(lon for lon, _ in part)) / 2
    turn = wrap_longitude(middle) - middle
    return [(min(180.0, max(-180.0, lon + turn)), lat) for lon, lat in part]
