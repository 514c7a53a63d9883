"""The lines between places on a still."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from storymap.drawing.canvas import Canvas
from storymap.drawing.svg import tenths
from storymap.earth.mercator import project_points
from storymap.model.place import LonLat

_SAG = 0.8
"""Pixels by which a line of a sketch may leave its course, for a third of its points."""


def draw_routes(canvas: Canvas, lines: Sequence[Sequence[LonLat]]) -> Iterator[str]:
    """Lines between places, in every turn of the world that the picture shows."""
    extent = canvas.extent
    runs = []
    for line in lines:
        xs, ys = project_points(np.array(line)).T
        for turn in range(math.floor(extent.west - 1), math.ceil(extent.east) + 1):
            if xs.max() + turn < extent.west or xs.min() + turn > extent.east:
                continue
            points = np.column_stack([xs + turn - canvas.west, ys - canvas.north]) * canvas.scale
            if canvas.sketch and len(points) > 1:
                points = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), _SAG))
            runs.append("M" + "L".join(f"{tenths(x)} {tenths(y)}" for x, y in points.tolist()))
    if runs:
        path = "".join(runs)
        # Until a story is at a step, its map has all lines alike and quiet; the sketch does not anticipate one.
        classes = ("s-quiet",) if canvas.sketch else ("s-casing", "s-route")
        yield "".join(f'<path class="{name}" d="{path}"/>' for name in classes)
