"""Draw the line between two places: great circle or straight on the map, cut where it crosses 180°.

Each part is a run of points within ±180°; a part that ends at 180° is continued by one that begins at -180°. What lies
beyond the edge of a Web Mercator map (85.0511°) is left out, so a path over the pole comes in two parts as well.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import groupby, pairwise

import numpy as np
import shapely

from storymap.earth.cutting import Path, cut_path, straight_in_mercator, unwrap_path
from storymap.earth.distance import earth, measure_distance
from storymap.earth.mercator import MERCATOR_LIMIT, project_points, unproject_points, wrap_longitude
from storymap.model.layer import LineStyle
from storymap.model.place import LonLat

MOST_POINTS = 64
"""Points of the longest line: smooth at the zoom that shows it whole, and 400 bytes on the page."""

DECIMALS = 4
"""Decimals of a degree in lines: 11 m."""

WAY_POINTS, WAY_DECIMALS = 512, 5
"""The same of a line that follows a recorded way, which a map may come as close to as to that."""

_SMOOTHNESS = 1 / 2000
"""How far a drawn line may run beside the true one, as a share of its extent: half a pixel of a full screen."""

_SAMPLE_KILOMETRES = 80.0
_MOST_SAMPLES = 128


@lru_cache(maxsize=4096)
def draw_line(start: LonLat, end: LonLat, style: LineStyle) -> tuple[tuple[LonLat, ...], ...]:
    """The parts of the line from `start` to `end`, at most `MOST_POINTS` points and those where it is cut.

    No parts where the style is "none" or both ends are the same point; a line along a way is drawn by `draw_way`. A
    straight line takes the short way round. Between exact antipodes every great circle is shortest; the one that
    pyproj finds is drawn.
    """
    if style == "none" or _is_same_point(start, end):
        return ()
    path = _sample_great_circle(start, end) if style == "great-circle" else [tuple(start), tuple(end)]
    runs = _leave_out_poles(unwrap_path(path))
    parts = [
        part for run in runs for part in cut_path(_thin_out(run, budget=MOST_POINTS // len(runs)), straight_in_mercator)
    ]
    rounded = (_round_points(part) for part in parts)
    return tuple(part for part in rounded if len(part) > 1)


def draw_way(path: Path, *, most: int = WAY_POINTS) -> tuple[tuple[LonLat, ...], ...]:
    """The parts of a line along `path`, whose longitudes run on over ±180°, with at most `most` points."""
    runs = _leave_out_poles(path)
    thinned = (_thin_out(run, budget=max(2, most // len(runs))) for run in runs)
    parts = (_round_points(part, WAY_DECIMALS) for run in thinned for part in cut_path(run, straight_in_mercator))
    return tuple(part for part in parts if len(part) > 1)


def _is_same_point(start: LonLat, end: LonLat) -> bool:
    """Whether two points are one to within the precision of a line, 180° and -180° being the same meridian."""
    tolerance = 0.1**DECIMALS
    return abs(start.lat - end.lat) < tolerance and abs(wrap_longitude(start.lon - end.lon)) < tolerance


def _sample_great_circle(start: LonLat, end: LonLat) -> Path:
    """Points along the geodesic, densely; `_thin_out` keeps those that its curve on the map needs."""
    kilometres, _ = measure_distance(start, end)
    count = min(_MOST_SAMPLES, math.ceil(kilometres / _SAMPLE_KILOMETRES))
    between = earth().npts(start.lon, start.lat, end.lon, end.lat, count) if count else []
    return [tuple(start), *between, tuple(end)]


def _leave_out_poles(path: Path) -> list[Path]:
    """The runs of `path` that lie on the map. Ends beyond its edge are drawn to the edge."""
    latitudes = [lat for _, lat in path]
    if min(latitudes) >= -MERCATOR_LIMIT and max(latitudes) <= MERCATOR_LIMIT:
        return [path]
    runs: list[Path] = [[]]
    for here, following in pairwise(path):
        inside, stays = abs(here[1]) <= MERCATOR_LIMIT, abs(following[1]) <= MERCATOR_LIMIT
        if inside and not runs[-1]:
            runs[-1].append(here)
        if inside != stays:
            edge = math.copysign(MERCATOR_LIMIT, following[1] if inside else here[1])
            share = (edge - here[1]) / (following[1] - here[1])
            runs[-1].append((here[0] + share * (following[0] - here[0]), edge))
        if stays:
            runs[-1].append(following)
        elif inside:
            runs.append([])
    return [run for run in runs if len(run) > 1] or [[(lon, math.copysign(MERCATOR_LIMIT, lat)) for lon, lat in path]]


def _thin_out(run: Path, *, budget: int) -> Path:
    """The points of `run` that its shape on the Mercator map needs (Douglas-Peucker), `budget` of them at most."""
    if len(run) <= 2:
        return run
    line = shapely.linestrings(project_points(np.array(run)))
    west, north, east, south = shapely.bounds(line)
    tolerance = max(east - west, south - north) * _SMOOTHNESS
    # No such line crosses itself, and to make sure that none does afterwards would take six times as long.
    while len(thinned := shapely.get_coordinates(shapely.simplify(line, tolerance, preserve_topology=False))) > budget:
        tolerance *= 1.5
    return [run[0], *map(tuple, unproject_points(thinned[1:-1]).tolist()), run[-1]]


def _round_points(part: Path, decimals: int = DECIMALS) -> tuple[LonLat, ...]:
    """`part` with so many `decimals` and without repetitions."""
    rounded = (np.round(part, decimals) + 0.0).tolist()
    return tuple(LonLat(lon, lat) for (lon, lat), _ in groupby(rounded))
