"""Read a CSV or TSV file of `geo/` → `Feature`s: one place a line, with columns for name, latitude and longitude."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from storymap.earth.coordinates import CoordinateError, parse_coordinates, read_position
from storymap.earth.flaws import Flaw
from storymap.earth.grid_references import name_written_system, name_zone
from storymap.errors import Location, Report
from storymap.geodata.cells import Cells
from storymap.geodata.columns import EASTINGS, NORTHINGS
from storymap.geodata.features import DATA, PLACES, WGS84, Feature, Purpose
from storymap.geodata.file_settings import advise_system
from storymap.geodata.name_columns import choose_name_column
from storymap.geodata.naming import NAME_KEYS
from storymap.geodata.table_columns import SAMPLE, TableColumns
from storymap.geodata.typed_numbers import point_pair, read_number
from storymap.geodata.written_shapes import build_shape, find_shape, mark_point
from storymap.model.place import LonLat
from storymap.text.names import normalize_name
from storymap.text.suggesting import find_nearest

if TYPE_CHECKING:
    from storymap.earth.mending import Mended

_ADDRESSES = frozenset(
    {"address", "adresa", "adresse", "direccion", "indirizzo", "endereco", "adres", "street", "ulice"}
)
SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_GIVE_BOTH = "give both a latitude and a longitude, such as 50.0790, 14.4306"
_EXPECTED = "the first line names the columns: name,lat,lon"
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])', re.IGNORECASE)
"""What Excel writes and reads above a table."""

_LINES_ABOVE = 10
"""Lines above the columns' names that may hold a title, as spreadsheets have it."""

csv.field_size_limit(DATA.largest_file)  # a shape may fill a cell


class _Reader(Protocol):
    """What `csv.reader` returns; the class itself has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def read_table(text: str, path: str, report: Report, *, purpose: Purpose = PLACES, crs: str = "") -> list[Feature]:
    """The features of a CSV text, whose separator may be a comma, a semicolon, a tab or a bar; mistakes go to `report`.

    `path` is the file's, relative to the project. `crs` is the reference system of its positions, empty for degrees.
    A position is in two columns or in one that holds a pair or WKT.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        report.error("empty-file", "the file is empty", Location(path), _EXPECTED)
        return []
    lines = text.splitlines()
    declared = "" if crs else _find_declared(lines)
    crs = crs or declared
    in_metres = crs not in {"", WGS84}
    separator = _choose_separator(lines, in_metres=in_metres)
    rows = split_rows(text, lines, separator, path, report)
    if not rows:
        return []
    rows = rows[_find_header(rows, in_metres=in_metres) :]
    line, names = rows[0]
    columns = TableColumns.of(names, [values for _, values in rows[1 : SAMPLE + 1]], in_metres=in_metres)
    header = Location(path, line, 1, max(1, len(lines[line - 1])), lines[line - 1])
    if columns.missing:
        _tell_no_coordinates(columns, header, purpose, report)
        return []
    if len(rows) - 1 > purpose.most_features:
        report.error(
            "too-many-features", f"the table has {len(rows) - 1:,} lines", Location(path), purpose.advise_fewer()
        )
        return []
    if len(rows) == 1:
        report.warning(
            "no-features", "the table has no lines below its columns", header, "add a place, or delete the file"
        )
    features = [
        _read_row(values, columns, Cells.of(path, line, lines, separator), in_metres=in_metres)
        for line, values in rows[1:]
    ]
    return [replace(feature, crs=declared) for feature in features] if declared and in_metres else features


def is_table_of_places(start: bytes) -> bool:
    """Whether a text that begins so is a table: its first line names a latitude and a longitude."""
    encoding = "utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    first = start.decode(encoding, "replace").removeprefix("\ufeff").partition("\n")[0]
    headers = (TableColumns.of(first.split(separator)) for separator in SEPARATORS)
    return any(header.latitude is not None and header.longitude is not None for header in headers)


def _find_declared(lines: Sequence[str]) -> str:
    """The reference system that the names of columns say: "E (UTM 33N)", "x_epsg5514"; empty where they say none."""
    for line in lines[:_LINES_ABOVE]:
        system = name_written_system(line)
        if system and any(
            TableColumns.of(line.split(separator), in_metres=True).latitude is not None for separator in SEPARATORS
        ):
            return system
    return ""


