"""A PMTiles archive, version 3: a header, directories that say where each tile is, and the tiles.

The package `pmtiles` knows the format; what it unpacks is measured first, because a few bytes may unpack to gigabytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from storymap.model.place import Bounds
from storymap.model.tileset import TileAddress
from storymap.tilesets.reading import CLOSEST, LARGEST_TILE, TilesetError

_LARGEST_DIRECTORY = 8_000_000
"""Bytes of the largest directory, and of the largest metadata, unpacked; those of the world have a tenth of that."""

_PICTURES = frozenset({"PNG", "JPEG", "WEBP", "AVIF"})
"""What the format calls tiles that are pictures."""

_MOST_ENCLOSED = 100_000
"""Tiles that are looked at for what an archive covers, where it does not say it."""

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

    def list_addresses(self, zoom: int) -> list[TileAddress]:
        """Where its tiles of a zoom lie; of very many only the first."""
        first, end = (self._tile.zxy_to_tileid(one, 0, 0) for one in (zoom, zoom + 1))
        runs = self._list_runs(self._header["root_offset"], self._header["root_length"], first, end, _DEEPEST)
        numbers = (number for start, stop in runs for number in range(max(start, first), min(stop, end)))
        return [TileAddress(*self._tile.tileid_to_zxy(number)) for number in islice(numbers, _MOST_ENCLOSED)]

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
                return self._take_tile(entry)
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
                return b"" if entry.length > LARGEST_TILE else self._take_tile(entry)
            offset, length = self._header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _list_runs(self, offset: int, length: int, first: int, end: int, deep: int) -> Iterator[tuple[int, int]]:
        """From which number of a tile to which there are some, between `first` and `end`."""
        entries = self._read_directory(offset, length) if deep else []
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            if entry.tile_id >= end or (following and following.tile_id <= first):
                continue
            if entry.run_length:
                yield entry.tile_id, entry.tile_id + entry.run_length
            else:
                below = self._header["leaf_directory_offset"] + entry.offset
                yield from self._list_runs(below, entry.length, first, end, deep - 1)

    def _take_tile(self, entry: Any) -> bytes:
        """The bytes of a tile; a picture that was packed once more as it was before."""
        data = self._take(self._header["tile_data_offset"] + entry.offset, entry.length)
        if self.kind in _PICTURES and data.startswith(b"\x1f\x8b"):
            return self._unpack(data, "a tile in it")
        return data

    def _open_directory(self, offset: int, length: int) -> list[Any]:
        packed = self._take(offset, length)
        self._unpack(packed)
        try:
            entries: list[Any] = self._tile.deserialize_directory(packed)
        except Exception as error:
            raise self._refuse("a directory in it is damaged") from error
        return entries

    def _unpack(self, packed: bytes, what: str = "a directory in it") -> bytes:
        """Gzipped data as it was. Raises `TilesetError` where it is too much."""
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(packed, _LARGEST_DIRECTORY)
        except zlib.error as error:
            raise self._refuse(f"{what} is damaged, or packed otherwise than with gzip") from error
        if unpacker.unconsumed_tail:
            raise self._refuse(f"{what} is too large")
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
