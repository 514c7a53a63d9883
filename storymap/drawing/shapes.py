"""Places that are lines or areas on a still."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import tenths
from storymap.earth.mercator import project_points
from storymap.layers.figures import PlaceShape

BEYOND, FINENESS = 20.0, 0.4
"""Pixels beyond the picture at which shapes are cut, and by which their points may be off."""


def draw_place_shapes(canvas: Canvas, shapes: Sequence[PlaceShape]) -> Iterator[str]:
    """Places that are lines or areas, in every turn of the world that the picture shows."""
    paths: dict[bool, list[str]] = {True: [], False: []}
    for shape in shapes:
        closed, open_ = write_shape(canvas, shape.shape)
        paths[True].append(closed)
        paths[False].append(open_)
    for is_closed, name in ((True, "s-area"), (False, "s-line")):
        if path := "".join(paths[is_closed]):
            yield f'<path class="{name}" d="{path}"/>'


def write_shape(canvas: Canvas, shape: BaseGeometry) -> tuple[str, str]:
    """The paths of the areas and of the lines of a shape, in every turn of the world; empty where there are none."""
    extent, area = canvas.extent, canvas.area
    edges = (area.left - BEYOND, area.top - BEYOND, area.right + BEYOND, area.bottom + BEYOND)
    areas, lines = "", ""
    for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):

        def place(points: NDArray[np.float64], turn: int = turn) -> NDArray[np.float64]:
            placed: NDArray[np.float64] = project_points(points) + np.array([turn - canvas.west, -canvas.north])
            return placed * canvas.scale

        placed = shapely.transform(shape, place)
        left, top, right, bottom = placed.bounds
        if right < edges[0] or left > edges[2] or bottom < edges[1] or top > edges[3]:
            continue
        seen = shapely.clip_by_rect(shapely.simplify(placed, FINENESS, preserve_topology=False), *edges)
        for part in _list_simple(seen):
            if isinstance(part, shapely.Polygon):
                areas += "".join(_write_run(ring.coords, closed=True) for ring in (part.exterior, *part.interiors))
            else:
                lines += _write_run(part.coords, closed=False)
    return areas, lines


def _list_simple(geometry: BaseGeometry) -> list[shapely.LineString | shapely.Polygon]:
    """The lines and polygons of any geometry."""
    if isinstance(geometry, shapely.LineString | shapely.Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = getattr(geometry, "geoms", ())
    return [simple for part in parts for simple in _list_simple(part)]


def _write_run(points: Iterable[Sequence[float]], *, closed: bool) -> str:
    return "M" + "L".join(f"{tenths(x)} {tenths(y)}" for x, y in points) + ("Z" if closed else "")
