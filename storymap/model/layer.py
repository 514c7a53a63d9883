"""What lies on the ground of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storymap.model.place import LonLat, Place

LineStyle = Literal["great-circle", "straight", "none"]


@dataclass(frozen=True, slots=True)
class Leg:
    """A line between two places: `parts` are runs of points, cut where the line crosses 180°."""

    start: Place
    end: Place
    style: LineStyle
    parts: tuple[tuple[LonLat, ...], ...]
