"""Say in words where a place is: for its page, and for readers who cannot see the map."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storymap.earth.coordinates import write_coordinates
from storymap.earth.distance import measure_distance
from storymap.earth.views import SETTLEMENT_CATEGORIES
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.countries import name_country
from storymap.gazetteer.lookup import add_article, name_region
from storymap.gazetteer.records import Settlement
from storymap.language.map_names import say_city, say_country
from storymap.language.positions import (
    say_at_sea,
    say_capital,
    say_offset_of,
    say_position,
    say_within,
)
from storymap.language.tags import primary_language
from storymap.model.place import LonLat, Place
from storymap.text.names import normalize_name

_FAR_KILOMETRES = 400.0
"""Beyond this a town says less about where a place is than the country or the sea does."""

_BIG = 500_000
"""Inhabitants from which a town that bears the name of a city that everybody knows is taken for it."""

_NEAR_KILOMETRES = 30.0
"""Within this a spot can be called by the name of a town alone."""


def describe_position(place: Place, builtin: BuiltinGazetteer, *, lang: str) -> str:
    """Where a place is, said in `lang`: "In Prague, Czechia · 50.08° N, 14.43° E".

    A town is placed in its country, a spot in or beside the nearest town that people know, a country by its capital.
    """
    describe = {"country": _describe_country, "region": _describe_region}.get(place.origin, _describe_surroundings)
    words, figures = describe(place, builtin, lang), say_position(place, lang)
    return f"{words}\u00a0· {figures}" if words else figures  # no line begins with the dot


def name_surroundings(point: LonLat, builtin: BuiltinGazetteer) -> str:
    """What a spot may be called: by the town that it is in or near, or else its country; by its figures at sea."""
    if town := find_town(point, builtin, lang="en"):
        return town
    countries = builtin.countries_at(point)
    return name_country(countries[0], builtin) if countries else write_coordinates(point)


def find_town(point: LonLat, builtin: BuiltinGazetteer, *, lang: str) -> str:
    """The name in `lang` of the town that a spot is in or near; empty far from all."""
    near = [item for item in builtin.nearest_settlements(point) if item[1] <= _NEAR_KILOMETRES]
    return _say_town((_choose_around(near) or _choose_nearest(near))[0], lang) if near else ""


def _describe_region(place: Place, builtin: BuiltinGazetteer, lang: str) -> str:
    """A region by its country, if it is in one."""
    return _say_in((_name_country(place.country, builtin, lang),), lang, besides=place.name)


def _describe_country(place: Place, builtin: BuiltinGazetteer, lang: str) -> str:
    """A country by its capital, unless it bears the capital's name."""
    country = builtin.countries.get(place.country)
    capital = country.capital if country else ""
    if not capital or capital == place.name:
        return ""
    seats = builtin.settlements_named(normalize_name(capital))
    seat = next((town for town in seats if town.country == place.country and town.is_capital), None)
    return say_capital(_say_town(seat, lang) if seat else capital, lang)


def _describe_surroundings(place: Place, builtin: BuiltinGazetteer, lang: str) -> str:
    """The town that a place is in or near, and the country."""
    country = _name_country(place.country, builtin, lang)
    near = [item for item in builtin.nearest_settlements(place.point) if item[1] <= _FAR_KILOMETRES]
    around = [item for item in near if item[0].country == place.country] or near
    itself = _find_itself(place, around, lang)
    if itself is not None:
        return _say_in((name_region(itself, builtin), country), lang, besides=place.name)
    if within := _choose_around(around):
        return _say_in(_name_town(within[0], builtin, lang), lang, besides="")
    if not around or place.kind == "area":
        return _say_in((country,), lang, besides=place.name) or say_at_sea(lang)
    town, distance = _choose_nearest(around)
    _, azimuth = measure_distance(town.point, place.point)
    return say_offset_of(distance, azimuth, _list_names(_name_town(town, builtin, lang), besides=""), lang)


def _choose_around(towns: Sequence[tuple[Settlement, float]]) -> tuple[Settlement, float] | None:
    """The largest of the towns, each with its distance, that one is in; None outside of all."""
    within = [item for item in towns if item[1] <= _reach_of(item[0])]
    return max(within, key=lambda item: (item[0].population, -item[1])) if within else None


def _choose_nearest(towns: Sequence[tuple[Settlement, float]]) -> tuple[Settlement, float]:
    """The one of the towns, each with its distance, whose edge is near, measured by its size."""
    return min(towns, key=lambda item: (item[1] / (_reach_of(item[0]) + 3), item[0].id))


def _name_town(town: Settlement, builtin: BuiltinGazetteer, lang: str) -> tuple[str, str, str]:
    return _say_town(town, lang), name_region(town, builtin), _name_country(town.country, builtin, lang)


def _say_town(town: Settlement, lang: str) -> str:
    return say_city(town.name, lang, at=town.point, is_big=town.is_capital or town.population >= _BIG)


def _name_country(code: str, builtin: BuiltinGazetteer, lang: str) -> str:
    return say_country(code, lang, english=name_country(code, builtin)) if code else ""


def _find_itself(place: Place, around: Sequence[tuple[Settlement, float]], lang: str) -> Settlement | None:
    """The one of the towns around that the place itself is, by whichever of its names it is called."""
    is_town = place.origin == "gazetteer" or place.category.casefold() in SETTLEMENT_CATEGORIES
    names = (place.name, *place.aliases) if is_town else (place.name,)
    keys = {normalize_name(name) for name in names}
    near = (town for town, distance in around if distance <= _reach_of(town) + 5)
    return next((town for town in near if town.key in keys or normalize_name(_say_town(town, lang)) in keys), None)


def _say_in(names: Sequence[str], lang: str, *, besides: str) -> str:
    """Such as "In Texas, United States"; one name alone takes the article that English asks: "In the United States"."""
    told = _list_names(names, besides=besides)
    if len(told) == 1 and primary_language(lang) == "en":
        told = [add_article(told[0])]
    return say_within(told, lang) if told else ""


def _list_names(names: Sequence[str], *, besides: str) -> list[str]:
    """`names` without empty ones, repetitions and the name of the place itself."""
    seen = {normalize_name(besides), ""}
    told = []
    for name in names:
        if normalize_name(name) not in seen:
            seen.add(normalize_name(name))
            told.append(name)
    return told


def _reach_of(town: Settlement) -> float:
    """Kilometres from its middle to where a town ends, roughly: Prague 11, a village 1."""
    return max(1.0, 0.01 * math.sqrt(town.population))
