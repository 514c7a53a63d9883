"""Read a sheet of a spreadsheet, Excel's or LibreOffice's, row by row: GDAL reads both, but for those before 2003."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from storymap.errors import Location, Report
from storymap.geodata.choosing_layers import choose_layer
from storymap.geodata.exported_sheets import read_exported_sheets
from storymap.geodata.features import DATA
from storymap.geodata.old_excel import is_old_excel, read_old_sheets

SPREADSHEET_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})

MOST_COLUMNS = 500
"""Columns of a table; a map shows a few of them."""

_TITLES = 100
"""Rows that may stand above and below a table."""

_BEGINNING = 1_024
"""Bytes of a file that tell what it is."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^<>]*?\sr="([A-Z]{0,3})(\d{1,7})"')


Rows = list[tuple[Any, ...]]
"""Those of a sheet: numbers as texts with a decimal point, as formulas have left them, dates as year/month/day."""


def read_spreadsheet(file: Path, sheet: str, at: Location, report: Report) -> Rows | None:
    """The rows of the sheet called `sheet`, of the first one where that is empty; None, and told, where it has none."""

    def choose(names: Sequence[str]) -> Sequence[str]:
        chosen = choose_layer(names, sheet, "sheet", at, report)
        return (chosen,) if chosen else ()

    return next(iter(_read_sheets(file, choose, at, report).values()), None)


def read_all_sheets(file: Path, at: Location, report: Report) -> dict[str, Rows]:
    """The rows of every sheet, by its name; none, and told, where the file cannot be read."""
    return _read_sheets(file, tuple, at, report)


def write_table(rows: Iterable[Sequence[object]]) -> str:
    """Rows of a spreadsheet as a table in text, each on the line of its own number."""
    text = io.StringIO()
    plain = (["" if value is None else " ".join(str(value).split()) for value in row] for row in rows)
    csv.writer(text, lineterminator="\n").writerows(plain)
    return text.getvalue()


def _read_sheets(
    file: Path, choose: Callable[[Sequence[str]], Sequence[str]], at: Location, report: Report
) -> dict[str, Rows]:
    """The rows of those sheets that `choose` takes, by their names; none, and told, where the file cannot be read."""
    import pyogrio

    try:
        with file.open("rb") as opened:
            start = opened.read(_BEGINNING)
        if is_old_excel(start):
            return read_old_sheets(file, choose)
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _read_exported(file, choose, at, report)
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > DATA.largest_file:
                report.error("file-too-large", f"it unpacks to {size / 1e6:,.0f} MB", at, DATA.advise_smaller())
                return {}
            if any(_reaches_far(archive.read(name)) for name in archive.namelist() if _SHEET.fullmatch(name)):
                message = f"a sheet has cells beyond row {DATA.most_features:,} or column {MOST_COLUMNS}"
                advice = "delete what stands far from the table, and the formats of empty rows and columns"
                report.error("too-many-columns", message, at, advice)
                return {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = [str(name) for name, _ in pyogrio.list_layers(file)]
            return {name: _read_rows(file, name) for name in choose(names)}
    except Exception as error:  # whatever the reader makes of a damaged file
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        message = f"the file cannot be read: {reason.replace(str(file), at.path)}"
        report.error("unreadable-file", message, at, 'save the sheet as "CSV UTF-8"')
        return {}


def _read_exported(
    file: Path, choose: Callable[[Sequence[str]], Sequence[str]], at: Location, report: Report
) -> dict[str, Rows]:
    """The rows of a web page, or of a spreadsheet in XML; none, and told, where it holds no table."""
    found = read_exported_sheets(file.read_text("utf-8", "replace"), choose)
    if not found:
        message = "the file is a web page without a table, whatever it is called"
        report.error("unreadable-file", message, at, "download the data again; perhaps the address was that of a page")
    return found


def _reaches_far(sheet: bytes) -> bool:
    """Whether a sheet of Excel has cells so far from the first that the rows between them would fill the memory."""
    cells = _CELL.findall(sheet)
    columns, rows = {column for column, _ in cells}, {len(row) for _, row in cells}
    widest = max((_number_column(column) for column in columns), default=0)
    last = max((int(row) for _, row in cells if len(row) == max(rows)), default=0)
    return widest > MOST_COLUMNS or last > DATA.most_features + _TITLES


def _number_column(letters: bytes) -> int:
    """The number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_rows(file: Path, sheet: str) -> Rows:
    from pyogrio.raw import read

    meta, _, _, columns = read(
        file, layer=sheet, read_geometry=False, max_features=DATA.most_features + 1, FIELD_TYPES="STRING"
    )
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    names = tuple(map(str, meta["fields"]))
    are_numbered = all(name == f"Field{number}" for number, name in enumerate(names, start=1))
    return rows if are_numbered else [names, *rows]  # where it takes the first row for names
