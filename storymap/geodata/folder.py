"""Read every file of `geo/`, each by the reader of its format → `Feature`s. Nothing outside the project is opened."""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storymap.errors import Location, Problem, Report, Severity
from storymap.geodata.encodings import advise_encoding
from storymap.geodata.features import LARGEST_FILE, MOST_FEATURES, Feature
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings
from storymap.geodata.recognising import is_genuine, recognise_archive, recognise_suffix
from storymap.geodata.reprojecting import bring_to_degrees
from storymap.text.decoding import UndecodableError, decode
from storymap.text.ordering import order_naturally
from storymap.text.suggesting import find_nearest
from storymap.text.unwanted import find_unwanted, refuse_escaped

GEOJSON_SUFFIXES = frozenset({".geojson", ".json", ".geojsonl", ".ndjson", ".jsonl", ".umap"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
VECTOR_SUFFIXES = frozenset({".gpkg", ".fgb", ".gpx", ".shp", ".zip"})
KML_SUFFIXES = frozenset({".kml", ".kmz"})
_COMPANIONS = frozenset(
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


_OPEN_IT = "open it in QGIS to see whether it is whole, or export it as GeoJSON"


@dataclass(frozen=True, slots=True)
class GeoFolder:
    """What the files of `geo/` hold, in the order of their paths, and why some could not be read, as it was told."""

    features: tuple[Feature, ...] = ()
    unread: tuple[Problem, ...] = ()


def read_geo_folder(
    folder: Path, root: Path, report: Report, *, settings: Mapping[str, FileSettings] = NO_SETTINGS
) -> GeoFolder:
    """The features of every file below `folder`, in degrees; mistakes go to `report`.

    `settings` are what the project says of single files, by their paths in it. `root` is the project: paths are told
    relative to it, and a link that leads out of it is refused. What keeps a file from being read is a warning, because
    the site may need nothing of it; that a story does is told there.
    """
    features: list[Feature] = []
    told = Report()
    for file in list_geo_files(folder, root, told):
        features.extend(_enter_file(file, name_file(file, root), settings, told))
    escaped = Report()
    features = [_refuse_escaped(feature, escaped) for feature in bring_to_degrees(features)]
    for problem in (*told.problems, *escaped.problems):
        is_error = problem.severity is Severity.ERROR
        report.add(replace(problem, severity=Severity.WARNING) if is_error else problem)
    return GeoFolder(tuple(features), told.errors)


def _refuse_escaped(feature: Feature, report: Report) -> Feature:
    """`feature` without what escapes must not bring into its texts, which is told."""
    bad = {key for key, value in feature.properties.items() if isinstance(value, str) and find_unwanted(value)}
    if not bad:
        return feature
    kept = {
        key: refuse_escaped(value, feature.at, report) if key in bad else value
        for key, value in feature.properties.items()
    }
    return replace(feature, properties=kept)


def list_geo_files(folder: Path, root: Path, report: Report) -> Iterator[Path]:
    """The files below `folder` that may hold places, by path; hidden ones are left out."""
    try:
        files = sorted(folder.iterdir(), key=lambda file: order_naturally(file.name)) if folder.is_dir() else []
    except OSError as error:
        _tell_unreadable(error, Location(name_file(folder, root)), report)
        return
    home = root.resolve()
    for file in files:
        at = Location(name_file(file, root))
        if file.name.startswith((".", "~")):
            continue
        try:
            inside = file.resolve().is_relative_to(home)
            kind = stat.S_IFMT(file.stat().st_mode) if inside else 0
        except RuntimeError:  # links that lead in a circle
            inside, kind = False, 0
        except OSError as error:
            _tell_unreadable(error, at, report)
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
            _tell_unknown_format(file, (), at, report)
        elif kind == stat.S_IFDIR:
            yield from list_geo_files(file, root, report)
        elif kind != stat.S_IFREG:  # a pipe, which might be waited for without end
            _tell_unreadable(OSError("it is neither a file nor a folder"), at, report)
        elif file.suffix.casefold() not in _COMPANIONS:
            yield file


def name_file(file: Path, root: Path) -> str:
    """How a file is called in messages: relative to the project where it lies in it."""
    return (file.relative_to(root) if file.is_relative_to(root) else Path(file.parent.name) / file.name).as_posix()


def _enter_file(file: Path, path: str, settings: Mapping[str, FileSettings], report: Report) -> list[Feature]:
    """The features of one file. Whatever a library throws on it is a mistake in the file, and told as one."""
    try:
        encoding = settings[path].encoding if path in settings else ""
        return _read_file(file, path, report, encoding=encoding)
    except OSError as error:
        _tell_unreadable(error, Location(path), report)
    except Exception as error:  # this is the one door to all readers: there is no list of what they raise
        words = str(error).replace(str(file), path).split("; ")[0].splitlines() or [type(error).__name__]
        report.error("unreadable-file", f"the file cannot be read: {words[0][:200]}", Location(path), _OPEN_IT)
    return []


def _read_file(file: Path, path: str, report: Report, *, encoding: str) -> list[Feature]:
    """The features of one file, by its suffix."""
    suffix, at = file.suffix.casefold(), Location(path)
    known = GEOJSON_SUFFIXES | TABLE_SUFFIXES | VECTOR_SUFFIXES | KML_SUFFIXES
    if suffix not in known:
        _tell_unknown_format(file, known, at, report)
        return []
    size = file.stat().st_size
    if size > LARGEST_FILE:
        report.error(
            "file-too-large",
            f"the file has {size / 1e6:,.0f} MB",
            at,
            f"at most {LARGEST_FILE / 1e6:.0f} MB are read; simplify it, for example in QGIS",
        )
        return []
    if suffix in VECTOR_SUFFIXES | KML_SUFFIXES:
        return _read_records(file, path, report, encoding=encoding)
    data = file.read_bytes()
    if other := recognise_archive(data):
        report.error("unreadable-file", f'"{file.name}" is {other.what}, whatever it is called', at, other.advice)
        return []
    text = decode_text(data, at, report, encoding=encoding)
    if text is None:
        return []
    if suffix in TABLE_SUFFIXES:
        from storymap.geodata.tables import read_table

        return read_table(text, path, report)
    from storymap.geodata.geojson import read_geojson

    return read_geojson(text, path, report)


def _read_records(file: Path, path: str, report: Report, *, encoding: str) -> list[Feature]:
    """The features of a file that is no text, or one in XML; too many of them and none at all are told."""
    from storymap.geodata.kml import read_kml
    from storymap.geodata.vectors import read_vectors

    suffix, at = file.suffix.casefold(), Location(path)
    if not is_genuine(file):
        report.error(
            "unreadable-file", f'this is no {suffix[1:]} file, though it is called "{file.name}"', at,
            "open it in QGIS to see what it is, or export it as GeoJSON",
        )  # fmt: skip
        return []
    is_kml = suffix in KML_SUFFIXES
    features = read_kml(file, path, report) if is_kml else read_vectors(file, path, report, encoding=encoding)
    if features is None:
        return []
    if len(features) > MOST_FEATURES:
        report.error(
            "too-many-features",
            f"the file has {len(features):,} features",
            at,
            f"at most {MOST_FEATURES:,} are read; keep those that stories name",
        )
        return []
    if not features:
        report.warning("no-features", "the file has no features", at, "add one, or delete the file")
    return features


def _tell_unreadable(error: OSError, at: Location, report: Report) -> None:
    reason = f"the file cannot be read: {error.strerror or error}"
    report.error("unreadable-file", reason, at, "check that it exists and may be read")


def _tell_unknown_format(file: Path, known: Collection[str], at: Location, report: Report) -> None:
    if other := recognise_suffix(file.suffix.casefold()):
        report.warning("unknown-format", f'"{file.name}" is {other.what}', at, other.advice)
        return
    help = _suggest_suffix(file, known) or "GeoJSON, CSV, GeoPackage, KML, GPX, FlatGeobuf and shapefiles are read"
    report.warning("unknown-format", f'"{file.name}" is of no format that holds places', at, help)


def _suggest_suffix(file: Path, known: Collection[str]) -> str:
    """What to say of a file whose suffix is only misspelt; empty where none is near."""
    near = find_nearest(file.suffix.casefold(), sorted(known), likeness=75, parts=False)
    return f'did you mean "{file.stem}{near}"?' if near else ""


def decode_text(data: bytes, at: Location, report: Report, *, encoding: str = "") -> str | None:
    """The text of a file in `encoding`, else in UTF-8, or in UTF-16 with its mark; None, and told, where it is not."""
    encoding = encoding or ("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    try:
        return decode(data, at.path, encoding=encoding)
    except UndecodableError as error:
        help = f"write in the settings which encoding it is in, or save it as UTF-8: not all of it is {encoding}"
        if encoding == "utf-8":
            word = re.split(rb"[,;\t\r\n\"<>]", data[max(0, error.start - 40) : error.start])[-1]
            word += re.split(rb"[,;\t\r\n\"<>]", data[error.start : error.start + 40])[0]
            help = f'save the file as UTF-8; spreadsheets offer it as "CSV UTF-8"\nor {advise_encoding(word, at.path)}'
        report.error("not-utf-8", str(error), error.at, help)
        return None
