"""A layer of the author's data in words: what is lowest and highest, which categories there are, what has no value."""

from __future__ import annotations

from collections import Counter

from storymap.language.numbers import say_number
from storymap.language.words import interface_words
from storymap.layers.naming import say_some
from storymap.layers.values import say_one
from storymap.model.layer import FeatureLayer


def find_name_column(layer: FeatureLayer) -> int | None:
    """The column that says what features are called: what the author names them by, else the first column of texts."""
    told = layer.popup.columns if layer.popup else ()
    if (
        named := next((column for column in (layer.label, layer.tooltip, *told) if column is not None), None)
    ) is not None:
        return named
    values = [feature.values for feature in layer.features]
    for column in range(len(layer.dataset.columns)):
        if column != layer.color_by and all(isinstance(value[column], str) for value in values):
            return column
    return None


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

        def say(number: int) -> str:
            text = f"{tell(number)} {unit}" if unit else tell(number)
            name = None if names is None else layer.dataset.features[number].values[names]
            return text if name is None else words["value_of"].format(value=text, name=name)

        lowest = min(numbers, key=lambda number: (numbers[number], number))
        highest = max(numbers, key=lambda number: (numbers[number], -number))
        told = words["data_range"].format(title=layer.title, lowest=say(lowest), highest=say(highest))
    else:
        counts = Counter(tell(number) for number, value in values.items() if value is not None)
        categories = [
            words["value_of"].format(value=text, name=say_number(count, lang)) for text, count in counts.most_common()
        ]
        told = words["data_categories"].format(title=layer.title, values=say_some(categories, lang))
    if missing:
        told = words["data_missing"].format(told=told, count=say_number(missing, lang))
    return told
