"""What the views of a story can show of streets: boxes of the plane for each scale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap.extents import frame_of, round_zoom
from storymap.earth.extent import Extent
from storymap.earth.mercator import world_pixels
from storymap.look import LOOK
from storymap.model.scene import View

SCREEN = (1020, 960)
"""The map in pixels, at the zoom of a view, to whose edges its own scale is drawn.

A window of 1280 × 800, half of it text, shows a view at three quarters of a zoom less than it is, and 960 of its pixels
from top to bottom.
"""

PASSED_SCREEN = (660, 440)
"""Pixels around a view that each coarser scale covers where the next one takes over: what a flight out shows."""

SMALL_SCREEN = (700, 600)
"""The same of the scale before its own, which a phone shows: there the frame of a view is less than half as wide."""


class Seen(NamedTuple):
    """The view for which a box is covered, and whether it is only passed on a flight there."""

    view: View
    is_passed: bool


def list_extents(views: Iterable[View]) -> tuple[dict[Extent, Seen], ...]:
    """For each scale, coarse to fine, the boxes that it has to cover."""
    scales = LOOK.streets.scales
    found: tuple[dict[Extent, Seen], ...] = tuple({} for _ in scales)
    for view in views:
        for number, scale in enumerate(scales):
            if round_zoom(view.zoom) < scale.min_zoom:
                break
            frame, is_last = frame_of(view), number + 1 == len(scales)
            own = is_last or round_zoom(view.zoom) < scales[number + 1].min_zoom
            zoom = view.zoom if own else scales[number + 1].min_zoom - 0.5
            is_before = number + 2 >= len(scales) or round_zoom(view.zoom) < scales[number + 2].min_zoom
            screen = SCREEN if own else SMALL_SCREEN if is_before else PASSED_SCREEN
            width, height = (pixels / world_pixels(zoom) for pixels in screen)
            found[number][frame.around(max(width, frame.width), max(height, frame.height))] = Seen(view, not own)
    return found


def cover(extents: Iterable[Extent]) -> BaseGeometry:
    """The boxes as one shape of the plane; boxes over 180° are left to the turn of the world in which they begin."""
    boxes = np.array([shapely.box(one.west, one.north, one.east, one.south) for one in extents], dtype=object)
    return shapely.union_all(boxes)
