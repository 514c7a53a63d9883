"""Cut the basemap into cells: geometry in degrees → per cell, arcs that land, coast, borders and countries share.

The second stage of preparing the basemap. All outlines of a scale and the lines between its cells are noded together
on the integer grid of the scale; what they enclose becomes faces, each in one country and one cell. Neighbouring
countries and neighbouring cells therefore meet exactly, and an outline is kept once however many objects use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs, pack_lines, pack_rings
from storymap.basemap.cell_file import SAME_AS_LAND
from storymap.earth.mercator import project_points
from storymap.figures import Scale

G = TypeVar("G", bound=BaseGeometry)
Address = tuple[int, int]
Point = tuple[int, int]
Rings = list[list[list[int]]]
"""Polygons as lists of rings, the first one the outer; a ring is a list of arcs, `~arc` for one taken backwards."""


@dataclass(slots=True)
class Cell:
    """What a cell holds. Arcs are points in units of the scale; the rest refers to them by index."""

    arcs: list[list[Point]] = field(default_factory=list)
    land: Rings = field(default_factory=list)
    lakes: Rings = field(default_factory=list)
    countries: dict[str, Rings] = field(default_factory=dict)
    lines: dict[str, list[list[int]]] = field(default_factory=lambda: defaultdict(list))
    """`coast`, `shores` (of lakes), `borders`, `regions` and `rivers`: lists of lines, each a list of arcs."""


def project(geometry: G, spec: Scale) -> G:
    """`geometry` in degrees → units of a scale, not yet rounded."""
    projected: G = shapely.transform(geometry, lambda points: project_points(points) * spec.units)
    return projected


def add_countries(cells: dict[Address, Cell], countries: Mapping[str, Sequence[Polygon]], spec: Scale) -> None:
    """Add land, coast, borders and countries; polygons are in units and may touch but not cover each other."""
    features = [(code, part) for code, parts in sorted(countries.items()) for part in parts]
    edges = _Edges(spec)
    for address, faces in _cut_faces(features, spec).items():
        cell = cells.setdefault(address, Cell())
        arcs = _ArcIndex(cell.arcs)
        by_code: dict[str, list[Polygon]] = defaultdict(list)
        for code, face in faces.found:
            by_code[code].append(face)
        uses: dict[int, list[str]] = defaultdict(list)
        for arc in faces.arcs:
            arcs.add(arc)
        merged = {code: _merge(parts) for code, parts in sorted(by_code.items())}
        for code, parts in merged.items():
            rings = [arcs.find_rings(part) for part in parts]
            if code:
                cell.countries[code] = rings
            for polygon in rings:
                for ring in polygon:
                    for index in ring:
                        uses[index if index >= 0 else ~index].append(code)
        cell.land = [arcs.find_rings(part) for part in _merge([face for _, face in faces.found])]
        for index, codes in sorted(uses.items()):
            if len(codes) > 1:
                cell.lines["borders"].append([index])
            elif edges.hold(cell.arcs[index]):
                edges.add(cell, index, codes[0])
            else:
                cell.lines["coast"].append([index])
    for cell, index, sides in edges.list_ends():
        cell.lines["coast" if len(sides) == 1 else "borders"].append([index])


def add_lakes(cells: dict[Address, Cell], lakes: Sequence[Polygon], spec: Scale) -> None:
    """Add lakes (in units) to cells and their shores."""
    edges = _Edges(spec)
    for address, faces in _cut_faces([("lake", lake) for lake in lakes], spec).items():
        cell = cells.setdefault(address, Cell())
        arcs, first = _ArcIndex(cell.arcs), len(cell.arcs)
        for arc in faces.arcs:
            arcs.add(arc)
        cell.lakes = [arcs.find_rings(part) for part in _merge([face for _, face in faces.found])]
        used = {index if index >= 0 else ~index for polygon in cell.lakes for ring in polygon for index in ring}
        for index in (index for index in sorted(used) if index >= first):
            if edges.hold(cell.arcs[index]):
                edges.add(cell, index, "lake")
            else:
                cell.lines["shores"].append([index])
    for cell, index, _ in edges.list_ends():
        cell.lines["shores"].append([index])


def add_lines(cells: dict[Address, Cell], name: str, lines: Sequence[BaseGeometry], spec: Scale) -> None:
    """Add lines (in units) to the cells that they run through."""
    size = spec.cell_size
    for line in lines:
        west, north, east, south = (int(edge // size) for edge in line.bounds)
        for x in range(west, east + 1):
            for y in range(north, south + 1):
                pieces = shapely.intersection(line, box(x * size, y * size, (x + 1) * size, (y + 1) * size))
                for piece in shapely.get_parts(shapely.line_merge(pieces)):
                    points = _round_points(piece) if isinstance(piece, LineString) else []
                    if len(points) > 1:
                        cell = cells.setdefault((x, y), Cell())
                        cell.arcs.append(points)
                        cell.lines[name].append([len(cell.arcs) - 1])


def compact(cell: Cell) -> dict[str, Any]:
    """`cell` as it is stored: arcs packed as text, in the order and direction in which objects first use them.

    Along a ring each arc then starts where the one before ended, and its references count up: both shrink well. Arcs
    that no object uses are left out.
    """
    everything = [cell.land, cell.lakes, *cell.countries.values()]
    refs = [ring for rings in everything for polygon in rings for ring in polygon]
    refs += [line for _, lines in sorted(cell.lines.items()) for line in lines]
    numbers: dict[int, int] = {}
    arcs: list[list[Point]] = []
    for index in (index for ref in refs for index in ref):
        if index not in numbers:
            numbers[index], numbers[~index] = len(arcs), ~len(arcs)
            arcs.append(cell.arcs[index] if index >= 0 else cell.arcs[~index][::-1])
    for ref in {id(ref): ref for ref in refs}.values():
        ref[:] = [numbers[index] for index in ref]
    for lines in cell.lines.values():
        # A line may be drawn from either end.
        lines[:] = sorted([max(line[0], ~line[0])] if len(line) == 1 else line for line in lines)
    land = _pack_polygons(cell.land)
    texts = {"arcs": pack_arcs(arcs), "land": land, "lakes": _pack_polygons(cell.lakes)}
    texts |= {name: pack_lines(index for line in lines for index in line) for name, lines in sorted(cell.lines.items())}
    countries = {code: _pack_polygons(rings) for code, rings in sorted(cell.countries.items())}
    content: dict[str, Any] = {name: text for name, text in texts.items() if text}
    content["countries"] = {code: SAME_AS_LAND if text == land else text for code, text in countries.items()}
    return content


def _pack_polygons(polygons: Rings) -> str:
    """The rings of `polygons`, to be filled by the even-odd rule: which are holes needs no telling."""
    return pack_rings(ring for polygon in polygons for ring in polygon)


@dataclass(slots=True)
class _Faces:
    """The faces of a cell with their codes, and the arcs around them."""

    found: list[tuple[str, Polygon]] = field(default_factory=list)
    arcs: list[list[Point]] = field(default_factory=list)


class _ArcIndex:
    """Finds the arcs of a cell in the rings that they make up, by the first step of each arc in either direction."""

    def __init__(self, arcs: list[list[Point]]) -> None:
        self._arcs = arcs
        self._starts: dict[tuple[Point, Point], int] = {}

    def add(self, arc: list[Point]) -> None:
        self._arcs.append(arc)
        index = len(self._arcs) - 1
        self._starts[arc[0], arc[1]] = index
        self._starts[arc[-1], arc[-2]] = ~index

    def find_rings(self, polygon: Polygon) -> list[list[int]]:
        return [self._find_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]

    def _find_ring(self, ring: BaseGeometry) -> list[int]:
        points = _round_points(ring)[:-1]
        count = len(points)
        start = next(n for n in range(count) if (points[n], points[(n + 1) % count]) in self._starts)
        found, at = [], start
        while at < start + count:
            index = self._starts[points[at % count], points[(at + 1) % count]]
            found.append(index)
            at += len(self._arcs[index if index >= 0 else ~index]) - 1
        return found


class _Edges:
    """The arcs that run along the edges of cells, and what lies on either side: coasts and borders go on there, too."""

    def __init__(self, spec: Scale) -> None:
        self._spec = spec
        self._uses: dict[tuple[Point, ...], list[tuple[Cell, int, str]]] = defaultdict(list)

    def hold(self, arc: Sequence[Point]) -> bool:
        """Whether `arc` runs along the edge of a cell."""
        return any(
            arc[0][axis] % self._spec.cell_size == 0 and all(point[axis] == arc[0][axis] for point in arc)
            for axis in (0, 1)
        )

    def add(self, cell: Cell, index: int, code: str) -> None:
        """Say that `code` lies on the side of `cell` of its arc."""
        self._uses[tuple(cell.arcs[index])].append((cell, index, code))

    def list_ends(self) -> Iterator[tuple[Cell, int, tuple[str, ...]]]:
        """The arcs on whose two sides different things lie: a cell that has the arc, its index, and the codes.

        A single code has nothing on the other side. Nothing ends at the edge of the map.
        """
        for arc, uses in sorted(self._uses.items(), key=lambda item: item[0]):
            codes = tuple(sorted({code for _, _, code in uses}))
            limits = (0, self._spec.units)
            at_limit = any(all(point[axis] == limit for point in arc) for axis in (0, 1) for limit in limits)
            if not at_limit and (len(uses) == 1 or len(codes) > 1):
                cell, index, _ = uses[0]
                yield cell, index, codes


def _cut_faces(features: Sequence[tuple[str, Polygon]], spec: Scale) -> dict[Address, _Faces]:
    """The faces that `features` and the lines between cells make, by cell; faces in no feature are left out."""
    if not features:
        return {}
    shapes = [shape for _, shape in features]
    arcs = shapely.get_parts(
        shapely.line_merge(shapely.union_all([*shapely.boundary(shapes), *_list_grid(shapes, spec)], grid_size=1))
    )
    made = shapely.get_parts(shapely.polygonize(arcs))
    points = shapely.point_on_surface(made)
    inside, feature = shapely.STRtree(shapes).query(points, predicate="within")
    code_of = {int(face): features[int(number)][0] for face, number in zip(inside[::-1], feature[::-1], strict=True)}
    cells: dict[Address, _Faces] = defaultdict(_Faces)
    for number, code in sorted(code_of.items()):
        x, y = (int(value // spec.cell_size) for value in (points[number].x, points[number].y))
        cells[x, y].found.append((code, shapely.normalize(made[number])))
    for arc in sorted(_round_points(arc) for arc in arcs):
        for address in _list_neighbours(arc, spec):
            if address in cells:
                cells[address].arcs.append(arc)
    return dict(sorted(cells.items()))


def _list_grid(shapes: Sequence[BaseGeometry], spec: Scale) -> Iterator[LineString]:
    """The lines between the cells around `shapes`, crossing at the outermost corners too: no arc turns there."""
    size = spec.cell_size
    west, north, east, south = shapely.total_bounds(shapes)
    left, right = int(west // size) * size, int(min(spec.units, (east // size + 1) * size))
    top, bottom = int(north // size) * size, int(min(spec.units, (south // size + 1) * size))
    for x in range(left, right + 1, size):
        yield LineString([(x, top - 1), (x, bottom + 1)])
    for y in range(top, bottom + 1, size):
        yield LineString([(left - 1, y), (right + 1, y)])


def _list_neighbours(arc: Sequence[Point], spec: Scale) -> Iterable[Address]:
    """The cells that `arc` bounds: two for an arc between cells, else the one it runs through."""
    size = spec.cell_size
    (x0, y0), (x1, y1) = arc[0], arc[1]
    # Doubled, so that the middle of the first step is a whole number; on an edge it belongs to both sides.
    x, y = x0 + x1, y0 + y1
    columns = {x // (2 * size), (x - 1) // (2 * size)} if x0 == x1 else {x // (2 * size)}
    rows = {y // (2 * size), (y - 1) // (2 * size)} if y0 == y1 else {y // (2 * size)}
    return [(column, row) for column in sorted(columns) for row in sorted(rows)]


def _merge(faces: Sequence[Polygon]) -> list[Polygon]:
    """Faces that share arcs made one, without moving a point."""
    merged = shapely.get_parts(shapely.coverage_union_all(faces))
    return sorted(
        (shapely.normalize(part) for part in merged if isinstance(part, Polygon)), key=lambda part: part.bounds
    )


def _round_points(line: BaseGeometry) -> list[Point]:
    """Points on the integer grid, those that fall on the one before left out."""
    points = [(x, y) for x, y in np.rint(shapely.get_coordinates(line)).astype(int).tolist()]
    return [point for number, point in enumerate(points) if not number or point != points[number - 1]]
