"""Cut what a scale draws into its cells, and pack these: whole units, delta-coded arcs, like beside like."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs
from storymap.model.streets import StreetCell, StreetPart
from storymap.streets.baking.generalising import AREAS, LINES, Generalised, LineGroup, Shapes
from storymap.streets.parts import name_part

Arc = list[tuple[int, int]]

_MARGIN = 4
"""Units by which lines go on beyond their cell, so that none ends in a gap."""


class Packed(NamedTuple):
    """Cells, and the names of the streets in them, by the numbers that they have there."""

    cells: tuple[StreetCell, ...]
    names: tuple[str, ...]


def pack_cells(drawn: Generalised, covered: BaseGeometry, size: int) -> Packed:
    """The cells of `drawn` that `covered`, in units, meets, row by row; cells are `size` units wide."""
    if covered.is_empty:
        return Packed((), ())
    # A building belongs to one cell whole: cut, it would show where it was.
    buildings = drawn.areas.get("building", np.array([], dtype=object))
    points = shapely.get_coordinates(shapely.point_on_surface(buildings))
    areas = {kind: _Bounded.of(shapes) for kind, shapes in drawn.areas.items() if kind != "building"}
    lines = {key: _Lines.of(groups) for key, groups in _sort_groups(drawn.lines).items()}
    numbers: dict[str, int] = {}
    cells: list[StreetCell] = []
    left, top, right, bottom = covered.bounds
    for y in range(math.floor(top / size), math.ceil(bottom / size)):
        for x in range(math.floor(left / size), math.ceil(right / size)):
            held = shapely.intersection(shapely.box(x * size, y * size, (x + 1) * size, (y + 1) * size), covered)
            if not held.area:
                continue
            bounds = held.bounds
            within = np.all(points // size == (x, y), axis=1)
            within &= np.all((points >= bounds[:2]) & (points <= bounds[2:]), axis=1)
            cells.append(_pack_cell((x, y), size, bounds, {"building": buildings[within]}, areas, lines, numbers))
    return Packed(tuple(cells), tuple(numbers))


class _Bounded(NamedTuple):
    """Shapes, and the box of each: west, north, east, south."""

    shapes: Shapes
    boxes: NDArray[np.float64]

    @classmethod
    def of(cls, shapes: Shapes) -> _Bounded:
        return cls(shapes, shapely.bounds(shapes))

    def meet(self, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
        """Which of them may have something in a box."""
        met: NDArray[np.bool_] = np.all((self.boxes[:, :2] <= box[2:]) & (self.boxes[:, 2:] >= box[:2]), axis=1)
        return met


class _Lines(NamedTuple):
    """Lines that are drawn alike, and the name of each."""

    lines: _Bounded
    names: NDArray[np.object_]

    @classmethod
    def of(cls, groups: Sequence[LineGroup]) -> _Lines:
        names = [group.name for group in groups for _ in group.shapes]
        return cls(_Bounded.of(np.concatenate([group.shapes for group in groups])), np.array(names, dtype=object))


def _sort_groups(groups: Sequence[LineGroup]) -> dict[tuple[str, int], list[LineGroup]]:
    """The groups by kind and level, as they are painted."""
    found: dict[tuple[str, int], list[LineGroup]] = {(kind, level): [] for kind in LINES for level in (-1, 0, 1)}
    for group in groups:
        found[group.kind, group.level].append(group)
    return {key: alike for key, alike in found.items() if alike}


def _pack_cell(
    at: tuple[int, int],
    size: int,
    bounds: tuple[float, float, float, float],
    whole: Mapping[str, Shapes],
    areas: Mapping[str, _Bounded],
    lines: Mapping[tuple[str, int], _Lines],
    numbers: dict[str, int],
) -> StreetCell:
    """A cell; the shapes of `whole` are in it as they are, by kind, those of `areas` and `lines` as far as they reach.

    `numbers` are those of the names of streets; a name without one gets the next.
    """
    corner = np.array(at) * size
    arcs: list[Arc] = []
    parts: list[StreetPart] = []
    held = shapely.box(*bounds)
    for kind in AREAS:
        shapes = whole.get(kind)
        if shapes is None and kind in areas:
            shapes = _cut_areas(areas[kind].shapes[areas[kind].meet(bounds)], held)
        if shapes is None or not len(shapes):
            continue
        rings = sorted((ring for _, ring in _round(shapely.get_rings(shapes), corner, is_ring=True)), key=_place)
        if rings:
            arcs += rings
            parts.append(StreetPart(kind, len(rings)))
    wide = (bounds[0] - _MARGIN, bounds[1] - _MARGIN, bounds[2] + _MARGIN, bounds[3] + _MARGIN)
    for (kind, level), (given, called) in lines.items():
        met = given.meet(wide)
        cut, owner = shapely.get_parts(shapely.clip_by_rect(given.shapes[met], *wide), return_index=True)
        is_line = shapely.get_type_id(cut) == shapely.GeometryType.LINESTRING
        names = called[met][owner[is_line]]
        found = list(_round(cut[is_line], corner, is_ring=False))
        told = [numbers.setdefault(name, len(numbers)) if (name := names[index]) else -1 for index, _ in found]
        if found:
            order = sorted(range(len(found)), key=lambda number: _place(found[number][1]))
            arcs += [found[number][1] for number in order]
            own = tuple(told[number] for number in order)
            parts.append(StreetPart(name_part(kind, level), len(own), own if max(own) >= 0 else ()))
    west, north, east, south = map(round, bounds)
    left, top = int(corner[0]), int(corner[1])
    return StreetCell(*at, (west - left, north - top, east - left, south - top), pack_arcs(arcs), tuple(parts))


def _cut_areas(shapes: Shapes, held: BaseGeometry) -> Shapes:
    shapely.prepare(held)
    met = shapes[shapely.intersects(held, shapes)]
    cut = shapely.get_parts(shapely.intersection(met, held))
    polygons: Shapes = cut[shapely.get_type_id(cut) == shapely.GeometryType.POLYGON]
    return polygons


def _round(lines: Shapes, corner: NDArray[np.int64], *, is_ring: bool) -> Iterator[tuple[int, Arc]]:
    """Each of `lines` in whole units from `corner`, with its number, without those of which too little is left.

    Of rings the point is left out that closes them.
    """
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    points = np.rint(coordinates).astype(np.int64) - corner
    moves = np.ones(len(points), dtype=bool)
    moves[1:] = (owner[1:] != owner[:-1]) | np.any(points[1:] != points[:-1], axis=1)
    points, owner = points[moves], owner[moves]
    starts = np.searchsorted(owner, np.arange(len(lines) + 1)).tolist()
    pairs = list(map(tuple, points.tolist()))
    for number, (first, last) in enumerate(pairwise(starts)):
        arc = pairs[first:last]
        if is_ring and arc and arc[0] == arc[-1]:
            arc.pop()
        if len(arc) > 1 + is_ring:
            yield number, arc


def _place(arc: Arc) -> tuple[int, Arc]:
    """Where an arc begins along a curve that fills the cell: neighbours stand beside each other, and pack well."""
    x, y = (max(0, value) >> 4 for value in arc[0])
    # A number that is written in base 2 and read in base 4 has a gap for the bits of the other behind each of its own.
    return int(f"{x:b}", 4) | int(f"{y:b}", 4) << 1, arc
