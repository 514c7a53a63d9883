"""Read the sheets of a spreadsheet as Excel wrote them up to 2003, `.xls`: with xlrd, which reads no other."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.geodata.features import DATA

if TYPE_CHECKING:
    import xlrd

_MARKS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
"""How a compound file begins, which holds the sheets since Excel 5; and the sheets of older ones by themselves."""


def is_old_excel(start: bytes) -> bool:
    """Whether a file that begins so is one of Excel up to 2003, whatever it is called."""
    return start.startswith(_MARKS)


def read_old_sheets(file: Path, choose: Callable[[Sequence[str]], Sequence[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of those sheets that `choose` takes, by their names, as `storymap.geodata.spreadsheets` has them.

    Raises whatever xlrd makes of a damaged file.
    """
    import xlrd

    with xlrd.open_workbook(str(file), on_demand=True, logfile=io.StringIO()) as book:
        return {name: _read_rows(book, book.sheet_by_name(name)) for name in choose(book.sheet_names())}


def _read_rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> list[tuple[Any, ...]]:
    last = min(sheet.nrows, DATA.most_features + 1)
    return [tuple(_write_cell(book, cell) for cell in sheet.row(number)) for number in range(last)]


def _write_cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str | None:
    """What stands in a cell, as text."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return repr(int(cell.value)) if cell.value.is_integer() else repr(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _write_date(book, cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(int(cell.value))
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else None


def _write_date(book: xlrd.Book, value: float) -> str:
    """A day or a time: the number itself where it is none that there was."""
    import xlrd

    try:
        year, month, day, hour, minute, second = xlrd.xldate_as_tuple(value, book.datemode)
    except xlrd.xldate.XLDateError:
        return repr(value)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    date = f"{year:04}/{month:02}/{day:02}"
    return clock if not year else date if not (hour or minute or second) else f"{date} {clock}"
