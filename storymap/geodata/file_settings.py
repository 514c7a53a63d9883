"""What a project's settings say of single files of `geo/`: which column is the name, and how the file is encoded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.text.suggesting import ask_nearest

_NOWHERE = Location("")


class FileSettings(Struct, frozen=True):
    """What the settings say of one file.

    `names` are the columns that hold names: the first that a layer has does. `encoding` is that of its texts, `crs` its
    reference system, each empty where the file itself says it. `at` is where the settings say so.
    """

    names: tuple[str, ...] = ()
    encoding: str = ""
    at: Location = _NOWHERE
    crs: str = ""


NO_SETTINGS: Mapping[str, FileSettings] = MappingProxyType({})
"""Those of a project that says nothing of single files."""


def head_settings(path: str) -> str:
    """The line of `storymap.toml` below which the settings of the file at `path` of the project stand."""
    return f'[geo."{path.removeprefix("geo/")}"]'


def advise_system(path: str) -> str:
    """How to say in which reference system the file at `path` of the project is."""
    if path.startswith("geo/"):
        return f'say in storymap.toml which grid it is, below {head_settings(path)}: crs = "EPSG:5514"'
    return "say beside its name which grid it is: {from: …, crs: EPSG:5514}"


def name_system(written: str) -> str:
    """The reference system that an author means by its code, which may stand alone."""
    code = written.strip()
    return f"EPSG:{code}" if code.isdigit() else code


def check_files(settings: Mapping[str, FileSettings], folder: Path, root: Path, report: Report) -> None:
    """Tell which files of `settings` are not in `folder`. Their paths are relative to `root`."""
    for path, wanted in settings.items():
        if not (root / path).is_file():
            files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
            name = path.removeprefix(f"{folder.name}/")
            help = ask_nearest(name, files, otherwise=f"write the path of a file within {folder.name}/")
            report.error("bad-setting", f'there is no file "{name}" in {folder.name}/', wanted.at, help)