def _choose_separator(lines: Sequence[str], *, in_metres: bool) -> str:
    """What parts the columns: what a first line such as `sep=;` says, or what makes a header with coordinates."""
    if declared := SEPARATOR_LINE.match(lines[0]):
        return declared[1]
    filled = list(islice((line for line in lines if line.strip(" ,;\t|")), _LINES_ABOVE))

    def rate(separator: str) -> tuple[bool, int, int]:
        rows = [next(csv.reader([line], delimiter=separator)) for line in filled or lines[:1]]
        names_them = any(not TableColumns.of(row, in_metres=in_metres).missing for row in rows)
        usual = max(set(map(len, rows)), key=lambda width: (width > 1, [len(row) for row in rows].count(width), width))
        return names_them, sum(len(row) == usual for row in rows) if usual > 1 else 0, usual

    return max(SEPARATORS, key=rate)


def _find_header(rows: Sequence[tuple[int, list[str]]], *, in_metres: bool) -> int:
    """The number of the row that names the columns: the first, unless its separator or a title stands above it."""
    begin = 1 if rows[0][1][0].casefold().startswith("sep=") and len(rows) > 1 else 0
    for number, (_, names) in enumerate(rows[begin:_LINES_ABOVE], start=begin):
        sample = [values for _, values in rows[number + 1 : number + 1 + SAMPLE]]
        if not TableColumns.of(names, sample, in_metres=in_metres).missing:
            return number
    return begin


