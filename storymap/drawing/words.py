"""A scene in words, for who cannot see its picture: its places, the lines between them, what is filled.

A sentence each, every one of them a whole word of the interface, so that each language may say it in its own order.
"""

from __future__ import annotations

from storymap.earth.bounds import center_of_bounds
from storymap.earth.mercator import project_latitude, unproject_y
from storymap.language.positions import say_point
from storymap.language.words import interface_words
from storymap.layers.backdrop import Backdrop
from storymap.layers.kinds import draw
from storymap.layers.naming import say_some
from storymap.model.place import LonLat
from storymap.model.scene import Scene, View

WIDE_ZOOM = 2.0
"""A view without places that is wider than this shows the world, and has no middle worth telling."""


def tell_scene(scene: Scene, lang: str) -> str:
    """The text in place of a picture of `scene`: "Map: Prague, Washington. Line: Prague, Washington (6,910 km)"."""
    words = interface_words(lang).page
    layers = [draw(layer) for layer in reversed(scene.layers)]
    names = list(dict.fromkeys(name for layer in layers for name in layer.names(lang)))
    told = [sentence for layer in layers for sentence in layer.sentences(lang)]
    backdrop = next(iter(scene.find(Backdrop)), None)
    if backdrop:
        first = words["picture_map"].format(title=backdrop.title)
    elif names:
        first = words["map_of"].format(places=say_some(names, lang))
    elif told or scene.view.zoom < WIDE_ZOOM:
        first = words["map"]
    else:
        first = words["map_of"].format(places=say_point(_middle(scene.view), lang))
    return words["map_joint"].join([first, *told])


def _middle(view: View) -> LonLat:
    """What stands in the middle of the picture, which is not the middle of its latitudes."""
    north, south = project_latitude(view.bounds.north), project_latitude(view.bounds.south)
    return LonLat(center_of_bounds(view.bounds).lon, unproject_y((north + south) / 2))
