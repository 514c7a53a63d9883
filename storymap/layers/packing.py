"""The shapes of a dataset as text for the browser: cut where neighbours part, so that a border is sent once.

The pieces are simplified each for itself, so that neighbours stay neighbours, as TopoJSON does it. The browser half is
`browser/src/layers/shapes.ts`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypedDict

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs, pack_rings
from storymap.earth.mercator import project_points, world_pixels

TOLERANCE = 0.4
"""Pixels by which a line or a border may be off."""

SPECK = 1.0
"""Square pixels below which a ring is left out, if its feature has a larger one."""

MOST_POINTS = 120_000
"""Points of a dataset on a page: a third of a megabyte."""

Cell = tuple[int, int]
Run = tuple[Cell, ...]


class ShapesPayload(TypedDict):
    """The shapes of a dataset in degrees times ten to the power of `digits`.

    `arcs` and the references to them in `runs` are packed as `storymap.basemap.arcs` says; a run is a ring, a line or
    a single point. `counts` are how many runs each feature has.
    """

    arcs: str
    runs: str
    counts: list[int]
    digits: int


def pack_shapes(shapes: Sequence[BaseGeometry], zoom: float) -> ShapesPayload:
    """`shapes` in lon/lat as a map at `zoom` can show them; more is left out where they are too much for a page."""
    while True:
        digits = count_digits(zoom)
        features = [list(_list_runs(shape, digits + 1, zoom)) for shape in shapes]
        pieces = _Pieces(_find_junctions(run for runs in features for run, is_ring in runs if is_ring))
        references = [pieces.refer(run, is_ring=is_ring) for runs in features for run, is_ring in runs]
        arcs = _simplify(pieces.found, digits, zoom)
        if zoom <= 0 or sum(map(len, arcs)) <= MOST_POINTS:
            break
        zoom -= 1
    return {
        "arcs": pack_arcs(arcs),
        "runs": pack_rings(references),
        "counts": [len(runs) for runs in features],
        "digits": digits,
    }


def count_digits(zoom: float) -> int:
    """Decimals of a degree of which the last is at most a quarter of a pixel of a map at `zoom`."""
    return max(0, math.ceil(math.log10(world_pixels(zoom) / 360 * 4)))


def _list_runs(shape: BaseGeometry, digits: int, zoom: float) -> Iterator[tuple[Run, bool]]:
    """The rings, lines and points of `shape` as whole numbers, and whether each is a ring, whose end is left out."""
    unit = 10**digits
    for ring, is_ring in _choose_seen(shape, zoom):
        rounded = np.round(shapely.get_coordinates(ring) * unit).astype(np.int64)
        kept = rounded[np.r_[True, (np.diff(rounded, axis=0) != 0).any(axis=1)]]
        run: Run = tuple(map(tuple, kept.tolist()))
        yield (run[:-1] if is_ring and len(run) > 1 else run), is_ring


def _choose_seen(shape: BaseGeometry, zoom: float) -> Iterator[tuple[BaseGeometry, bool]]:
    """The rings, lines and points of `shape` without rings that are too small to be seen, but for the largest."""
    parts = shapely.get_parts(shape)
    areas = [part for part in parts if isinstance(part, shapely.Polygon)]
    yield from ((part, False) for part in parts if not isinstance(part, shapely.Polygon))
    if not areas:
        return
    scale = world_pixels(zoom)
    sizes = [shapely.area(shapely.transform(part, project_points)) * scale**2 for part in areas]
    largest = max(range(len(areas)), key=lambda number: sizes[number])
    for number, part in enumerate(areas):
        if number == largest or sizes[number] >= SPECK:
            yield part.exterior, True
            share = sizes[number] / part.area if part.area else 0.0
            yield from ((hole, True) for hole in part.interiors if shapely.Polygon(hole).area * share >= SPECK)


def _find_junctions(rings: Iterable[Run]) -> Callable[[Cell], bool]:
    """Whether a point is one where rings part: where not all of them that pass it come from the same two sides."""
    sides: dict[Cell, tuple[Cell, Cell]] = {}
    junctions: set[Cell] = set()
    for ring in rings:
        for number, point in enumerate(ring):
            before, after = ring[number - 1], ring[(number + 1) % len(ring)]
            pair = (before, after) if before < after else (after, before)
            if sides.setdefault(point, pair) != pair:
                junctions.add(point)
    return junctions.__contains__


@dataclass(slots=True)
class _Pieces:
    """The pieces that runs are made of, each once whichever way it is taken."""

    is_junction: Callable[[Cell], bool]
    found: list[Run] = field(default_factory=list)
    numbers: dict[Run, int] = field(default_factory=dict)

    def refer(self, run: Run, *, is_ring: bool) -> list[int]:
        """The references that make up `run`: the number of a piece, `~number` for one that is taken backwards."""
        if not is_ring:
            return [self._add(run)]
        cuts = [number for number, point in enumerate(run) if self.is_junction(point)]
        first = cuts[0] if cuts else run.index(min(run))
        turned = (*run[first:], *run[: first + 1])
        ends = [*(cut - first for cut in cuts or [first]), len(run)]
        return [self._add(turned[start : end + 1]) for start, end in pairwise(ends)]

    def _add(self, piece: Run) -> int:
        if (known := self.numbers.get(piece[::-1])) is not None:
            return ~known
        if piece not in self.numbers:
            self.numbers[piece] = len(self.found)
            self.found.append(piece)
        return self.numbers[piece]


def _simplify(pieces: Sequence[Run], digits: int, zoom: float) -> list[Run]:
    """`pieces`, which have one digit more than `digits`, without the points that a map at `zoom` cannot show."""
    if not pieces:
        return []
    unit, scale = 10 ** (digits + 1), world_pixels(zoom)
    ends = np.cumsum([len(piece) for piece in pieces])
    points = np.array([point for piece in pieces for point in piece], dtype=float)
    plane = project_points(points / unit) * scale
    # The number of each point travels along as its height, which Douglas-Peucker does not look at.
    numbered = np.column_stack([plane, np.arange(len(points))])
    degrees = np.round(points / 10).astype(np.int64)
    simple: list[Run] = []
    for numbers in np.split(numbered, ends[:-1]):
        kept = numbers[:, 2].astype(int)
        if len(kept) > 2:
            line = shapely.simplify(shapely.LineString(numbers), TOLERANCE, preserve_topology=False)
            kept = shapely.get_coordinates(line, include_z=True)[:, 2].astype(int)
        run = degrees[kept]
        seen = run[np.r_[True, (np.diff(run, axis=0) != 0).any(axis=1)]]
        simple.append(tuple(map(tuple, seen.tolist())))
    return simple


def pack_points(points: Sequence[tuple[float, float]], zoom: float) -> str:
    """Points in lon/lat as one arc, as exact as the shapes of `pack_shapes`."""
    unit = 10 ** count_digits(zoom)
    return pack_arcs([[(round(lon * unit), round(lat * unit)) for lon, lat in points]]) if points else ""
