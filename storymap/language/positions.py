"""Where something lies, said in a language: directions, coordinates, "In Prague, Czechia"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce

from storymap.earth.views import is_settlement
from storymap.language.numbers import count_decimals, say_distance, say_number
from storymap.language.words import interface_words
from storymap.model.place import LonLat, Place

DIRECTIONS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
"""The sixteen points of the compass, clockwise from north: the names of their words."""

_OF_AREA, _OF_TOWN, _OF_SPOT = 1, 2, 4
"""Decimals of a degree that are enough to find the middle of an area, a town and a spot such as a house."""

KEPT_POINTS = 4096
"""Coordinates that are kept as they are said: pages of stories and of their places come back to the same ones."""

_UNBROKEN = "\u00a0"
"""A space at which no line is broken."""


def say_direction(azimuth: float, lang: str) -> str:
    """The point of the compass nearest to `azimuth`, in degrees clockwise from north: "east-south-east"."""
    return interface_words(lang).position[f"direction_{DIRECTIONS[round(azimuth / 22.5) % 16]}"]


def say_offset(kilometres: float, azimuth: float, lang: str) -> str:
    """Where something lies as seen from here: "8,960 km to the east-south-east"."""
    words = interface_words(lang).position
    if kilometres < 0.1:
        return words["same_spot"]
    return words["offset"].format(distance=say_distance(kilometres, lang), direction=say_direction(azimuth, lang))


def say_way(kilometres: float, bearing: float, lang: str) -> str:
    """How far something lies and to which of eight sides, for the ear: "8,960 km to the south-east"."""
    return say_offset(kilometres, round(bearing / 45) * 45, lang)


def say_offset_of(kilometres: float, azimuth: float, names: Sequence[str], lang: str) -> str:
    """Where something lies as seen from a place: "87 km to the south-west of Pilsen, Czechia"."""
    return (
        interface_words(lang)
        .position["offset_of"]
        .format(
            distance=say_distance(kilometres, lang),
            direction=say_direction(azimuth, lang),
            names=_say_parts(names, lang),
        )
    )


def say_within(names: Sequence[str], lang: str) -> str:
    """What something lies in, the smallest first: "In Prague, Czechia"."""
    return interface_words(lang).position["within"].format(names=_say_parts(names, lang))


def _say_parts(names: Sequence[str], lang: str) -> str:
    """A place and what it lies in: "Prague, Czechia". `names` has the smallest first, as not every language does."""
    pattern = interface_words(lang).position["part_of"]
    return reduce(lambda name, whole: pattern.format(name=name, whole=whole), names)


def say_near(name: str, lang: str) -> str:
    """What a spot may be called: "Near Benešov"."""
    return interface_words(lang).position["near"].format(name=name)


def say_capital(capital: str, lang: str) -> str:
    """A country by its capital: "Capital: Prague"."""
    return interface_words(lang).position["capital"].format(name=capital)


def say_at_sea(lang: str) -> str:
    """Where there is no land to tell of."""
    return interface_words(lang).position["at_sea"]


def say_list(names: Sequence[str], lang: str) -> str:
    """`names` with the comma of the language between them."""
    return interface_words(lang).position["comma"].join(names)


def say_position(place: Place, lang: str, *, is_parted: bool = False) -> str:
    """The coordinates of a place, as fine as it is small.

    A tenth of a degree tells areas apart, of which the point is but somewhere within; a kilometre towns, and all of
    which the author says no more; ten metres what has a category of its own, such as a museum. No decimal is told that
    the source of the position does not have. `is_parted` is as in `say_point`.
    """
    if place.is_whole:
        decimals = _OF_AREA
    elif place.kind == "line" or not place.category or is_settlement(place):
        decimals = _OF_TOWN
    else:
        decimals = min(_OF_SPOT, max(_OF_TOWN, *map(count_decimals, place.point)))
    return say_point(place.point, lang, decimals=decimals, is_parted=is_parted)


@lru_cache(maxsize=KEPT_POINTS)
def say_point(point: LonLat, lang: str, *, decimals: int | None, is_parted: bool = False) -> str:
    """Coordinates for readers, rounded to so many `decimals`: "50.08° N, 14.43° E". No line breaks within them.

    None leaves each as fine as it is. Where `is_parted`, as in a narrow column, a line may end between the two.
    """
    words = interface_words(lang).position
    lon, lat = (degrees if decimals is None else round(degrees, decimals) for degrees in point)
    written = (("south" if lat < 0 else "north", abs(lat)), ("west" if lon < 0 else "east", abs(lon)))
    latitude, longitude = (
        words[side]
        .format(degrees=say_number(degrees, lang, decimals=count_decimals(degrees) if decimals is None else decimals))
        .replace(" ", _UNBROKEN)
        for side, degrees in written
    )
    said = words["point"].format(latitude=latitude, longitude=longitude)
    return said if is_parted else said.replace(" ", _UNBROKEN)
