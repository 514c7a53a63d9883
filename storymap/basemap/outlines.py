"""Turn the cells of the basemap into SVG paths: stitched where cells meet, clipped to the picture, in whole steps.

Areas are kept as rings to be filled by the even-odd rule, so that a ring can be stitched and clipped by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.natural_earth import LINE_OBJECTS, Cell, Rings, read_cell
from storymap.basemap.scales import SCALES
from storymap.figures import Scale

Run = NDArray[np.float64]
"""Points in units of a scale, an array of shape (n, 2)."""

Corner = tuple[int, int]


class Placement(NamedTuple):
    """How the units of a scale come to lie on a picture: times `factor`, then moved by `dx`, `dy`, then rounded.

    `window` is the part of the plane that is drawn, west, north, east, south in units.
    """

    window: tuple[float, float, float, float]
    factor: float
    dx: float
    dy: float


class Shape(NamedTuple):
    """A ring or a line with its bounds, so that what a picture does not show is passed over quickly."""

    points: Run
    west: float
    north: float
    east: float
    south: float

    @classmethod
    def of(cls, points: Run) -> Shape:
        """The shape of `points`."""
        return cls(points, *points.min(axis=0).tolist(), *points.max(axis=0).tolist())

    def move(self, east: float) -> Shape:
        """The shape `east` units further east."""
        if not east:
            return self
        return Shape(self.points + np.array([east, 0.0]), self.west + east, self.north, self.east + east, self.south)


@dataclass(frozen=True, slots=True)
class Area:
    """Part of an area in one cell: whole rings, and the runs and edges of rings that may go on in the next cell.

    An edge lies on the edge of the cell; where the next cell has it too the area goes on and no outline is there.
    """

    rings: tuple[Shape, ...]
    runs: tuple[Run, ...]
    edges: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The geometry of a cell, in units of its scale: areas (`land`, `lakes`, countries by code) and lines by name."""

    areas: Mapping[str, Area]
    lines: Mapping[str, tuple[Shape, ...]]


@lru_cache(maxsize=64)
def gather_shapes(
    scale: int, cells: tuple[tuple[int, int, int], ...], *, detail: int, names: frozenset[str]
) -> dict[str, list[Shape]]:
    """The rings and lines of `cells` (column, row, turn of the world) by name, rings stitched where cells meet.

    `names` are `land`, `lakes`, `LINE_OBJECTS` or country codes; those that no cell has are left out.
    """
    areas: dict[str, list[tuple[Area, float]]] = {}
    lines: dict[str, list[Shape]] = {}
    for x, y, turn in cells:
        outlines, east = outline_cell(scale, x, y, detail=detail), float(turn * SCALES[scale].units)
        for name in names & outlines.areas.keys():
            areas.setdefault(name, []).append((outlines.areas[name], east))
        for name in names & outlines.lines.keys():
            lines.setdefault(name, []).extend(line.move(east) for line in outlines.lines[name])
    return {name: stitch_areas(parts) for name, parts in sorted(areas.items())} | dict(sorted(lines.items()))


@lru_cache(maxsize=2048)
def outline_cell(scale: int, x: int, y: int, *, detail: int) -> Outlines:
    """The geometry of the cell at a tile; empty where there is only sea.

    Bends of less than `2**detail` units are straightened and rings that are smaller are left out: a still has far fewer
    pixels than the map that the scale is made for. Arcs are straightened one by one, so what shares them still fits.
    """
    cell = read_cell(scale, x, y)
    if cell is None or not cell.arcs:
        return Outlines({}, {})
    tolerance, spec = 2.0**detail, SCALES[scale]
    numbers = np.repeat(np.arange(len(cell.arcs)), [len(arc) for arc in cell.arcs])
    lines = np.array(shapely.linestrings(np.concatenate(cell.arcs), indices=numbers), ndmin=1)
    runs = [shapely.get_coordinates(arc) for arc in shapely.simplify(lines, tolerance / 2)]
    polygons = {"land": cell.land, "lakes": cell.lakes} | {code: cell.country(code) for code in cell.codes}
    parts = {name: _split_area(runs, rings, spec, tolerance) for name, rings in polygons.items() if rings}
    outlines = {name: _list_lines(cell, runs, name, tolerance) for name in LINE_OBJECTS if cell.lines(name)}
    return Outlines(parts, outlines)


