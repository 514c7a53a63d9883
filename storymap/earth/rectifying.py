"""Fit a picture to the ground by control points: the affine map from its pixels to the Web Mercator plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from storymap.earth.distance import measure_near
from storymap.earth.mercator import project_latitude, project_longitude, unproject_x, unproject_y
from storymap.model.place import Bounds

_FLATTEST = 1e-3
"""Points whose spread across is less than this share of their spread along lie on a line."""

_APART = "choose three or more points that lie apart, such as crossings and towers, near the corners"
_IN_ORDER = "write [x, y, lon, lat]: pixels from the left and from the top, then the longitude before the latitude"


class ControlPointError(ValueError):
    """Points that no picture can be fitted to; the message is a sentence, and so is `help`: what to do."""

    def __init__(self, message: str, help: str = _APART) -> None:
        super().__init__(message)
        self.help = help


class Affine(Struct, frozen=True):
    """`x' = a·x + b·y + c` and `y' = d·x + e·y + f`."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def invert(self) -> Affine:
        """The map back."""
        size = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / size, -self.b / size, -self.d / size, self.a / size
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def after(self, first: Affine) -> Affine:
        """The map that does `first`, and then this."""
        return Affine(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            self.a * first.c + self.b * first.f + self.c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            self.d * first.c + self.e * first.f + self.f,
        )


def fit_affine(points: Sequence[tuple[float, float, float, float]]) -> Affine:
    """The map from pixels to the plane that fits control points best (least squares).

    A point is pixels from the left and from the top, longitude and latitude. Raises `ControlPointError` for fewer than
    three, for those that lie on a line, in the picture or on the ground, for positions that are not on the map, and for
    points that show the picture from behind: nobody lays one so, but latitudes before longitudes do.
    """
    pixels, plane = _read_points(points)
    solved, *_ = np.linalg.lstsq(np.column_stack([pixels, np.ones(len(points))]), plane, rcond=None)
    (a, d), (b, e), (c, f) = solved.tolist()
    if a * e < b * d:
        raise ControlPointError("the points lay the picture as in a mirror", _IN_ORDER)
    return Affine(a, b, c, d, e, f)


def _read_points(points: Sequence[tuple[float, float, float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Their pixels and their positions on the plane, two columns each."""
    if len(points) < 3:
        raise ControlPointError(f"{len(points)} points do not say how a picture lies; it takes three")
    for x, y, lon, lat in points:
        if not (-180 <= lon <= 180 and abs(lat) <= 85):
            where = f"{lat:g}, {lon:g}, which is not on the map"
            raise ControlPointError(f"the point {x:g}, {y:g} lies at {where}", _IN_ORDER)
    pixels = np.array([(x, y) for x, y, _, _ in points])
    plane = np.array([(project_longitude(lon), project_latitude(lat)) for _, _, lon, lat in points])
    for spots, where in ((pixels, "in the picture"), (plane, "on the ground")):
        spread = np.linalg.svd(spots - spots.mean(axis=0), compute_uv=False)
        if spread[1] <= _FLATTEST * spread[0]:
            raise ControlPointError(f"the points lie on one line {where}")
    return pixels, plane


def measure_misfits(affine: Affine, points: Sequence[tuple[float, float, float, float]]) -> list[float]:
    """Kilometres by which each point lies off where `affine` puts it."""
    misfits = []
    for x, y, lon, lat in points:
        east, south = affine.apply(x, y)
        misfits.append(measure_near((lon, lat), (unproject_x(east), unproject_y(south))))
    return misfits


def measure_stretch(bounds: Bounds, width: int, height: int) -> float:
    """How many times as tall as it is a picture of `width` × `height` pixels is drawn, if it fills `bounds`."""
    across = project_longitude(bounds.east) - project_longitude(bounds.west)
    down = project_latitude(bounds.south) - project_latitude(bounds.north)
    return down / height / (across / width)


def lay_out(affine: Affine, width: int, height: int, *, largest: int) -> tuple[Bounds, int, int, Affine]:
    """Where a picture of `width` × `height` pixels comes to lie, which `affine` lays on the plane.

    Its bounds, the size in pixels of a picture of them whose upper edge is north, and the map from the pixels of that
    to those of the picture as it is. The new picture is as fine as that, and no larger than `largest` pixels either
    way.
    """
    corners = [affine.apply(x, y) for x in (0, width) for y in (0, height)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    unit = math.sqrt(abs(affine.a * affine.e - affine.b * affine.d))
    unit = max(unit, (right - left) / largest, (bottom - top) / largest)
    columns, rows = max(1, round((right - left) / unit)), max(1, round((bottom - top) / unit))
    to_plane = Affine((right - left) / columns, 0.0, left, 0.0, (bottom - top) / rows, top)
    bounds = Bounds(unproject_x(left), unproject_y(bottom), unproject_x(right), unproject_y(top))
    return bounds, columns, rows, affine.invert().after(to_plane)
