"""Say in words where a place is: for its page, and for readers who cannot see the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.geography.builtin import Settlement
from storymap.geography.coordinates import round_point
from storymap.geography.distance import compass_direction, describe_distance, measure_distance, measure_distances
from storymap.geography.gazetteer import Gazetteer
from storymap.geography.names import normalize_name
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
    return tuple(Neighbour(other, kilometres, _say_offset(place, other)) for kilometres, other in ranked)


def _say_offset(place: Place, other: Place) -> str:
    kilometres, azimuth = measure_distance(place.point, other.point)
    if kilometres < 0.1:
        return "at the same spot"
    return f"{describe_distance(kilometres)} to the {compass_direction(azimuth)}"


def _describe_country(place: Place, gazetteer: Gazetteer) -> str:
    """A country by its capital, unless it bears the capital's name."""
    capital = gazetteer.capital_of(place.country)
    return f"A country; its capital is {capital}" if capital and capital != place.name else "A country"


def _describe_surroundings(place: Place, gazetteer: Gazetteer) -> str:
    """The town that a place is in or near, and the country."""
    country = gazetteer.country_name(place.country)
    near = [
        (town, distance) for town, distance in gazetteer.settlements_near(place.point) if distance <= _FAR_KILOMETRES
    ]
    at_home = [(town, distance) for town, distance in near if town.country == place.country]
    around = at_home or near
    if _is_town(place, around):
        return f"In {country}" if country and normalize_name(country) != normalize_name(place.name) else ""
    if place.kind == "area" and not around:
        return f"In {country}" if country else "At sea"
    within = [(town, distance) for town, distance in around if distance <= _reach_of(town)]
    if within:
        town = max(within, key=lambda item: (item[0].population, -item[1]))[0]
        return _join_country(f"{'Around' if place.kind == 'area' else 'In'} {town.name}", country, town.name)
    if not around:
        return f"In {country}" if country else "Far out at sea"
    town, distance = min(around, key=lambda item: (item[1] / (_reach_of(item[0]) + 3), item[0].id))
    _, azimuth = measure_distance(town.point, place.point)
    named = gazetteer.country_name(town.country)
    return _join_country(
        f"{describe_distance(distance)} to the {compass_direction(azimuth)} of {town.name}", named, town.name
    )


def _is_town(place: Place, around: Sequence[tuple[Settlement, float]]) -> bool:
    """Whether the place is itself one of the towns around."""
    if place.origin == "gazetteer":
        return True
    keys = {normalize_name(name) for name in (place.name, *place.aliases)}
    return any(town.key in keys and distance <= _reach_of(town) + 5 for town, distance in around)


def _reach_of(town: Settlement) -> float:
    """Kilometres from its middle to where a town ends, roughly: Prague 11, a village 1."""
    return max(1.0, 0.01 * math.sqrt(town.population))


def _join_country(words: str, country: str, town: str) -> str:
    return f"{words}, {country}" if country and normalize_name(country) != normalize_name(town) else words


def _write_point(point: LonLat) -> str:
    """Coordinates for readers: "50.0790° N, 14.4306° E"."""
    lon, lat = round_point(point, decimals=4)
    return f"{abs(lat):.4f}° {'S' if lat < 0 else 'N'}, {abs(lon):.4f}° {'W' if lon < 0 else 'E'}"
