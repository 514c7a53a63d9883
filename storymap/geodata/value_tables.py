"""Read a table of values, without shapes, for joining → `ValueTable`: CSV and TSV, spreadsheets, JSON."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.geodata.contents import open_contents
from storymap.geodata.features import DATA
from storymap.geodata.files import is_small, read_text, tell_unknown_format, tell_unreadable
from storymap.geodata.json_tables import read_json_table
from storymap.geodata.recognising import recognise_archive
from storymap.geodata.spreadsheets import MOST_COLUMNS, SPREADSHEET_SUFFIXES, read_spreadsheet
from storymap.geodata.tables import SEPARATOR_LINE, SEPARATORS, split_rows, trim_row

_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_JSON_SUFFIXES = frozenset({".json", ".geojson"})
_SAMPLE = 50
"""Lines that are looked at to tell what parts the columns, and which line names them."""

_FOOTER = re.compile(
    r"[*†‡§¹²³©]|\(?\d{1,2}\)|\[\d|(?:zdroj|source|quelle|pozn|note|anm|fuente|fonte|źródło|forrás|bron|kilde|källa|lähde|"
    r"джерело|источник|примеч|приміт|来源|资料|資料|出典|注|المصدر|מקור)",
    re.IGNORECASE,
)
"""How a line below a table begins that says where it is from, or what its marks mean."""

Row = tuple[int, Sequence[Any]]
"""The line where a row begins, from 1, 0 where it is not known; and its values."""


class ValueTable(Struct, frozen=True):
    """A table: rows of values for its `columns`, each with the line where it begins, 0 where it is not known.

    `path` is the file's. A table that is keyed is a JSON object: its first column holds the keys, and has no name.
    """

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_keyed: bool = False

    def at(self, row: int) -> Location:
        """Where the row of this number stands."""
        return Location(self.path, self.rows[row][0])


def read_value_table(file: Path, path: str, report: Report, *, part: str = "", encoding: str = "") -> ValueTable | None:
    """The table in `file`; None, and told, where it cannot be read.

    `path` is how it is called in messages, `part` a sheet of a spreadsheet or a member of a JSON object, empty for the
    first. `encoding` is that of its texts, empty where it is not known.
    """
    at = Location(path)
    try:
        if not is_small(file, DATA.largest_file, at, report):
            return None
        with open_contents(file, at, report, largest=DATA.largest_file, encoding=encoding) as contents:
            return _read_contents(contents, path, report, part=part, encoding=encoding)
    except OSError as error:
        tell_unreadable(error, at, report)
        return None


def _read_contents(file: Path, path: str, report: Report, *, part: str, encoding: str) -> ValueTable | None:
    """The table in a file that is what its suffix says. Raises `OSError`."""
    at, suffix = Location(path), file.suffix.casefold()
    known = _TEXT_SUFFIXES | _JSON_SUFFIXES | SPREADSHEET_SUFFIXES
    if suffix not in known:
        tell_unknown_format(file, known, at, report, is_needed=True)
        return None
    if suffix in SPREADSHEET_SUFFIXES:
        rows = read_spreadsheet(file, part, at, report)
        return None if rows is None else _build_table(list(enumerate(rows, start=1)), path, report)
    data = file.read_bytes()
    if other := recognise_archive(data):
        report.error("unreadable-file", f'"{file.name}" is {other.what}, whatever it is called', at, other.advice)
        return None
    text = read_text(data, at, report, encoding=encoding)
    if text is None:
        return None
    if suffix in _JSON_SUFFIXES:
        records = read_json_table(text, path, part, report)
        if records is None:
            return None
        columns = tuple(dict.fromkeys(column for record in records.records for column in record))
        if not _is_narrow(columns, at, report):
            return None
        rows_of_records = ((0, tuple(record.get(column) for column in columns)) for record in records.records)
        return ValueTable(path, columns, tuple(rows_of_records), records.is_keyed)
    return _read_text(text.removeprefix("\ufeff"), path, report)


def _read_text(text: str, path: str, report: Report) -> ValueTable | None:
    """The table in a text, whose columns a comma, a semicolon, a tab or a bar parts."""
    lines = text.splitlines()
    if not text.strip():
        report.error("empty-file", "the file is empty", Location(path), "the first line names the columns: code,value")
        return None
    declared = SEPARATOR_LINE.match(lines[0])
    separator = declared[1] if declared else _choose_separator(lines)
    rows = split_rows(text, lines, separator, path, report)
    return _build_table(rows[1:] if declared else rows, path, report) if rows else None


def _choose_separator(lines: Sequence[str]) -> str:
    """What parts the columns: what stands equally often in the most lines."""
    filled = list(islice((line for line in lines if line.strip(" ,;\t|")), _SAMPLE))

    def rate(separator: str) -> tuple[int, int]:
        widths = Counter(len(next(csv.reader([line], delimiter=separator))) for line in filled)
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(SEPARATORS, key=rate)


def _build_table(rows: Sequence[Row], path: str, report: Report) -> ValueTable | None:
    """The table in `rows`, of which the first that is as wide as most names the columns."""
    rows = [row for row in rows if any(_is_filled(value) for value in row[1])]
    widths = Counter(_measure_width(values) for _, values in rows[:_SAMPLE])
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    header = next((number for number, (_, values) in enumerate(rows) if _measure_width(values) >= usual), None)
    if header is None or len(rows) == header + 1:
        advice = "the first line names the columns, each line below it is a row: code,value"
        report.error("no-values", "the table has no rows below its columns", Location(path), advice)
        return None
    head = [values for _, values in rows[header : header + 3]]
    if len(head) > 2 and (_goes_on(*head[:2]) or _is_above(*head)):
        header += 1
    columns = _name_columns(_join_headers(rows[header - 1][1] if header else (), rows[header][1]))
    if not _is_narrow(columns, Location(path), report):
        return None
    while len(rows) > header + 1 and usual > 1 and _is_footer(rows[-1][1]):
        del rows[-1]
    kept: list[Row] = []
    for line, values in rows[header + 1 :]:
        fitting = trim_row([*values, *[""] * (len(columns) - len(values))], len(columns))
        if len(fitting) > len(columns):
            message = f"the line has {len(fitting)} values for {len(columns)} columns; it is left out"
            advice = "put quotation marks around a value that holds what parts the columns"
            report.warning("bad-csv", message, Location(path, line), advice)
            continue
        kept.append((line, fitting))
    if len(kept) > DATA.most_features:
        message = f"the table has {len(kept):,} rows"
        report.error("too-many-features", message, Location(path), DATA.advise_fewer())
        return None
    return ValueTable(path, columns, tuple(kept))


def _goes_on(header: Sequence[Any], below: Sequence[Any]) -> bool:
    """Whether the line below a header is part of it: it names what that leaves empty, and is about nothing itself."""
    unnamed = any(not _is_filled(high) and _is_filled(low) for high, low in zip(header, below, strict=False))
    return unnamed and bool(header) and _is_filled(header[0]) and not (below and _is_filled(below[0]))


def _is_above(header: Sequence[Any], below: Sequence[Any], first: Sequence[Any]) -> bool:
    """Whether a header without a name for its first column has another line `below` it, which has no number.

    The `first` row of the table has some.
    """
    if not header or _is_filled(header[0]) or not below or not _is_filled(below[0]):
        return False
    return not any(map(_is_number, below)) and any(map(_is_number, first))


def _is_number(value: Any) -> bool:
    return _is_filled(value) and re.match(r"[-+]?\d", str(value).strip()) is not None


def _join_headers(above: Sequence[Any], header: Sequence[Any]) -> Sequence[Any]:
    """The names of columns of a head in two lines, whose cells are merged: "2023" above "price" and "share".

    The line `above` is part of it where it names what the `header` leaves empty; a title stands alone in its line.
    """
    width = max(_measure_width(header), _measure_width(above))
    upper = [above[number] if number < len(above) else None for number in range(width)]
    lower = [header[number] if number < len(header) else None for number in range(width)]
    is_first_below = not _is_filled(upper[0]) and _is_filled(lower[0])
    are_merged = any(_is_filled(high) and not _is_filled(low) for high, low in zip(upper, lower, strict=True))
    if sum(map(_is_filled, upper)) < 2 or not (is_first_below or are_merged):
        return header
    names, last = [], ""
    for high, low in zip(upper, lower, strict=True):
        last = str(high).strip() if _is_filled(high) else last if _is_filled(low) else ""
        names.append(f"{last} {str(low).strip()}".strip() if _is_filled(low) else last)
    return names


def _is_footer(values: Sequence[Any]) -> bool:
    """Whether a row says where the table is from, or what its marks mean, and is none of it."""
    filled = [number for number, value in enumerate(values) if _is_filled(value)]
    return filled == [0] and _FOOTER.match(str(values[0]).strip()) is not None


def _is_filled(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def _measure_width(values: Sequence[Any]) -> int:
    """How many values a row has, without empty ones at its end."""
    return max((number for number, value in enumerate(values, start=1) if _is_filled(value)), default=0)


def _name_columns(header: Sequence[Any]) -> tuple[str, ...]:
    """The names of columns, no two the same: one without a name is called by its number."""
    names: list[str] = []
    for number, written in enumerate(header[: _measure_width(header)], start=1):
        name = " ".join(str(written or "").split()) or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return tuple(names)


def _is_narrow(columns: Sequence[str], at: Location, report: Report) -> bool:
    if len(columns) > MOST_COLUMNS:
        advice = f"at most {MOST_COLUMNS} are read; keep those that the map shows"
        report.error("too-many-columns", f"the table has {len(columns):,} columns", at, advice)
    return len(columns) <= MOST_COLUMNS
