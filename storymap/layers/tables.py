"""The author's data as tables: for who cannot see a map, without script, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from storymap.language.numbers import say_number
from storymap.language.words import interface_words
from storymap.layers.drawn import TableUse
from storymap.layers.kinds import draw
from storymap.layers.values import say_column
from storymap.model.scene import Scene
from storymap.text.ordering import order_naturally

MOST_ROWS = 200
"""Rows of a table on a page; of more it says how many there are."""

POINTS = ":points"
"""What the id of a dataset ends in whose areas have become points."""


class TableColumn(Struct, frozen=True):
    """A column: its name with its unit, and whether it holds numbers."""

    name: str
    is_number: bool


class TableCell(Struct, frozen=True):
    """What a row has in a column, and whether that is a column of numbers."""

    text: str
    is_number: bool


class TableRow(Struct, frozen=True):
    """A feature: its name, and what it has in each column after the first."""

    name: str
    cells: tuple[TableCell, ...]


class DataTable(Struct, frozen=True):
    """A table of one dataset: its title, its columns, of which the first names the rows, and its rows in their order.

    Where nothing names them, rows that say the same are one.

    `more` says how many rows were left out, empty where none was.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    more: str


def list_tables(scenes: Iterable[Scene], lang: str) -> tuple[DataTable, ...]:
    """A table of each dataset that `scenes` show, with what decides its looks and what its features tell."""
    uses: dict[str, list[TableUse]] = {}
    for scene in scenes:
        for layer in scene.layers:
            if use := draw(layer).table():
                uses.setdefault(use.dataset.id.removesuffix(POINTS), []).append(use)
    tables = (_make_table(own, lang) for own in uses.values())
    return tuple(table for table in tables if table is not None)


def _make_table(uses: Sequence[TableUse], lang: str) -> DataTable | None:
    dataset, names = uses[0].dataset, uses[0].names
    wanted = [column for use in uses for column in use.columns]
    columns = tuple(dict.fromkeys((*(() if names is None else (names,)), *wanted)))
    if not columns:
        return None
    texts = [say_column(dataset, column, lang) for column in columns]
    units = {column: unit for use in uses for column, unit in use.units.items()}
    shown = sorted({number for use in uses for number in use.features})
    shown.sort(key=lambda number: order_naturally(texts[0][number]))
    if names is None:
        told: dict[tuple[str, ...], int] = {}
        for number in shown:
            told.setdefault(tuple(text[number] for text in texts), number)
        shown = list(told.values())
    words = interface_words(lang).page
    rest = len(shown) - MOST_ROWS
    heads = tuple(
        TableColumn(
            _name_column(dataset.columns[column].title, units.get(column) or dataset.columns[column].unit),
            any(isinstance(feature.values[column], float | int) for feature in dataset.features),
        )
        for column in columns
    )
    rows = []
    for number in shown[:MOST_ROWS]:
        name, *others = (text[number] or words["no_data"] for text in texts)
        cells = (TableCell(text, head.is_number) for text, head in zip(others, heads[1:], strict=True))
        rows.append(TableRow(name, tuple(cells)))
    more = words["more_rows"].format(count=say_number(rest, lang)) if rest > 0 else ""
    return DataTable(uses[0].title, heads, tuple(rows), more)


def _name_column(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name
