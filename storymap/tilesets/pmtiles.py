"""A PMTiles archive, version 3: a header, directories that say where each tile is, and the tiles.

The package `pmtiles` knows the format; what it unpacks is measured first, because a few bytes may unpack to gigabytes.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from storymap.model.place import Bounds
from storymap.model.tileset import TileAddress
from storymap.tilesets.reading import CLOSEST, LARGEST_TILE, TilesetError

_LARGEST_DIRECTORY = 8_000_000
"""Bytes of the largest directory, and of the largest metadata, unpacked; those of the world have a tenth of that."""

_DEEPEST = 4
"""How many directories lead to a tile, at most, as the format has it."""


class PmtilesReader:
    """An open PMTiles archive; `name` is what messages call it."""

    def __init__(self, path: Path, name: str) -> None:
        try:
            from pmtiles import tile
        except ImportError as error:
            raise TilesetError(
                "missing-extra",
                f'"{name}" is a PMTiles file, which needs the extra "streets"',
                help="install it: pip install pmtiles; or give a folder of tiles or an .mbtiles file",
            ) from error
        self._tile, self._name = tile, name
        self._file = path.open("rb")
        try:
            self._header = tile.deserialize_header(self._file.read(127))
        except Exception as error:
            self._file.close()
            raise self._refuse("its beginning is not that of PMTiles, version 3") from error
        self._read_directory = lru_cache(maxsize=64)(self._open_directory)

    @property
    def kind(self) -> str:
        """What its tiles are, as the format calls it: MVT, PNG and others."""
        return str(self._header["tile_type"].name)

    @property
    def compression(self) -> str:
        """How its tiles are compressed, as the format calls it: NONE, GZIP and others."""
        return str(self._header["tile_compression"].name)

    @property
    def end(self) -> int:
        """Where its last part ends: as many bytes has the file if it is whole."""
        head = self._header
        return max(
            head["root_offset"] + head["root_length"],
            head["metadata_offset"] + head["metadata_length"],
            head["leaf_directory_offset"] + head["leaf_directory_length"],
            head["tile_data_offset"] + head["tile_data_length"],
        )

    @property
    def zooms(self) -> tuple[int, int]:
        """The zooms of its farthest and its closest tiles."""
        return int(self._header["min_zoom"]), min(CLOSEST, int(self._header["max_zoom"]))

    @property
    def bounds(self) -> Bounds:
        """What it covers, as its header says."""
        edges = (self._header[key] / 1e7 for key in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"))
        return Bounds(*edges)

    def metadata(self) -> dict[str, Any]:
        """What the archive says of itself; empty where that cannot be read."""
        try:
            data = self._unpack(self._take(self._header["metadata_offset"], self._header["metadata_length"]))
            found = json.loads(data)
        except (TilesetError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def find_any(self, zoom: int) -> bytes:
        """Some tile of a zoom, or of another one."""
        first = self._tile.zxy_to_tileid(zoom, 0, 0)
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(_DEEPEST):
            entries = self._read_directory(offset, length)
            if not entries:
                break
            entry = next((one for one in entries if one.tile_id >= first), entries[-1])
            if entry.run_length:
                return self._take(self._header["tile_data_offset"] + entry.offset, entry.length)
            offset, length = self._header["leaf_directory_offset"] + entry.offset, entry.length
        return b""

    def read(self, address: TileAddress) -> bytes | None:
        """The bytes of a tile; None where there is none."""
        number = self._tile.zxy_to_tileid(address.zoom, address.column, address.row)
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(_DEEPEST):
            entry = self._tile.find_tile(self._read_directory(offset, length), number)
            if entry is None:
                return None
            if entry.run_length:
                if entry.length > LARGEST_TILE:
                    return b""
                return self._take(self._header["tile_data_offset"] + entry.offset, entry.length)
            offset, length = self._header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _open_directory(self, offset: int, length: int) -> list[Any]:
        packed = self._take(offset, length)
        self._unpack(packed)
        try:
            entries: list[Any] = self._tile.deserialize_directory(packed)
        except Exception as error:
            raise self._refuse("a directory in it is damaged") from error
        return entries

    def _unpack(self, packed: bytes) -> bytes:
        """Gzipped data as it was. Raises `TilesetError` where it is too much."""
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(packed, _LARGEST_DIRECTORY)
        except zlib.error as error:
            raise self._refuse("a directory in it is damaged, or packed otherwise than with gzip") from error
        if unpacker.unconsumed_tail:
            raise self._refuse("a directory in it is too large")
        return data

    def _take(self, offset: int, length: int) -> bytes:
        if length > _LARGEST_DIRECTORY:
            raise self._refuse("a part of it is too large")
        try:
            self._file.seek(offset)
            data = self._file.read(length)
        except (OSError, OverflowError, ValueError) as error:
            raise self._refuse("it ends too early") from error
        if len(data) < length:
            raise self._refuse("it ends too early")
        return data

    def _refuse(self, why: str) -> TilesetError:
        return TilesetError(
            "unreadable-tiles",
            f'"{self._name}" cannot be read as PMTiles: {why}',
            help="download or make it again; https://pmtiles.io shows whether it is whole",
        )
