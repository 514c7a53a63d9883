"""Read the picture that a story is told on, and cut it: into a copy to begin with, tiles, and pieces for stills.

WebP throughout: on a scanned plan a quarter smaller than JPEG, and every browser since 2020 shows it. AVIF is a fifth
smaller still and takes three times as long to make.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from storymap.earth.mercator import world_pixels
from storymap.earth.picture_plane import NATIVE_ZOOM, ORIGIN
from storymap.errors import Location, Report
from storymap.geodata.folder import name_published
from storymap.geodata.pixels import to_eight_bits
from storymap.geodata.rasters import open_picture, write_webp
from storymap.model.raster import PictureMap

TILE = 512
"""Pixels of the side of a tile."""

_WHOLE = 4096
"""Pixels of the longer side up to which a picture is sent as it is; a larger one is cut into tiles."""

_BASE = 2048
"""Pixels of the longer side of the copy under the tiles, which is there at once."""

_PIECE = 1344
"""Pixels of the longer side of a still's piece: two for each of its own."""

_QUALITY, _PIECE_QUALITY = 82, 70


def read_picture_map(file: str, name: str, data: bytes, *, at: Location, report: Report) -> PictureMap | None:
    """The picture in `data`; None, and told, where it is none. Arguments as of `PictureMap`."""
    image = open_picture(name, data, at, report)
    if image is None:
        return None
    width, height = ImageOps.exif_transpose(image).size
    path = PurePosixPath(name_published(file))
    stem = path.with_name(f"{path.stem}-{hashlib.sha256(data).hexdigest()[:8]}").as_posix()
    tiles = tuple(_list_tiles(width, height)) if max(width, height) > _WHOLE else ()
    return PictureMap(file, name, f"{stem}.webp", width, height, stem if tiles else "", tiles)


def make_base(data: bytes) -> bytes:
    """The published copy of the whole picture, upright and without what its file tells of people and places."""
    image = open_upright(data)
    largest = _BASE if max(image.size) > _WHOLE else _WHOLE
    image.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    return write_webp(image, _QUALITY)


def cut_tiles(picture: PictureMap, data: bytes) -> Iterator[bytes]:
    """The tiles of `picture.tiles`, in their order."""
    whole = open_upright(data)
    levels: dict[int, Image.Image] = {}
    for zoom, column, row in picture.tiles:
        if zoom not in levels:
            levels = {zoom: whole.resize(_measure(picture.width, picture.height, zoom), Image.Resampling.LANCZOS)}
        level, (first_column, first_row) = levels[zoom], _first_tile(zoom)
        left, top = (column - first_column) * TILE, (row - first_row) * TILE
        yield write_webp(
            level.crop((left, top, min(left + TILE, level.width), min(top + TILE, level.height))), _QUALITY
        )


def cut_piece(whole: Image.Image, box: tuple[float, float, float, float]) -> tuple[bytes, tuple[int, int, int, int]]:
    """What lies in `box` (left, top, right, bottom in pixels, perhaps beyond the edges), and where it was cut.

    It is as fine as a still can show; a box that is quite beyond gives a corner of the picture.
    """
    left, top = (min(max(0, math.floor(edge)), size - 1) for edge, size in zip(box[:2], whole.size, strict=True))
    right, bottom = (min(math.ceil(edge), size) for edge, size in zip(box[2:], whole.size, strict=True))
    cut = (left, top, max(right, left + 1), max(bottom, top + 1))
    piece = whole.crop(cut)
    piece.thumbnail((_PIECE, _PIECE), Image.Resampling.LANCZOS)
    return write_webp(piece, _PIECE_QUALITY), cut


def _list_tiles(width: int, height: int) -> Iterator[tuple[int, int, int]]:
    """Zoom, column and row of every tile that shows more than the copy under them, the finest zoom first.

    The zoom is that of the map, and columns and rows are counted from its upper left corner.
    """
    for zoom in range(NATIVE_ZOOM, 0, -1):
        columns, rows = _measure(width, height, zoom)
        if max(columns, rows) <= _BASE:
            return
        first_column, first_row = _first_tile(zoom)
        for row in range(math.ceil(rows / TILE)):
            for column in range(math.ceil(columns / TILE)):
                yield zoom, first_column + column, first_row + row


def _measure(width: int, height: int, zoom: int) -> tuple[int, int]:
    """The size of the picture at a zoom."""
    shrunk = 2 ** (NATIVE_ZOOM - zoom)
    return max(1, round(width / shrunk)), max(1, round(height / shrunk))


def _first_tile(zoom: int) -> tuple[int, int]:
    """Column and row of the tile in whose upper left corner the picture begins."""
    column, row = (round(share * world_pixels(zoom) / TILE) for share in ORIGIN)
    return column, row


def open_upright(data: bytes) -> Image.Image:
    """A picture that was read before, its pixels upright, in eight bits of red, green and blue."""
    image = open_picture("", data, Location(""), Report())
    assert image is not None, "it was read before"
    upright = to_eight_bits(ImageOps.exif_transpose(image))
    if upright.mode == "RGB":
        return upright
    # What is drawn in dark ink on nothing would not be seen on a dark page.
    paper = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(paper, upright).convert("RGB")
