"""How far one place lies from another and in which direction.

Distances are geodesics on the WGS 84 ellipsoid (pyproj.Geod, Karney's algorithm).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from storymap.model.place import LonLat

if TYPE_CHECKING:
    from pyproj import Geod


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


@cache
def earth() -> Geod:
    """The WGS 84 ellipsoid; made once, because making it costs more than a measurement."""
    from pyproj import Geod

    return Geod(ellps="WGS84")
