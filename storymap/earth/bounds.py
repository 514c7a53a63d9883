"""Put boxes around points, geometries and other boxes, along the shortest arc of longitudes.

So Fiji is a few degrees wide and not 360, Russia does not run right round the world, and Tokyo and Lima are framed over
the Pacific. Boxes follow RFC 7946, 5.2: `west > east` crosses 180°. Geometries are expected as this package keeps them:
within ±180° and cut there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import MERCATOR_LIMIT, wrap_longitude
from storymap.model.place import Bounds, LonLat

WORLD = Bounds(-180.0, -MERCATOR_LIMIT, 180.0, MERCATOR_LIMIT)
"""The whole of the map."""

Span = tuple[float, float]


def bounds_of_points(points: Iterable[LonLat]) -> Bounds:
    """The smallest box around `points`. Raises `ValueError` where there is none."""
    found = list(points)
    if not found:
        raise ValueError("no points to put a box around")
    west, east = _enclose_spans((point.lon, point.lon) for point in found)
    return Bounds(west, min(point.lat for point in found), east, max(point.lat for point in found))


def bounds_of_geometry(geometry: BaseGeometry) -> Bounds:
    """The smallest box around a geometry in lon/lat. Raises `ValueError` where it is empty."""
    if isinstance(geometry, shapely.Point) and not geometry.is_empty:
        return Bounds(geometry.x, geometry.y, geometry.x, geometry.y)
    boxes = [part.bounds for part in _list_simple_parts(geometry) if not part.is_empty]
    if not boxes:
        raise ValueError("an empty geometry has no bounds")
    west, east = _enclose_spans((box[0], box[2]) for box in boxes)
    return Bounds(west, min(box[1] for box in boxes), east, max(box[3] for box in boxes))


def union_bounds(boxes: Iterable[Bounds]) -> Bounds:
    """The smallest box around `boxes`. Raises `ValueError` where there is none."""
    found = list(boxes)
    if not found:
        raise ValueError("no boxes to put a box around")
    spans: list[Span] = []
    for box in found:
        spans.extend([(box.west, 180.0), (-180.0, box.east)] if box.crosses_antimeridian else [(box.west, box.east)])
    west, east = _enclose_spans(spans)
    return Bounds(west, min(box.south for box in found), east, max(box.north for box in found))


def center_of_bounds(bounds: Bounds) -> LonLat:
    """The middle of a box, also of one over 180°."""
    return LonLat(wrap_longitude(bounds.west + bounds.width / 2), (bounds.south + bounds.north) / 2)


def _list_simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Points, lines and polygons of any geometry, collections within collections included."""
    if geometry.geom_type == "GeometryCollection":
        return [simple for part in shapely.get_parts(geometry) for simple in _list_simple_parts(part)]
    return list(shapely.get_parts(geometry))


def _enclose_spans(spans: Iterable[Span]) -> Span:
    """West and east of the shortest arc that covers all `spans` of longitudes, each within ±180°.

    The arc is what the widest empty gap leaves. Of gaps equally wide the one over 180° is taken, so that a box crosses
    180° only where that makes it smaller.
    """
    merged: list[Span] = []
    for west, east in sorted(spans):
        if merged and west <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], east))
        else:
            merged.append((west, east))
    whole = (merged[0][0], merged[-1][1])
    gap = merged[0][0] + 360 - merged[-1][1]
    for before, after in pairwise(merged):
        if after[0] - before[1] > gap + 1e-9:
            gap = after[0] - before[1]
            whole = (after[0], before[1])
    return _turn_edge(whole)


def _turn_edge(span: Span) -> Span:
    """180° written on the side where the box lies, so that a box that only touches 180° does not seem to cross it."""
    west, east = span
    if west > east and west == 180:
        west = -180.0
    if west > east and east == -180:
        east = 180.0
    return west, east


def shrink_bounds(bounds: Bounds, share: float) -> Bounds:
    """The middle of `bounds`, with `share` of its width and height."""
    aside, above = bounds.width * (1 - share) / 2, bounds.height * (1 - share) / 2
    west, east = wrap_longitude(bounds.west + aside), wrap_longitude(bounds.unwrapped_east - aside)
    return Bounds(west, bounds.south + above, east, bounds.north - above)
