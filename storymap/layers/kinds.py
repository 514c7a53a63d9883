"""The table of the kinds of layers: each stands in the file of its name here and in `browser/src/layers`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args

from storymap.layers.areas import DrawnAreas
from storymap.layers.compare import DrawnCompare
from storymap.layers.drawn import Drawn, Script
from storymap.layers.highlight import DrawnHighlight
from storymap.layers.image import DrawnImage
from storymap.layers.lines import DrawnLines
from storymap.layers.markers import DrawnMarkers
from storymap.layers.points import DrawnPoints
from storymap.layers.route import DrawnRoute
from storymap.layers.tiles import DrawnTiles
from storymap.layers.track import DrawnTrack
from storymap.model.layer import Layer

KINDS: tuple[type[Drawn[Any]], ...] = (
    DrawnTiles,
    DrawnHighlight,
    DrawnImage,
    DrawnAreas,
    DrawnLines,
    DrawnPoints,
    DrawnTrack,
    DrawnRoute,
    DrawnMarkers,
    DrawnCompare,
)
"""In the order in which they lie on one another, the lowest first."""

TAGS = tuple(drawn.kind for drawn in KINDS)
"""Their tags in the same order."""

_OF = {drawn.of: drawn for drawn in KINDS}
_SCRIPTS: tuple[Script, ...] = get_args(Script)


def draw(layer: Layer) -> Drawn[Any]:
    """`layer` as it is drawn everywhere."""
    return _OF[type(layer)](layer)


def choose_script(kinds: Collection[str]) -> Script:
    """The smallest script of a page whose map has layers of `kinds`, by their tags."""
    return max((drawn.script for drawn in KINDS if drawn.kind in kinds), key=_SCRIPTS.index, default="storymap")
