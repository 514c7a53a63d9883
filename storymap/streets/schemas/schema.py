"""A schema of vector tiles: how to say what a tile holds in tags of OpenStreetMap, of which all of them are made.

So one table (`storymap.streets.osm_tags`) says how things are drawn, whichever file they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

Dimension = Literal[0, 1, 2]
"""Points, lines, areas."""

Values = Mapping[str, Any]
"""What a feature of a tile says of itself, by column; those that are not given are left out."""

Tags = dict[str, str]

Translation = Callable[[Values, Dimension], Tags | None]
"""The tags that a feature would have in OpenStreetMap; None for what no map of streets shows."""

YES, NO = "yes", "no"

_AREA_KEYS = ("natural", "landuse", "leisure", "amenity")
_SIGHT_KEYS = ("tourism", "historic", "amenity")


class SchemaLayer(NamedTuple):
    """A layer of tiles: the columns that say what its features are, and how they do.

    `names_lines` says that it holds the lines of another layer once more, with their names.
    """

    columns: frozenset[str]
    translate: Translation
    names_lines: bool = False


class Schema(NamedTuple):
    """How tiles of one kind are laid out. `name` is what their makers call it; `layers` are those that are read."""

    name: str
    layers: Mapping[str, SchemaLayer]


def layer(*columns: str, translate: Translation, names_lines: bool = False) -> SchemaLayer:
    """A layer of which these `columns` are read, beside names."""
    return SchemaLayer(frozenset(columns), translate, names_lines)


def copy_tags(values: Values, _dimension: Dimension = 0) -> Tags:
    """Columns that are tags already."""
    return {key: str(value) for key, value in values.items()}


def tag_area(*kinds: str) -> Tags:
    """The tags of an area of the first of `kinds` that is known, whichever key OpenStreetMap has it under."""
    return {key: kind for kind in reversed(kinds) if kind for key in _AREA_KEYS}


def tag_sight(kind: str, *, is_known: bool) -> Tags:
    """The tags of a sight of this kind; `is_known` says that the makers of the tiles think it worth a name early on."""
    return {**dict.fromkeys(_SIGHT_KEYS, kind), **({"wikidata": YES} if is_known else {})}


def tag_level(*, tunnel: object, bridge: object) -> Tags:
    """The tags of what runs below or above the ground; both are given as tiles have them."""
    tags: Tags = {}
    if is_yes(tunnel):
        tags["tunnel"] = YES
    if is_yes(bridge):
        tags["bridge"] = YES
    return tags


def is_yes(value: object) -> bool:
    """Whether a value of a tile says yes: `true`, a number, or a word other than "no"."""
    return bool(value) and value not in {NO, "0", "false"}


def read_number(value: object, otherwise: float) -> float:
    """A value as a number; `otherwise` where it is none."""
    return float(value) if isinstance(value, int | float) else otherwise
