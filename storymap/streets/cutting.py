"""Cut features along a box: extracts and tiles reach far beyond what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.model.place import Bounds
from storymap.streets.features import StreetFeature


def box_of(bounds: Bounds) -> shapely.Polygon:
    """The box as a polygon."""
    return shapely.box(bounds.west, bounds.south, bounds.east, bounds.north)


def cut_features(features: Sequence[StreetFeature], bounds: Bounds) -> list[StreetFeature]:
    """What of `features` lies in `bounds`, each with shapes of its own dimension only."""
    if not features:
        return []
    box = box_of(bounds)
    shapes = np.array([feature.shape for feature in features], dtype=object)
    shapely.prepare(box)
    outside = np.flatnonzero(~shapely.contains_properly(box, shapes)).tolist()
    cut: list[StreetFeature | None] = list(features)
    dimensions = shapely.get_dimensions(shapes[outside])
    kept = shapely.intersection(shapes[outside], box)
    for number, shape, dimension in zip(outside, kept, dimensions, strict=True):
        left = keep_dimension(shape, int(dimension))
        cut[number] = None if left is None else features[number]._replace(shape=left)
    return [feature for feature in cut if feature is not None]


def keep_dimension(shape: BaseGeometry, dimension: int) -> BaseGeometry | None:
    """The parts of `shape` that have as many dimensions as the thing itself: an edge that it only touches has less."""
    if shape.is_empty:
        return None
    if shape.geom_type == "GeometryCollection":
        parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == dimension]
        return shapely.union_all(parts) if parts else None
    return shape if shapely.get_dimensions(shape) == dimension else None
