"""The columns of a dataset as layers ask for them: by name, and as numbers where numbers are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storymap.errors import Location, Report
from storymap.model.data import Dataset, Value
from storymap.text.suggesting import ask_nearest

_SHOWN = 12
"""Columns that are listed where none is like the one that was written."""


def find_column(dataset: Dataset, name: str, at: Location, report: Report) -> int | None:
    """The number of the column called `name`; None, and told, where there is none."""
    number = dataset.find_column(name)
    if number is None:
        names = [column.name for column in dataset.columns]
        listed = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
        report.error(
            "unknown-column",
            f'the data has no column "{name}"',
            at,
            help=ask_nearest(name, names, otherwise=f"it has {listed}" if names else "it has none", parts=False),
        )
    return number


def list_values(dataset: Dataset, shown: Sequence[int], column: int) -> tuple[Value, ...]:
    """What the features `shown` have in a column."""
    return tuple(dataset.features[number].values[column] for number in shown)


def read_numbers(values: Sequence[Value], name: str, at: Location, report: Report) -> tuple[float | None, ...] | None:
    """`values` of the column called `name` where all of them are numbers or missing; None, and told, where not."""
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, float | int)]
    if not texts and not numbers:
        report.error("empty-column", f'the column "{name}" has no value', at, help="name a column that has some")
        return None
    if not texts:
        return tuple(None if value is None else float(value) for value in _without_texts(values))
    if numbers:
        report.error(
            "mixed-column",
            f'the column "{name}" has texts among its numbers, such as "{texts[0]}"',
            at,
            help="leave the cell empty where there is no number, or colour by `scheme: categories`",
        )
    else:
        report.error(
            "text-column",
            f'the column "{name}" has texts, such as "{texts[0]}", and no numbers',
            at,
            help="name a column of numbers, or colour by `scheme: categories`",
        )
    return None


def _without_texts(values: Sequence[Value]) -> Iterator[float | None]:
    return (value for value in values if not isinstance(value, str))
