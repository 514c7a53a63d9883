"""Put into a project what its steps can show of a large file of street data: a small file in `streets/`."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from storymap.model.place import Bounds
from storymap.streets.detail import Boxes
from storymap.streets.folder import ENDINGS, STREETS_FOLDER
from storymap.streets.sources import StreetFileError, StreetSource, open_archive, open_source

ALL: Boxes = {}
"""For a file that is taken as it is."""


class AddedStreets(NamedTuple):
    """What was added: `file` in the project, its bytes and those of the file that it is from, and what it is now."""

    file: Path
    size: int
    whole: int
    source: StreetSource
    replaced: bool


def add_streets(file: Path, root: Path, boxes: Boxes, *, name: str = "") -> AddedStreets:
    """Write to `streets/` what `file` has in `boxes`, or all of it for `ALL`.

    `name` is what to call it, without the ending; else it is called as the file is. A file of that name is replaced
    only once the new one is whole. Raises `StreetFileError` and `OSError`, with the project as it was.
    """
    source = open_source(file, str(file))
    kept = {level: found for level in boxes if (found := _list_near(boxes[level], source.bounds))}
    if boxes and not kept:
        raise _miss(source.bounds)
    archive = open_archive(file, str(file))
    ending = _find_ending(file) if boxes == ALL else ".pmtiles" if archive else ".osm.pbf"
    target = root / STREETS_FOLDER / f"{name or _stem(file)}{ending}"
    if target.exists() and target.samefile(file):
        raise StreetFileError(
            "no-streets",
            "it lies in streets/ already, and would be replaced by a part of it",
            "move it elsewhere first",
        )

    def cut(unfinished: Path) -> None:
        found: Boxes
        if boxes == ALL:
            shutil.copyfile(file, unfinished)
            return
        if archive:
            from storymap.streets.tile_extracts import extract_tiles

            found = extract_tiles(archive, unfinished, kept).boxes
        else:
            from storymap.streets.osm_extracts import extract_osm

            try:
                found = extract_osm(file, unfinished, kept).boxes
            except RuntimeError as error:
                reason = " ".join(str(error).split())[:200]
                raise StreetFileError(
                    "unreadable-streets", f"the file cannot be read: {reason}", "download or export it again"
                ) from error
        if not found:
            raise _miss(source.bounds)

    replaced = target.exists()
    _replace(target, cut)
    added = open_source(target, f"{STREETS_FOLDER}/{target.name}")
    return AddedStreets(target, target.stat().st_size, file.stat().st_size, added, replaced)


def write_bounds(bounds: Bounds) -> str:
    """West, south, east, north, as programs that cut files take them."""
    return ",".join(f"{edge:.4f}" for edge in (bounds.west, bounds.south, bounds.east, bounds.north))


def _miss(covered: Bounds) -> StreetFileError:
    return StreetFileError(
        "no-streets",
        "there is nothing in it of what the steps show",
        f"it covers {write_bounds(covered)}; take one of where the steps are: storymap streets lists them",
    )


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    """Have `write` make a file beside `target`, which it then becomes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as folder:
        unfinished = Path(folder) / target.name
        write(unfinished)
        with unfinished.open("rb+") as opened:
            os.fsync(opened.fileno())
        unfinished.chmod(0o644)
        unfinished.replace(target)


def _list_near(boxes: tuple[Bounds, ...], covered: Bounds) -> tuple[Bounds, ...]:
    """What of `boxes` lies in what a file covers."""
    cut = (
        Bounds(
            max(box.west, covered.west), max(box.south, covered.south),
            min(box.east, covered.east), min(box.north, covered.north),
        )
        for box in boxes
    )  # fmt: skip
    return tuple(dict.fromkeys(box for box in cut if box.west < box.east and box.south < box.north))


def _find_ending(file: Path) -> str:
    return next((ending for ending in ENDINGS if file.name.casefold().endswith(ending)), file.suffix)


def _stem(file: Path) -> str:
    """The name of a file without its ending, as one in a project may be called: letters, digits and hyphens."""
    ending = _find_ending(file)
    stem = file.name[: len(file.name) - len(ending)] if ending else file.name
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "streets"
