"""The author's data as tables: for who cannot see a map, without script, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storymap.language.numbers import say_number
from storymap.language.words import interface_words
from storymap.layers.telling import find_name_column
from storymap.layers.values import say_column
from storymap.model.layer import Areas, FeatureLayer, Lines, Points
from storymap.model.scene import Scene
from storymap.text.ordering import order_naturally

MOST_ROWS = 200
"""Rows of a table on a page; of more it says how many there are."""

POINTS = ":points"
"""What the id of a dataset ends in whose areas have become points."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name with its unit, and whether it holds numbers."""

    name: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a row has in a column, and whether that is a column of numbers."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A feature: its name, and what it has in each column after the first."""

    name: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of one dataset: its title, its columns, of which the first names the rows, and its rows in their order.

    `more` says how many rows were left out, empty where none was.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    more: str


def list_tables(scenes: Iterable[Scene], lang: str) -> tuple[DataTable, ...]:
    """A table of each dataset that `scenes` show, with what decides its looks and what its features tell."""
    layers: dict[str, list[FeatureLayer]] = {}
    for scene in scenes:
        for layer in scene.layers:
            if isinstance(layer, Areas | Lines | Points):
                layers.setdefault(layer.dataset.id.removesuffix(POINTS), []).append(layer)
    tables = (_make_table(own, lang) for own in layers.values())
    return tuple(table for table in tables if table is not None)


def _make_table(layers: Sequence[FeatureLayer], lang: str) -> DataTable | None:
    dataset, names = layers[0].dataset, find_name_column(layers[0])
    wanted = [column for layer in layers for column in _list_columns(layer)]
    columns = tuple(dict.fromkeys((*(() if names is None else (names,)), *wanted)))
    if not columns:
        return None
    texts = [say_column(dataset, column, lang) for column in columns]
    units = {layer.color_by: layer.unit for layer in layers if layer.unit}
    shown = sorted({number for layer in layers for number in layer.shown})
    shown.sort(key=lambda number: order_naturally(texts[0][number]))
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
    return DataTable(layers[0].title, heads, tuple(rows), more)


def _list_columns(layer: FeatureLayer) -> tuple[int, ...]:
    told = layer.popup.columns if layer.popup else ()
    return tuple(
        column for column in (layer.label, layer.color_by, layer.size_by, layer.tooltip, *told) if column is not None
    )


def _name_column(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name