def split_rows(
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


def _tell_no_coordinates(columns: TableColumns, header: Location, purpose: Purpose, report: Report) -> None:
    """Tell of a table that no place can be made of: values alone belong elsewhere."""
    names = columns.names
    has_names = any(name in names for name in NAME_KEYS) or bool(choose_name_column(names))
    near = _suggest_column(columns)
    if metric := next((name for name in names if normalize_name(name) in {*EASTINGS, *NORTHINGS}), ""):
        message = f'the table has no columns for latitude and longitude, and "{metric}" is in metres'
        help = f"export it in degrees, WGS 84 (EPSG:4326): name,lat,lon\nor {advise_system(header.path)}"
    elif near or has_names:
        message = "the table has no columns for latitude and longitude"
        help = near or f"{_EXPECTED}; storymap places find NAME knows those of towns, and prints them"
        if address := next((name for name in names if normalize_name(name) in _ADDRESSES), ""):
            help = f'storymap places add "…" --geocode asks OpenStreetMap where each "{address}" is'
    elif sum(map(_may_be_degrees, columns.written)) > 1:
        message, help = "the table does not name its columns, so nothing says which are coordinates", _EXPECTED
    else:
        message, help = purpose.values_only, purpose.nowhere
    report.error("no-coordinate-columns", message, header, help)


def _may_be_degrees(value: str) -> bool:
    """Whether what should name a column is a number, such as a latitude has."""
    return re.fullmatch(r"[-+]?\d{1,3}[.,]\d+", value) is not None


def _suggest_column(columns: TableColumns) -> str:
    """What to say where a column has nearly one of the names that are missing; empty where none has."""
    names = [name for name in columns.missing if len(name) > 2]
    for column in columns.names:
        if near := find_nearest(column, names, likeness=75, parts=False):
            return f'did you mean "{near}" by the column "{column[:40]}"?'
    return ""


def _read_row(values: Sequence[str], columns: TableColumns, cells: Cells, *, in_metres: bool) -> Feature:
    """The feature of one row, lost where that cannot be read."""
    import shapely

    from storymap.earth.mending import settle_mended

    names = columns.names
    values = trim_row(values, len(names))
    placed = [column for column in (columns.latitude, columns.longitude, columns.whole) if column is not None]
    if max(placed) < len(values) < len(names):  # some programs leave out what is empty at the end of a line
        values = [*values, *[""] * (len(names) - len(values))]
    texts = tuple(value.strip() for value in values)
    row = dict(reversed(list(zip(names, texts, strict=False))))  # of columns that differ in capitals the first counts
    name = next((row[column] for column in NAME_KEYS if row.get(column)), "")
    label = f'"{" ".join(name.split())[:60]}"' if name else f"line {cells.number}"
    properties = {column: value for column, value in zip(columns.written, texts, strict=False) if column and value}
    written_id = row.get("id", "")
    at = cells.at(next((names.index(name) for name in NAME_KEYS if name in names), None))
    both = (columns.latitude, columns.longitude) if columns.whole is None else ()

    def lose(flaw: Flaw, where: Location) -> Feature:
        return Feature(shapely.Point(), properties, at, where, label, id=written_id, lost=flaw)

    if len(values) != len(names):
        advice = (
            f'put quotation marks around a value that holds "{cells.separator}"'
            if len(values) > len(names)
            else f"a value that is not known is left empty, but its {_SEPARATOR_NAMES[cells.separator]} stays"
        )
        flaw = Flaw("bad-csv", f"the line has {len(values)} values for {len(names)} columns", advice)
        return lose(flaw, cells.at(*range(len(names), len(values))))
    if not any(values[column].strip() for column in (*both, columns.whole) if column is not None):
        flaw = Flaw("no-geometry", "it has no coordinates, so it is nowhere", _GIVE_BOTH)
        return lose(flaw, cells.at(*both, columns.whole))
    try:
        shape, crs = _read_shape(values, columns, in_metres=in_metres)
    except CoordinateError as error:
        wrong = {"lat": both[:1], "lon": both[1:]}.get(error.axis, both)
        help = error.help.replace("latitude stands first in text", "each has a column of its own")
        return lose(Flaw(error.code, error.message, help), cells.at(*wrong, columns.whole))
    mended, lost = settle_mended(shape.geometry, shape.flaws)
    if columns.zone is not None and not _read_zone(values, columns)[1]:
        zone = values[columns.zone].strip()[:40]
        message = f'the zone "{zone}" does not say on which side of the equator: north is assumed'
        mended = (
            *mended,
            Flaw("unknown-crs", message, "write the letter of its band, or N or S, behind the number: 33U"),
        )
    where = cells.at(*both, columns.whole)
    return Feature(shape.geometry, properties, at, where, label, crs, written_id, mended=mended, lost=lost)


def _number_rows(reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line where it begins; blank lines are left out."""
    line = 1
    for row in reader:
        if any(value.strip() for value in row):
            yield line, row
        line = reader.line_num + 1


def trim_row(values: Sequence[str], width: int) -> Sequence[str]:
    """`values` without empty ones beyond the last column, which spreadsheets leave behind."""
    return values if any(value.strip() for value in values[width:]) else values[:width]


def _read_shape(values: Sequence[str], columns: TableColumns, *, in_metres: bool) -> tuple[Mended, str]:
    """The shape of a row and its reference system, as far as the row says it. Raises `CoordinateError`."""
    if columns.whole is not None:
        written = values[columns.whole].strip()
        if shape := find_shape(written, in_metres=in_metres):
            return build_shape(shape)
        pair = _turn_pair(point_pair(written)) if columns.reversed else point_pair(written)
        found = parse_coordinates(pair, of_maps=True)
        if found is None:
            raise CoordinateError(
                f'"{written[:60]}" is no coordinate pair', "write decimal degrees, such as 50.0790, 14.4306"
            )
    else:
        assert columns.latitude is not None, "a table without columns for positions is not read"
        assert columns.longitude is not None, "a table without columns for positions is not read"
        if in_metres:
            return _read_grid_point(values, columns), WGS84
        if columns.zone is not None:
            return _read_grid_point(values, columns), _read_zone(values, columns)[0]
        found = read_position(read_number(values[columns.latitude]), read_number(values[columns.longitude]))
    return mark_point(found.point), WGS84


def _read_grid_point(values: Sequence[str], columns: TableColumns) -> Mended:
    """The point of a northing and an easting, in metres. Raises `CoordinateError`."""
    assert columns.latitude is not None, "a grid has a column for northings"
    assert columns.longitude is not None, "a grid has a column for eastings"
    return mark_point(LonLat(_read_metres(values[columns.longitude]), _read_metres(values[columns.latitude])))


def _read_zone(values: Sequence[str], columns: TableColumns) -> tuple[str, bool]:
    """The reference system of a row's zone of UTM, and whether it says its hemisphere. Raises `CoordinateError`."""
    assert columns.zone is not None, "only tables with a column for zones are asked"
    side = values[columns.hemisphere] if columns.hemisphere is not None else ""
    system, is_clear = name_zone(values[columns.zone], side)
    if not system:
        message = f'"{values[columns.zone].strip()[:40]}" is no zone of UTM'
        raise CoordinateError(message, "write its number and its letter, such as 33U")
    return system, is_clear


def _read_metres(text: str) -> float:
    """A number of metres, with any signs for thousands and decimals. Raises `CoordinateError`."""
    plain = re.sub(r"[\s'’\u00a0\u202f]", "", text.replace("\u2212", "-"))
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        raise CoordinateError(f'"{text.strip()[:40]}" is no number', "write metres, such as 458506.2") from None


def _turn_pair(text: str) -> str:
    """A pair that has the longitude first, as people write it: latitude first."""
    lon, separator, lat = text.partition(",") if "," in text else text.strip().partition(" ")
    return f"{lat.strip()}, {lon.strip()}" if separator else text
