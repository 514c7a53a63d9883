"""What a map shows."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.model.place import Bounds


@dataclass(frozen=True, slots=True)
class View:
    """What a map has to show: `bounds`, and the `zoom` at which they fill the reference frame.

    The browser fits `bounds` into the part of the map that no text covers, whatever its size. `zoom` (Web Mercator,
    256-pixel tiles, fractional) says how finely the basemap is drawn for it. See `storymap.earth.views`.
    """

    bounds: Bounds
    zoom: float
