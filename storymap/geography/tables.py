"""Read a CSV or TSV file of `geo/` → `Feature`s: one place a line, with columns for name, latitude and longitude."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from storymap.errors import Location, Report
from storymap.geography.coordinates import CoordinateError, parse_coordinates, read_position
from storymap.geography.features import MOST_FEATURES, Feature
from storymap.model import LonLat

_LATITUDES = ("lat", "latitude", "y")
_LONGITUDES = ("lon", "lng", "long", "longitude", "x")
_PAIRS = ("coordinates", "location", "position", "coords", "geo", "location coordinates")
_NAMES = ("name", "title", "label", "place")
_SEPARATORS = (",", ";", "\t")
_EXPECTED = "the first line names the columns: name,lat,lon"


class _Reader(Protocol):
    """What `csv.reader` returns; the class itself has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its filled columns by name in small letters, where it stands, and what it is called."""

    point: LonLat
    properties: Mapping[str, str]
    at: Location
    label: str


def read_table(text: str, path: str, report: Report) -> list[Feature]:
    """The features of a CSV text: its rows as points; mistakes go to `report`."""
    from shapely import Point

    return [
        Feature(Point(row.point), row.properties, row.at, row.at, row.label, id=row.properties.get("id", ""))
        for row in read_rows(text, path, report)
    ]


def read_rows(text: str, path: str, report: Report) -> list[Row]:
    """The rows of a CSV text, whose separator may be a comma, a semicolon or a tab; mistakes go to `report`.

    `path` is the file's, relative to the project. The position is in two columns or in one that holds a pair.
    """
    text = text.removeprefix("\ufeff")
    lines = text.splitlines()
    if not text.strip():
        report.error("empty-file", "the file is empty", Location(path), _EXPECTED)
        return []
    header = lines[0]
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(_number_rows(reader))
    except csv.Error as error:
        at = _locate(path, lines, reader.line_num)
        report.error("bad-csv", f"the table cannot be read: {error}", at, "a quotation mark within quotes is doubled")
        return []
    columns = [column.strip().casefold() for column in rows[0][1]]
    at = Location(path, 1, 0, len(header), header)
    latitude, longitude, pair = (_find_column(columns, names) for names in (_LATITUDES, _LONGITUDES, _PAIRS))
    if (latitude is None or longitude is None) and pair is None:
        report.error("no-coordinate-columns", "the table has no columns for latitude and longitude", at, _EXPECTED)
        return []
    if len(rows) - 1 > MOST_FEATURES:
        report.error(
            "too-many-features",
            f"the table has {len(rows) - 1:,} lines",
            Location(path),
            f"at most {MOST_FEATURES:,} are read",
        )
        return []
    if len(rows) == 1:
        report.warning("no-features", "the table has no lines below its columns", at, "add a place, or delete the file")
    found = []
    for line, values in rows[1:]:
        where = _locate(path, lines, line)
        if len(values) != len(columns):
            report.error(
                "bad-csv",
                f"the line has {len(values)} values for {len(columns)} columns",
                where,
                f'put quotation marks around a value that holds "{separator}"',
            )
            continue
        row = dict(zip(columns, (value.strip() for value in values), strict=True))
        name = next((row[column] for column in _NAMES if row.get(column)), "")
        label = f'"{" ".join(name.split())[:60]}"' if name else f"line {line}"
        try:
            point = _read_point(row, columns, latitude=latitude, longitude=longitude, pair=pair)
        except CoordinateError as error:
            report.error(error.code, f"{label}: {error.message}", where, error.help)
            continue
        found.append(Row(point, {column: value for column, value in row.items() if column and value}, where, label))
    return found


def _number_rows(reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line where it begins; blank lines are left out."""
    line = 1
    for row in reader:
        if any(value.strip() for value in row):
            yield line, row
        line = reader.line_num + 1


def _find_column(columns: Sequence[str], names: Sequence[str]) -> int | None:
    """The number of the first column that bears one of `names`."""
    return next((columns.index(name) for name in names if name in columns), None)


def _read_point(
    row: Mapping[str, str], columns: Sequence[str], *, latitude: int | None, longitude: int | None, pair: int | None
) -> LonLat:
    """Longitude and latitude of a row. Raises `CoordinateError`."""
    if latitude is not None and longitude is not None:
        return read_position(row[columns[latitude]], row[columns[longitude]]).point
    written = row[columns[pair or 0]]
    found = parse_coordinates(written)
    if found is None:
        raise CoordinateError(
            f'"{written[:60]}" is no coordinate pair', "write decimal degrees, such as 50.0790, 14.4306"
        )
    return found.point


def _locate(path: str, lines: Sequence[str], number: int) -> Location:
    """The location of a line; the line itself, if there is one."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Location(path, number, 0, max(1, len(line)), line)
