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
    separator = max(_SEPARATORS, key=lines[0].count)
    rows = _split_rows(text, lines, separator, path, report)
    if not rows:
        return []
    columns = _Columns.of(rows[0][1])
    header = Location(path, 1, 1, len(lines[0]), lines[0])
    if columns.missing:
        help = _suggest_column(columns) or _EXPECTED
        report.error("no-coordinate-columns", "the table has no columns for latitude and longitude", header, help)
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
        report.warning(
            "no-features", "the table has no lines below its columns", header, "add a place, or delete the file"
        )
    found = (_read_row(values, columns, _Cells.of(path, line, lines, separator), report) for line, values in rows[1:])
    return [row for row in found if row]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: their names in small letters, and the numbers of those that say where a place is."""

    names: tuple[str, ...]
    latitude: int | None
    longitude: int | None
    pair: int | None

    @classmethod
    def of(cls, header: Sequence[str]) -> _Columns:
        """The columns that the first line names."""
        names = tuple(column.strip().casefold() for column in header)
        return cls(names, *(_find_column(names, known) for known in (_LATITUDES, _LONGITUDES, _PAIRS)))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the columns may be called without which no place has a position; none where nothing is missing."""
        if self.pair is not None:
            return ()
        return (() if self.latitude is not None else _LATITUDES) + (() if self.longitude is not None else _LONGITUDES)


def _split_rows(
    text: str, lines: Sequence[str], separator: str, path: str, report: Report
) -> list[tuple[int, list[str]]]:
    """The values of each row, the header's first, with the number of the line where it begins.

    There are none, which is told, where the text is no table.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(_number_rows(reader))
    except csv.Error as error:
        at = Location(path, reader.line_num, 1, len(lines[reader.line_num - 1]), lines[reader.line_num - 1])
        report.error("bad-csv", f"the table cannot be read: {error}", at, "a quotation mark within quotes is doubled")
        return []


def _suggest_column(columns: _Columns) -> str:
    """What to say where a column has nearly one of the names that are missing; empty where none has."""
    names = [name for name in columns.missing if len(name) > 2]
    for column in columns.names:
        if near := find_nearest(column, names, likeness=75, parts=False):
            return f'did you mean "{near}" by the column "{column[:40]}"?'
    return ""


def _read_row(values: Sequence[str], columns: _Columns, cells: _Cells, report: Report) -> Row | None:
    """One row; None, and told, where it cannot be read."""
    if len(values) != len(columns.names):
        report.error(
            "bad-csv",
            f"the line has {len(values)} values for {len(columns.names)} columns",
            cells.at(*range(len(columns.names), len(values))),
            f'put quotation marks around a value that holds "{cells.separator}"'
            if len(values) > len(columns.names)
            else f"a value that is not known is left empty, but its {_SEPARATOR_NAMES[cells.separator]} stays",
        )
        return None
    row = dict(zip(columns.names, (value.strip() for value in values), strict=True))
    name = next((row[column] for column in _NAMES if row.get(column)), "")
    label = f'"{" ".join(name.split())[:60]}"' if name else f"line {cells.number}"
    both = (columns.latitude, columns.longitude)
    try:
        point = _read_point(row, columns)
    except CoordinateError as error:
        wrong = {"lat": both[:1], "lon": both[1:]}.get(error.axis, both)
        help = error.help.replace("latitude stands first in text", "each has a column of its own")
        report.error(error.code, f"{label}: {error.message}", cells.at(*wrong, columns.pair), help)
        return None
    return Row(
        point=point,
        properties={column: value for column, value in row.items() if column and value},
        at=cells.at(_find_column(columns.names, _NAMES)),
        label=label,
        position_at=cells.at(*both, columns.pair),
    )


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


def _read_point(row: Mapping[str, str], columns: _Columns) -> LonLat:
    """Longitude and latitude of a row. Raises `CoordinateError`."""
    if columns.latitude is not None and columns.longitude is not None:
        return read_position(row[columns.names[columns.latitude]], row[columns.names[columns.longitude]]).point
    assert columns.pair is not None, "a table without columns for positions is not read"
    written = row[columns.names[columns.pair]]
    found = parse_coordinates(written)
    if found is None:
        raise CoordinateError(
            f'"{written[:60]}" is no coordinate pair', "write decimal degrees, such as 50.0790, 14.4306"
        )
    return found.point


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the values of one line of a table begin and end; none where a value runs over several lines.

    `path` is the file's, `number` the line's, `line` as it is written.
    """

    path: str
    number: int
    line: str
    separator: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, path: str, number: int, lines: Sequence[str], separator: str) -> _Cells:
        """The cells of the line `number` of `lines`, quoted ones with their quotation marks."""
        line = lines[number - 1]
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
        return cls(path, number, line, separator, () if quoted else tuple(spans))

    def at(self, *columns: int | None) -> Location:
        """The location of the values in `columns` where they are neighbours, else of the first; else of the line."""
        wanted = sorted(column for column in columns if column is not None and column < len(self.spans))
        if not wanted:
            return Location(self.path, self.number, 1, max(1, len(self.line)), self.line)
        last = wanted[-1] if wanted[-1] - wanted[0] == len(wanted) - 1 else wanted[0]
        start, end = self.spans[wanted[0]][0], self.spans[last][1]
        start += len(self.line[start:end]) - len(self.line[start:end].lstrip())
        return Location(self.path, self.number, start + 1, max(1, len(self.line[start:end].rstrip())), self.line)
