"""A column becomes the sizes of circles, whose area is in proportion to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.language.numbers import say_value
from storymap.model.data import Dataset
from storymap.model.layer import CircleSize
from storymap.reading.layer_fields import SizeFields
from storymap.symbology.columns import find_column, list_values, read_numbers
from storymap.symbology.rounding import round_between

RADIUS, LARGEST, SMALLEST_SEEN = 4.0, 24.0, 1.0
"""Radii in pixels: of circles that are all alike, of the largest of those that are not, and the least that is seen."""

_LARGEST_ALLOWED = 200


class Sizing(Struct, frozen=True):
    """For each shown feature the radius of its circle, None where it has no value; what the key shows of them."""

    radii: tuple[float | None, ...]
    by: int | None = None
    key: tuple[CircleSize, ...] = ()


def size_circles(
    dataset: Dataset,
    shown: Sequence[int],
    fields: SizeFields | None,
    *,
    lang: str,
    at: Callable[..., Location],
    report: Report,
) -> Sizing:
    """The sizes of the circles of the features `shown`."""
    alike = Sizing((RADIUS,) * len(shown))
    if fields is None or fields.by is None:
        return alike
    column = find_column(dataset, fields.by, at("size", "by"), report)
    if column is None:
        return alike
    numbers = read_numbers(list_values(dataset, shown, column), fields.by, at("size", "by"), report)
    largest = LARGEST if fields.max is None else float(fields.max)
    if not 0 < largest <= _LARGEST_ALLOWED:
        report.error(
            "bad-look",
            f"no circle has a radius of {largest:g} pixels",
            at("size", "max"),
            help=f"write a number up to {_LARGEST_ALLOWED}; 30 is large",
        )
        return alike
    if numbers is None:
        return alike
    if negative := [number for number in numbers if number is not None and number < 0]:
        report.warning(
            "negative-size",
            f'the column "{fields.by}" has numbers below zero, such as {negative[0]:g}, which no circle can show',
            at("size", "by"),
            help="leave them out with `where`, or show them by colour",
        )
    most = max((number for number in numbers if number is not None), default=0.0)
    if most <= 0:
        return alike
    scale = largest / math.sqrt(most)

    def measure(number: float | None) -> float | None:
        if number is None or number <= 0:
            return None
        return round(max(SMALLEST_SEEN, scale * math.sqrt(number)), 1)

    return Sizing(
        tuple(map(measure, numbers)),
        column,
        tuple(
            CircleSize(round(scale * math.sqrt(number), 1), say_value(number, lang)) for number in _choose_marks(most)
        ),
    )


def _choose_marks(most: float) -> tuple[float, ...]:
    """Round numbers whose circles the key shows, the largest first: about all, a quarter and a sixteenth of `most`."""
    first = round_between(0.6 * most, most, near=most)
    second = round_between(0.15 * first, 0.35 * first, near=first / 4)
    third = round_between(0.15 * second, 0.35 * second, near=second / 4)
    return first, second, third
