"""Web Mercator in units of the world's width, the plane in which views are fitted and straight lines are straight.

`x` runs from 0 at 180° W to 1 at 180° E, `y` from 0 at the northern edge of the map to 1 at the southern one; `x` may
leave [0, 1] where longitudes are unwrapped over 180°. `browser/src/views/mercator.ts` is the same for the browser; both
are held to `tests/cases/mercator.json`. Imports nothing but the figures and, for arrays, numpy, because the
package build uses it to cut the basemap.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from storymap.figures import FIGURES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

MERCATOR_LIMIT = FIGURES.plane.limit
"""The latitude at which a Web Mercator map ends, north and south."""

_TURN = 1 / 360
"""Of the world's width in a degree. To multiply by it and to divide by 360 differ in the last bit, so all do one."""


def clamp_latitude(lat: float) -> float:
    """`lat` kept on the map: within ±85.0511°."""
    return max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))


def project_longitude(lon: float) -> float:
    """`x` of a longitude; longitudes beyond ±180 give an `x` outside [0, 1]."""
    return (lon + 180) * _TURN


def project_latitude(lat: float) -> float:
    """`y` of a latitude, which is kept on the map first."""
    return 0.5 - math.atanh(math.sin(math.radians(clamp_latitude(lat)))) / (2 * math.pi)


def unproject_x(x: float) -> float:
    """Longitude of `x`, not wrapped."""
    return x * 360 - 180


def unproject_y(y: float) -> float:
    """Latitude of `y`."""
    return math.degrees(math.atan(math.sinh((1 - 2 * y) * math.pi)))


def project_points(degrees: Points) -> Points:
    """The plane's points of longitudes and latitudes; arrays of shape (n, 2)."""
    import numpy as np

    sines = np.sin(np.radians(np.clip(degrees[:, 1], -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    plane = np.empty_like(degrees, dtype=np.float64)
    plane[:, 0] = (degrees[:, 0] + 180) * _TURN
    plane[:, 1] = 0.5 - np.arctanh(sines) / (2 * np.pi)
    return plane


def unproject_points(plane: Points) -> Points:
    """Longitudes, not wrapped, and latitudes of points of the plane; arrays of shape (n, 2)."""
    import numpy as np

    return np.column_stack([plane[:, 0] * 360 - 180, np.degrees(np.arctan(np.sinh((1 - 2 * plane[:, 1]) * np.pi)))])


def width_at(lat: float) -> float:
    """Kilometres that the plane's width is at a latitude: its scale grows towards the poles."""
    return FIGURES.plane.equator * math.cos(math.radians(clamp_latitude(lat)))


def world_pixels(zoom: float) -> float:
    """Pixels of the world's width at a zoom."""
    return float(FIGURES.plane.tile_size * 2.0**zoom)


def zoom_of(pixels: float) -> float:
    """The zoom at which the world is so many pixels wide."""
    return math.log2(pixels / FIGURES.plane.tile_size)


def wrap_longitude(lon: float) -> float:
    """`lon` in [-180, 180]; a longitude that is already there stays as it is, 180 itself too."""
    if -180 <= lon <= 180:
        return lon
    return (lon + 180) % 360 - 180
