"""How names on a still are set, and which it would like to show: the mirror of `browser/src/labels/wishes.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from storymap.basemap.basemap import Label, Settlement
from storymap.drawing.canvas import Placed
from storymap.drawing.labels import AIR, BESIDE, CENTRED, LabelWish, measure_text
from storymap.figures import FIGURES, letter_at
from storymap.look import LOOK

_BOLD, _BOLD_STYLES = 1.1, frozenset({"t5", "t6", "tr"})
"""How much wider bold letters are, and the styles that are set in them (`storymap.drawing.stylesheet`)."""


class Lettering(NamedTuple):
    """A way of setting names: the class that colours it, size and spacing in pixels, whether in capitals."""

    style: str
    size: float
    spacing: float = 0.0
    upper: bool = False

    def wish(self, x: float, y: float, name: str, *, reach: float = 0.0, air: float = AIR) -> LabelWish:
        """The wish to set `name` so at a point of the still: beside its mark, or centred where it has none."""
        text = name.upper() if self.upper else name
        width = measure_text(text, size=self.size, spacing=self.spacing) * (_BOLD if self.style in _BOLD_STYLES else 1)
        height, sides = self.size * FIGURES.labels.line_height, BESIDE if reach else CENTRED
        return LabelWish(
            x, y, text, self.style, self.size, self.spacing, width, height, reach, sides, settled=False, air=air
        )  # fmt: skip


@lru_cache(maxsize=1024)
def letter_settlement(size: int, zoom: float) -> Lettering:
    """The lettering of a settlement."""
    sizes, names = FIGURES.settlements, FIGURES.names
    dark = "t5" if size >= LOOK.bold else "t2" if size >= sizes.shown else "t0"
    style = "t6" if size == sizes.capital else dark
    return Lettering(style, round(LOOK.settlements[size] + names.closer.at(zoom), 1))


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
    settlements: Iterable[Placed[Settlement]],
    countries: Iterable[Placed[Label]],
    waters: Iterable[Placed[Label]],
) -> Iterator[LabelWish]:
    """Wishes for all names that `zoom` shows, the most important first: capitals, cities, lands, waters, towns.

    Where the world is small its countries orient the reader; closer in, its cities do.
    """
    sizes = FIGURES.settlements
    capitals: list[Placed[Settlement]] = []
    cities: list[Placed[Settlement]] = []
    towns: list[Placed[Settlement]] = []
    for placed in settlements:
        town = placed[2]
        if town.first <= zoom + FIGURES.names.early:
            (capitals if town.size == sizes.capital else cities if town.size >= sizes.city else towns).append(placed)
    lands = _wish_labels(countries, letter_country(zoom), zoom)
    great = (wish_settlement(placed, zoom) for placed in (*capitals, *cities))
    if zoom < FIGURES.names.cities_first:
        yield from lands
        yield from great
    else:
        yield from great
        yield from lands
    yield from _wish_labels(waters, letter_water(zoom), zoom)
    yield from (wish_settlement(placed, zoom, air=FIGURES.labels.air_of_towns) for placed in towns)


def wish_settlement(placed: Placed[Settlement], zoom: float, *, air: float = AIR) -> LabelWish:
    """The wish of a settlement to be named beside its dot."""
    x, y, town = placed
    reach = FIGURES.settlements.dots[town.size] + 1
    return letter_settlement(town.size, zoom).wish(x, y, town.name, reach=reach, air=air)


def _wish_labels(labels: Iterable[Placed[Label]], lettering: Lettering, zoom: float) -> Iterator[LabelWish]:
    """Wishes for the names of lands and waters; of those with one name, as of an ocean's parts, one is enough."""
    return (
        lettering.wish(x, y, label.name)._replace(once=label.name)
        for x, y, label in labels
        if label.first <= zoom <= label.last
    )
