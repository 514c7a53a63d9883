"""Read one file of places or data, by the reader of its format → `Feature`s."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from storymap.errors import Location, Problem, Report, Severity
from storymap.geodata.contents import open_contents, open_members
from storymap.geodata.encodings import advise_encoding, guess_encoding, tell_guessed
from storymap.geodata.features import DATA, PLACES, Feature, Purpose
from storymap.geodata.recognising import is_genuine, recognise_archive, recognise_json, recognise_suffix
from storymap.geodata.spreadsheets import SPREADSHEET_SUFFIXES, read_all_sheets, write_table
from storymap.text.alphabets import find_utf16
from storymap.text.decoding import UndecodableError, decode, is_utf8
from storymap.text.names import split_column
from storymap.text.suggesting import find_nearest
from storymap.text.unwanted import find_unwanted, refuse_escaped

GEOJSON_SUFFIXES = frozenset({".geojson", ".json", ".topojson", ".geojsonl", ".ndjson", ".jsonl", ".umap"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
VECTOR_SUFFIXES = frozenset({".gpkg", ".fgb", ".gpx", ".shp", ".zip"})
KML_SUFFIXES = frozenset({".kml", ".kmz"})
ARROW_SUFFIXES = frozenset({".parquet", ".geoparquet", ".feather", ".arrow"})

READ_SUFFIXES = (
    GEOJSON_SUFFIXES | TABLE_SUFFIXES | SPREADSHEET_SUFFIXES | VECTOR_SUFFIXES | KML_SUFFIXES | ARROW_SUFFIXES
)

_OPEN_IT = "open it in QGIS to see whether it is whole, or export it as GeoJSON"

SAVE_XML = 'save it as UTF-8 in a text editor, and write encoding="UTF-8" in its first line'
"""What to do about XML in an encoding that GDAL does not know."""

_SAMPLE = 50
"""Records that are looked at to tell whether they say where they are."""

_CALLED = {"headline": "title", "text": "description"}
_LONGITUDE_FIRST = frozenset({"center", "centre", "coordinates", "lnglat", "lonlat", "longlat", "coords", "position"})
_LATITUDE_FIRST = frozenset({"latlng", "latlon", "latlong"})
"""What lists of two numbers are called, by the one that stands first in them."""

Choose = Callable[[Sequence[str]], Sequence[str]]
"""Which of the layers of a file are read, of those that it has."""


def enter_file(
    file: Path,
    path: str,
    report: Report,
    *,
    encoding: str = "",
    crs: str = "",
    purpose: Purpose = PLACES,
    choose: Choose = tuple,
) -> list[Feature]:
    """The features of one file. Whatever a library throws on it is a mistake in the file, and told as one.

    `path` is how it is called in messages. `encoding` is that of its texts, `crs` its reference system; each is
    empty where its author does not say it.
    """
    at = Location(path)
    try:
        if not is_small(file, purpose.largest_file, at, report):
            return []
        with open_contents(file, at, report, largest=purpose.largest_file, encoding=encoding) as contents:
            file = contents
            found = _read_file(contents, path, report, encoding=encoding, crs=crs, purpose=purpose, choose=choose)
            return [replace(feature, crs=crs) for feature in found] if crs else found
    except OSError as error:
        tell_unreadable(error, Location(path), report)
    except Exception as error:  # this is the one door to all readers: there is no list of what they raise
        words = str(error).replace(str(file), path).split("; ")[0].splitlines() or [type(error).__name__]
        help = SAVE_XML if "unknown encoding" in words[0] else _OPEN_IT
        report.error("unreadable-file", f"the file cannot be read: {words[0][:200]}", Location(path), help)
    return []


def _read_file(
    file: Path, path: str, report: Report, *, encoding: str, crs: str, purpose: Purpose, choose: Choose
) -> list[Feature]:
    """The features of one file, by its suffix."""
    suffix, at = file.suffix.casefold(), Location(path)
    known = READ_SUFFIXES
    if suffix not in known:
        tell_unknown_format(file, known, at, report, is_needed=purpose is DATA)
        return []
    if suffix in SPREADSHEET_SUFFIXES:
        return _read_spreadsheet(file, path, report, purpose, crs)
    if suffix == ".zip":
        with open_members(file, purpose.largest_file) as members:
            if members:
                wanted = choose([member.name for member in members])
                return [
                    feature
                    for member in members
                    if member.name in wanted
                    for feature in enter_file(member, path, report, encoding=encoding, purpose=purpose)
                ]
    if suffix in VECTOR_SUFFIXES | KML_SUFFIXES | ARROW_SUFFIXES:
        return _read_records(file, path, report, encoding=encoding, crs=crs, purpose=purpose, choose=choose)
    data = file.read_bytes()
    if other := recognise_archive(data):
        report.error("unreadable-file", f'"{file.name}" is {other.what}, whatever it is called', at, other.advice)
        return []
    text = read_text(data, at, report, encoding=encoding)
    if text is None:
        return []
    if suffix in GEOJSON_SUFFIXES:
        text = text.removeprefix("\ufeff").removeprefix("\x1e")
    if suffix in GEOJSON_SUFFIXES and (table := _write_records(text)):
        text, suffix = table, ".csv"
    if suffix in TABLE_SUFFIXES:
        from storymap.geodata.tables import read_table

        return read_table(text, path, report, purpose=purpose, crs=crs)
    from storymap.geodata.geojson import is_topology, read_geojson

    if is_topology(text):
        return _read_records(file, path, report, encoding="", crs=crs, purpose=purpose, choose=choose)
    return read_geojson(text, path, report, purpose=purpose)


def _write_records(text: str) -> str:
    """A JSON text that is a list of records with positions, as a table; empty where it is anything else."""
    from storymap.geodata.geojson import explain_no_json
    from storymap.geodata.json_tables import list_records
    from storymap.geodata.table_columns import TableColumns

    if any(f'"{kind}"' in text for kind in ("Feature", "FeatureCollection", "Topology")) or explain_no_json(text):
        return ""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ""
    if isinstance(data, dict) and recognise_json(data):
        return ""
    records = list_records(data)
    columns = list(dict.fromkeys(column for record in records for column in record))
    rows = [[_write_cell(column, record.get(column)) for column in columns] for record in records]
    samples = [["" if value is None else str(value) for value in row] for row in rows[:_SAMPLE]]
    named = _name_columns(columns)
    return write_table([named, *rows]) if columns and not TableColumns.of(named, samples).missing else ""


def _name_columns(columns: Sequence[str]) -> list[str]:
    """The names of columns without the objects that they stood in, where no two are the same: "lat" of "location.lat".

    What stories of other programs call headline and text names and describes the place of a step.
    """
    ends = [column.rpartition(".")[2] for column in columns]
    plain = [end if ends.count(end) == 1 else column for column, end in zip(columns, ends, strict=True)]
    return [_CALLED.get(column, column) if _CALLED.get(column) not in plain else column for column in plain]


def _write_cell(column: str, value: object) -> object:
    """A value of a record as it stands in a table: two numbers as a point where `column` says in which order they are.

    In JSON the longitude comes first, but for those who say otherwise: "latlng".
    """
    if not isinstance(value, list):
        return value
    *_, last = split_column(column) or [""]
    if len(value) not in (2, 3) or not all(isinstance(number, int | float) for number in value):
        return None
    if last in _LONGITUDE_FIRST:
        return f"POINT({value[0]} {value[1]})"
    return f"{value[0]}, {value[1]}" if last in _LATITUDE_FIRST else None


def _read_spreadsheet(file: Path, path: str, report: Report, purpose: Purpose, crs: str) -> list[Feature]:
    """The features of those sheets of a spreadsheet that say where things are; told of the first one, if none does."""
    from storymap.geodata.tables import read_table

    refused = Report()
    features: list[Feature] = []
    for rows in read_all_sheets(file, Location(path), report).values():
        told = Report()
        found = read_table(write_table(rows), path, told, purpose=purpose, crs=crs) if rows else []
        (report if found else refused).include(told)
        features.extend(found)
    if not features and refused.problems:
        report.add(refused.problems[0])
    return features


def is_small(file: Path, largest: int, at: Location, report: Report) -> bool:
    """Whether `file` has at most `largest` bytes; else it is told. Raises `OSError`."""
    size = file.stat().st_size
    if size > largest:
        advice = f"at most {largest / 1e6:.0f} MB are read; simplify it, for example in QGIS"
        report.error("file-too-large", f"the file has {size / 1e6:,.0f} MB", at, advice)
    return size <= largest


def _read_records(
    file: Path, path: str, report: Report, *, encoding: str, crs: str, purpose: Purpose, choose: Choose
) -> list[Feature]:
    """The features of a file that is no text, or one in XML; too many of them and none at all are told."""
    from storymap.geodata.arrow import read_arrow
    from storymap.geodata.kml import read_kml
    from storymap.geodata.vectors import read_vectors

    suffix, at = file.suffix.casefold(), Location(path)
    if suffix not in GEOJSON_SUFFIXES and not is_genuine(file):
        report.error(
            "unreadable-file", f'this is no {suffix[1:]} file, though it is called "{file.name}"', at,
            "open it in QGIS to see what it is, or export it as GeoJSON",
        )  # fmt: skip
        return []
    if suffix in ARROW_SUFFIXES:
        features = read_arrow(file, path, report, purpose=purpose, crs=crs)
    elif suffix in KML_SUFFIXES:
        features = read_kml(file, path, report, purpose=purpose)
    else:
        features = read_vectors(file, path, report, encoding=encoding, crs=crs, purpose=purpose, choose=choose)
    if features is None:
        return []
    if len(features) > purpose.most_features:
        message = f"the file has more than {purpose.most_features:,} features"
        report.error("too-many-features", message, at, purpose.advise_fewer())
        return []
    if not features:
        report.warning("no-features", "the file has no features", at, "add one, or delete the file")
    return features


def refuse_escaped_texts(feature: Feature, report: Report) -> Feature:
    """`feature` without what escapes must not bring into its texts, which is told."""
    bad = {key for key, value in feature.properties.items() if isinstance(value, str) and find_unwanted(value)}
    if not bad:
        return feature
    kept = {
        key: refuse_escaped(value, feature.at, report) if key in bad else value
        for key, value in feature.properties.items()
    }
    return replace(feature, properties=kept)


def tell_unreadable(error: OSError, at: Location, report: Report) -> None:
    """Tell of a file that the system does not let us read."""
    reason = f"the file cannot be read: {error.strerror or error}"
    report.error("unreadable-file", reason, at, "check that it exists and may be read")


def tell_unknown_format(
    file: Path, known: Collection[str], at: Location, report: Report, *, is_needed: bool = False
) -> None:
    """Tell of a file whose suffix is none of `known`: what it is, or which suffix was meant.

    It is a warning, unless the file `is_needed`, for a story names it.
    """
    other = recognise_suffix(file.suffix.casefold())
    message = f'"{file.name}" is {other.what if other else "of no format that is read here"}'
    listed = ", ".join(sorted(suffix[1:] for suffix in known))
    help = other.advice if other else _suggest_suffix(file, known) or f"these are: {listed}"
    severity = Severity.ERROR if is_needed else Severity.WARNING
    report.add(Problem("unknown-format", message, at, help, severity))


def _suggest_suffix(file: Path, known: Collection[str]) -> str:
    """What to say of a file whose suffix is only misspelt; empty where none is near."""
    near = find_nearest(file.suffix.casefold(), sorted(known), likeness=75, parts=False)
    return f'did you mean "{file.stem}{near}"?' if near else ""


def read_text(data: bytes, at: Location, report: Report, *, encoding: str = "") -> str | None:
    """The text of a file in `encoding`, else in that which it says or in which alone it reads as words, which is told.

    None, and told, where that is not clear.
    """
    guessed = "" if encoding or find_utf16(data) or is_utf8(data) else guess_encoding(data)
    if guessed:
        tell_guessed(data, guessed, at, report)
    return decode_text(data, at, report, encoding=encoding or guessed)


def decode_text(data: bytes, at: Location, report: Report, *, encoding: str = "") -> str | None:
    """The text of a file in `encoding`, else in UTF-8, or in UTF-16; None, and told, where it is not."""
    encoding = encoding or find_utf16(data) or "utf-8"
    try:
        return decode(data, at.path, encoding=encoding)
    except UndecodableError as error:
        help = f"write in the settings which encoding it is in, or save it as UTF-8: not all of it is {encoding}"
        if encoding == "utf-8":
            help = 'save the file as UTF-8; spreadsheets offer it as "CSV UTF-8"'
            if at.path.startswith("geo/"):
                help += f"\nor {advise_encoding(data, at.path)}"
            else:
                help += "\nor move it to geo/data/, for the settings can say how files there are encoded"
        report.error("not-utf-8", str(error), error.at, help)
        return None
