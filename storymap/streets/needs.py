"""Which boxes of street data views need, at which level of detail: what a large file is cut to.

They are a little larger than what is baked today (`storymap.streets.baking.extents`), so that a file that was cut
serves for long.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from storymap.basemap.extents import frame_of, round_zoom
from storymap.earth.extent import Extent
from storymap.earth.mercator import unproject_x, unproject_y, world_pixels, wrap_longitude
from storymap.look import LOOK
from storymap.model.ground import StreetDetail
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import Scene, View
from storymap.streets.detail import LEVELS, Boxes, enclose, find_level, merge_overlapping

FIRST_ZOOM = LOOK.streets.scales[0].min_zoom - 0.5
"""The zoom from which on a map shows streets: it is shown a little closer on a large screen."""

SCREEN = (1600, 1000)
"""Pixels around the middle of a view, at its zoom, within which it has all that its level shows."""

PASSED_SCREEN = (1100, 760)
"""Pixels around a view for each coarser scale, at the zoom where the next one takes over: what a flight shows."""


class CloseViews(Struct, frozen=True):
    """The views of a map that show streets, each with how finely, and the `spots` that its places there are at."""

    views: tuple[tuple[View, StreetDetail], ...]
    spots: tuple[LonLat, ...]


def is_close(scene: Scene) -> bool:
    """Whether the map of a scene comes closer than the drawn world, so that it shows streets where there are any."""
    return scene.detail.earth and round_zoom(scene.view.zoom) >= LOOK.streets.scales[0].min_zoom


def list_needs(views: Iterable[View]) -> Boxes:
    """The boxes that `views` need, by level; those that overlap are one. Views that come not close need none."""
    by_level: dict[int, list[Bounds]] = {}
    for view in views:
        zoom = round_zoom(view.zoom)
        if zoom < LEVELS[0]:
            continue
        shown = [scale.min_zoom for scale in LOOK.streets.scales if scale.min_zoom <= zoom]
        for passed, following in pairwise(shown):
            boxes = _list_boxes(_surround(view, PASSED_SCREEN, following - 0.5))
            by_level.setdefault(find_level(passed), []).extend(boxes)
        by_level.setdefault(find_level(zoom), []).extend(_list_boxes(_surround(view, SCREEN, view.zoom)))
    return {level: merge_overlapping(by_level[level]) for level in sorted(by_level)}


def enclose_needs(view: View) -> Bounds:
    """The box in which a view needs all that its level shows; round the world where it crosses 180°."""
    return enclose({0: tuple(_list_boxes(_surround(view, SCREEN, view.zoom)))})


def _surround(view: View, screen: tuple[int, int], zoom: float) -> Extent:
    """A view and as much around it as a screen shows at `zoom`."""
    frame = frame_of(view)
    width, height = (pixels / world_pixels(zoom) for pixels in screen)
    return frame.around(max(width, frame.width), max(height, frame.height))


def _list_boxes(extent: Extent) -> list[Bounds]:
    """A box of the plane in degrees; one over 180° as two."""
    south, north = unproject_y(extent.south), unproject_y(extent.north)
    west, east = unproject_x(extent.west), unproject_x(extent.east)
    if east <= 180 and west >= -180:
        return [Bounds(west, south, east, north)]
    west, east = wrap_longitude(west), wrap_longitude(east)
    return [Bounds(west, south, 180.0, north), Bounds(-180.0, south, east, north)]
