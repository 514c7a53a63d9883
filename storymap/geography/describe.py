"""Say in words where a place is: for its page, and for readers who cannot see the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.geography.builtin import Settlement
from storymap.geography.coordinates import round_point
from storymap.geography.distance import (
    compass_direction,
    describe_distance,
    describe_offset,
    measure_distance,
    measure_distances,
)
from storymap.geography.gazetteer import Gazetteer
from storymap.geography.lookup import add_article
from storymap.geography.names import normalize_name
from storymap.geography.view import SETTLEMENT_CATEGORIES
from storymap.model import LonLat, Place

_FAR_KILOMETRES = 400.0
"""Beyond this a town says less about where a place is than the country or the sea does."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another place as seen from one: `text` is "8,960 km to the east-south-east"."""

    place: Place
    kilometres: float
    text: str


def describe_position(place: Place, gazetteer: Gazetteer) -> str:
    """Where a place is: "In Prague, Czechia · 50.0790° N, 14.4306° E".

    A town is placed in its country, a spot in or beside the nearest town that people know, a country by its capital.
    """
    words = (
        _describe_country(place, gazetteer) if place.origin == "country" else _describe_surroundings(place, gazetteer)
    )
    figures = _write_point(place.point)
    return f"{words} · {figures}" if words else figures


def nearest_places(place: Place, others: Sequence[Place], count: int) -> tuple[Neighbour, ...]:
    """The `count` places of `others` nearest to `place`, with distance and direction from it; itself is left out."""
    candidates = [other for other in others if other.id != place.id]
    distances = measure_distances(place.point, [other.point for other in candidates])
    ranked = sorted(zip(distances, candidates, strict=True), key=lambda item: (item[0], item[1].id))[:count]
    return tuple(
        Neighbour(other, kilometres, describe_offset(place.point, other.point)) for kilometres, other in ranked
    )


def _describe_country(place: Place, gazetteer: Gazetteer) -> str:
    """A country by its capital, unless it bears the capital's name."""
    capital = gazetteer.capital_of(place.country)
    return f"Capital: {capital}" if capital and capital != place.name else ""


def _describe_surroundings(place: Place, gazetteer: Gazetteer) -> str:
    """The town that a place is in or near, and the country."""
    country = gazetteer.country_name(place.country)
    near = [item for item in gazetteer.settlements_near(place.point) if item[1] <= _FAR_KILOMETRES]
    around = [item for item in near if item[0].country == place.country] or near
    itself = _find_itself(place, around)
    if itself is not None:
        return _say_in((gazetteer.region_of(itself), country), besides=place.name)
    within = [item for item in around if item[1] <= _reach_of(item[0])]
    if within:
        town = max(within, key=lambda item: (item[0].population, -item[1]))[0]
        return _say_in((town.name, gazetteer.region_of(town), gazetteer.country_name(town.country)), besides="")
    if not around or place.kind == "area":
        return _say_in((country,), besides=place.name) or "Far out at sea"
    town, distance = min(around, key=lambda item: (item[1] / (_reach_of(item[0]) + 3), item[0].id))
    _, azimuth = measure_distance(town.point, place.point)
    named = _list_names((town.name, gazetteer.region_of(town), gazetteer.country_name(town.country)), besides="")
    return f"{describe_distance(distance)} to the {compass_direction(azimuth)} of {', '.join(named)}"


def _find_itself(place: Place, around: Sequence[tuple[Settlement, float]]) -> Settlement | None:
    """The one of the towns around that the place itself is."""
    is_town = place.origin == "gazetteer" or place.category.casefold() in SETTLEMENT_CATEGORIES
    names = (place.name, *place.aliases) if is_town else (place.name,)
    keys = {normalize_name(name) for name in names}
    return next((town for town, distance in around if town.key in keys and distance <= _reach_of(town) + 5), None)


def _say_in(names: Sequence[str], *, besides: str) -> str:
    """Such as "In Texas, United States"; one name alone takes the article that it needs: "In the United States"."""
    told = _list_names(names, besides=besides)
    if len(told) == 1:
        return f"In {add_article(told[0])}"
    return f"In {', '.join(told)}" if told else ""


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


def _write_point(point: LonLat) -> str:
    """Coordinates for readers: "50.0790° N, 14.4306° E"."""
    lon, lat = round_point(point, decimals=4)
    return f"{abs(lat):.4f}° {'S' if lat < 0 else 'N'}, {abs(lon):.4f}° {'W' if lon < 0 else 'E'}"
