"""Cut what a scale draws into its cells, and pack these: whole units, delta-coded arcs, like beside like."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs
from storymap.model.streets import StreetCell, StreetPart
from storymap.streets.baking.generalising import AREAS, LINES, Generalised, Shapes
from storymap.streets.parts import name_part

Arc = list[tuple[int, int]]

_MARGIN = 4
"""Units by which lines go on beyond their cell, so that none ends in a gap."""


def pack_cells(drawn: Generalised, covered: BaseGeometry, size: int, numbers: dict[str, int]) -> Iterator[StreetCell]:
    """The cells of `drawn` that `covered`, in units, meets, row by row; cells are `size` units wide.

    `numbers` are those of the names of streets; a name without one gets the next.
    """
    if covered.is_empty:
        return
    # A building belongs to one cell whole: cut, it would show where it was.
    buildings = _sort_buildings(drawn.areas.get("building", np.array([], dtype=object)), size)
    left, top, right, bottom = covered.bounds
    for y in range(math.floor(top / size), math.ceil(bottom / size)):
        for x in range(math.floor(left / size), math.ceil(right / size)):
            cell = shapely.box(x * size, y * size, (x + 1) * size, (y + 1) * size)
            held = shapely.intersection(cell, covered)
            if not held.area:
                continue
            corner = (x * size, y * size)
            bounds = held.bounds
            west, north, east, south = map(round, bounds)
            box = (west - corner[0], north - corner[1], east - corner[0], south - corner[1])
            yield _pack_cell((x, y), corner, bounds, box, drawn, buildings.get((x, y), ()), numbers)


class Standing(NamedTuple):
    """A building, and a point within it, by which it belongs to a cell."""

    shape: BaseGeometry
    point: BaseGeometry


def _sort_buildings(buildings: Shapes, size: int) -> dict[tuple[int, int], list[Standing]]:
    found: dict[tuple[int, int], list[Standing]] = defaultdict(list)
    if len(buildings):
        points = shapely.point_on_surface(buildings)
        places = np.floor(shapely.get_coordinates(points) / size).astype(int)
        for building, point, (x, y) in zip(buildings, points, places, strict=True):
            found[int(x), int(y)].append(Standing(building, point))
    return found


def _pack_cell(
    at: tuple[int, int],
    corner: tuple[int, int],
    bounds: tuple[float, float, float, float],
    box: tuple[int, int, int, int],
    drawn: Generalised,
    buildings: Sequence[Standing],
    numbers: dict[str, int],
) -> StreetCell:
    arcs: list[Arc] = []
    parts: list[StreetPart] = []
    held = shapely.box(*bounds)
    for kind in AREAS:
        given = drawn.areas.get(kind)
        if kind == "building":
            shapes = [building.shape for building in buildings if building.point.intersects(held)]
        else:
            shapes = [] if given is None else _cut_areas(given, held)
        rings = _order([ring for shape in shapes for ring in _list_rings(shape, corner)])
        if rings:
            arcs += rings
            parts.append(StreetPart(kind, len(rings)))
    wide = (bounds[0] - _MARGIN, bounds[1] - _MARGIN, bounds[2] + _MARGIN, bounds[3] + _MARGIN)
    for kind in LINES:
        for level in (-1, 0, 1):
            lines: list[Arc] = []
            names: list[int] = []
            for group in drawn.lines:
                if (group.kind, group.level) != (kind, level):
                    continue
                cut = shapely.get_parts(shapely.clip_by_rect(group.shapes, *wide))
                found = [arc for line in cut if (arc := _round_line(line, corner))]
                number = numbers.setdefault(group.name, len(numbers)) if group.name and found else -1
                lines += found
                names += [number] * len(found)
            if lines:
                order = sorted(range(len(lines)), key=lambda number: _place(lines[number]))
                arcs += [lines[number] for number in order]
                told = tuple(names[number] for number in order)
                parts.append(StreetPart(name_part(kind, level), len(lines), told if max(told) >= 0 else ()))
    return StreetCell(*at, box, pack_arcs(arcs), tuple(parts))


def _cut_areas(shapes: Shapes, held: BaseGeometry) -> list[BaseGeometry]:
    met = shapes[shapely.intersects(shapes, held)]
    cut = shapely.get_parts(shapely.intersection(met, held))
    return [part for part in cut if part.geom_type == "Polygon"]


def _list_rings(polygon: BaseGeometry, corner: tuple[int, int]) -> Iterator[Arc]:
    """The rings of a polygon in whole units from `corner`, without the point that closes each."""
    for ring in shapely.get_rings(polygon):
        arc = _round(ring, corner)
        if arc and arc[0] == arc[-1]:
            arc.pop()
        if len(arc) > 2:
            yield arc


def _round_line(line: BaseGeometry, corner: tuple[int, int]) -> Arc:
    arc = _round(line, corner) if line.geom_type == "LineString" else []
    return arc if len(arc) > 1 else []


def _round(line: BaseGeometry, corner: tuple[int, int]) -> Arc:
    points = np.rint(shapely.get_coordinates(line)).astype(int) - corner
    if len(points) > 1:
        points = points[np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])]
    return [(int(x), int(y)) for x, y in points]


def _order(arcs: list[Arc]) -> list[Arc]:
    return sorted(arcs, key=_place)


def _place(arc: Arc) -> tuple[int, Arc]:
    """Where an arc begins along a curve that fills the cell: neighbours stand beside each other, and pack well."""
    x, y = max(0, arc[0][0]) >> 4, max(0, arc[0][1]) >> 4
    code = 0
    for bit in range(16):
        code |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1)
    return code, arc
