"""How far one place lies from another and in which direction, in figures and in words.

Distances are geodesics on the WGS 84 ellipsoid (pyproj.Geod, Karney's algorithm).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from storymap.model import LonLat

if TYPE_CHECKING:
    from pyproj import Geod

_DIRECTIONS = (
    "north", "north-north-east", "north-east", "east-north-east", "east", "east-south-east", "south-east",
    "south-south-east", "south", "south-south-west", "south-west", "west-south-west", "west", "west-north-west",
    "north-west", "north-north-west",
)  # fmt: skip


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


def compass_direction(azimuth: float) -> str:
    """One of the sixteen points of the compass, in words."""
    return _DIRECTIONS[round(azimuth / 22.5) % 16]


def describe_distance(kilometres: float) -> str:
    """A distance as people say it: "under 100 m", "350 m", "4.2 km", "87 km", "640 km", "8,960 km"."""
    if kilometres < 0.1:
        return "under 100 m"
    if kilometres < 0.975:
        return f"{round(kilometres * 20) * 50} m"
    if kilometres < 9.95:
        return f"{kilometres:.1f}".removesuffix(".0") + " km"
    if kilometres < 99.5:
        return f"{round(kilometres)} km"
    return f"{round(kilometres / 10) * 10:,} km"


def describe_offset(start: LonLat, end: LonLat) -> str:
    """Where `end` lies as seen from `start`: "8,960 km to the east-south-east"."""
    kilometres, azimuth = measure_distance(start, end)
    if kilometres < 0.1:
        return "at the same spot"
    return f"{describe_distance(kilometres)} to the {compass_direction(azimuth)}"


@cache
def earth() -> Geod:
    """The WGS 84 ellipsoid; made once, because making it costs more than a measurement."""
    from pyproj import Geod

    return Geod(ellps="WGS84")
