"""How names on a still are set, and which it would like to show: the mirror of `browser/src/labels/wishes.ts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from storymap.basemap.basemap import Label, Settlement
from storymap.drawing.labels import BESIDE, CENTRED, LabelWish, measure_text
from storymap.figures import FIGURES, letter_at

Locate = Callable[[float, float], tuple[float, float]]
"""From a point of the plane to pixels of the still."""


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
        return LabelWish(
            x,
            y,
            text,
            self.style,
            self.size,
            self.spacing,
            width,
            self.size * FIGURES.labels.line_height,
            reach,
            sides,
            mark,
        )


def letter_settlement(size: int, zoom: float) -> Lettering:
    """The lettering of a settlement."""
    sizes, names = FIGURES.settlements, FIGURES.names
    dark = "t5" if size >= sizes.bold else "t2" if size >= sizes.shown else "t0"
    style = "t6" if size == sizes.capital else dark
    return Lettering(style, round(names.settlements[size] + names.closer.at(zoom), 1))


def letter_country(zoom: float) -> Lettering:
    """The lettering of a country: letter-spaced capitals."""
    _, size, spacing = letter_at(FIGURES.names.countries, zoom)
    return Lettering("tc", size, spacing, upper=True)


def letter_water(zoom: float) -> Lettering:
    """The lettering of a sea: italics."""
    _, size, spacing = letter_at(FIGURES.names.waters, zoom)
    return Lettering("tw", size, spacing)


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
    sizes = FIGURES.settlements
    capitals: list[Settlement] = []
    cities: list[Settlement] = []
    towns: list[Settlement] = []
    for town in settlements:
        if town.first <= zoom + FIGURES.names.early:
            (capitals if town.size == sizes.capital else cities if town.size >= sizes.city else towns).append(town)
    lands = [
        _wish_label(label, letter_country(zoom), locate) for label in countries if label.first <= zoom <= label.last
    ]
    seas = [_wish_label(label, letter_water(zoom), locate) for label in waters if label.first <= zoom <= label.last]
    great = (wish_settlement(town, zoom, locate) for town in (*capitals, *cities))
    if zoom < FIGURES.names.cities_first:
        yield from lands
        yield from great
    else:
        yield from great
        yield from lands
    yield from seas
    yield from (replace(wish_settlement(town, zoom, locate), air=FIGURES.labels.air_of_towns) for town in towns)


def wish_settlement(town: Settlement, zoom: float, locate: Locate) -> LabelWish:
    """The wish of a settlement to be named beside its dot."""
    mark = "capital" if town.size == FIGURES.settlements.capital else str(town.size)
    x, y = locate(town.x, town.y)
    return letter_settlement(town.size, zoom).wish(
        x, y, town.name, reach=FIGURES.settlements.dots[town.size] + 1, mark=mark
    )


def _wish_label(label: Label, lettering: Lettering, locate: Locate) -> LabelWish:
    return lettering.wish(*locate(label.x, label.y), label.name)
