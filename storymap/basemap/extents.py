"""What a view can show on screens of all sizes: the part of the plane, and the cells of each scale that cover it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from storymap.earth.extent import Extent, project_bounds
from storymap.earth.mercator import world_pixels
from storymap.figures import FIGURES, Scale
from storymap.model.scene import View

WIDEST_SCREEN = (1440, 900)
"""The largest map, in pixels, to whose edges a view is drawn finely; such a map shows it half a zoom closer."""

FLIGHT_SCREEN = (320, 200)
"""Pixels around a view that each coarser scale covers, at the closest zoom it serves: what a flight out shows."""

GLANCE_SCREEN = (640, 480)
"""Pixels around a view that a link in prose shows."""


@lru_cache(maxsize=4096)
def frame_of(view: View) -> Extent:
    """The box that a view's bounds are."""
    return project_bounds(view.bounds)


def extents_of(view: View) -> dict[int, Extent]:
    """The box for which each scale (by its number, coarse to fine) is wanted that a view needs anything of.

    A view needs the scale of its zoom, and around its middle the next coarser one: what a flight out of it shows first.
    Beyond that it is the world that passes by.
    """
    own = finest_scale(view)
    extents = {own: widest_extent(view)}
    if own:
        extents[own - 1] = flight_extent(view, FIGURES.scales[own].min_zoom - 1)
    return extents


def finest_scale(view: View) -> int:
    """The scale (by its number, coarse to fine) that paints a view."""
    return max(number for number, spec in enumerate(FIGURES.scales) if spec.min_zoom <= round_zoom(view.zoom))


def widest_extent(view: View) -> Extent:
    """The box that a view shows on the largest map; of one closer than the ground, what surrounds it."""
    frame = frame_of(view)
    width, height = (pixels / world_pixels(min(view.zoom, FIGURES.zooms.ground) + 0.5) for pixels in WIDEST_SCREEN)
    return frame.around(max(width, frame.width), max(height, frame.height))


def glance_extent(view: View) -> Extent:
    """The box around a view that a reader only glances at."""
    frame = frame_of(view)
    width, height = (pixels / world_pixels(view.zoom) for pixels in GLANCE_SCREEN)
    return frame.around(max(width, frame.width), max(height, frame.height))


def flight_extent(view: View, zoom: float) -> Extent:
    """The box around a view that a flight out of it, or into it, shows at `zoom`."""
    world = world_pixels(min(zoom, view.zoom))
    return frame_of(view).around(FLIGHT_SCREEN[0] / world, FLIGHT_SCREEN[1] / world)


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
