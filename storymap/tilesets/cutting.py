"""Cut a set of tiles to what maps show: which tiles cover some part of the plane, and those of them that are there."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from storymap.earth.extent import Extent
from storymap.errors import Report
from storymap.model.tileset import CutTile, TileAddress, TileSource
from storymap.tilesets.opening import open_tileset
from storymap.tilesets.pictures import describe_no_picture, find_ending, open_tile
from storymap.tilesets.reading import TileReader, TilesetError

_NAMED = 12
"""Hexadecimal digits of the digest in the name of a tile's file."""


def list_covering(extent: Extent, zoom: int) -> Iterator[TileAddress]:
    """The tiles of `zoom` over a part of the plane, by rows."""
    count = 1 << zoom
    first_row, last_row = math.floor(extent.north * count), min(count, math.ceil(extent.south * count)) - 1
    first, last = math.floor(extent.west * count), math.ceil(extent.east * count) - 1
    for row in range(max(0, first_row), last_row + 1):
        for column in range(first, min(last, first + count - 1) + 1):
            yield TileAddress(zoom, column % count, row)


@dataclass
class TileCutter:
    """Reads tiles of a set, each once; those that are damaged are told when it is closed."""

    tileset: TileSource
    report: Report
    _reader: TileReader | None = None
    _read: dict[TileAddress, bytes] = field(default_factory=dict)
    _damaged: list[str] = field(default_factory=list)

    def cut(self, addresses: Iterable[TileAddress]) -> tuple[CutTile, ...]:
        """Those of the tiles at `addresses` that there are, in order."""
        found = ((address, self.read(address)) for address in sorted(set(addresses)))
        return tuple(CutTile(*address, name_tile(data)) for address, data in found if data)

    def read(self, address: TileAddress) -> bytes:
        """The bytes of a tile, a picture that can be shown; empty where there is none."""
        if address not in self._read:
            self._read[address] = self._take(address)
        return self._read[address]

    def close(self) -> None:
        """Let go of the set, and tell which tiles of it are damaged."""
        if self._reader:
            self._reader.close()
            self._reader = None
        if self._damaged:
            more = f", and {len(self._damaged) - 1} more" if len(self._damaged) > 1 else ""
            self.report.warning(
                "broken-tile",
                f'"{self.tileset.name}" has tiles that cannot be shown: {self._damaged[0]}{more}',
                self.tileset.at,
                help="make or download them again; the drawn map shows in their place",
            )
            self._damaged.clear()

    def _take(self, address: TileAddress) -> bytes:
        if not self.tileset.first <= address.zoom <= self.tileset.last:
            return b""
        try:
            if self._reader is None:
                self._reader = open_tileset(self.tileset)
            data = self._reader.read(address)
        except (TilesetError, OSError) as error:
            self._damaged.append(f"{_write(address)} ({error})")
            return b""
        if data is None:
            return b""
        if open_tile(data) is None:
            told = "damaged, or too large" if find_ending(data) else describe_no_picture(data)
            self._damaged.append(f"{_write(address)} is {told}")
            return b""
        return data


def name_tile(data: bytes) -> str:
    """The name of the published file of a tile: equal pictures, as of the empty sea, are one file."""
    return hashlib.sha256(data).hexdigest()[:_NAMED] + find_ending(data)


def _write(address: TileAddress) -> str:
    return f"{address.zoom}/{address.column}/{address.row}"
