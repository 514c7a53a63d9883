"""An MBTiles archive: an SQLite database with a table, or a view, of tiles.

Its rows count from the south, unless it says that they do not: few do.

A database may come from anywhere, and a view in it may be any query: it is opened for reading alone, functions in its
schema are not trusted, and a query that works too long is ended.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from storymap.model.tileset import TileAddress
from storymap.tilesets.reading import CLOSEST, LARGEST_TILE, TilesetError

_STEPS, _PATIENCE = 100_000, 2_000
"""After how many steps of the database it is asked whether to go on, and how often it may."""


class MbtilesReader:
    """An open MBTiles archive; `name` is what messages call it."""

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        self._waited = 0
        try:
            address = f"file:{quote(path.resolve().as_posix())}?mode=ro&immutable=1"
            self._database = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._refuse(error) from error
        self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_TILE * 2)
        self._database.set_progress_handler(self._wait, _STEPS)
        self._ask("PRAGMA trusted_schema = OFF")
        self._ask("PRAGMA query_only = ON")
        self._from_north = self.metadata().get("scheme", "tms").casefold() == "xyz"

    def metadata(self) -> dict[str, str]:
        """What the archive says of itself; empty where it says nothing."""
        try:
            rows = self._ask("SELECT name, value FROM metadata LIMIT 200")
        except TilesetError:
            return {}
        return {name: value for name, value in rows if isinstance(name, str) and isinstance(value, str)}

    def ranges(self) -> dict[int, tuple[int, int, int, int]]:
        """By zoom, the first and last column and the first and last row, from the north, of its tiles."""
        rows = self._ask(
            "SELECT zoom_level, min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles "
            "GROUP BY zoom_level ORDER BY zoom_level LIMIT 100"
        )
        found = {}
        for row in rows:
            if not all(isinstance(value, int) for value in row):
                continue
            zoom, *edges = row
            if 0 <= zoom <= CLOSEST:
                last = (1 << zoom) - 1
                west, east, low, high = (min(last, max(0, edge)) for edge in edges)
                found[zoom] = (west, east, *((low, high) if self._from_north else (last - high, last - low)))
        return found

    def find_any(self, zoom: int) -> bytes:
        """Some tile of a zoom."""
        rows = self._ask("SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT 1", zoom)
        return bytes(rows[0][0]) if rows and isinstance(rows[0][0], bytes) else b""

    def read(self, address: TileAddress) -> bytes | None:
        """The bytes of a tile; None where there is none."""
        row = address.row if self._from_north else (1 << address.zoom) - 1 - address.row
        query = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1"
        rows = self._ask(query, address.zoom, address.column, row)
        if not rows or rows[0][0] is None:
            return None
        data = rows[0][0]
        return data if isinstance(data, bytes) and len(data) <= LARGEST_TILE else b""

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _ask(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        self._waited = 0
        try:
            return self._database.execute(query, values).fetchall()
        except (sqlite3.Error, MemoryError, OverflowError) as error:
            raise self._refuse(error) from error

    def _wait(self) -> int:
        self._waited += 1
        return int(self._waited > _PATIENCE)

    def _refuse(self, error: BaseException) -> TilesetError:
        return TilesetError(
            "unreadable-tiles",
            f'"{self._name}" cannot be read as MBTiles: {error}',
            help="open it in QGIS to see whether it is whole, and export or download it again",
        )
