"""Put tiles together into one picture, for a still, which can load no other file."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

from PIL import Image

from storymap.earth.extent import Extent
from storymap.earth.mercator import unproject_x, unproject_y, wrap_longitude
from storymap.model.place import Bounds
from storymap.model.tileset import Mosaic, TileAddress
from storymap.tilesets.cutting import TileCutter
from storymap.tilesets.pictures import open_tile

LARGEST = 1344
"""Pixels of the longer side of a mosaic: two for each of a still's own."""

_QUALITY = 72


def make_mosaic(cutter: TileCutter, extent: Extent, largest: int = LARGEST) -> Mosaic | None:
    """What the tiles show of `extent`, its longer side `largest` pixels at most; None where none is there.

    A tile that is not there is taken from a farther zoom, as the map in a browser does it.
    """
    tileset = cutter.tileset
    finest = math.log2(largest / max(extent.width, extent.height)) - math.log2(tileset.side)
    zoom = max(tileset.first, min(tileset.last, math.floor(finest + 1e-6)))
    count = 1 << zoom
    scale = count * tileset.side
    size = (max(1, round(extent.width * scale)), max(1, round(extent.height * scale)))
    if max(size) > largest * 3:  # nothing so far away is drawn: the tiles begin much closer
        return None
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    is_whole = True
    is_empty = True
    for column, row in _list_cells(extent, count):
        tile = _find_tile(cutter, TileAddress(zoom, column % count, row), tileset.side)
        if tile is None:
            is_whole = False
            continue
        is_empty = False
        is_whole = is_whole and _is_opaque(tile)
        picture.paste(
            tile, (round((column / count - extent.west) * scale), round((row / count - extent.north) * scale))
        )
    if is_empty:
        return None
    picture.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    west, east = unproject_x(extent.west), unproject_x(extent.east)
    if east - west < 360:
        west, east = wrap_longitude(west), wrap_longitude(east)
    bounds = Bounds(west, unproject_y(extent.south), east, unproject_y(extent.north))
    return Mosaic(_write_webp(picture), bounds, is_whole)


def _list_cells(extent: Extent, count: int) -> Iterator[tuple[int, int]]:
    """Columns, not wrapped, and rows over a part of the plane."""
    for row in range(max(0, math.floor(extent.north * count)), min(count, math.ceil(extent.south * count))):
        for column in range(math.floor(extent.west * count), math.ceil(extent.east * count)):
            yield column, row


def _find_tile(cutter: TileCutter, address: TileAddress, side: int) -> Image.Image | None:
    """A tile, `side` pixels wide, if need be as a part of one of a farther zoom."""
    for up in range(address.zoom - cutter.tileset.first + 1):
        shown = TileAddress(address.zoom - up, address.column >> up, address.row >> up)
        data = cutter.read(shown)
        image = open_tile(data) if data else None
        if image is None:
            continue
        if up:
            part = image.width / (1 << up)
            left, top = (place % (1 << up) * part for place in (address.column, address.row))
            return image.resize((side, side), Image.Resampling.BILINEAR, box=(left, top, left + part, top + part))
        return image if image.size == (side, side) else image.resize((side, side), Image.Resampling.LANCZOS)
    return None


def _write_webp(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    (picture.convert("RGB") if _is_opaque(picture) else picture).save(file, "WEBP", quality=_QUALITY, method=4)
    return file.getvalue()


def _is_opaque(picture: Image.Image) -> bool:
    return picture.getchannel("A").getextrema() == (255, 255)
