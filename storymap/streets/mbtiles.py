"""Open MBTiles → a `TileArchive`: a database of SQLite, which is read as one that somebody may have prepared.

It is opened to be read and as one that nobody else writes to; only tables and views of its own can be asked, no
function that could reach out is called, and a query that runs on is stopped.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from storymap.earth.mercator import unproject_x, unproject_y
from storymap.model.place import Bounds
from storymap.streets.archives import MOST_METADATA, TileId, refuse_file, refuse_mlt, refuse_pictures
from storymap.streets.unpacking import Compression

_LONGEST = 32_000_000
"""Bytes of the longest value that is read: a tile, or the list of layers."""

_STEPS_AT_ONCE, _MOST_CALLS = 100_000, 2_000
"""Instructions of SQLite between two looks at how many there were, and how many looks a query may take."""

_DEEPEST = 24
"""The last zoom that is looked for in a file."""

_SAMPLED, _SAMPLES = 60, 3
"""Tiles of which the fullest are taken as samples, and how many."""

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_FUNCTIONS = frozenset({"min", "max", "length", "count", "coalesce", "ifnull", "abs"})

_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "avif"})


class MbtilesArchive(NamedTuple):
    """An MBTiles file; see `storymap.streets.archives.TileArchive`.

    `is_tms` says that its rows are counted from the south, as they are in all but a few.
    """

    file: Path
    name: str
    bounds: Bounds
    zooms: tuple[int, int]
    metadata: Mapping[str, Any]
    is_tms: bool
    compression: Compression | None = None

    def get(self, tile: TileId) -> bytes | None:
        """The bytes of a tile; None where there is none. Raises `StreetFileError`."""
        row = (1 << tile.zoom) - 1 - tile.y if self.is_tms else tile.y
        query = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        found = _ask(self.file, query, (tile.zoom, tile.x, row))
        return _read_blob(found[0][0]) if found else None

    def sample(self) -> Iterator[bytes]:
        """A few tiles of the last zoom, the fullest first."""
        query = "SELECT tile_data FROM tiles WHERE zoom_level = ? LIMIT ?"
        found = [_read_blob(data) for (data,) in _ask(self.file, query, (self.zooms[1], _SAMPLED))]
        yield from sorted(filter(None, found), key=len, reverse=True)[:_SAMPLES]


def open_mbtiles(file: Path, name: str) -> MbtilesArchive:
    """The archive in `file`, which `name` is called in messages. Raises `StreetFileError`, and `OSError`."""
    file.stat()
    metadata = _read_metadata(file)
    kind = str(metadata.get("format", "pbf")).casefold()
    if kind in _PICTURES:
        raise refuse_pictures(kind)
    if "mlt" in kind or "maplibre" in kind:
        raise refuse_mlt()
    first, last = _ask(file, "SELECT min(zoom_level) FROM tiles"), _ask(file, "SELECT max(zoom_level) FROM tiles")
    zooms = (first[0][0], last[0][0])
    if not all(isinstance(zoom, int) and 0 <= zoom <= _DEEPEST for zoom in zooms):
        raise refuse_file("there are no tiles in it")
    is_tms = str(metadata.get("scheme", "tms")).casefold() != "xyz"
    bounds = _read_bounds(metadata.get("bounds")) or _enclose_tiles(file, zooms[1], is_tms=is_tms)
    return MbtilesArchive(file, name, bounds, zooms, metadata, is_tms)


def _read_metadata(file: Path) -> dict[str, Any]:
    """What the table of metadata says; the layers of vector tiles lie in it as JSON."""
    names = {name for (name,) in _ask(file, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    if "tiles" not in names:
        raise refuse_file("it is a database without tiles")
    if "metadata" not in names:
        return {}
    rows = _ask(file, "SELECT name, value FROM metadata LIMIT 1000")
    metadata: dict[str, Any] = {name: value for name, value in rows if isinstance(name, str)}
    layers = metadata.pop("json", None)
    if isinstance(layers, str) and len(layers) <= MOST_METADATA:
        try:
            told = json.loads(layers)
        except (ValueError, RecursionError):
            told = {}
        if isinstance(told, dict):
            metadata = {**told, **metadata}
    return metadata


def _read_bounds(text: object) -> Bounds | None:
    """West, south, east, north, as they are written; None where they make no box."""
    try:
        west, south, east, north = (float(part) for part in str(text).split(","))
    except ValueError:
        return None
    return Bounds(west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def _enclose_tiles(file: Path, zoom: int, *, is_tms: bool) -> Bounds:
    """The box around the tiles of a zoom."""
    query = "SELECT min(tile_column), min(tile_row), max(tile_column), max(tile_row) FROM tiles WHERE zoom_level = ?"
    edges = _ask(file, query, (zoom,))[0]
    count = 1 << zoom
    if not all(isinstance(edge, int) and 0 <= edge < count for edge in edges):
        raise refuse_file("it has tiles that lie nowhere")
    west, low, east, high = edges
    north, south = (count - 1 - high, count - 1 - low) if is_tms else (low, high)
    return Bounds(
        unproject_x(west / count), unproject_y((south + 1) / count), unproject_x((east + 1) / count),
        unproject_y(north / count),
    )  # fmt: skip


def _read_blob(data: object) -> bytes | None:
    return data if isinstance(data, bytes) else None


def _ask(file: Path, query: str, values: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer a query. Raises `StreetFileError`."""
    calls = 0

    def look() -> bool:
        nonlocal calls
        calls += 1
        return calls > _MOST_CALLS

    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            database.set_progress_handler(look, _STEPS_AT_ONCE)
            database.set_authorizer(_allow)
            return database.execute(query, values).fetchall()
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise refuse_file(error) from error


def _allow(action: int, _first: str | None, name: str | None, *_: object) -> int:
    """Whether a query may do something: read tables and views, and call the functions that such views have."""
    is_allowed = action in _READING or (action == sqlite3.SQLITE_FUNCTION and name in _FUNCTIONS)
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY
