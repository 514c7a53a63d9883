"""Make the sea out of coastlines: OpenStreetMap draws them with land on their left, and the sea as nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_ASIDE = 1e-6
"""Degrees aside of a coast at which it is asked what lies there: about ten centimetres."""


def fill_sea(coasts: Sequence[BaseGeometry], box: BaseGeometry) -> BaseGeometry:
    """The part of `box` that is sea: an empty polygon where no coast runs through it.

    The box is cut along the coasts; of each piece its coasts say, by their length, on which of their sides it lies.
    So a coast that is drawn the wrong way for a while is only wrong where it is. One that ends within the box, as where
    an extract was cut along a border, goes on straight to the nearest edge.
    """
    inside = shapely.intersection(np.array(coasts, dtype=object), box) if coasts else np.array([], dtype=object)
    lines = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString" and part.length]
    if not lines:
        return shapely.Polygon()
    cut = shapely.union_all([box.boundary, *lines, *_lead_out(lines, box)])
    pieces = shapely.get_parts(shapely.polygonize([cut]))
    left, right, lengths = _stand_aside(lines)
    tree = shapely.STRtree(pieces)
    votes = np.zeros(len(pieces))
    for points, sign in ((left, -1.0), (right, 1.0)):
        of_point, piece = tree.query(points, predicate="within")
        np.add.at(votes, piece, sign * lengths[of_point])
    return shapely.union_all(pieces[votes > 0])


def _lead_out(lines: Sequence[shapely.LineString], box: BaseGeometry) -> list[shapely.LineString]:
    """Ways from the loose ends of coasts to the nearest edge of the box."""
    counts = Counter(end for line in lines for end in (line.coords[0], line.coords[-1]))
    edge = box.boundary
    ends = [shapely.Point(end) for end, count in sorted(counts.items()) if count % 2]
    return [shapely.shortest_line(end, edge) for end in ends if end.distance(edge) > _ASIDE]


def _stand_aside(lines: Sequence[shapely.LineString]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points a little to the left and to the right of the middle of each segment, and how long that is."""
    starts = np.concatenate([shapely.get_coordinates(line)[:-1] for line in lines])
    ends = np.concatenate([shapely.get_coordinates(line)[1:] for line in lines])
    way = ends - starts
    lengths = np.hypot(way[:, 0], way[:, 1])
    middles = (starts + ends) / 2
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1) / np.maximum(lengths, 1e-12)[:, None] * _ASIDE
    return shapely.points(middles + aside), shapely.points(middles - aside), lengths
