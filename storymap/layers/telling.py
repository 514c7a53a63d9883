"""A layer of the author's data in words: what is lowest and highest, which categories there are, what has no value."""

from __future__ import annotations

from collections import Counter

from storymap.language.numbers import say_number
from storymap.language.words import interface_words
from storymap.layers.naming import MOST_NAMES, say_some
from storymap.layers.values import say_one
from storymap.model.layer import FeatureLayer

_MOST_AT_END = 3
"""Features that are named where several share the lowest or the highest value."""


def find_name_column(layer: FeatureLayer) -> int | None:
    """The column that says what features are called: what the author names them by, else the first column of texts.

    What decides their colours is no name, even where the pointer is told it: many share it. Nor is a column of numbers
    of which one that is chosen tells, where there is one of texts.
    """
    told = layer.popup.columns if layer.popup else ()
    if layer.label is not None:
        return layer.label
    if layer.tooltip is not None and layer.tooltip != layer.color_by:
        return layer.tooltip
    values = [feature.values for feature in layer.features]
    tells = [column for column in told if column != layer.color_by]
    for column in tells:
        if any(isinstance(value[column], str) for value in values):
            return column
    for column in range(len(layer.dataset.columns)):
        if column != layer.color_by and all(isinstance(value[column], str) for value in values):
            return column
    return next(iter(tells), None)


def tell_values(layer: FeatureLayer, lang: str) -> str:
    """What stands out in the column that decides the colours, or else the sizes: empty where none does."""
    column = layer.color_by if layer.color_by is not None else layer.size_by
    if column is None:
        return ""
    words = interface_words(lang).page
    tell = say_one(layer.dataset, column, lang)
    unit = layer.unit or layer.dataset.columns[column].unit
    values = {number: layer.dataset.features[number].values[column] for number in layer.shown}
    numbers = {number: value for number, value in values.items() if isinstance(value, float | int)}
    missing = sum(value is None for value in values.values())
    if numbers and len(numbers) + missing == len(values):
        names = find_name_column(layer)

        def say(value: float, most: int) -> str:
            bearers = [number for number in numbers if numbers[number] == value]
            text = f"{tell(bearers[0])} {unit}" if unit else tell(bearers[0])
            named = [] if names is None else [layer.dataset.features[number].values[names] for number in bearers]
            known = [str(name) for name in named if name is not None]
            return words["value_of"].format(value=text, name=say_some(known, lang, most)) if known else text

        lowest, highest = min(numbers.values()), max(numbers.values())
        if lowest == highest:
            told = words["data_categories"].format(title=layer.title, values=say(lowest, MOST_NAMES))
        else:
            ends = {"lowest": say(lowest, _MOST_AT_END), "highest": say(highest, _MOST_AT_END)}
            told = words["data_range"].format(title=layer.title, **ends)
    else:
        counts = Counter(tell(number) for number, value in values.items() if value is not None)
        categories = [
            words["value_of"].format(value=text, name=say_number(count, lang)) for text, count in counts.most_common()
        ]
        told = words["data_categories"].format(title=layer.title, values=say_some(categories, lang))
    if missing:
        told = words["data_missing"].format(told=told, count=say_number(missing, lang))
    return told
