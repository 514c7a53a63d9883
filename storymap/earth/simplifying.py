"""Simplify lines and areas to what a map at some zoom can show, in time that grows with their points alone.

First what lies within a fraction of a pixel of the point before is left out, then what lies on the way between others
(Douglas-Peucker), a stretch of points at a time: over a whole line of millions that could take the square of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import project_points, world_pixels

PIXELS = 0.25
"""How far what is drawn may lie from what was there, in CSS pixels."""

MOST_POINTS = 60_000
"""Points of one shape on a page: about a megabyte."""

_STRETCH = 256
"""Points that are simplified together."""

_Points = NDArray[np.float64]


@lru_cache(maxsize=256)
def simplify_shape(geometry: BaseGeometry, zoom: float) -> BaseGeometry:
    """`geometry`, in degrees, without what a Web Mercator map at `zoom` cannot show.

    Parts and holes too small to be seen are left out, unless nothing else is there. A ring may come to touch or cross
    itself by less than a pixel. What has more than `MOST_POINTS` even then is simplified further, until it has not.
    """
    tolerance = PIXELS / world_pixels(zoom)
    while (seen := _simplify(geometry, tolerance)) is not None:
        geometry = seen
        if shapely.get_num_coordinates(geometry) <= MOST_POINTS:
            break
        tolerance *= 4
    return geometry


def _simplify(geometry: BaseGeometry, tolerance: float) -> BaseGeometry | None:
    """`geometry` simplified; None where nothing of it can be seen. `tolerance` is in widths of the world."""
    if isinstance(geometry, shapely.Polygon):
        rings = [_thin_out(ring, tolerance, least=4) for ring in (geometry.exterior, *geometry.interiors)]
        return None if rings[0] is None else shapely.Polygon(rings[0], [ring for ring in rings[1:] if ring is not None])
    if isinstance(geometry, shapely.LineString):
        line = _thin_out(geometry, tolerance, least=2)
        return None if line is None else shapely.LineString(line)
    if isinstance(geometry, shapely.Point):
        return geometry
    parts = [seen for part in shapely.get_parts(geometry) if (seen := _simplify(part, tolerance)) is not None]
    collect: Any = type(geometry)
    return collect(parts) if parts else None


def _thin_out(run: shapely.LineString, tolerance: float, *, least: int) -> _Points | None:
    """The points of a line or a ring that are seen; None where fewer than `least` are."""
    degrees: _Points = np.asarray(run.coords)[:, :2]
    plane = project_points(degrees)
    cells = np.floor(plane / (tolerance / 2))
    kept = np.flatnonzero(np.r_[True, (np.diff(cells, axis=0) != 0).any(axis=1)])
    kept = np.unique(np.r_[kept, len(degrees) - 1])
    kept = kept[_find_corners(plane[kept], tolerance / 2)]
    return degrees[kept] if len(kept) >= least else None


def _find_corners(plane: _Points, tolerance: float) -> NDArray[np.intp]:
    """The numbers of the points between which straight lines pass all others within `tolerance`."""
    if len(plane) <= 2:
        return np.arange(len(plane))
    count = (len(plane) - 2) // (_STRETCH - 1) + 1
    stretches = [slice(n * (_STRETCH - 1), (n + 1) * (_STRETCH - 1) + 1) for n in range(count)]
    # The number of each point travels along as its height, which Douglas-Peucker does not look at.
    numbered = np.column_stack([plane, np.arange(len(plane))])
    lines = [shapely.LineString(numbered[stretch]) for stretch in stretches]
    simple = shapely.simplify(lines, tolerance, preserve_topology=False)
    found = shapely.get_coordinates(simple, include_z=True)[:, 2]
    return np.unique(found).astype(np.intp)
