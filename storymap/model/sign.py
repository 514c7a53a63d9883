"""How the places of a category are marked on every map."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class SignColors(Struct, frozen=True):
    """The colour of a marker, and of what stands in it, as `#rrggbb`."""

    fill: str
    ink: str


class Sign(Struct, frozen=True):
    """What the key calls a category, the `symbol` in its markers, and their colours by light and in the dark.

    `symbol` is an SVG path in a box of 15 × 15; empty for none.
    """

    title: str
    symbol: str
    light: SignColors
    dark: SignColors


NO_SIGNS: Mapping[str, Sign] = MappingProxyType({})
"""Of a site whose settings have no categories."""
