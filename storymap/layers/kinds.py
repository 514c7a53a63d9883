"""The table of the kinds of layers: each stands in the file of its tag here and in `browser/src/layers`.

A kind is loaded when one is first drawn: most sites have few of them, and some bring large libraries along.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import import_module
from typing import Any, get_args

from storymap.layers.drawn import Drawn, Script
from storymap.model.layer import Layer

TAGS = (
    "backdrop",
    "tiles",
    "tileset",
    "highlight",
    "image",
    "areas",
    "lines",
    "points",
    "branches",
    "track",
    "route",
    "markers",
    "compare",
)
"""In the order in which they lie on one another, the lowest first. The layer `Tiles` is drawn by `tiles.DrawnTiles`."""

_SCRIPTS: tuple[Script, ...] = get_args(Script)


@cache
def find_kind(tag: str) -> type[Drawn[Any]]:
    """The kind of a tag of `TAGS`."""
    found: type[Drawn[Any]] = getattr(import_module(f"storymap.layers.{tag}"), f"Drawn{tag.capitalize()}")
    return found


def draw(layer: Layer) -> Drawn[Any]:
    """`layer` as it is drawn everywhere."""
    return find_kind(type(layer).__name__.lower())(layer)


def choose_script(kinds: Collection[str]) -> Script:
    """The smallest script of a page whose map has layers of `kinds`, by their tags."""
    return max((find_kind(tag).script for tag in TAGS if tag in kinds), key=_SCRIPTS.index, default="storymap")


def has_data(kinds: Collection[str]) -> bool:
    """Whether some of `kinds` show data, pictures or recorded ways of the author's: those need more than others."""
    return any(find_kind(tag).script == "data" for tag in kinds)
