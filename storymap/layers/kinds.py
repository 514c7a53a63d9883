"""The table of the kinds of layers: each stands in the file of its tag here and in `browser/src/layers`.

A kind is loaded when one is first drawn: most sites have few of them, and some bring large libraries along.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import import_module
from typing import Any, Literal, get_args

from storymap.layers.drawn import Drawn
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

Script = Literal["storymap", "ways", "areas", "data", "points", "layers", "whole"]
"""The scripts of pages, the lightest first (`browser/src`); the last has all of Leaflet."""

_WAYS, _AREAS = frozenset({"track", "branches"}), frozenset({"areas", "lines"})

DRAWN_BY: dict[Script, frozenset[str]] = {
    "storymap": frozenset(),
    "ways": _WAYS,
    "areas": _AREAS,
    "data": _WAYS | _AREAS | {"image", "compare"},
    "points": _AREAS | {"points"},
    "layers": frozenset(TAGS) - {"tiles"},
    "whole": frozenset(TAGS),
}
"""The kinds that each script draws besides those of every page, as `browser/src` has them."""

_OF_EVERY_PAGE = frozenset({"highlight", "route", "markers"})

STYLES = {
    "data": frozenset({"areas", "lines", "points"}),
    "pictures": frozenset({"backdrop", "tileset", "image", "compare"}),
    "ways": _WAYS,
}
"""The stylesheets that pages have besides (`browser/src/styles`), and the kinds that need each."""


@cache
def find_kind(tag: str) -> type[Drawn[Any]]:
    """The kind of a tag of `TAGS`."""
    found: type[Drawn[Any]] = getattr(import_module(f"storymap.layers.{tag}"), f"Drawn{tag.capitalize()}")
    return found


def draw(layer: Layer) -> Drawn[Any]:
    """`layer` as it is drawn everywhere."""
    return find_kind(type(layer).__name__.lower())(layer)


def choose_script(kinds: Collection[str]) -> Script:
    """The lightest script of a page whose map has layers of `kinds`, by their tags."""
    more = frozenset(kinds) - _OF_EVERY_PAGE
    scripts: tuple[Script, ...] = get_args(Script)
    return next(script for script in scripts if more <= DRAWN_BY[script])


def choose_styles(kinds: Collection[str]) -> tuple[str, ...]:
    """The names of the stylesheets, of `STYLES`, of a page whose map has layers of `kinds`."""
    return tuple(name for name, drawn in STYLES.items() if not drawn.isdisjoint(kinds))
