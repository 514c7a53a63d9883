"""Web Mercator in units of the world's width, the plane in which views are fitted and straight lines are straight.

`x` runs from 0 at 180° W to 1 at 180° E, `y` from 0 at the northern edge of the map to 1 at the southern one; `x` may
leave [0, 1] where longitudes are unwrapped over 180°.
"""

from __future__ import annotations

import math

MERCATOR_LIMIT = 85.0511
"""The latitude at which a Web Mercator map ends, north and south."""

TILE_SIZE = 256
"""Pixels of the world's width at zoom 0."""


def clamp_latitude(lat: float) -> float:
    """`lat` kept on the map: within ±85.0511°."""
    return max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))


def project_longitude(lon: float) -> float:
    """`x` of a longitude; longitudes beyond ±180 give an `x` outside [0, 1]."""
    return (lon + 180) / 360


def project_latitude(lat: float) -> float:
    """`y` of a latitude, which is kept on the map first."""
    sine = math.sin(math.radians(clamp_latitude(lat)))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def unproject_x(x: float) -> float:
    """Longitude of `x`, not wrapped."""
    return x * 360 - 180


def unproject_y(y: float) -> float:
    """Latitude of `y`."""
    return math.degrees(2 * math.atan(math.exp((1 - 2 * y) * math.pi)) - math.pi / 2)


def wrap_longitude(lon: float) -> float:
    """`lon` in [-180, 180]; a longitude that is already there stays as it is, 180 itself too."""
    if -180 <= lon <= 180:
        return lon
    return (lon + 180) % 360 - 180
