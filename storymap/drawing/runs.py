"""Lines over the map on a still: those between places, and recorded ways."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import get_args

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from storymap.basemap.paths import write_path
from storymap.drawing.canvas import Canvas
from storymap.drawing.labels import Box, box_around
from storymap.earth.mercator import project_points
from storymap.layers.figures import Run, RunLook
from storymap.model.place import LonLat

_SAG = 0.8
"""Pixels by which a line of a sketch may leave its course, for a third of its points."""

_BEYOND = 10.0
"""Pixels beyond the picture to which lines are drawn."""

_CLEAR = 3.0
"""Pixels around a line between places that names leave free."""

_TENTHS = 10
"""Paths are written in tenths of a pixel: whole numbers, shorter than decimals."""

Points = NDArray[np.float64]


def draw_runs(canvas: Canvas, runs: Sequence[Run]) -> Iterator[str]:
    """Lines over the map look by look, in every turn of the world that the picture shows."""
    for look in get_args(RunLook):
        path = _write_lines(canvas, [run.points for run in runs if run.look == look])
        if path:
            yield _draw_path(path, look, sketch=canvas.sketch)


def place_lines(canvas: Canvas, lines: Sequence[Sequence[LonLat]]) -> list[Points]:
    """The points of each line in pixels, once for every turn of the world in which the picture may show it."""
    extent = canvas.extent
    placed: list[Points] = []
    for points in _project_lines(lines):
        xs = points[:, 0].tolist()
        first, last = math.ceil(extent.west - max(xs)), math.floor(extent.east - min(xs))
        placed += ((points - [canvas.west - turn, canvas.north]) * canvas.scale for turn in range(first, last + 1))
    return placed


def list_boxes(canvas: Canvas, runs: Sequence[Run]) -> Iterator[Box]:
    """Small boxes along the lines between places, which names keep off."""
    lines = _list_shown(place_lines(canvas, [run.points for run in runs if run.look == "route"]), canvas.area)
    for line in shapely.segmentize([LineString(line) for line in lines], 3 * _CLEAR):
        for x, y in shapely.get_coordinates(line).tolist():
            yield box_around(x, y, _CLEAR)


def _draw_path(path: str, look: RunLook, *, sketch: bool) -> str:
    # Until a story is at a step, its map has all lines alike and quiet; the sketch does not anticipate one.
    if sketch:
        return f'<path class="s-quiet" transform="scale(.1)" d="{path}"/>'
    if look == "route":
        casing = f'<g class="s-casing"><path id="route" d="{path}"/></g>'
        return f'<g transform="scale(.1)">{casing}<use href="#route" class="s-route"/></g>'
    casing = f'<path class="s-casing" d="{path}"/>' if look == "own" else ""
    return f'<g transform="scale(.1)">{casing}<path class="s-track s-track-{look}" d="{path}"/></g>'


def _write_lines(canvas: Canvas, lines: Sequence[Sequence[LonLat]]) -> str:
    """The path of lines; empty where the picture shows nothing of them."""
    runs = _list_shown(place_lines(canvas, lines), canvas.area.grow(_BEYOND)) if lines else []
    if canvas.sketch and runs:
        runs = _simplify_runs(runs)
    return write_path([np.rint(run * _TENTHS).astype(np.int64) for run in runs], closed=False)


def _project_lines(lines: Sequence[Sequence[LonLat]]) -> list[Points]:
    """The points of the plane of each line; all are projected at once, because most lines have few."""
    numbers = np.fromiter(chain.from_iterable(chain.from_iterable(lines)), np.float64)
    return _split(project_points(numbers.reshape(-1, 2)), [len(line) for line in lines])


def _list_shown(lines: Sequence[Points], area: Box) -> list[Points]:
    """The stretches of `lines` that may cross `area`: of each step that lies to one side of it nothing is drawn."""
    if not lines:
        return []
    points = np.concatenate(lines)
    left, top, right, bottom = area
    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    shown = np.zeros(len(points) + 1, dtype=bool)
    shown[1:-1] = (high[:, 0] >= left) & (low[:, 0] <= right) & (high[:, 1] >= top) & (low[:, 1] <= bottom)
    shown[[*accumulate(map(len, lines))]] = False  # from the end of a line to the beginning of the next
    edges = np.flatnonzero(shown[1:] != shown[:-1]).tolist()
    return [points[first : last + 1] for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _simplify_runs(runs: Sequence[Points]) -> list[Points]:
    """`runs` as a sketch needs them; that they may come to cross one another makes no difference to it."""
    lines = shapely.linestrings(np.concatenate(runs), indices=np.repeat(np.arange(len(runs)), [*map(len, runs)]))
    points, numbers = shapely.get_coordinates(shapely.simplify(lines, _SAG, preserve_topology=False), return_index=True)
    return _split(points, np.bincount(numbers).tolist())


def _split(points: Points, lengths: Iterable[int]) -> list[Points]:
    """Stretches of `points` one after another, each of so many."""
    ends = list(accumulate(lengths, initial=0))
    return [points[first:last] for first, last in pairwise(ends)]
