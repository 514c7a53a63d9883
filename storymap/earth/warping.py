"""Lay a picture that is known in any reference system on the Web Mercator plane, cell by cell of a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from storymap.earth.mercator import project_points, unproject_points
from storymap.earth.rectifying import Affine
from storymap.model.place import Bounds

_CELLS = 24
"""Cells of the grid either way: within one, what is straight in one system is straight in the other, to a pixel."""

_DEGREES = "EPSG:4326"

Floats = NDArray[np.float64]
Box = tuple[int, int, int, int]
Quad = tuple[float, float, float, float, float, float, float, float]


class WarpError(ValueError):
    """A picture that cannot be laid on the map; the message is a sentence's second half, `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


class Placement(Struct, frozen=True):
    """Where a picture lies: `affine` leads from its pixels, from the left and the top edge, to coordinates of `crs`.

    Coordinates are east before north, longitude before latitude, whatever the reference system says of itself.
    """

    affine: Affine
    crs: str = _DEGREES


class Warp(Struct, frozen=True):
    """A picture of `columns` × `rows` pixels that fills `bounds` on the map.

    `mesh` says of each box of its pixels (left, top, right, bottom) from where in the picture as it was it is taken:
    the corners of a quadrilateral, x and y of the upper left, lower left, lower right and upper right.
    """

    bounds: Bounds
    columns: int
    rows: int
    mesh: tuple[tuple[Box, Quad], ...]


def warp(placement: Placement, width: int, height: int, *, largest: int) -> Warp:
    """Lay a picture of `width` × `height` pixels on the plane, as fine as it is, at most `largest` pixels either way.

    Raises `WarpError` where its reference system is not known, or it lies beyond the map or over 180°.
    """
    to_degrees, from_degrees = _open_transformers(placement.crs)
    edge = np.linspace(0, 1, _CELLS + 1)
    grid = np.array([(x * width, y * height) for y in edge for x in edge])
    degrees = _transform(to_degrees, _apply(placement.affine, grid))
    if not np.isfinite(degrees).all() or np.abs(degrees[:, 1]).max() > 90.001 or np.abs(degrees[:, 0]).max() > 180.001:
        lon, lat = degrees[0]
        where = f"its upper left corner at {lat:.4g}, {lon:.4g}" if np.isfinite(degrees[0]).all() else "nowhere"
        raise WarpError(f"lies beyond the map, {where}", "see whether the reference system is the one it was made in")
    plane = project_points(degrees)
    (left, top), (right, bottom) = plane.min(axis=0), plane.max(axis=0)
    if bottom - top <= 0 or right - left <= 0:
        raise WarpError("has no extent on the map", "see whether its numbers are those of this picture")
    unit = math.sqrt((right - left) * (bottom - top) / (width * height))
    unit = max(unit, (right - left) / largest, (bottom - top) / largest)
    columns, rows = max(1, round((right - left) / unit)), max(1, round((bottom - top) / unit))
    across, down = _divide(columns), _divide(rows)
    corners = np.array(
        [(left + x / columns * (right - left), top + y / rows * (bottom - top)) for y in down for x in across]
    )
    back = _apply(placement.affine.invert(), _transform(from_degrees, unproject_points(corners)))
    sources = np.nan_to_num(back, nan=-width, posinf=-width, neginf=-width).reshape(len(down), len(across), 2)
    mesh = tuple(
        ((across[i], down[j], across[i + 1], down[j + 1]), _quad(sources, i, j))
        for j in range(len(down) - 1)
        for i in range(len(across) - 1)
    )
    (west, north), (east, south) = unproject_points(np.array([(left, top), (right, bottom)])).tolist()
    return Warp(Bounds(west, south, east, north), columns, rows, mesh)


def rotate_box(bounds: Bounds, rotation: float, width: int, height: int) -> Placement:
    """A picture of `width` × `height` pixels that fills a box in degrees, turned about its middle.

    `rotation` is degrees against the clock, as KML has it; distances stay true where the box is small.
    """
    lon, lat = (bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2
    squeeze = math.cos(math.radians(lat)) or 1.0
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    across, down = (bounds.east - bounds.west) / width, (bounds.north - bounds.south) / height
    a, b = across * cos, down * sin / squeeze
    d, e = across * squeeze * sin, -down * cos
    return Placement(Affine(a, b, lon - a * width / 2 - b * height / 2, d, e, lat - d * width / 2 - e * height / 2))


def _open_transformers(crs: str) -> tuple[Transformer, Transformer]:
    """To degrees, and back."""
    try:
        system = CRS.from_user_input(crs)
        return (
            Transformer.from_crs(system, _DEGREES, always_xy=True),
            Transformer.from_crs(_DEGREES, system, always_xy=True),
        )
    except (CRSError, ProjError):
        named = " ".join(crs.split())[:60]
        raise WarpError(
            f'is in a reference system that nobody knows, "{named}"', "write its code, such as crs: EPSG:5514"
        ) from None


def _transform(transformer: Transformer, points: Floats) -> Floats:
    x, y = transformer.transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def _apply(affine: Affine, points: Floats) -> Floats:
    x, y = points[:, 0], points[:, 1]
    return np.column_stack([affine.a * x + affine.b * y + affine.c, affine.d * x + affine.e * y + affine.f])


def _divide(pixels: int) -> list[int]:
    """Where the grid cuts a side of so many pixels."""
    return sorted({round(pixels * step / _CELLS) for step in range(_CELLS + 1)})


def _quad(sources: NDArray[np.float64], i: int, j: int) -> Quad:
    corners: Sequence[Floats] = (sources[j, i], sources[j + 1, i], sources[j + 1, i + 1], sources[j, i + 1])
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (corner.tolist() for corner in corners)
    return ax, ay, bx, by, cx, cy, dx, dy
