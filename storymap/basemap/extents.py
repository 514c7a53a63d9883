"""What a view can show on screens of all sizes: the part of the plane, and the cells of each scale that cover it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from storymap.basemap.scales import SCALES
from storymap.earth.mercator import project_latitude, project_longitude, world_pixels
from storymap.figures import FIGURES, Scale
from storymap.model.scene import View

WIDEST_SCREEN = (1440, 900)
"""The largest map, in pixels, to whose edges a view is drawn finely; such a map shows it half a zoom closer."""

FLIGHT_SCREEN = (320, 200)
"""Pixels around a view that each coarser scale covers, at the closest zoom it serves: what a flight out shows."""

GLANCE_SCREEN = (640, 480)
"""Pixels around a view that a link in prose shows."""


class Extent(NamedTuple):
    """A box of the plane, in which 1 is the world's width; `east` is above 1 where it runs over 180°."""

    west: float
    north: float
    east: float
    south: float

    def covers(self, x: float, y: float) -> bool:
        """Whether a point of the plane is in the box, in whichever turn of the world."""
        return self.north <= y <= self.south and (x - self.west) % 1.0 <= self.east - self.west


@lru_cache(maxsize=4096)
def frame_of(view: View) -> Extent:
    """The box that a view's bounds are."""
    bounds = view.bounds
    west, east = project_longitude(bounds.west), project_longitude(bounds.unwrapped_east)
    return Extent(west, project_latitude(bounds.north), east, project_latitude(bounds.south))


def extents_of(view: View) -> dict[int, Extent]:
    """The box for which each scale (an index in `SCALES`) is wanted that a view needs anything of.

    A view needs the scale of its zoom, and around its middle the next coarser one: what a flight out of it shows first.
    Beyond that it is the world that passes by.
    """
    own = finest_scale(view)
    extents = {own: widest_extent(view)}
    if own:
        extents[own - 1] = flight_extent(view, SCALES[own].min_zoom - 1)
    return extents


def finest_scale(view: View) -> int:
    """The scale (an index in `SCALES`) that paints a view."""
    return max(number for number, spec in enumerate(SCALES) if spec.min_zoom <= round_zoom(view.zoom))


def widest_extent(view: View) -> Extent:
    """The box that a view shows on the largest map; of one closer than the ground, what surrounds it."""
    frame = frame_of(view)
    width, height = (pixels / world_pixels(min(view.zoom, FIGURES.zooms.ground) + 0.5) for pixels in WIDEST_SCREEN)
    return _centre(frame, max(width, frame.east - frame.west), max(height, frame.south - frame.north))


def glance_extent(view: View) -> Extent:
    """The box around a view that a reader only glances at."""
    frame = frame_of(view)
    width, height = (pixels / world_pixels(view.zoom) for pixels in GLANCE_SCREEN)
    return _centre(frame, max(width, frame.east - frame.west), max(height, frame.south - frame.north))


def flight_extent(view: View, zoom: float) -> Extent:
    """The box around a view that a flight out of it, or into it, shows at `zoom`."""
    world = world_pixels(min(zoom, view.zoom))
    return _centre(frame_of(view), FLIGHT_SCREEN[0] / world, FLIGHT_SCREEN[1] / world)


def round_zoom(zoom: float) -> int:
    """The zoom of the tiles that paint a map at `zoom`."""
    return math.floor(zoom + 0.5)


def list_cells(extent: Extent, spec: Scale) -> Iterator[tuple[int, int, int]]:
    """The cells over `extent`: column, row, and in which turn of the world (0, or 1 for the one east of 180°)."""
    count = 1 << spec.grid_zoom
    last_row = min(count - 1, math.ceil(extent.south * count) - 1)
    for column in range(math.floor(extent.west * count), math.ceil(extent.east * count)):
        for row in range(math.floor(extent.north * count), last_row + 1):
            yield column % count, row, column // count


def _centre(frame: Extent, width: float, height: float) -> Extent:
    """The box of that size around the middle of `frame`, cut to the map."""
    x, y = (frame.west + frame.east) / 2, (frame.north + frame.south) / 2
    north, south = max(0.0, y - height / 2), min(1.0, y + height / 2)
    return Extent(0.0, north, 1.0, south) if width >= 1 else Extent(x - width / 2, north, x + width / 2, south)
