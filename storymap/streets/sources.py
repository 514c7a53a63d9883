"""Files of street data: what one can be asked for, and which reader opens it."""

from __future__ import annotations

import bz2
import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storymap.model.place import Bounds
from storymap.streets.features import StreetFeature

if TYPE_CHECKING:
    from storymap.streets.archives import TileArchive

_START = 4096
"""Bytes from which it is told what a file is."""

_NOTHING = (
    "this is no street data that can be read",
    "use an extract of OpenStreetMap (.osm.pbf, .osm, .osm.bz2, .osm.gz) or vector tiles (.pmtiles, .mbtiles)",
)

_OTHERS = {
    b"version https://git-lfs": ("this is a Git LFS pointer, not the file itself", "run: git lfs pull"),
    b"PK\x03\x04": ("this is a zip archive", "unpack it; of Geofabrik and BBBike take the file .osm.pbf"),
    b"\xfd7zXZ": ("this is packed with xz", "unpack it: unxz FILE; or take the file .osm.pbf"),
    b"{": ("this is JSON", "have Overpass write XML, [out:xml], and name the file .osm"),
    b"<!doctype html": ("this is a web page, and no data", "download the file again"),
    b"<!DOCTYPE html": ("this is a web page, and no data", "download the file again"),
    b"<html": ("this is a web page, and no data", "download the file again"),
}
"""What people put there instead, by how it begins: what it is, and what to do."""


class StreetSource(Protocol):
    """A file of street data."""

    @property
    def name(self) -> str:
        """The file, as the author knows it, for messages."""

    @property
    def credit(self) -> str:
        """Whose data it is and under which licence, as plain text."""

    @property
    def bounds(self) -> Bounds:
        """The box that the file covers."""

    @property
    def zooms(self) -> tuple[int, int]:
        """The first and the last zoom of a map for which it has enough detail."""

    def covers(self, zoom: int) -> tuple[Bounds, ...]:
        """The boxes in which it has enough for a map at `zoom`: all that it covers, or what was cut out for it."""

    def read(self, bounds: Bounds, zoom: int) -> list[StreetFeature]:
        """What meets `bounds`, as a map at `zoom` needs it. Raises `StreetFileError`."""


class StreetFileError(Exception):
    """Why a file of street data cannot be used: `code` of the mistake, `message`, and `help`, what to do."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


def open_source(file: Path, name: str) -> StreetSource:
    """The source that `file` is, by its contents; `name` is how it is called in messages. Raises `StreetFileError`."""
    start = _read_start(file)
    if b"OSMHeader" in start[:64] or b"<osm" in start:
        from storymap.streets.osm import open_osm

        return open_osm(file, name)
    archive = open_archive(file, name)
    if archive is not None:
        from storymap.streets.vector_tiles import open_vector_tiles

        return open_vector_tiles(archive)
    raise _refuse(start)


def open_archive(file: Path, name: str) -> TileArchive | None:
    """The archive of tiles that `file` is, by its contents; None where it is none. Raises `StreetFileError`."""
    with file.open("rb") as opened:
        start = opened.read(16)
    if start.startswith(b"PMTiles"):
        from storymap.streets.pmtiles import open_pmtiles

        return open_pmtiles(file, name)
    if start.startswith(b"SQLite format 3\0"):
        from storymap.streets.mbtiles import open_mbtiles

        return open_mbtiles(file, name)
    return None


def _refuse(start: bytes) -> StreetFileError:
    """What is said of a file that begins so, and is none that is read."""
    said, advice = next((told for sign, told in _OTHERS.items() if start.lstrip().startswith(sign)), _NOTHING)
    return StreetFileError("unreadable-streets", said, advice)


def _read_start(file: Path) -> bytes:
    """The first bytes of a file, or of what is packed in it."""
    with file.open("rb") as opened:
        start = opened.read(_START)
    unpack = gzip.open if start.startswith(b"\x1f\x8b") else bz2.open if start.startswith(b"BZh") else None
    if unpack is None:
        return start
    try:
        with unpack(file) as opened:
            return opened.read(_START)
    except (OSError, EOFError, zlib.error):
        return start
