"""Cut out of a file of vector tiles those that a few boxes show → a small file of PMTiles."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, NamedTuple

from storymap.model.place import Bounds
from storymap.streets.archives import TileArchive, TileId
from storymap.streets.detail import Boxes, enclose, write_boxes
from storymap.streets.tile_layers import unpack_tile
from storymap.streets.unpacking import recognise_compression
from storymap.streets.vector_tiles import BOXES, list_tiles

_KEPT_METADATA = ("name", "description", "attribution", "type", "version", "vector_layers")
"""What is kept of what a file says of itself."""


class TileExtract(NamedTuple):
    """What was kept: how many tiles, and the boxes of which there are some."""

    tiles: int
    boxes: Boxes


def extract_tiles(archive: TileArchive, target: Path, boxes: Boxes) -> TileExtract:
    """Write to `target`, a `.pmtiles`, the tiles that maps of `boxes` are made of, each at its zoom.

    Raises `StreetFileError` where the archive is broken, and `OSError`.
    """
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    wanted: dict[int, bytes] = {}
    filled: dict[int, tuple[Bounds, ...]] = {}
    with archive.open() as get:
        for level, box in [(one, box) for one in boxes for box in boxes[one]]:
            tiles = ((tile, get(tile)) for tile in list_tiles(archive, box, level))
            found = {zxy_to_tileid(*tile): _pack(archive, tile, data) for tile, data in tiles if data}
            if found:
                wanted |= found
                filled[level] = (*filled.get(level, ()), box)
    if not filled:
        return TileExtract(0, {})
    metadata: dict[str, Any] = {key: archive.metadata[key] for key in _KEPT_METADATA if key in archive.metadata}
    edges = _write_edges(enclose(filled))
    with target.open("wb") as opened:
        writer = Writer(opened)
        for number in sorted(wanted):
            writer.write_tile(number, wanted[number])
        header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, **edges}
        writer.finalize(header, {**metadata, BOXES: write_boxes(filled)})
    return TileExtract(len(wanted), filled)


def _pack(archive: TileArchive, tile: TileId, data: bytes) -> bytes:
    """A tile, compressed with gzip; as it is where it is that already."""
    if recognise_compression(data) == "gzip" and archive.compression in {None, "gzip"}:
        return data
    return gzip.compress(unpack_tile(archive, tile, data), mtime=0)


def _write_edges(box: Bounds) -> dict[str, int]:
    return {
        "min_lon_e7": round(box.west * 1e7), "min_lat_e7": round(box.south * 1e7),
        "max_lon_e7": round(box.east * 1e7), "max_lat_e7": round(box.north * 1e7),
    }  # fmt: skip
