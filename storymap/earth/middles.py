"""The midst of a shape: where its name stands, and a circle in place of it."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

_FINENESS = 0.02
"""How exactly the midst of an area is searched, as a share of its size."""


@lru_cache(maxsize=4096)
def find_middle(shape: BaseGeometry) -> tuple[float, float]:
    """The point of `shape` that is farthest from its edge, half-way along a line; (0, 0) where it is empty."""
    if shape.is_empty:
        return 0.0, 0.0
    part = max(shapely.get_parts(shape), key=lambda part: (part.area, part.length))
    if isinstance(part, shapely.Polygon):
        west, south, east, north = part.bounds
        size = max(north - south, east - west)
        coarse = shapely.simplify(part, size * _FINENESS / 4)
        (circle,) = shapely.maximum_inscribed_circle([coarse], tolerance=size * _FINENESS)
        middle = shapely.get_point(circle, 0)
    elif isinstance(part, shapely.LineString):
        middle = part.interpolate(0.5, normalized=True)
    else:
        middle = part
    return float(middle.x), float(middle.y)
