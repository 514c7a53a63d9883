"""The kinds of layers, each in a file of its own, which says how it is drawn everywhere.

What stands in `__all__` is the package's public face: layers of a GeoDataFrame. It is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storymap.api.layers import Areas, Lines, Points

__all__ = ["Areas", "Lines", "Points"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("storymap.api.layers"), name)
