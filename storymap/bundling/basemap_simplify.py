"""Simplify geometry to what a scale can show: between reading the atlases and cutting them into cells.

Everything here is in the units of a scale (`storymap.figures.Scale`), half a pixel at its closest zoom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

SPECK = 1.5
"""Radius in units that the main island of a country keeps however small it is: nobody's home is left off the map."""


def simplify_countries(
    countries: Mapping[str, Sequence[Polygon]],
    *,
    tolerance: float,
    smallest: float,
    towns: Sequence[Point] = (),
    smallest_settled: float = 0.0,
    reach: float = 0.0,
) -> dict[str, tuple[Polygon, ...]]:
    """Countries simplified together, so that neighbours still share their border.

    `tolerance` is the side of the square whose area a bend may have and still be cut (Visvalingam and Whyatt, 1993);
    islands smaller than `smallest` square units are left out, but never the largest of a country, nor one of
    `smallest_settled` within `reach` units of which one of `towns` lies.
    """
    kept: list[tuple[str, Polygon]] = []
    settled = _SettledIslands(towns, reach)
    for code, parts in countries.items():
        largest = max((part.area for part in parts), default=0.0)
        for part in parts:
            if part.area >= smallest or (part.area >= smallest_settled and part in settled):
                kept.append((code, part))
            elif part.area == largest and code:
                kept.append((code, part if part.area > 4 * SPECK else _draw_speck(part.centroid)))
    shapes = np.array([part for _, part in kept])
    alone = _stands_alone(shapes)
    result = shapes.copy()
    # Small islands keep more of their shape: simplified like a continent they would be triangles.
    sides = np.sqrt(shapely.area(shapes[alone])) / 4.5
    result[alone] = [
        shapely.coverage_simplify([shape], min(tolerance, side))[0]
        for shape, side in zip(shapes[alone], sides, strict=True)
    ]
    result[~alone] = shapely.coverage_simplify(shapes[~alone], tolerance)
    simplified: dict[str, list[Polygon]] = {}
    for (code, _), shape in zip(kept, result, strict=True):
        simplified.setdefault(code, []).extend(
            part for part in shapely.get_parts(shapely.make_valid(shape)) if isinstance(part, Polygon)
        )
    return {code: tuple(parts) for code, parts in simplified.items()}


def simplify_lakes(lakes: Sequence[Polygon], *, tolerance: float, smallest: float, rounds: int) -> tuple[Polygon, ...]:
    """Lakes of at least `smallest` square units, rounded off `rounds` times."""
    large = [lake for lake in lakes if lake.area >= smallest]
    rounded = (
        Polygon(
            _round_off(lake.exterior, rounds=rounds),
            [_round_off(ring, rounds=rounds) for ring in lake.interiors if Polygon(ring).area >= smallest],
        )
        for lake in large
    )
    shapes = (shapely.make_valid(lake.simplify(tolerance)) for lake in rounded)
    return tuple(
        part for shape in shapes for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area
    )


def simplify_lines(
    lines: Sequence[BaseGeometry], *, tolerance: float, shortest: float, rounds: int
) -> tuple[BaseGeometry, ...]:
    """Lines (each of one or several parts) of at least `shortest` units altogether, rounded off `rounds` times."""
    long = (line for line in lines if line.length >= shortest)
    rounded = (MultiLineString([_round_off(part, rounds=rounds) for part in shapely.get_parts(line)]) for line in long)
    return tuple(line.simplify(tolerance) for line in rounded)


class _SettledIslands:
    """The islands on which a town lies, or off whose coarse coast."""

    def __init__(self, towns: Sequence[Point], reach: float) -> None:
        self._tree, self._reach = shapely.STRtree(towns), reach

    def __contains__(self, island: Polygon) -> bool:
        return bool(len(self._tree.query(island, predicate="dwithin", distance=self._reach)))


def _stands_alone(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which shapes touch no other."""
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    alone = np.ones(len(shapes), dtype=bool)
    alone[left[left != right]] = False
    return alone


def _draw_speck(point: Point) -> Polygon:
    return point.buffer(SPECK, quad_segs=2)


def _round_off(line: LineString, *, rounds: int) -> NDArray[np.float64]:
    """Corners cut at a quarter of each side (Chaikin, 1974); the ends of an open line stay."""
    points: NDArray[np.float64] = shapely.get_coordinates(line)
    for _ in range(rounds):
        here, there = points[:-1], points[1:]
        cut = np.stack([0.75 * here + 0.25 * there, 0.25 * here + 0.75 * there], axis=1).reshape(-1, 2)
        points = np.vstack([cut, cut[:1]]) if line.is_closed else np.vstack([points[:1], cut, points[-1:]])
    return points
