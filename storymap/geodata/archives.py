"""Find the shapefiles in a zip file, and the texts of each; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from storymap.text.ordering import order_naturally

_SHAPEFILE = b"\x00\x00\x27\x0a"


class Shapefile(Struct, frozen=True):
    """A shapefile, alone or in a zip file.

    `source` is what GDAL opens. `table` are the bytes of its .dbf, empty where it has none or a .cpg beside it says how
    they are encoded. One that is not `is_whole` lacks its .shx, without which nobody can open it.
    """

    source: str
    name: str
    table: bytes
    is_whole: bool = True


class Archive(Struct, frozen=True):
    """What a zip file holds: its shapefiles, its other files, and how many bytes it unpacks to."""

    shapefiles: tuple[Shapefile, ...]
    others: tuple[str, ...]
    size: int


def open_archive(file: Path, largest: int) -> Archive:
    """The shapefiles in a zip file, by their names.

    There are none where it cannot be read, or unpacks to more than `largest` bytes.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [
                member for member in archive.infolist() if not member.is_dir() and not _is_trace(member.filename)
            ]
            size = sum(member.file_size for member in members)
            names = sorted((member.filename for member in members), key=order_naturally)
            if size > largest:
                return Archive((), (), size)
            return Archive(tuple(_list_shapefiles(archive, names, file)), tuple(names), size)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return Archive((), (), 0)


def open_shapefile(file: Path, largest: int) -> Shapefile:
    """The shapefile whose .shp is `file`; its table only if that has at most `largest` bytes."""
    beside = {other.suffix.casefold(): other for other in file.parent.iterdir() if other.stem == file.stem}
    table = beside.get(".dbf")
    known = ".cpg" in beside or table is None or table.stat().st_size > largest
    texts = b"" if known or table is None else table.read_bytes()
    return Shapefile(str(file), file.stem, texts, is_whole=".shx" in beside)


def _list_shapefiles(archive: zipfile.ZipFile, names: list[str], file: Path) -> Iterator[Shapefile]:
    folded = {name.casefold(): name for name in names}
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.casefold() != ".shp" or archive.open(name).read(4) != _SHAPEFILE:
            continue
        stem = name[: -len(path.suffix)].casefold()
        table = folded.get(f"{stem}.dbf")
        known = table is None or f"{stem}.cpg" in folded
        source = f"/vsizip/{file.resolve().as_posix()}/{name}"
        texts = b"" if known or table is None else archive.read(table)
        yield Shapefile(source, path.stem, texts, is_whole=f"{stem}.shx" in folded)


def _is_trace(name: str) -> bool:
    """Whether a member of an archive is what macOS leaves beside every file."""
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith("._")
