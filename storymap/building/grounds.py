"""What lies under the map of a page that is no story's: tiles of the author's own, and streets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from storymap.layers.tileset import lay_on_tiles
from storymap.model.scene import Scene
from storymap.model.streets import BakedStreets
from storymap.model.tileset import TileCut, TileSource
from storymap.streets.baking.joining import join_streets

Ground = TileSource | TileCut | BakedStreets
"""A set of tiles or what was cut of it, which come together, or what was baked of streets."""

T = TypeVar("T")


def lay_on_grounds(scene: Scene, grounds: Sequence[Ground]) -> Scene:
    """`scene` over all of `grounds`."""
    streets = join_streets(one.streets for one in grounds if isinstance(one, BakedStreets) and one.streets)
    source = next((one for one in grounds if isinstance(one, TileSource)), None)
    cut = next((one for one in grounds if isinstance(one, TileCut)), None)
    return lay_on_tiles(replace(scene, streets=streets) if streets else scene, source, cut)


def part_grounds(given: Sequence[Ground | T]) -> tuple[tuple[Ground, ...], tuple[T, ...]]:
    """The grounds among what is given to a task, and the rest."""
    grounds = tuple(one for one in given if isinstance(one, TileSource | TileCut | BakedStreets))
    return grounds, tuple(one for one in given if not isinstance(one, TileSource | TileCut | BakedStreets))
