"""Read every file of `geo/`, each by the reader of its format → `Feature`s. Nothing outside the project is opened."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from storymap.errors import Location, Problem, Report, Severity
from storymap.geodata.features import Feature
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings
from storymap.geodata.files import enter_file, refuse_escaped_texts, tell_unknown_format, tell_unreadable
from storymap.geodata.recognising import recognise_suffix
from storymap.geodata.reprojecting import bring_to_degrees
from storymap.text.ordering import order_naturally
from storymap.text.relative_paths import STORIES

COMPANIONS = frozenset(
    {
        ".shx",
        ".dbf",
        ".prj",
        ".cpg",
        ".sbn",
        ".sbx",
        ".qix",
        ".qpj",
        ".qmd",
        ".qml",
        ".md",
        ".txt",
        ".gpkg-wal",
        ".gpkg-shm",
    }
)
"""Parts of a shapefile, traces of QGIS and words about the data: they hold no places of their own."""

_DESCRIPTIONS = (".shp.xml", ".aux.xml", ".gpkg.xml", ".tif.xml")
"""How the names of files end in which programs describe the one beside them."""

_BEGINNING = 4_096
"""Bytes of a text in which its first line is looked for; an even number, for UTF-16."""

DATA_FOLDER = "data"
"""The folder within `geo/` whose files make no places: stories show them as layers."""

_SHOWN_FROM = (STORIES, f"geo/{DATA_FOLDER}/")
"""The folders of pictures that maps show."""


class GeoFolder(Struct, frozen=True):
    """What the files of `geo/` hold, in the order of their paths, and why some could not be read, as it was told."""

    features: tuple[Feature, ...] = ()
    unread: tuple[Problem, ...] = ()


def read_geo_folder(
    folder: Path, root: Path, report: Report, *, settings: Mapping[str, FileSettings] = NO_SETTINGS
) -> GeoFolder:
    """The features of every file below `folder`, but for its folder of data, in degrees; mistakes go to `report`.

    `settings` are what the project says of single files, by their paths in it. `root` is the project: paths are told
    relative to it, and a link that leads out of it is refused. What keeps a file from being read is a warning, because
    the site may need nothing of it; that a story does is told there.
    """
    features: list[Feature] = []
    told = Report()
    for file in list_geo_files(folder, root, told, without=folder / DATA_FOLDER):
        path = name_file(file, root)
        known = settings.get(path, FileSettings())
        features.extend(enter_file(file, path, told, encoding=known.encoding, crs=known.crs))
    escaped = Report()
    features = [refuse_escaped_texts(feature, escaped) for feature in bring_to_degrees(features)]
    for problem in (*told.problems, *escaped.problems):
        is_error = problem.severity is Severity.ERROR
        report.add(replace(problem, severity=Severity.WARNING) if is_error else problem)
    return GeoFolder(tuple(features), tuple(filter(_keeps_places, told.problems)))


def _keeps_places(problem: Problem) -> bool:
    """Whether a problem keeps a file from being read that may hold places."""
    if problem.code == "unknown-format":
        known = recognise_suffix(PurePosixPath(problem.at.path).suffix.casefold())
        return known is None or known.holds_places
    return problem.severity is Severity.ERROR


def list_geo_files(folder: Path, root: Path, report: Report, *, without: Path) -> Iterator[Path]:
    """The files below `folder` that may hold places, by path; hidden ones and those below `without` are left out."""
    try:
        files = sorted(folder.iterdir(), key=lambda file: order_naturally(file.name)) if folder.is_dir() else []
    except OSError as error:
        tell_unreadable(error, Location(name_file(folder, root)), report)
        return
    home = root.resolve()
    for file in files:
        at = Location(name_file(file, root))
        if file.name.startswith((".", "~")) or file == without or file.name.casefold().endswith(_DESCRIPTIONS):
            continue
        try:
            inside = file.resolve().is_relative_to(home)
            kind = stat.S_IFMT(file.stat().st_mode) if inside else 0
        except RuntimeError:  # links that lead in a circle
            inside, kind = False, 0
        except OSError as error:
            tell_unreadable(error, at, report)
            continue
        if not inside:
            report.error(
                "outside-project",
                f'"{file.name}" leads out of the project',
                at,
                "copy the file here instead of linking it",
            )
        elif kind == stat.S_IFDIR and file.is_symlink():
            report.warning(
                "linked-folder", f'"{file.name}" is a linked folder, which is not read', at, "put the files here"
            )
        elif kind == stat.S_IFDIR and recognise_suffix(file.suffix.casefold()):
            tell_unknown_format(file, (), at, report)
        elif kind == stat.S_IFDIR:
            yield from list_geo_files(file, root, report, without=without)
        elif kind != stat.S_IFREG:  # a pipe, which might be waited for without end
            tell_unreadable(OSError("it is neither a file nor a folder"), at, report)
        elif file.suffix.casefold() not in COMPANIONS or _is_table(file):
            yield file


def _is_table(file: Path) -> bool:
    """Whether a text is no words about the data but a table of places, or data of another kind, as services call it."""
    from storymap.geodata.contents import is_called_otherwise
    from storymap.geodata.tables import is_table_of_places

    if file.suffix.casefold() != ".txt":
        return False
    try:
        with file.open("rb") as opened:
            start = opened.read(_BEGINNING)
        return is_table_of_places(start) or is_called_otherwise(start, ".txt")
    except OSError:
        return False


def name_file(file: Path, root: Path) -> str:
    """How a file is called in messages: relative to the project where it lies in it."""
    return (file.relative_to(root) if file.is_relative_to(root) else Path(file.parent.name) / file.name).as_posix()


def name_published(file: str) -> str:
    """The path, below the media of a site, of what is published of the picture `file`, a path in the project."""
    return next((file.removeprefix(folder) for folder in _SHOWN_FROM if file.startswith(folder)), file)
