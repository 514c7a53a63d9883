"""A folder of tiles: which of its files are tiles, by the way their names are written, and their bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from storymap.model.tileset import TileAddress
from storymap.tilesets.reading import CLOSEST, LARGEST_TILE, TilesetError

MOST_FILES = 500_000
"""Files that are looked at in a folder of tiles."""

STANDARD = "{z}/{x}/{y}.*"
"""How tiles are named below a folder where nothing else is said: any ending."""

_BLANKS = {
    "{z}": r"(?P<z>\d{1,2})",
    "{x}": r"(?P<x>\d{1,8})",
    "{y}": r"(?P<y>\d{1,8})",
    "{-y}": r"(?P<y>\d{1,8})",
    "{r}": r"(?:@2x)?",
    "*": r"(?:png|jpe?g|webp|avif)",
}
_BLANK = re.compile("|".join(map(re.escape, _BLANKS)))


class TileFolder:
    """The tiles of a folder by their addresses, each the path of its file below it."""

    def __init__(self, folder: Path, files: dict[TileAddress, str]) -> None:
        self._folder, self._files = folder, files

    def read(self, address: TileAddress) -> bytes | None:
        """The bytes of a tile; None where there is none, or it went away."""
        file = self._files.get(address)
        if file is None:
            return None
        try:
            with (self._folder / file).open("rb") as opened:
                data = opened.read(LARGEST_TILE + 1)
        except OSError:
            return None
        return data if len(data) <= LARGEST_TILE else b""

    def close(self) -> None:
        """Nothing is held open."""


def list_tiles(folder: Path, pattern: str, *, from_south: bool) -> tuple[dict[TileAddress, str], list[str]]:
    """The tiles below `folder` by their addresses, and a line of each for a stamp.

    `pattern` is how their files are named, such as `{z}/{x}/{y}.png`; letters count whatever their case. Links are not
    followed. Raises `TilesetError` where there are too many files.
    """
    steps = [re.compile(_BLANK.sub(_fill_blank, _quote(step)), re.IGNORECASE) for step in pattern.split("/")]
    found: dict[TileAddress, str] = {}
    stamps: list[str] = []
    looked = 0
    for path, numbers, stat in _walk(folder, "", steps, {}):
        looked += 1
        if looked > MOST_FILES:
            raise TilesetError(
                "unreadable-tiles",
                f"the folder has more than {MOST_FILES:,} tiles",
                help="keep only those of the region, or put them into one .pmtiles or .mbtiles file",
            )
        zoom, column, row = (numbers[key] for key in ("z", "x", "y"))
        if zoom > CLOSEST or column >= 1 << zoom or row >= 1 << zoom:
            continue
        address = TileAddress(zoom, column, (1 << zoom) - 1 - row if from_south else row)
        found[address] = path
        stamps.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return found, stamps


def _quote(step: str) -> str:
    return "".join(part if part in _BLANKS else re.escape(part) for part in re.split(f"({_BLANK.pattern})", step))


def _fill_blank(blank: re.Match[str]) -> str:
    return _BLANKS[blank[0]]


def _walk(
    folder: Path, inner: str, steps: Sequence[re.Pattern[str]], numbers: dict[str, int]
) -> Iterator[tuple[str, dict[str, int], os.stat_result]]:
    """The files that `steps` lead to, with the numbers in their names, in the order of their names."""
    try:
        with os.scandir(folder / inner) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        match = steps[0].fullmatch(entry.name)
        if match is None:
            continue
        read = numbers | {key: int(value) for key, value in match.groupdict().items() if value is not None}
        path = f"{inner}/{entry.name}" if inner else entry.name
        if len(steps) > 1:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(folder, path, steps[1:], read)
        elif entry.is_file(follow_symlinks=False):
            yield path, read, entry.stat(follow_symlinks=False)


def guess_ending(folder: Path) -> str:
    """The ending of some file three folders deep, where tiles lie: what to name where the named ones are missing."""
    for number, file in enumerate(folder.glob("*/*/*")):
        if file.suffix and file.stem.isdecimal():
            return file.suffix.lower()
        if number > 1000:
            break
    return ""
