"""A scene in words, for who cannot see its picture.

What the map shows and how much of the earth, its places with their countries, how far they are from where the story was
before, the lines between them, what is filled, and what its layers say: a sentence each, every one of them a whole word
of the interface, so that each language may say it in its own order.
"""

from __future__ import annotations

import math
from functools import lru_cache

from msgspec.structs import replace

from storymap.earth.bearing import find_bearing
from storymap.earth.bounds import center_of_bounds
from storymap.earth.distance import measure_distance
from storymap.earth.mercator import project_latitude, unproject_y, world_pixels
from storymap.figures import FIGURES
from storymap.language.numbers import say_distance
from storymap.language.positions import say_point, say_way
from storymap.language.sentences import join_sentences
from storymap.language.words import interface_words
from storymap.layers.backdrop import Backdrop
from storymap.layers.kinds import draw
from storymap.layers.markers import Markers
from storymap.layers.naming import say_some
from storymap.model.ground import NO_EARTH
from storymap.model.layer import Layer, Route
from storymap.model.place import LonLat, Place
from storymap.model.scene import Scene, View

WORLD = 12_000.0
"""Kilometres: a map that is wider shows the world, and has no middle worth telling."""

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""What is said of how wide a map is, times a power of ten: a reader's window shows more or less."""

_NEAR = 0.1
"""Kilometres between places that are in the same spot."""


def tell_scene(scene: Scene, lang: str) -> str:
    """The text in place of a picture of `scene`, or what its author gives for it.

    "Map, about 600 km across: Brno (Czechia). From the step before (Prague): 190 km to the south-east".
    """
    words = interface_words(lang).page
    if scene.alt:
        return scene.alt
    way = _tell_way(scene, lang)
    layers = [draw(_leave_told(layer) if way else layer) for layer in reversed(scene.layers)]
    names = list(dict.fromkeys(name for layer in layers for name in layer.names(lang)))
    told = [sentence for layer in layers for sentence in layer.sentences(lang)]
    backdrop = next(iter(scene.find(Backdrop)), None)
    if backdrop:
        first = words["picture_map"].format(title=backdrop.title)
    else:
        first = _tell_map(scene, lang)
        if names:
            first = words["map_of"].format(map=first, places=say_some(names, lang))
        elif not told and not _is_world(scene.view):
            middle = say_point(_middle(scene.view), lang, decimals=max(0, round(scene.view.zoom / 3) - 2))
            first = words["map_of"].format(map=first, places=middle)
    return join_sentences([first, *_tell_surroundings(scene, lang), *way, *told], lang)


def _tell_map(scene: Scene, lang: str) -> str:
    """That it is a map, and how much it shows: "Map of the world", "Map, about 600 km across"."""
    words = interface_words(lang).page
    if scene.detail == NO_EARTH:
        return words["map"]
    if _is_world(scene.view):
        return words["map_world"]
    return words["map_width"].format(distance=say_distance(_round(_measure_width(scene.view)), lang))


def _tell_surroundings(scene: Scene, lang: str) -> tuple[str, ...]:
    """The building, the square and the street where its first place is: "Close by: Museum, Quay Street"."""
    place = _find_arrival(scene)
    if scene.streets is None or place is None:
        return ()
    around = next((one for one in scene.streets.own if one.at == place.point), None)
    names = [name for name in around.names if name.casefold() != place.name.casefold()] if around else []
    return (interface_words(lang).page["map_close"].format(places=say_some(names, lang)),) if names else ()


def _tell_way(scene: Scene, lang: str) -> tuple[str, ...]:
    """How far its first place is from where the story was, and to which side; nothing where that is no point."""
    start, end = scene.came_from, _find_arrival(scene)
    if start is None or end is None:
        return ()
    way = _say_way_between(start, end, lang)
    return (interface_words(lang).page["map_way"].format(place=start.name, way=way),) if way else ()


def _say_way_between(start: Place, end: Place, lang: str) -> str:
    """How far and to which side `end` lies from `start`: "190 km to the south-east".

    Empty where they are in the same spot, or one of them is a whole country or region.
    """
    if {start.origin, end.origin} & {"country", "region"}:
        return ""
    kilometres = measure_distance(start.point, end.point)[0]
    return "" if kilometres < _NEAR else say_way(kilometres, find_bearing(start.point, end.point), lang)


def _find_arrival(scene: Scene) -> Place | None:
    """The first of the places that a scene is about."""
    return next((mark.place for markers in scene.find(Markers) for mark in markers.own), None)


def _leave_told(layer: Layer) -> Layer:
    """`layer` without the line that leads to it straight from where the story was, which the way there has told."""
    if isinstance(layer, Route):
        return replace(layer, arrival=tuple(leg for leg in layer.arrival if leg.kilometres is not None))
    return layer


def _is_world(view: View) -> bool:
    return _measure_width(view) > WORLD


@lru_cache(maxsize=1024)
def _measure_width(view: View) -> float:
    """Kilometres from side to side of the reference frame with this view, along its middle."""
    of_world = FIGURES.frame.width / world_pixels(view.zoom)
    return FIGURES.plane.equator * math.cos(math.radians(_middle(view).lat)) * of_world


def _round(kilometres: float) -> float:
    """Such a number as one says with "about"."""
    power = 10.0 ** math.floor(math.log10(kilometres))
    return power * min(_ROUND, key=lambda factor: abs(math.log(factor * power / kilometres)))


def _middle(view: View) -> LonLat:
    """What stands in the middle of the picture, which is not the middle of its latitudes."""
    north, south = project_latitude(view.bounds.north), project_latitude(view.bounds.south)
    return LonLat(center_of_bounds(view.bounds).lon, unproject_y((north + south) / 2))