def stitch_areas(parts: Iterable[tuple[Area, float]]) -> list[Shape]:
    """The rings of an area from its parts in several cells, each with how far it is moved east."""
    rings: list[Shape] = []
    edges: dict[tuple[Corner, Corner], list[Run]] = {}
    follows: dict[Corner, list[Run]] = defaultdict(list)
    for area, east in parts:
        rings.extend(ring.move(east) for ring in area.rings)
        for run in area.runs:
            follows[_corner(run[0], east)].append(run + np.array([east, 0.0]))
        for edge in area.edges:
            key = (_corner(edge[0], east), _corner(edge[-1], east))
            if not edges.pop((key[1], key[0]), None):
                edges[key] = [edge + np.array([east, 0.0])]
    for (start, _), kept in edges.items():
        follows[start].extend(kept)
    while follows:
        start = next(iter(follows))
        chain, at = [], start
        while at in follows:
            run = follows[at].pop()
            if not follows[at]:
                del follows[at]
            chain.append(run)
            at = _corner(run[-1], 0)
            if at == start:
                break
        rings.append(Shape.of(np.concatenate(chain)))
    return rings


def draw_path(shapes: Sequence[Shape], at: Placement, *, closed: bool) -> str:
    """The `d` of an SVG path of rings or lines."""
    west, north, east, south = at.window
    seen: list[Run] = []
    for run, left, top, right, bottom in shapes:
        if left > east or right < west or top > south or bottom < north:
            continue
        if left >= west and right <= east and top >= north and bottom <= south:
            seen.append(run)
        else:
            shape = shapely.Polygon(run) if closed and len(run) > 3 else shapely.LineString(run)
            parts = shapely.get_parts(_clip(shape, at.window))
            seen.extend(shapely.get_coordinates(part) for part in (shapely.get_rings(parts) if closed else parts))
    return "".join(_write_runs(seen, at, end="z" if closed else "")) if seen else ""


def _clip(shape: BaseGeometry, window: tuple[float, float, float, float]) -> BaseGeometry:
    """The part of `shape` in `window`. GEOS has a fast way, which gives up on rings that touch the window in a line."""
    try:
        return shapely.clip_by_rect(shape, *window)
    except shapely.errors.GEOSException:
        inside: BaseGeometry = shapely.make_valid(shape).intersection(shapely.box(*window))
        alike = [
            part for part in shapely.get_parts(inside) if shapely.get_dimensions(part) == shapely.get_dimensions(shape)
        ]
        return shapely.GeometryCollection(alike)


def _write_runs(runs: Sequence[Run], at: Placement, *, end: str) -> Iterator[str]:
    places = np.rint(np.concatenate(runs) * at.factor + (at.dx, at.dy)).astype(np.int64)
    steps = np.diff(places, axis=0, prepend=places[:1])
    moved: NDArray[np.bool_] = np.any(steps != 0, axis=1)
    stops = np.cumsum([0, *(len(run) for run in runs)]).tolist()
    moved[stops[:-1]] = False
    if end:
        # A ring comes back by itself.
        moved[np.array(stops[1:]) - 1] = False
    counts = np.concatenate([[0], np.cumsum(moved)])[stops].tolist()
    words = list(map(str, steps[moved].ravel().tolist()))
    starts = places[stops[:-1]].tolist()
    fewest = 2 if end else 1
    for (x, y), (first, last) in zip(starts, pairwise(counts), strict=True):
        if last - first >= fewest:
            yield f"M{x} {y}l{' '.join(words[2 * first : 2 * last])}{end}".replace(" -", "-")


def _split_area(runs: Sequence[Run], found: Rings, spec: Scale, tolerance: float) -> Area:
    rings: list[Shape] = []
    pieces: list[Run] = []
    edges: list[Run] = []
    for ring in found:
        parts = [runs[index] if index >= 0 else runs[~index][::-1] for index in ring]
        kinds = [_lies_on_edge(part, spec) for part in parts]
        if any(kinds):
            edges.extend(part for part, edge in zip(parts, kinds, strict=True) if edge)
            pieces.extend(part for part, edge in zip(parts, kinds, strict=True) if not edge)
        else:
            whole = np.concatenate(parts)
            if _is_seen(whole, tolerance):
                rings.append(Shape.of(whole))
    return Area(tuple(rings), tuple(pieces), tuple(edges))


def _list_lines(cell: Cell, runs: Sequence[Run], name: str, tolerance: float) -> tuple[Shape, ...]:
    found = (runs[max(index, ~index)] for index in cell.lines(name))
    # A closed line is the outline of what is left out when it is too small.
    return tuple(Shape.of(line) for line in found if (line[0] != line[-1]).any() or _is_seen(line, tolerance))


def _is_seen(ring: Run, tolerance: float) -> bool:
    return len(ring) > 3 and bool(np.ptp(ring, axis=0).sum() > 2 * tolerance)


def _lies_on_edge(run: Run, spec: Scale) -> bool:
    return len(run) == 2 and any(run[0, axis] == run[1, axis] and run[0, axis] % spec.cell_size == 0 for axis in (0, 1))


def _corner(point: Run, east: float) -> Corner:
    return int(point[0] + east), int(point[1])
