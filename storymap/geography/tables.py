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
from storymap.suggesting import find_nearest

_LATITUDES = ("lat", "latitude", "y")
_LONGITUDES = ("lon", "lng", "long", "longitude", "x")
_PAIRS = ("coordinates", "location", "position", "coords", "geo", "location coordinates")
_NAMES = ("name", "title", "label", "place")
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
_EXPECTED = "the first line names the columns: name,lat,lon"


class _Reader(Protocol):
    """What `csv.reader` returns; the class itself has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its filled columns by name in small letters, where it stands, and what it is called.

    `at` is its name, or the whole line; `position_at` is its latitude and longitude.
    """

    point: LonLat
    properties: Mapping[str, str]
    at: Location
    label: str
    position_at: Location


def read_table(text: str, path: str, report: Report) -> list[Feature]:
    """The features of a CSV text: its rows as points; mistakes go to `report`."""
    from shapely import Point

    return [
        Feature(Point(row.point), row.properties, row.at, row.position_at, row.label, id=row.properties.get("id", ""))
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
        at = Location(path, reader.line_num, 1, len(lines[reader.line_num - 1]), lines[reader.line_num - 1])
        report.error("bad-csv", f"the table cannot be read: {error}", at, "a quotation mark within quotes is doubled")
        return []
    columns = [column.strip().casefold() for column in rows[0][1]]
    at = Location(path, 1, 1, len(header), header)
    latitude, longitude, pair = (_find_column(columns, names) for names in (_LATITUDES, _LONGITUDES, _PAIRS))
    if (latitude is None or longitude is None) and pair is None:
        missing = (() if latitude is not None else _LATITUDES) + (() if longitude is not None else _LONGITUDES)
        help = _suggest_column(columns, missing) or _EXPECTED
        report.error("no-coordinate-columns", "the table has no columns for latitude and longitude", at, help)
        return []
    if len(rows) - 1 > MOST_FEATURES:
        report.error(
            "too-many-features",
            f"the table has {len(rows) - 1:,} lines",
            Location(path),
            f"at most {MOST_FEATURES:,} are read; keep those that stories name",
        )
        return []
    if len(rows) == 1:
        report.warning("no-features", "the table has no lines below its columns", at, "add a place, or delete the file")
    found = []
    for line, values in rows[1:]:
        cells = _Cells.of(lines[line - 1], separator)
        if len(values) != len(columns):
            report.error(
                "bad-csv",
                f"the line has {len(values)} values for {len(columns)} columns",
                cells.at(path, line, *range(len(columns), len(values))),
                f'put quotation marks around a value that holds "{separator}"'
                if len(values) > len(columns)
                else f"a value that is not known is left empty, but its {_SEPARATOR_NAMES[separator]} stays",
            )
            continue
        row = dict(zip(columns, (value.strip() for value in values), strict=True))
        name = next((row[column] for column in _NAMES if row.get(column)), "")
        label = f'"{" ".join(name.split())[:60]}"' if name else f"line {line}"
        try:
            point = _read_point(row, columns, latitude=latitude, longitude=longitude, pair=pair)
        except CoordinateError as error:
            wrong = [latitude if error.axis == "lat" else longitude] if error.axis else [latitude, longitude]
            help = error.help.replace("latitude stands first in text", "each has a column of its own")
            report.error(error.code, f"{label}: {error.message}", cells.at(path, line, *wrong, pair), help)
            continue
        where = cells.at(path, line, next((columns.index(column) for column in _NAMES if column in columns), None))
        properties = {column: value for column, value in row.items() if column and value}
        found.append(Row(point, properties, where, label, cells.at(path, line, latitude, longitude, pair)))
    return found


def _suggest_column(columns: Sequence[str], missing: Sequence[str]) -> str:
    """What to say where a column has nearly one of the names that are missing; empty where none has."""
    names = [name for name in missing if len(name) > 2]
    for column in columns:
        if near := find_nearest(column, names, likeness=75, parts=False):
            return f'did you mean "{near}" by the column "{column[:40]}"?'
    return ""


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


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the values of one line of a table begin and end; none where a value runs over several lines."""

    line: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, line: str, separator: str) -> _Cells:
        """The cells of `line`, quoted ones with their quotation marks."""
        spans = []
        start = 0
        quoted = False
        for offset, character in enumerate(line):
            if character == '"':
                quoted = not quoted
            elif character == separator and not quoted:
                spans.append((start, offset))
                start = offset + 1
        spans.append((start, len(line)))
        return cls(line, () if quoted else tuple(spans))

    def at(self, path: str, number: int, *columns: int | None) -> Location:
        """The location of the values in `columns` where they are neighbours, else of the first; else of the line."""
        wanted = sorted(column for column in columns if column is not None and column < len(self.spans))
        if not wanted:
            return Location(path, number, 1, max(1, len(self.line)), self.line)
        last = wanted[-1] if wanted[-1] - wanted[0] == len(wanted) - 1 else wanted[0]
        start, end = self.spans[wanted[0]][0], self.spans[last][1]
        start += len(self.line[start:end]) - len(self.line[start:end].lstrip())
        return Location(path, number, start + 1, max(1, len(self.line[start:end].rstrip())), self.line)
