"""Open PMTiles with vector tiles → a `TileArchive`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

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
from storymap.tilesets.pmtiles import PmtilesReader

_COMPRESSIONS: Mapping[str, Compression] = {"NONE": "none", "GZIP": "gzip", "BROTLI": "brotli", "ZSTD": "zstd"}


class PmtilesArchive(Struct, frozen=True):
    """A PMTiles file; see `storymap.streets.archives.TileArchive`."""

    file: Path
    name: str
    bounds: Bounds
    zooms: tuple[int, int]
    compression: Compression | None
    metadata: Mapping[str, Any]

    @contextmanager
    def open(self) -> Iterator[GetTile]:
        """The tiles, to be read. Raises `StreetFileError`."""
        with read_told(), closing(PmtilesReader(self.file, self.name)) as reader:
            yield lambda tile: reader.read(TileAddress(tile.zoom, tile.x, tile.y))

    def find_any(self) -> bytes:
        """Some tile, wherever it lies; empty where there is none. Raises `StreetFileError`."""
        with read_told(), closing(PmtilesReader(self.file, self.name)) as reader:
            return reader.find_any(self.zooms[1])


def open_pmtiles(file: Path, name: str) -> PmtilesArchive:
    """The archive in `file`, which `name` is called in messages. Raises `StreetFileError`, and `OSError`."""
    with read_told(), closing(PmtilesReader(file, name)) as reader:
        if reader.kind == "MLT":
            raise refuse_mlt()
        if reader.kind not in {"MVT", "UNKNOWN"}:
            raise refuse_pictures(reader.kind)
        size = file.stat().st_size
        if reader.end > size:
            raise refuse_file(f"it is cut short: it has {size:,} bytes of {reader.end:,}")
        bounds = reader.bounds if is_box(reader.bounds) else Bounds(-180, -85, 180, 85)
        compression = _COMPRESSIONS.get(reader.compression)
        return PmtilesArchive(file, name, bounds, reader.zooms, compression, reader.metadata())
