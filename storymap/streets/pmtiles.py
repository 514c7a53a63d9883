"""Open PMTiles, version 3 → a `TileArchive`: with the package `pmtiles`, which is an extra.

Its directories are unpacked here first, because the package does so without a limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from storymap.model.place import Bounds
from storymap.streets.archives import AGAIN, MOST_METADATA, TileId, refuse_file, refuse_mlt, refuse_pictures
from storymap.streets.sources import StreetFileError
from storymap.streets.unpacking import Compression, UnpackingError, unpack

if TYPE_CHECKING:
    from pmtiles.tile import Entry, HeaderDict

_HEADER = 127
"""Bytes of the header."""

_MOST_DIRECTORY = 8_000_000
"""Bytes of a directory that are unpacked; those of a file of the whole world have a tenth of that."""

_DEEPEST = 4
"""How many directories may lead to a tile, as the specification allows."""

_LONGEST_TILE = 32_000_000
"""Bytes of a tile as it lies in the file."""

_DEEPEST_ZOOM = 24
"""The last zoom that is looked for in a file."""

_SAMPLES = 3

_COMPRESSIONS: Mapping[str, Compression] = {"NONE": "none", "GZIP": "gzip", "BROTLI": "brotli", "ZSTD": "zstd"}


class PmtilesArchive(NamedTuple):
    """A PMTiles file; see `storymap.streets.archives.TileArchive`. `stamp` tells it from others of the same path."""

    file: Path
    name: str
    bounds: Bounds
    zooms: tuple[int, int]
    compression: Compression | None
    metadata: Mapping[str, Any]
    header: HeaderDict
    stamp: tuple[int, int]

    def get(self, tile: TileId) -> bytes | None:
        """The bytes of a tile; None where there is none. Raises `StreetFileError`."""
        from pmtiles.tile import find_tile, zxy_to_tileid

        wanted = zxy_to_tileid(tile.zoom, tile.x, tile.y)
        place = _Place(self.header["root_offset"], self.header["root_length"])
        for _ in range(_DEEPEST):
            entry = find_tile(self._read_directory(place), wanted)
            if entry is None:
                return None
            if entry.run_length:
                return self._read_tile(entry)
            place = _Place(self.header["leaf_directory_offset"] + entry.offset, entry.length)
        raise refuse_file("its directories lead nowhere")

    def sample(self) -> Iterator[bytes]:
        """A few tiles of the last zoom, the fullest first."""
        place = _Place(self.header["root_offset"], self.header["root_length"])
        for _ in range(_DEEPEST):
            entries = self._read_directory(place)
            tiles = sorted((entry for entry in entries if entry.run_length), key=lambda entry: -entry.length)
            if tiles or not entries:
                yield from map(self._read_tile, tiles[:_SAMPLES])
                return
            last = entries[-1]
            place = _Place(self.header["leaf_directory_offset"] + last.offset, last.length)

    def _read_directory(self, place: _Place) -> list[Entry]:
        return _read_directory(self.file, self.stamp, self.header["internal_compression"].name, place)

    def _read_tile(self, entry: Entry) -> bytes:
        if entry.length > _LONGEST_TILE:
            raise refuse_file(f"one of its tiles has {entry.length / 1e6:,.0f} MB")
        return _read_piece(self.file, _Place(self.header["tile_data_offset"] + entry.offset, entry.length))


class _Place(NamedTuple):
    """Where bytes lie in a file."""

    offset: int
    length: int


def open_pmtiles(file: Path, name: str) -> PmtilesArchive:
    """The archive in `file`, which `name` is called in messages. Raises `StreetFileError`, and `OSError`."""
    try:
        from pmtiles.tile import SpecVersionUnsupported, deserialize_header
    except ImportError:
        raise StreetFileError(
            "missing-extra",
            "pmtiles is needed to read this file",
            "install it: pip install pmtiles",
        ) from None
    stat = file.stat()
    try:
        header = deserialize_header(_read_piece(file, _Place(0, _HEADER)))
    except SpecVersionUnsupported:
        raise StreetFileError(
            "unreadable-streets",
            "this is PMTiles of another version than 3",
            "convert it with the program pmtiles: pmtiles convert OLD.pmtiles NEW.pmtiles",
        ) from None
    except (ValueError, IndexError) as error:
        raise refuse_file(error) from error
    _check_kind(header["tile_type"].name, header["internal_compression"].name, header["tile_compression"].name)
    ends = (
        header["root_offset"] + header["root_length"],
        header["metadata_offset"] + header["metadata_length"],
        header["leaf_directory_offset"] + header["leaf_directory_length"],
        header["tile_data_offset"] + header["tile_data_length"],
    )
    if max(ends) > stat.st_size:
        raise refuse_file(f"it is cut short: it has {stat.st_size:,} bytes of {max(ends):,}")
    return PmtilesArchive(
        file,
        name,
        _read_bounds(header),
        (header["min_zoom"], min(header["max_zoom"], _DEEPEST_ZOOM)),
        _COMPRESSIONS.get(header["tile_compression"].name),
        _read_metadata(file, header),
        header,
        (stat.st_size, stat.st_mtime_ns),
    )


def _check_kind(tile_type: str, internal: str, compression: str) -> None:
    """Raise `StreetFileError` where tiles of this type, or what is compressed so, cannot be read."""
    if tile_type == "MLT":
        raise refuse_mlt()
    if tile_type not in {"MVT", "UNKNOWN"}:
        raise refuse_pictures(tile_type)
    if internal not in _COMPRESSIONS or (compression not in _COMPRESSIONS and compression != "UNKNOWN"):
        raise StreetFileError("unreadable-streets", "it does not say how it is compressed", AGAIN)


def _read_bounds(header: HeaderDict) -> Bounds:
    edges = (header["min_lon_e7"], header["min_lat_e7"], header["max_lon_e7"], header["max_lat_e7"])
    west, south, east, north = (edge / 1e7 for edge in edges)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return Bounds(-180, -85, 180, 85)
    return Bounds(west, south, east, north)


def _read_metadata(file: Path, header: HeaderDict) -> Mapping[str, Any]:
    place = _Place(header["metadata_offset"], header["metadata_length"])
    if not place.length:
        return {}
    if place.length > MOST_METADATA:
        raise refuse_file("its metadata are too long")
    try:
        packed = _read_piece(file, place)
        metadata = json.loads(unpack(packed, _COMPRESSIONS[header["internal_compression"].name], most=MOST_METADATA))
    except (UnpackingError, ValueError, RecursionError) as error:
        raise refuse_file(f"its metadata: {error}") from error
    return metadata if isinstance(metadata, dict) else {}


@lru_cache(maxsize=64)
def _read_directory(file: Path, stamp: tuple[int, int], compression: str, place: _Place) -> list[Entry]:  # noqa: ARG001 - another file has another stamp
    """The entries of a directory, which are kept: all tiles of a neighbourhood are found in one."""
    import gzip

    from pmtiles.tile import deserialize_directory

    if place.length > _MOST_DIRECTORY:
        raise refuse_file("one of its directories is too long")
    try:
        plain = unpack(_read_piece(file, place), _COMPRESSIONS[compression], most=_MOST_DIRECTORY)
        return deserialize_directory(gzip.compress(plain, 1))  # the package takes them so, and not otherwise
    except UnpackingError as error:
        raise refuse_file(f"one of its directories {error}") from error
    except (EOFError, IndexError) as error:
        raise refuse_file("one of its directories is cut short") from error


def _read_piece(file: Path, place: _Place) -> bytes:
    try:
        with file.open("rb") as opened:
            opened.seek(place.offset)
            piece = opened.read(place.length)
    except OverflowError:  # beyond what any file can hold
        piece = b""
    if len(piece) < place.length:
        raise refuse_file("it is cut short")
    return piece
