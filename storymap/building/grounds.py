"""What lies under the map of a page that is no story's: tiles of the author's own, and streets."""

from __future__ import annotations

from msgspec.structs import replace

from storymap.layers.tileset import lay_on_tiles
from storymap.model.scene import Scene
from storymap.model.streets import BakedStreets
from storymap.model.tileset import TileCut, TileSource
from storymap.streets.baking.joining import join_streets

Grounds = tuple[TileSource | TileCut | BakedStreets, ...]
"""A set of tiles and what was cut of it, if there are any, and what was baked of streets."""


def lay_on_grounds(scene: Scene, grounds: Grounds) -> Scene:
    """`scene` over all of `grounds`."""
    streets = join_streets(one.streets for one in grounds if isinstance(one, BakedStreets) and one.streets)
    source = next((one for one in grounds if isinstance(one, TileSource)), None)
    cut = next((one for one in grounds if isinstance(one, TileCut)), None)
    return lay_on_tiles(replace(scene, streets=streets) if streets else scene, source, cut)
