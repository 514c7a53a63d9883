"""The values of an author's data as texts, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from storymap.language.numbers import count_decimals, say_value
from storymap.model.data import Dataset, Value


def say_column(dataset: Dataset, column: int, lang: str, features: Collection[int] | None = None) -> tuple[str, ...]:
    """The values of a column, of all its features or of `features` alone; empty where there is none.

    Its numbers have as many decimals as the one that needs most of them.
    """
    values = [
        feature.values[column] if features is None or number in features else None
        for number, feature in enumerate(dataset.features)
    ]
    decimals = _count_decimals(values)
    return tuple(_say(value, lang, decimals) for value in values)


def say_one(dataset: Dataset, column: int, lang: str) -> Callable[[int], str]:
    """What says the value of one feature, by its number, as `say_column` says all."""
    decimals = _count_decimals(feature.values[column] for feature in dataset.features)
    return lambda number: _say(dataset.features[number].values[column], lang, decimals)


def _count_decimals(values: Iterable[Value]) -> int:
    return max((count_decimals(value) for value in values if isinstance(value, float | int)), default=0)


def _say(value: Value, lang: str, decimals: int) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else say_value(value, lang, decimals=decimals)
