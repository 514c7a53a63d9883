"""The table of kinds: which file draws a layer."""

from __future__ import annotations

from typing import assert_never

from storymap.layers.areas import DrawnAreas
from storymap.layers.compare import DrawnCompare
from storymap.layers.drawn import Drawn
from storymap.layers.highlight import DrawnHighlight
from storymap.layers.image import DrawnImage
from storymap.layers.lines import DrawnLines
from storymap.layers.markers import DrawnMarkers
from storymap.layers.points import DrawnPoints
from storymap.layers.route import DrawnRoute
from storymap.layers.tiles import DrawnTiles
from storymap.layers.track import DrawnTrack
from storymap.model.layer import Areas, Compare, Highlight, Image, Layer, Lines, Markers, Points, Route, Tiles, Track


def draw(layer: Layer) -> Drawn:
    """`layer` as it is drawn everywhere."""
    match layer:
        case Markers():
            return DrawnMarkers(layer)
        case Route():
            return DrawnRoute(layer)
        case Highlight():
            return DrawnHighlight(layer)
        case Tiles():
            return DrawnTiles(layer)
        case Areas():
            return DrawnAreas(layer)
        case Lines():
            return DrawnLines(layer)
        case Points():
            return DrawnPoints(layer)
        case Image():
            return DrawnImage(layer)
        case Track():
            return DrawnTrack(layer)
        case Compare():
            return DrawnCompare(layer)
        case _:
            assert_never(layer)
