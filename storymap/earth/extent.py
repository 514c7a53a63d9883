"""Boxes of the Mercator plane: what bounds are there, and what lies in them."""

from __future__ import annotations

from typing import NamedTuple

from storymap.earth.mercator import project_latitude, project_longitude
from storymap.model.place import Bounds


class Extent(NamedTuple):
    """A box of the plane, in which 1 is the world's width; `east` is above 1 where it runs over 180°."""

    west: float
    north: float
    east: float
    south: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From north to south."""
        return self.south - self.north

    @property
    def middle(self) -> tuple[float, float]:
        """`x` and `y` of its middle."""
        return (self.west + self.east) / 2, (self.north + self.south) / 2

    def covers(self, x: float, y: float) -> bool:
        """Whether a point of the plane is in the box, in whichever turn of the world."""
        return self.north <= y <= self.south and (x - self.west) % 1.0 <= self.east - self.west

    def meets(self, other: Extent) -> bool:
        """Whether the boxes share anything, in whichever turn of the world."""
        beside = any(self.west < other.east + turn and other.west + turn < self.east for turn in (-1, 0, 1))
        return beside and self.north < other.south and other.north < self.south

    def around(self, width: float, height: float) -> Extent:
        """The box of that size around the middle of this one, cut to the map."""
        x, y = self.middle
        north, south = max(0.0, y - height / 2), min(1.0, y + height / 2)
        return Extent(0.0, north, 1.0, south) if width >= 1 else Extent(x - width / 2, north, x + width / 2, south)


def project_bounds(bounds: Bounds) -> Extent:
    """The box that `bounds` are on the plane."""
    return Extent(
        west=project_longitude(bounds.west),
        north=project_latitude(bounds.north),
        east=project_longitude(bounds.unwrapped_east),
        south=project_latitude(bounds.south),
    )
