"""What the views of a story can show of streets: boxes of the plane for each scale."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap.extents import frame_of, round_zoom
from storymap.earth.extent import Extent
from storymap.earth.mercator import world_pixels
from storymap.look import LOOK
from storymap.model.scene import View

SCREEN = (1020, 640)
"""The map in pixels, at the zoom of a view, to whose edges its own scale is drawn."""

PASSED_SCREEN = (720, 480)
"""Pixels around a view that each coarser scale covers where the next one takes over: what a flight out shows."""


def list_extents(views: Iterable[View]) -> tuple[dict[Extent, View], ...]:
    """For each scale, coarse to fine, the boxes that it has to cover, each with its view."""
    scales = LOOK.streets.scales
    found: tuple[dict[Extent, View], ...] = tuple({} for _ in scales)
    for view in views:
        for number, scale in enumerate(scales):
            if round_zoom(view.zoom) < scale.min_zoom:
                break
            frame, is_last = frame_of(view), number + 1 == len(scales)
            own = is_last or round_zoom(view.zoom) < scales[number + 1].min_zoom
            zoom = view.zoom if own else scales[number + 1].min_zoom - 0.5
            width, height = (pixels / world_pixels(zoom) for pixels in (SCREEN if own else PASSED_SCREEN))
            found[number][frame.around(max(width, frame.width), max(height, frame.height))] = view
    return found


def cover(extents: Iterable[Extent]) -> BaseGeometry:
    """The boxes as one shape of the plane; boxes over 180° are left to the turn of the world in which they begin."""
    boxes = np.array([shapely.box(one.west, one.north, one.east, one.south) for one in extents], dtype=object)
    return shapely.union_all(boxes)
