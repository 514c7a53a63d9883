"""The names of the basemap in the language of a page: its data have English ones.

Between what `storymap.basemap.natural_earth` reads and what is baked or drawn.
"""

from __future__ import annotations

from functools import lru_cache

from storymap.basemap.basemap import Label, Settlement
from storymap.basemap.natural_earth import LabelKind, read_labels
from storymap.figures import FIGURES
from storymap.language.map_names import say_city, say_country, say_island, say_water
from storymap.model.place import LonLat

KEPT_LANGUAGES = 16
"""Languages whose names of countries and waters are kept: every map of a site asks for the same ones."""

KEPT_NAMES = 16_384
"""Names of cities that are kept: every map names the cities of the world."""


def name_settlement(town: Settlement, lang: str) -> Settlement:
    """`town` under its name in `lang`."""
    name = say_settlement(town, lang)
    return town if name == town.name else town._replace(name=name)


@lru_cache(maxsize=KEPT_NAMES)
def say_settlement(town: Settlement, lang: str) -> str:
    """The name of `town` in `lang`, where it has one."""
    is_big = town.size >= FIGURES.settlements.city
    return say_city(town.name, lang, at=LonLat(town.lon, town.lat), is_big=is_big)


@lru_cache(maxsize=2 * KEPT_LANGUAGES)
def name_labels(kind: LabelKind, lang: str) -> tuple[Label, ...]:
    """The names of a `kind` in `lang`, the most important first."""
    name = _name_land if kind == "country" else _name_water
    return tuple(name(label, lang) for label in read_labels(kind))


def _name_land(label: Label, lang: str) -> Label:
    """A country, or an island that has no code of its own."""
    if label.code:
        return label._replace(name=say_country(label.code, lang, english=label.name))
    return label._replace(name=say_island(label.name, lang))


def _name_water(label: Label, lang: str) -> Label:
    return label._replace(name=say_water(label.name, lang))
