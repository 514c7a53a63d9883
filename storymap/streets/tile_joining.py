"""Join what tiles cut apart: lines and areas that go on over the edge between two of them.

Shapes are in whole units of tiles (`storymap.streets.tile_layers`), so an edge is where a coordinate is a multiple of
the width of a tile, and what two tiles cut there meets in the same numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.streets.features import LineKind, Names, StreetKind
from storymap.streets.tile_layers import TILE_UNITS

_KINDS = get_args(LineKind)

NEAR = 6
"""Units by which the ends of a line may lie apart at an edge: writers round what they cut, each tile for itself."""


class Look(NamedTuple):
    """What things have in common that may be parts of one."""

    kind: StreetKind
    names: Names
    level: int
    rank: int


class Piece(NamedTuple):
    """A thing as one tile has it, whole or in part: a line, a polygon or a point."""

    look: Look
    shape: BaseGeometry


def join_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` of neighbouring tiles, joined where one thing was cut; each thing once."""
    by_dimension: dict[int, list[Piece]] = defaultdict(list)
    dimensions = shapely.get_dimensions(np.array([piece.shape for piece in pieces], dtype=object))
    for piece, dimension in zip(pieces, dimensions, strict=True):
        by_dimension[int(dimension)].append(piece)
    points = dict.fromkeys(by_dimension[0])  # one on the edge is in both tiles
    return [*_join_areas(by_dimension[2]), *_join_lines(by_dimension[1]), *points]


def drop_doubled(lines: Sequence[Piece], named: Iterable[Piece]) -> list[Piece]:
    """`lines` without the segments that `named` have too: the same streets, but with their names."""
    known = _Segments.of(named)
    found = _Segments.of(lines)
    doubled = np.isin(found.keys, known.keys)
    kept: list[Piece] = []
    for number, piece in enumerate(lines):
        gone = doubled[found.starts[number] : found.starts[number + 1]]
        if not gone.any():
            kept.append(piece)
        else:
            points = shapely.get_coordinates(piece.shape)
            kept.extend(Piece(piece.look, shapely.LineString(points[run])) for run in _list_runs(~gone))
    return kept


class _Segments(NamedTuple):
    """The segments of lines: a key for each, in either direction, of its ends and what it is; where lines begin."""

    keys: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, lines: Iterable[Piece]) -> _Segments:
        pieces = list(lines)
        if not pieces:
            return cls(np.array([], dtype="V40"), np.array([0]))
        shapes = np.array([piece.shape for piece in pieces], dtype=object)
        points = shapely.get_coordinates(shapes).astype(np.int64)
        counts = shapely.get_num_coordinates(shapes)
        owner = np.repeat(np.arange(len(pieces)), counts)
        inside = owner[1:] == owner[:-1]
        ends = np.stack([points[:-1][inside], points[1:][inside]], axis=1)
        swapped = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
        ends[swapped] = ends[swapped, ::-1]
        look = np.array([_KINDS.index(one.look.kind) * 3 + one.look.level for one in pieces])
        rows = np.column_stack([ends.reshape(len(ends), 4), look[owner[1:][inside]]])
        keys = np.ascontiguousarray(rows).view("V40").ravel()
        return cls(keys, np.concatenate([[0], np.cumsum(counts - 1)]))


def _list_runs(kept: np.ndarray) -> Iterator[slice]:
    """The points of each run of segments that are kept."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(first), int(last) + 1)


def _join_lines(lines: Sequence[Piece]) -> Iterator[Piece]:
    """Lines, those of one look joined where one ends at an edge; the same one twice would be joined to itself."""
    ends: dict[Look, list[BaseGeometry]] = defaultdict(list)
    for piece in lines:
        first, last = piece.shape.coords[0], piece.shape.coords[-1]
        if _is_edge(first) or _is_edge(last):
            ends[piece.look].append(piece.shape)
        else:
            yield piece
    for look, shapes in ends.items():
        once = {shapely.normalize(shape).wkb: shape for shape in _close_gaps(shapes)}
        merged = shapely.line_merge(shapely.multilinestrings(list(once.values())))
        for part in shapely.get_parts(merged):
            yield Piece(look, part)


def _close_gaps(lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """`lines` with ends that meet at an edge, where writers put them a little apart."""
    places: dict[tuple[int, float], list[tuple[float, int, int]]] = defaultdict(list)
    points = [shapely.get_coordinates(line) for line in lines]
    for number, line in enumerate(points):
        for end in (0, -1):
            x, y = line[end]
            if x % TILE_UNITS == 0:
                places[0, x].append((y, number, end))
            elif y % TILE_UNITS == 0:
                places[1, y].append((x, number, end))
    for (axis, _), ends in places.items():
        ends.sort()
        for (before, _, _), (after, number, end) in pairwise(ends):
            if 0 < after - before <= NEAR:
                points[number][end][1 - axis] = before
    return [shapely.LineString(line) for line in points]


def _is_edge(point: Sequence[float]) -> bool:
    return point[0] % TILE_UNITS == 0 or point[1] % TILE_UNITS == 0


def _join_areas(areas: Sequence[Piece]) -> Iterator[Piece]:
    """Areas, those of one look joined that share at least half of where they were cut."""
    if not areas:
        return
    shapes = np.array([piece.shape for piece in areas], dtype=object)
    is_cut = (shapely.bounds(shapes) % TILE_UNITS == 0).any(axis=1)
    groups = _Groups(len(areas))
    for sides in _list_cuts(shapes, np.flatnonzero(is_cut)).values():
        sides.sort()
        for number, (low, high, one) in enumerate(sides):
            for other_low, other_high, other in sides[number + 1 :]:
                shared = min(high, other_high) - other_low
                if shared <= 0:
                    break
                is_half = 2 * shared >= min(high - low, other_high - other_low)
                if is_half and areas[one].look == areas[other].look:
                    groups.join(one, other)
    for members in groups.list_members():
        look = areas[members[0]].look
        if len(members) == 1:
            yield areas[members[0]]
            continue
        for part in shapely.get_parts(shapely.union_all(shapes[members])):
            yield Piece(look, part)


def _list_cuts(shapes: Any, chosen: Any) -> dict[tuple[int, float], list[tuple[float, float, int]]]:
    """By edge between tiles (0 for one at an `x`, 1 for one at a `y`), from where to where each area was cut there."""
    cuts: dict[tuple[int, float], list[tuple[float, float, int]]] = defaultdict(list)
    points, owner = shapely.get_coordinates(shapes[chosen], return_index=True)
    same = owner[1:] == owner[:-1]
    for axis in (0, 1):
        at = points[:, axis]
        on_edge = same & (at[1:] == at[:-1]) & (at[1:] % TILE_UNITS == 0)
        for segment in np.flatnonzero(on_edge):
            one, other = points[segment, 1 - axis], points[segment + 1, 1 - axis]
            cuts[axis, at[segment]].append((min(one, other), max(one, other), int(chosen[owner[segment]])))
    return cuts


class _Groups:
    """Numbers from 0 on, in groups that are joined: union-find."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put the groups of two numbers together; the lower stands for both."""
        first, second = sorted((self._find(one), self._find(other)))
        self._parents[second] = first

    def list_members(self) -> Iterator[list[int]]:
        """The groups, in the order of their first members."""
        members: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parents)):
            members[self._find(number)].append(number)
        yield from members.values()

    def _find(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number
