"""Say what a still map shows, for who cannot see it: its places, the lines between them, the countries it fills.

A sentence each, every one of them a whole word of the interface, so that each language may say it in its own order.
"""

from __future__ import annotations

from collections.abc import Sequence

from storymap.drawing.geometry import has_shape
from storymap.earth.bounds import center_of_bounds
from storymap.earth.distance import earth, measure_distance
from storymap.earth.mercator import project_latitude, unproject_y
from storymap.language.map_names import say_country
from storymap.language.numbers import say_distance, say_number
from storymap.language.positions import say_list, say_point
from storymap.language.tags import find_locale
from storymap.language.words import interface_words
from storymap.model.layer import Leg
from storymap.model.place import LonLat, Place
from storymap.model.scene import View

MOST_NAMES = 12
"""Places that are named one by one; more are counted."""

WIDE_ZOOM = 2.0
"""A view without places that is wider than this shows the world, and has no middle worth telling."""


def tell_picture(
    view: View, lang: str, *, places: Sequence[Place], legs: Sequence[Leg] = (), highlight: Sequence[str] = ()
) -> str:
    """The text in place of a still of `view`: "Map: Prague, Washington. Line: Prague, Washington (6,910 km)"."""
    words = interface_words(lang).page
    sentences = [_tell_subject(view, places, lang)]
    sentences += [
        words["map_line"].format(
            places=_tell_names([leg.start.name for leg in run] + [run[-1].end.name], lang),
            distance=say_distance(sum(measure_distance(leg.start.point, leg.end.point)[0] for leg in run), lang),
        )
        for run in _list_runs(legs)[:MOST_NAMES]
    ]
    if highlight:
        english = find_locale("en")
        assert english is not None, "CLDR has English"
        countries = [say_country(code, lang, english=str(english.territories.get(code, code))) for code in highlight]
        sentences.append(words["map_filled"].format(countries=_tell_names(countries, lang)))
    return words["map_joint"].join(sentences)


def _tell_subject(view: View, places: Sequence[Place], lang: str) -> str:
    words = interface_words(lang).page
    if places:
        return words["map_of"].format(places=_tell_names([_tell_place(place, lang) for place in places], lang))
    if view.zoom < WIDE_ZOOM:
        return words["map"]
    return words["map_of"].format(places=say_point(_middle(view), lang))


def _middle(view: View) -> LonLat:
    """What stands in the middle of the picture, which is not the middle of its latitudes."""
    north, south = project_latitude(view.bounds.north), project_latitude(view.bounds.south)
    return LonLat(center_of_bounds(view.bounds).lon, unproject_y((north + south) / 2))


def _tell_place(place: Place, lang: str) -> str:
    """The name of a place; of a line with its length, of an area with that it is one."""
    if not has_shape(place):
        return place.name
    words = interface_words(lang).page
    if place.kind == "area":
        return words["map_area"].format(place=place.name)
    kilometres = earth().geometry_length(place.geometry) / 1000
    return words["map_course"].format(place=place.name, distance=say_distance(kilometres, lang))


def _tell_names(names: Sequence[str], lang: str) -> str:
    if len(names) <= MOST_NAMES:
        return say_list(names, lang)
    more = say_number(len(names) - MOST_NAMES, lang)
    return interface_words(lang).page["and_more"].format(names=say_list(names[:MOST_NAMES], lang), count=more)


def _list_runs(legs: Sequence[Leg]) -> list[list[Leg]]:
    """Lines that go on from one another, put together."""
    runs: list[list[Leg]] = []
    for leg in legs:
        if runs and runs[-1][-1].end == leg.start:
            runs[-1].append(leg)
        else:
            runs.append([leg])
    return runs
