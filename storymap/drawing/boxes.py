"""Rectangles of a picture, in pixels."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels, `y` south."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have an area in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether `other` lies within this box."""
        left, top, right, bottom = self
        west, north, east, south = other
        return left <= west and east <= right and top <= north and south <= bottom

    def grow(self, by: float) -> Box:
        """The box with `by` more pixels on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def box_around(x: float, y: float, reach: float) -> Box:
    """The square that a mark of radius `reach` takes."""
    return Box(x - reach, y - reach, x + reach, y + reach)
