"""Read the tables of what programs export for Excel and call `.xls`: web pages, and spreadsheets in XML of 2003."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, XMLParser

from storymap.geodata.features import DATA

_NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_SPANNED = 500
"""Columns or rows that one cell may span."""


def read_exported_sheets(
    text: str, choose: Callable[[Sequence[str]], Sequence[str]]
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of those tables in `text` that `choose` takes, by their names; those of a web page are numbered.

    Raises `ParseError` for what is no XML.
    """
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4_000] and "<html" not in text[:4_000].casefold():
        sheets = _read_workbook(text)
    else:
        page = _Page()
        page.feed(text)
        page.close()
        tables = [rows for rows in page.tables if len(rows) > 1]
        sheets = {str(number): rows for number, rows in enumerate(tables, start=1)}
    wanted = choose(list(sheets)) if sheets else ()
    return {name: rows for name, rows in sheets.items() if name in wanted}


class _Page(HTMLParser):
    """Gathers the rows of each table of a web page; a cell that spans several leaves the others empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[Any, ...]]] = []
        self._row: list[str | None] | None = None
        self._cell: list[str] | None = None
        self._span = 1
        self._above: dict[int, int] = {}
        self._below: dict[int, int] = {}
        """Columns that a cell above fills, and that one fills from the next row on, each for how many rows."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_row()
            self.tables.append([])
            self._above, self._below = {}, {}
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            if self._row is None:
                self._row = []
            self._skip_filled()
            given = dict(attrs)
            self._span = _read_span(given.get("colspan"))
            if (rows := _read_span(given.get("rowspan"))) > 1:
                self._below.update({len(self._row) + number: rows - 1 for number in range(self._span)})
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _skip_filled(self) -> None:
        """Leave cells empty that one above fills, too."""
        assert self._row is not None, "a cell stands in a row"
        while len(self._row) in self._above:
            self._row.append(None)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row += [" ".join("".join(self._cell).split()) or None, *[None] * (self._span - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_filled()
            left = {column: rows - 1 for column, rows in self._above.items() if rows > 1}
            self._above, self._below = left | self._below, {}
            if self._row and self.tables and len(self.tables[-1]) <= DATA.most_features:
                self.tables[-1].append(tuple(self._row))
        self._row = None


def _read_span(written: str | None) -> int:
    return min(int(written), _MOST_SPANNED) if written and written.strip().isdecimal() and int(written) else 1


def _read_workbook(text: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet; what is left out between two cells or rows is said by a number, and is empty."""
    parser = XMLParser()  # noqa: S314 - expat bounds entities, and fetches nothing
    parser.feed(text)
    root: Element = parser.close()
    sheets: dict[str, list[tuple[Any, ...]]] = {}
    for sheet in root.iter(f"{_NAMESPACE}Worksheet"):
        rows: list[tuple[Any, ...]] = []
        for row in sheet.iter(f"{_NAMESPACE}Row"):
            skipped = min(_read_number(row, "Index") - 1 - len(rows), _MOST_SPANNED)
            rows += [()] * max(0, skipped)
            cells: list[str | None] = []
            for cell in row.iter(f"{_NAMESPACE}Cell"):
                cells += [None] * max(0, min(_read_number(cell, "Index") - 1 - len(cells), _MOST_SPANNED))
                data = cell.find(f"{_NAMESPACE}Data")
                cells += ["".join(data.itertext()) if data is not None else None]
                cells += [None] * min(_read_number(cell, "MergeAcross"), _MOST_SPANNED)
            rows.append(tuple(cells))
            if len(rows) > DATA.most_features:
                break
        sheets[sheet.get(f"{_NAMESPACE}Name", "") or str(len(sheets) + 1)] = rows
    return sheets


def _read_number(element: Element, name: str) -> int:
    written = element.get(f"{_NAMESPACE}{name}", "")
    return int(written) if written.isdecimal() else 0
