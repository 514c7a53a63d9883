"""Open a set of picture tiles: what it is, by what lies there and not by its name alone, and what is known of it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import imagesize

from storymap.earth.mercator import unproject_x, unproject_y
from storymap.errors import Location
from storymap.model.place import Bounds
from storymap.model.tileset import TileAddress, TileSource
from storymap.tilesets.declared import check_system, clean_attribution, read_declared
from storymap.tilesets.folder import STANDARD, TileFolder, guess_ending, list_tiles
from storymap.tilesets.mbtiles import MbtilesReader
from storymap.tilesets.pictures import describe_no_picture, find_ending, is_vector_tile
from storymap.tilesets.pmtiles import PmtilesReader
from storymap.tilesets.reading import TileReader, TilesetError, refuse_vector_tiles

_WHOLE = 256
"""CSS pixels of the side of a tile, as nearly all have it."""

_VECTOR_ENDINGS = frozenset({".pbf", ".mvt", ".mlt"})


def describe_tileset(path: Path, name: str, at: Location, pattern: str = "") -> TileSource:
    """The set of tiles in the folder or archive at `path`, which is called `name`, and named `at`, in messages.

    `pattern` is how the files of a folder are named; without it they are found as most programs name them. Raises
    `TilesetError` where it has none, or they cannot be shown on a map.
    """
    if path.is_dir():
        return _describe_folder(path, name, at, pattern or STANDARD)
    with path.open("rb") as file:
        start = file.read(16)
    stat = path.stat()
    stamp = _digest([f"{path.name} {stat.st_size} {stat.st_mtime_ns}"])
    if start.startswith(b"PMTiles"):
        return _describe_pmtiles(path, name, at, stamp)
    if start == b"SQLite format 3\0":
        return _describe_mbtiles(path, name, at, stamp)
    kind = "PMTiles" if path.suffix.lower() == ".pmtiles" else "MBTiles"
    told = describe_no_picture(start + b" ") if start else "empty"
    said = f"{told}" if "Git" in told or told == "empty" else "another kind of file"
    raise TilesetError(
        "unreadable-tiles",
        f'"{name}" is no {kind}, whatever its name says: it is {said}',
        help="download or make it again; rio mbtiles, GDAL and QGIS write MBTiles, pmtiles convert makes PMTiles of it",
    )


def open_tileset(tileset: TileSource) -> TileReader:
    """The tiles of `tileset`, to be read. Raises `TilesetError` and `OSError`."""
    if tileset.form == "pmtiles":
        return PmtilesReader(tileset.path, tileset.name)
    if tileset.form == "mbtiles":
        return MbtilesReader(tileset.path, tileset.name)
    return TileFolder(tileset.path, tileset.files)


def _describe_folder(folder: Path, name: str, at: Location, pattern: str) -> TileSource:
    declared = read_declared(folder, name)
    files, stamps = list_tiles(folder, pattern, from_south="{-y}" in pattern or bool(declared.from_south))
    if not files:
        raise _miss_tiles(folder, name, pattern)
    last = max(address.zoom for address in files)
    sample = min(address for address in files if address.zoom == last)
    reader = TileFolder(folder, files)
    data = reader.read(sample) or b""
    by_zoom = {address.zoom: address for address in sorted(files, reverse=True)}
    is_fine = "@2x" in files[sample].lower()
    stamps += [f"rows {declared.from_south}", declared.attribution]
    return TileSource(
        folder,
        name,
        "folder",
        _digest(stamps),
        _WHOLE if is_fine else _measure(data, files[sample], "the tile", map(reader.read, by_zoom.values())),
        min(address.zoom for address in files),
        last,
        _enclose(address for address in files if address.zoom == last),
        declared.attribution,
        at,
        files,
    )


def _miss_tiles(folder: Path, name: str, pattern: str) -> TilesetError:
    ending = guess_ending(folder)
    if ending in _VECTOR_ENDINGS:
        return refuse_vector_tiles(name)
    shown = pattern.replace(".*", ".png")
    found = f"there are files that end in {ending}" if ending else "there are none, three folders deep"
    if ending and (ending in pattern.lower() or ".*" in pattern):
        found = "those that are there lie nowhere on a map"
    better = f"write {pattern.rpartition('.')[0]}{ending}" if ending and "." in pattern else "write their path as it is"
    return TilesetError(
        "missing-tiles",
        f'no tiles in "{folder.name}" are named {shown}: {found}',
        help=f"{better}, with {{z}}, {{x}} and {{y}} where the numbers of a tile stand; "
        "{-y} where rows count from the south",
    )


def _describe_mbtiles(path: Path, name: str, at: Location, stamp: str) -> TileSource:
    reader = MbtilesReader(path, name)
    try:
        metadata = reader.metadata()
        if metadata.get("format", "").lower() in ("pbf", "mvt", "mlt", "application/vnd.mapbox-vector-tile"):
            raise refuse_vector_tiles(name)
        check_system(metadata, name)
        ranges = reader.ranges()
        if not ranges:
            raise _refuse_empty(name)
        last = max(ranges)
        side = _measure(reader.find_any(last), name, "a tile of", map(reader.find_any, ranges))
    finally:
        reader.close()
    west, east, north, south = ranges[last]
    bounds = _enclose([TileAddress(last, west, north), TileAddress(last, east, south)])
    attribution = clean_attribution(metadata.get("attribution"))
    return TileSource(path, name, "mbtiles", stamp, side, min(ranges), last, bounds, attribution, at)


def _describe_pmtiles(path: Path, name: str, at: Location, stamp: str) -> TileSource:
    reader = PmtilesReader(path, name)
    try:
        if reader.kind in ("MVT", "MLT"):
            raise refuse_vector_tiles(name)
        metadata = reader.metadata()
        check_system(metadata, name)
        first, last = reader.zooms
        data = reader.find_any(last)
        if not data:
            raise _refuse_empty(name)
        side = _measure(data, name, "a tile of", map(reader.find_any, range(first, last)))
        bounds = reader.bounds
        if not (-180 <= bounds.west < bounds.east <= 180 and -90 <= bounds.south < bounds.north <= 90):
            bounds = _enclose(reader.list_addresses(last) or [TileAddress(0, 0, 0)])
    finally:
        reader.close()
    attribution = clean_attribution(metadata.get("attribution"))
    return TileSource(path, name, "pmtiles", stamp, side, min(first, last), last, bounds, attribution, at)


def _refuse_empty(name: str) -> TilesetError:
    return TilesetError("missing-tiles", f'"{name}" has no tiles', help="make it again, or choose another file")


def _measure(data: bytes, name: str, which: str, others: Iterable[bytes | None]) -> int:
    """How many CSS pixels wide tiles are shown, by one of them, which `which` and `name` name in messages.

    Where `others`, of other zooms, are smaller, all are shown as wide as the smallest, so that none is blurred. Raises
    `TilesetError` where it is no picture.
    """
    if not find_ending(data):
        if is_vector_tile(data):
            raise refuse_vector_tiles(name)
        raise TilesetError(
            "unreadable-tiles",
            f'{which} "{name}" is no picture: it is {describe_no_picture(data)}',
            help="tiles are PNG, JPEG, WebP or AVIF, whatever their names say; make or download them again",
        )
    widths = [_read_width(one) for one in (data, *others) if one and find_ending(one)]
    return min(width if width in (512, 1024) else _WHOLE for width in widths)


def _read_width(data: bytes) -> int:
    width, _ = imagesize.get(io.BytesIO(data))
    return int(width)


def _enclose(addresses: Iterable[TileAddress]) -> Bounds:
    """The box around tiles of one zoom."""
    found = list(addresses)
    count = 1 << found[0].zoom
    columns, rows = [one.column for one in found], [one.row for one in found]
    return Bounds(
        unproject_x(min(columns) / count),
        unproject_y((max(rows) + 1) / count),
        unproject_x((max(columns) + 1) / count),
        unproject_y(min(rows) / count),
    )


def _digest(lines: Iterable[Any]) -> str:
    return hashlib.blake2b("\n".join(map(str, lines)).encode(), digest_size=16).hexdigest()
