"""Outlines as the built-in gazetteer keeps them: steps from point to point on a grid, in two fifths of the room of WKB.

Imports no other part of the package, because the package build uses it to write the built-in gazetteer.
"""

from __future__ import annotations

import zlib

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon

UNITS = 1024
"""Units of the grid in a degree: a power of two, so that degrees are exact."""

_SIZE = "<u4"


def pack_shape(shape: MultiPolygon) -> bytes:
    """`shape`, whose points are in degrees and on the grid, as bytes.

    Counts of rings and polygons, points in each ring, rings in each polygon; then the steps along all rings, first of
    longitude and then of latitude, each from zero, with the sign in the lowest bit: their lowest bytes first, then all
    next ones. Deflated.
    """
    _, points, (rings, polygons, _) = shapely.to_ragged_array([shape])
    units: NDArray[np.int32] = np.rint(points * UNITS).astype(np.int32)
    steps = units - np.concatenate((np.zeros((1, 2), np.int32), units[:-1]))
    folded = ((steps << 1) ^ (steps >> 31)).astype(_SIZE)
    planes = np.ascontiguousarray(folded.T).view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1)
    counts = np.array([len(rings) - 1, len(polygons) - 1, *np.diff(rings), *np.diff(polygons)], _SIZE)
    return zlib.compress(counts.tobytes() + planes.tobytes(), 9)


def unpack_shape(packed: bytes) -> MultiPolygon:
    """The shape that `pack_shape` packed, in degrees."""
    content = zlib.decompress(packed)
    rings, polygons = np.frombuffer(content, _SIZE, 2)
    lengths = np.frombuffer(content, _SIZE, int(rings) + int(polygons), 8)
    planes = np.frombuffer(content, np.uint8, offset=8 + 4 * len(lengths)).reshape(2, 4, -1)
    folded = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(_SIZE)[..., 0].astype(np.int32)
    points = np.ascontiguousarray(np.cumsum((folded >> 1) ^ -(folded & 1), axis=1).T) / UNITS
    offsets = (_add_up(lengths[: int(rings)]), _add_up(lengths[int(rings) :]), np.array([0, polygons]))
    shape: MultiPolygon = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, points, offsets)[0]
    return shape


def _add_up(lengths: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where each of some parts begins, and where the last ends."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
