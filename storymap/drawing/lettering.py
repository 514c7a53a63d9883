"""How names on a still are set, and which it would like to show: the mirror of `browser/src/labels/wishes.ts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from storymap.basemap.store import Label, Settlement
from storymap.drawing.labels import AIR_OF_TOWNS, BESIDE, CENTRED, LabelWish, measure_text

Locate = Callable[[float, float], tuple[float, float]]
"""From a point of the plane to pixels of the still."""

SETTLEMENT_POINTS = (10.5, 11.0, 11.5, 12.0, 12.5, 13.0, 13.0)
"""Font size by the size of a settlement, before it grows with the zoom."""

NAMED_EARLY = 0.3
"""A settlement may be named this much before its zoom: a view is rarely shown at a whole one."""

CAPITAL_SIZE = 6
CITY_SIZE = 4
"""The smallest settlement that is named before countries and waters where the map is close."""


_BOLD, _BOLD_STYLES = 1.1, frozenset({"t5", "t6"})
"""How much wider bold letters are, and the styles that are set in them (`storymap.drawing.stylesheet`)."""


class Lettering(NamedTuple):
    """A way of setting names: the class that colours it, size and spacing in pixels, whether in capitals."""

    style: str
    size: float
    spacing: float = 0.0
    upper: bool = False

    def wish(self, x: float, y: float, name: str, *, reach: float = 0.0, mark: str = "") -> LabelWish:
        """The wish to set `name` so at a point of the still: beside its mark, or centred where it has none."""
        text = name.upper() if self.upper else name
        width = measure_text(text, size=self.size, spacing=self.spacing) * (_BOLD if self.style in _BOLD_STYLES else 1)
        sides = BESIDE if reach else CENTRED
        return LabelWish(x, y, text, self.style, self.size, self.spacing, width, self.size * 1.15, reach, sides, mark)


def letter_settlement(size: int, zoom: float) -> Lettering:
    """The lettering of a settlement."""
    closer = max(0.0, min(2.0, (zoom - 5) / 3))
    style = "t6" if size == CAPITAL_SIZE else "t5" if size == 5 else "t2" if size >= 2 else "t0"
    return Lettering(style, round(SETTLEMENT_POINTS[size] + closer, 1))


def letter_country(zoom: float) -> Lettering:
    """The lettering of a country: letter-spaced capitals."""
    return Lettering("tc", 10 if zoom < 3 else 11 if zoom < 5 else 13, 1 if zoom < 3 else 2, upper=True)


def letter_water(zoom: float) -> Lettering:
    """The lettering of a sea: italics."""
    return Lettering("tw", 12 if zoom < 4 else 13.5, 0.4)


def dot_radius(size: int) -> float:
    """Pixels of the dot of a settlement."""
    return 2.6 if size >= CITY_SIZE else 2.1 if size >= 2 else 1.7


def wish_names(
    *,
    zoom: float,
    settlements: Iterable[Settlement],
    countries: Iterable[Label],
    waters: Iterable[Label],
    locate: Locate,
) -> Iterator[LabelWish]:
    """Wishes for all names that `zoom` shows, the most important first: capitals, cities, lands, waters, towns.

    Where the world is small its countries orient the reader; closer in, its cities do.
    """
    capitals: list[Settlement] = []
    cities: list[Settlement] = []
    towns: list[Settlement] = []
    for town in settlements:
        if town.first <= zoom + NAMED_EARLY:
            (capitals if town.size == CAPITAL_SIZE else cities if town.size >= CITY_SIZE else towns).append(town)
    lands = [
        _wish_label(label, letter_country(zoom), locate) for label in countries if label.first <= zoom <= label.last
    ]
    seas = [_wish_label(label, letter_water(zoom), locate) for label in waters if label.first <= zoom <= label.last]
    great = (wish_settlement(town, zoom, locate) for town in (*capitals, *cities))
    if zoom < 5:
        yield from lands
        yield from great
    else:
        yield from great
        yield from lands
    yield from seas
    yield from (replace(wish_settlement(town, zoom, locate), air=AIR_OF_TOWNS) for town in towns)


def wish_settlement(town: Settlement, zoom: float, locate: Locate) -> LabelWish:
    """The wish of a settlement to be named beside its dot."""
    mark = "capital" if town.size == CAPITAL_SIZE else str(town.size)
    x, y = locate(town.x, town.y)
    return letter_settlement(town.size, zoom).wish(x, y, town.name, reach=dot_radius(town.size) + 1, mark=mark)


def _wish_label(label: Label, lettering: Lettering, locate: Locate) -> LabelWish:
    return lettering.wish(*locate(label.x, label.y), label.name)
