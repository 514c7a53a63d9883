"""Lines over the map on a still: those between places, and recorded ways."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, get_args

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.paths import write_path
from storymap.drawing.boxes import Box
from storymap.drawing.canvas import Canvas
from storymap.earth.mercator import project_points
from storymap.layers.figures import Run, RunLook
from storymap.model.place import LonLat

_SAG = 0.8
"""Pixels by which a line of a sketch may leave its course, for a third of its points."""

_BEYOND = 10.0
"""Pixels beyond the picture to which lines are drawn."""

ROUTE_CLEAR = 3.0
"""Pixels around a line between places that names leave free."""

_TENTHS = 10
"""Paths are written in tenths of a pixel: whole numbers, shorter than decimals."""

KEPT_LINES = 2048
"""Lines whose points in the plane are kept: those between the places of a story stand on each of its maps."""

Points = NDArray[np.float64]
NO_POINTS: Points = np.empty((0, 2))


class PlacedRun(NamedTuple):
    """A line on a picture: its points in pixels, an array of shape (n, 2)."""

    run: Run
    points: Points


def place_runs(canvas: Canvas, runs: Sequence[Run]) -> list[PlacedRun]:
    """Each line on the picture, once for every turn of the world in which that may show it."""
    extent, beyond = canvas.extent, _BEYOND / canvas.scale
    placed: list[PlacedRun] = []
    for run in runs:
        points, (west, north), (east, south) = _project_line(run.points)
        if south < extent.north - beyond or north > extent.south + beyond:
            continue
        turns = range(math.ceil(extent.west - east), math.floor(extent.east - west) + 1)
        placed += (PlacedRun(run, (points - (canvas.west - turn, canvas.north)) * canvas.scale) for turn in turns)
    return placed


def halve_runs(runs: Sequence[PlacedRun]) -> list[PlacedRun]:
    """The same lines on a picture half as large."""
    return [PlacedRun(run, points / 2) for run, points in runs]


def draw_runs(canvas: Canvas, runs: Sequence[PlacedRun]) -> Iterator[str]:
    """Lines over the map look by look."""
    for look in get_args(RunLook):
        path = _write_lines(canvas, [points for run, points in runs if run.look == look])
        if path:
            yield _draw_path(path, look, sketch=canvas.sketch)


def trace_routes(canvas: Canvas, runs: Sequence[PlacedRun]) -> Points:
    """Points on the lines between places that the picture shows, in pixels, no further apart than names keep off."""
    lines = [points for run, points in runs if run.look == "route"]
    if not lines:
        return NO_POINTS
    strings = shapely.linestrings(np.concatenate(lines), indices=np.repeat(np.arange(len(lines)), [*map(len, lines)]))
    return shapely.get_coordinates(shapely.segmentize(shapely.clip_by_rect(strings, *canvas.area), ROUTE_CLEAR))


def _draw_path(path: str, look: RunLook, *, sketch: bool) -> str:
    # Until a story is at a step, its map has all lines alike and quiet; the sketch does not anticipate one.
    if sketch:
        return f'<path class="s-quiet" transform="scale(.1)" d="{path}"/>'
    if look == "route":
        casing = f'<g class="s-casing"><path id="route" d="{path}"/></g>'
        return f'<g transform="scale(.1)">{casing}<use href="#route" class="s-route"/></g>'
    casing = f'<path class="s-casing" d="{path}"/>' if look == "own" else ""
    return f'<g transform="scale(.1)">{casing}<path class="s-track s-track-{look}" d="{path}"/></g>'


def _write_lines(canvas: Canvas, lines: Sequence[Points]) -> str:
    """The path of lines; empty where the picture shows nothing of them."""
    runs = _list_shown(lines, canvas.area.grow(_BEYOND))
    if canvas.sketch and runs:
        runs = _simplify_runs(runs)
    return write_path([np.rint(run * _TENTHS).astype(np.int64) for run in runs], closed=False)


@lru_cache(maxsize=KEPT_LINES)
def _project_line(points: tuple[LonLat, ...]) -> tuple[Points, Sequence[float], Sequence[float]]:
    """The points of the plane of a line, which are not to be changed, its north-western and south-eastern corner."""
    plane = project_points(np.array(points, dtype=np.float64))
    plane.flags.writeable = False
    return plane, plane.min(axis=0).tolist(), plane.max(axis=0).tolist()


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
