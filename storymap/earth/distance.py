"""How far one place lies from another and in which direction.

Distances are geodesics on the WGS 84 ellipsoid (pyproj.Geod, Karney's algorithm); those of neighbours, of which there
are many, are measured as if the earth were flat there. Without `pyproj`, which is loaded where it is asked for, this is
the standard library alone: the package build uses it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from storymap.earth.mercator import wrap_longitude
from storymap.figures import FIGURES

if TYPE_CHECKING:
    from pyproj import Geod

    from storymap.model.place import LonLat

KEPT_DISTANCES = 4096
"""Distances that are kept: those between the places of a story are drawn, told in words and set in its table."""


@lru_cache(maxsize=KEPT_DISTANCES)
def measure_distance(start: LonLat, end: LonLat) -> tuple[float, float]:
    """Kilometres from `start` to `end`, and the azimuth at which one sets out: degrees clockwise from north."""
    azimuth, _, metres = earth().inv(start.lon, start.lat, end.lon, end.lat)
    return metres / 1000, azimuth % 360


def measure_distances(start: LonLat, ends: Sequence[LonLat]) -> tuple[float, ...]:
    """Kilometres from `start` to each of `ends`, in one call."""
    if not ends:
        return ()
    count = len(ends)
    _, _, metres = earth().inv(
        [start.lon] * count, [start.lat] * count, [end.lon for end in ends], [end.lat for end in ends]
    )
    return tuple(distance / 1000 for distance in metres)


def measure_near(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres between two points, lon and lat, that lie within a day's walk: a hundredth off, but for the poles.

    `browser/src/views/distance.ts` measures the same; both are held to `tests/cases/distances.json`.
    """
    east = wrap_longitude(end[0] - start[0]) * math.cos(math.radians(start[1]))
    return math.hypot(east, end[1] - start[1]) * FIGURES.plane.degree


@cache
def earth() -> Geod:
    """The WGS 84 ellipsoid; made once, because making it costs more than a measurement."""
    from pyproj import Geod

    return Geod(ellps="WGS84")
