"""Find picture tiles of the author's own: what a setting, or a step, names is a folder or an archive in the project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.project import Project
from storymap.resolving.data_files import list_data_places
from storymap.resolving.files import find_true_path
from storymap.tilesets.naming import split_pattern
from storymap.tilesets.reading import ARCHIVES

_PARTS = ("{z}", "{x}", "{y}")


class TilePlace(Struct, frozen=True):
    """Where tiles lie: the folder or archive at `path`, and how the files of a folder are named, if that is said."""

    path: Path
    pattern: str = ""


def find_site_tiles(project: Project, at: Location, report: Report) -> TilePlace | None:
    """The tiles under all maps, which the settings name from the root of the project; None, and told, for none."""
    return _find(project.settings.tiles.strip(), [project.root], project, at, report)


def find_step_tiles(name: str, project: Project, at: Location, report: Report, *, beside: str) -> TilePlace | None:
    """The tiles that a step lays on the ground, named in the file `beside`; None, and told, for none."""
    places = list_data_places(name, project, beside=beside)
    if not places:
        help = "write its path from the folder of the story, or from geo/data"
        report.error("outside-project", f'"{name}" leads out of the folders of data', at, help)
        return None
    for folder, inner in places:
        found = _find(inner, [folder], project, at, Report())
        if found:
            return found
    return _find(places[0][1], [places[0][0]], project, at, report)


def _find(name: str, folders: Iterable[Path], project: Project, at: Location, report: Report) -> TilePlace | None:
    base, pattern = split_pattern(name)
    if "\\" in name or ".." in base.parts or name.startswith(("/", "~")):
        report.error(
            "outside-project",
            f'"{name}" leads out of the project',
            at,
            help="put the tiles into the project, and write their path with forward slashes: tiles/{z}/{x}/{y}.png",
        )
        return None
    if pattern and not _check_pattern(name, pattern, at, report):
        return None
    for folder in folders:
        true = find_true_path(folder, base)
        path = folder / true if true is not None else None
        if path is None or (pattern and not path.is_dir()):
            continue
        if not path.resolve().is_relative_to(project.root.resolve()):
            report.error("outside-project", f'"{name}" leads out of the project', at, help="copy the tiles here")
            return None
        return TilePlace(path, pattern)
    kind = "folder" if pattern or base.suffix.lower() not in ARCHIVES else "file"
    report.error(
        "missing-tiles",
        f'there is no {kind} "{base}" with tiles',
        at,
        help=f'put the tiles into "{base}" of the project, or correct the path'
        if kind == "folder"
        else "put the file there, or correct its path, which begins at the root of the project",
    )
    return None


def _check_pattern(name: str, pattern: str, at: Location, report: Report) -> bool:
    missing = [part for part in _PARTS if part not in pattern and not (part == "{y}" and "{-y}" in pattern)]
    known = re.sub(r"\{(?:z|x|-?y|r)\}", "", pattern)
    twice = [part for part in _PARTS if pattern.count(part) > 1]
    if not missing and not twice and "{" not in known:
        return True
    why = f"{', '.join(missing or twice)} "
    if missing:
        why += "is missing" if len(missing) == 1 else "are missing"
    elif twice:
        why += "stands there twice"
    else:
        why = f"{known[known.index('{') :].partition('}')[0]}}} stands for nothing"
    report.error(
        "bad-tiles",
        f'"{name}" does not say where tiles are: {why}',
        at,
        help="write {z}, {x} and {y} where the numbers of a tile stand: tiles/{z}/{x}/{y}.png; "
        "{-y} where rows count from the south",
    )
    return False
