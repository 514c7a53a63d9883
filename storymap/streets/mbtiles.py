"""Open MBTiles with vector tiles → a `TileArchive`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.earth.mercator import unproject_x, unproject_y
from storymap.model.place import Bounds
from storymap.model.tileset import TileAddress
from storymap.streets.archives import (
    GetTile,
    is_box,
    read_told,
    refuse_file,
    refuse_mlt,
    refuse_pictures,
)
from storymap.streets.unpacking import Compression
from storymap.tilesets.mbtiles import MbtilesReader

_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "avif"})


class MbtilesArchive(Struct, frozen=True):
    """An MBTiles file; see `storymap.streets.archives.TileArchive`."""

    file: Path
    name: str
    bounds: Bounds
    zooms: tuple[int, int]
    metadata: Mapping[str, Any]
    compression: Compression | None = None

    @contextmanager
    def open(self) -> Iterator[GetTile]:
        """The tiles, to be read. Raises `StreetFileError`."""
        with read_told(), closing(MbtilesReader(self.file, self.name)) as reader:
            yield lambda tile: reader.read(TileAddress(tile.zoom, tile.x, tile.y))

    def find_any(self) -> bytes:
        """Some tile, wherever it lies; empty where there is none. Raises `StreetFileError`."""
        with read_told(), closing(MbtilesReader(self.file, self.name)) as reader:
            return reader.find_any(self.zooms[1])


def open_mbtiles(file: Path, name: str) -> MbtilesArchive:
    """The archive in `file`, which `name` is called in messages. Raises `StreetFileError`, and `OSError`."""
    file.stat()
    with read_told(), closing(MbtilesReader(file, name)) as reader:
        metadata = _read_layers(reader.metadata())
        kind = str(metadata.get("format", "pbf")).casefold()
        if kind in _PICTURES:
            raise refuse_pictures(kind)
        if "mlt" in kind or "maplibre" in kind:
            raise refuse_mlt()
        ranges = reader.ranges()
    if not ranges:
        raise refuse_file("there are no tiles in it")
    zooms = min(ranges), max(ranges)
    bounds = _read_bounds(metadata.get("bounds")) or _enclose(ranges[zooms[1]], zooms[1])
    return MbtilesArchive(file, name, bounds, zooms, metadata)


def _read_layers(metadata: Mapping[str, str]) -> dict[str, Any]:
    """What a file says of itself; the layers of vector tiles lie in it as JSON."""
    try:
        told = json.loads(metadata.get("json", "{}"))
    except (ValueError, RecursionError):
        told = {}
    return {**(told if isinstance(told, dict) else {}), **metadata}


def _read_bounds(text: object) -> Bounds | None:
    """West, south, east, north, as they are written; None where they make no box."""
    try:
        west, south, east, north = (float(part) for part in str(text).split(","))
    except ValueError:
        return None
    bounds = Bounds(west, south, east, north)
    return bounds if is_box(bounds) else None


def _enclose(edges: tuple[int, int, int, int], zoom: int) -> Bounds:
    """The box of tiles: their first and last column and their first and last row from the north."""
    west, east, north, south = edges
    count = 1 << zoom
    return Bounds(
        unproject_x(west / count), unproject_y((south + 1) / count),
        unproject_x((east + 1) / count), unproject_y(north / count),
    )  # fmt: skip
