"""Choose which tiles of a set maps need: for their views on screens of all sizes, and for flights between them.

What is left out is no hole: where a tile is missing, the map shows a part of a farther one, or the drawn ground.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from storymap.earth.extent import Extent, project_bounds
from storymap.earth.mercator import world_pixels
from storymap.model.scene import View
from storymap.model.tileset import Mosaic, TileAddress, TileCut, TileSource
from storymap.tilesets.cutting import TileCutter, list_covering
from storymap.tilesets.mosaic import make_mosaic

WIDEST_SCREEN = (1440, 900)
"""The largest map, in pixels, whose edges have tiles as fine as its middle; it shows a view half a zoom closer."""

FLIGHT_SCREEN = (640, 480)
"""Pixels around a view for which there are tiles of each farther zoom: what a flight out of it, or to it, shows."""

NARROW = 1.5
"""By how many zooms a phone shows a view from farther away than the reference frame."""

_SQUARE, _WIDE = 1.0, 16 / 9
"""Width over height of the narrowest and the widest picture of a whole story, on cards; stills of steps are between."""

_STILL = 1.5

_CARD = (1.9, 3.2)
"""Width over height of the map on the picture of a shared link, above a title of three lines or none."""

_AIR, _FINER = 1.15, 1.5
"""How much more than its own shape a picture for print may show, beside its line of credits; and how many pixels of
tiles it has for each of its own."""


def cut_for_views(source: TileSource, views: Sequence[View], glances: Sequence[View], cutter: TileCutter) -> TileCut:
    """What maps with these `views`, the first of which is the farthest, need of `source`, and a picture of each view.

    `glances` are views that a reader only looks at.
    """
    wanted = choose_tiles(source, (*views, *glances), farthest=views[0].zoom if views else 0.0)
    shapes = ((_SQUARE, _WIDE), *((_STILL, _STILL) for _ in views))
    extents = (_find_extent(view, *shape) for view, shape in zip(views, shapes, strict=False))
    mosaics = tuple(make_mosaic(cutter, extent) for extent in extents)
    return TileCut(cutter.cut(wanted | set(_list_farther(wanted, cutter))), mosaics)


def _list_farther(wanted: Iterable[TileAddress], cutter: TileCutter) -> Iterator[TileAddress]:
    """For tiles that are not there the nearest farther ones that are: in a set that has not each zoom, or has gaps."""
    for zoom, column, row in wanted:
        farther = (TileAddress(zoom - up, column >> up, row >> up) for up in range(zoom - cutter.tileset.first + 1))
        found = next((address for address in farther if cutter.read(address)), None)
        if found:
            yield found


def cut_for_cards(views: Sequence[View], cutter: TileCutter) -> TileCut:
    """A picture of each view for where a link to it is shown; such cards show no tile by itself."""
    extents = (_find_extent(view, *_CARD) for view in views)
    return TileCut((), tuple(make_mosaic(cutter, extent) for extent in extents))


def choose_tiles(source: TileSource, views: Iterable[View], *, farthest: float) -> set[TileAddress]:
    """The addresses of the tiles that `views` need, if there are any; the map goes out to zoom `farthest`."""
    finer = math.log2(source.side / 256)  # zooms by which a tile stands for more than its own
    found: set[TileAddress] = set()
    for view in views:
        frame = project_bounds(view.bounds)
        own = round(view.zoom + 0.5 - finer)
        last = min(source.last, max(own, source.first) if own >= source.first - 1 else own)
        first = max(source.first, round(min(farthest, view.zoom) - NARROW - finer))
        for zoom in range(first, last + 1):
            screen = WIDEST_SCREEN if zoom >= own - 1 else FLIGHT_SCREEN
            world = world_pixels(min(zoom + finer, view.zoom + 0.5))
            width, height = (pixels / world for pixels in screen)
            extent = frame.around(max(width, frame.width), max(height, frame.height))
            found.update(list_covering(extent, zoom))
    return found


def draw_for_print(cutter: TileCutter, view: View, size: tuple[int, int]) -> Mosaic | None:
    """What a picture of a view, `size` pixels wide and high, shows of its tiles, and a little around it."""
    shape = size[0] / size[1]
    return make_mosaic(cutter, _find_extent(view, shape / _AIR, shape * _AIR), round(max(size) * _FINER))


def _find_extent(view: View, narrowest: float, widest: float) -> Extent:
    """What pictures of a view show, whose width over height is between these two."""
    frame = project_bounds(view.bounds)
    width, height = max(frame.width, frame.height * widest), max(frame.height, frame.width / narrowest)
    return frame.around(min(1.0, width), height)
