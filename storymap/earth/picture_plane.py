"""Where the pixels of a picture lie that a story is told on instead of the earth.

A map knows one plane, so the picture lies on it, a pixel of it as large as one of the map at `NATIVE_ZOOM`. The plane
of Web Mercator is as even as paper, and nothing of the earth is drawn there. What frames, flies and draws stories is
then the same for both.
"""

from __future__ import annotations

from storymap.earth.mercator import (
    project_latitude,
    project_longitude,
    unproject_x,
    unproject_y,
    world_pixels,
)
from storymap.model.place import Bounds, LonLat

NATIVE_ZOOM = 12
"""The zoom at which a pixel of the picture is a pixel of the map."""

CLOSEST_ZOOM = NATIVE_ZOOM + 2
"""How close it may be looked at: a pixel is four wide."""

ORIGIN = (31 / 64, 33 / 64)
"""Where its upper left corner lies on the plane, in the width of the world: at the corner of a tile from zoom 7 on."""

_WORLD = world_pixels(NATIVE_ZOOM)


def point_at(x: float, y: float) -> LonLat:
    """The position of a pixel, counted from the left and from the top."""
    return LonLat(unproject_x(ORIGIN[0] + x / _WORLD), unproject_y(ORIGIN[1] + y / _WORLD))


def pixel_at(point: LonLat) -> tuple[float, float]:
    """The pixel at a position, counted from the left and from the top."""
    x, y = project_longitude(point.lon) - ORIGIN[0], project_latitude(point.lat) - ORIGIN[1]
    return x * _WORLD, y * _WORLD


def box_at(left: float, top: float, right: float, bottom: float) -> Bounds:
    """The box between these pixels."""
    (west, north), (east, south) = point_at(left, top), point_at(right, bottom)
    return Bounds(west, south, east, north)
