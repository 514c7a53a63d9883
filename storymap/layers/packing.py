"""The shapes of a dataset as text for the browser: cut where neighbours part, so that a border is sent once.

The pieces are simplified each for itself, so that neighbours stay neighbours, as TopoJSON does it: as fine as the views
show them that come near, and coarse where none does. The browser half is `browser/src/layers/shapes.ts`.

Why not `shapely.coverage_simplify` (shapely 2.2.0, GEOS 3.14.1): it fails for a ring that crosses itself, as the Czech
regions have one, with a TopologyException, and with a TypeError for the collection that `make_valid` makes of it. Where
neighbours do not share their points it simplifies each for itself: those regions, mended, are no coverage by
`coverage_is_valid`, and are none afterwards. `coverage_clean` would mend that, but takes from areas that overlap on
purpose what they share. It has one tolerance for all, where each piece here has its own, and it knows no lines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypedDict

import numpy as np
import shapely
from msgspec import Struct, field
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.basemap.arcs import pack_arcs, pack_rings
from storymap.earth.mercator import project_points, world_pixels
from storymap.model.place import Bounds
from storymap.model.scene import View

TOLERANCE = 0.5
"""Pixels by which a line or a border may be off."""

SPECK = 1.0
"""Square pixels below which a ring is left out, if its feature has a larger one."""

MOST_POINTS = 120_000
"""Points of a dataset on a page: a third of a megabyte."""

COARSER = 3.0
"""Zooms by which shapes are coarser that no view comes near: off by three pixels where a reader goes there."""

_FINER = 10
"""Parts of a unit by which shapes are told apart before they are simplified."""

Cell = tuple[int, int]
Run = tuple[Cell, ...]


class ShapesPayload(TypedDict):
    """The shapes of a dataset in degrees times `unit`.

    `arcs` and the references to them in `runs` are packed as `storymap.basemap.arcs` says; a run is a ring, a line or
    a single point. `counts` are how many runs each feature has.
    """

    arcs: str
    runs: str
    counts: list[int]
    unit: int


class Detail(Struct, frozen=True):
    """How close a map shows shapes: at most at `zoom`, and where its `windows` do not lie, at `elsewhere`.

    Each window is a box and the zoom at which it is shown.
    """

    zoom: float
    elsewhere: float
    windows: tuple[tuple[Bounds, float], ...] = ()

    @classmethod
    def at(cls, zoom: float) -> Detail:
        """The same everywhere."""
        return cls(zoom, zoom)

    @classmethod
    def of(cls, views: Collection[View], closer: float) -> Detail:
        """That of a map that shows `views`, which a reader may look `closer` at, by so many zooms, and push aside."""
        zooms = [view.zoom + closer for view in views]
        windows = dict.fromkeys((_widen(view.bounds), zoom) for view, zoom in zip(views, zooms, strict=True))
        return cls(max(zooms), min(zooms) - COARSER, tuple(windows))

    def lessen(self) -> Detail:
        """That of maps half as large."""
        return Detail(self.zoom - 1, self.elsewhere - 1, tuple((box, zoom - 1) for box, zoom in self.windows))

    def find_zooms(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """The closest zoom at which any of each box (west, south, east, north; a row each) is shown."""
        zooms = np.full(len(boxes), self.elsewhere)
        west, south, east, north = boxes.T
        for window, zoom in self.windows:
            level = (south <= window.north) & (north >= window.south)
            beside = np.zeros(len(boxes), dtype=bool)
            for turn in (-360, 0, 360):
                beside |= (west + turn <= window.unwrapped_east) & (east + turn >= window.west)
            zooms[level & beside] = np.maximum(zooms[level & beside], zoom)
        return zooms


def _widen(bounds: Bounds) -> Bounds:
    """`bounds` with as much again on each side, which a reader may come to look at."""
    west, east = bounds.west - bounds.width, bounds.unwrapped_east + bounds.width
    south, north = bounds.south - bounds.height, bounds.north + bounds.height
    return Bounds(-180, south, 180, north) if east - west >= 360 else Bounds(west, south, east, north)


class SimpleShapes(Struct, frozen=True):
    """Shapes as a page has them: `arcs`, and what the runs of each feature are made of.

    `wanted` is how many points the maps could show, where that is more than a page has of a dataset; else it is 0.
    """

    arcs: list[Run]
    references: list[list[int]]
    counts: list[int]
    unit: int
    wanted: int

    @property
    def points(self) -> int:
        """How many points it has."""
        return sum(map(len, self.arcs))

    def pack(self) -> ShapesPayload:
        """The same as text."""
        arcs, runs = pack_arcs(self.arcs), pack_rings(self.references)
        return {"arcs": arcs, "runs": runs, "counts": self.counts, "unit": self.unit}


def simplify_shapes(shapes: Sequence[BaseGeometry], detail: Detail) -> SimpleShapes:
    """`shapes` in lon/lat as maps can show them; more is left out where they are too much for a page.

    Single points, and lines and borders that are straight already, stay whatever there is of them.
    """
    wanted = 0
    while True:
        unit = choose_unit(detail.zoom)
        features = [list(_list_runs(shape, _FINER * unit, detail)) for shape in shapes]
        pieces = _Pieces(_find_junctions(run for runs in features for run, is_ring in runs if is_ring))
        references = [pieces.refer(run, is_ring=is_ring) for runs in features for run, is_ring in runs]
        arcs = _simplify(pieces.found, unit, detail)
        count, bent = sum(map(len, arcs)), sum(len(arc) for arc in arcs if len(arc) > 2)
        if count > MOST_POINTS:
            wanted = wanted or count
        if detail.zoom <= 0 or count <= MOST_POINTS or not bent:
            return SimpleShapes(arcs, references, [len(runs) for runs in features], unit, wanted)
        detail = detail.lessen()


def pack_shapes(shapes: Sequence[BaseGeometry], zoom: float) -> ShapesPayload:
    """`shapes` in lon/lat as a map at `zoom` can show them, as text."""
    return simplify_shapes(shapes, Detail.at(zoom)).pack()


def choose_unit(zoom: float) -> int:
    """Into how many parts a degree is divided so that each is at most a quarter of a pixel of a map at `zoom`."""
    return max(1, math.ceil(world_pixels(zoom) / 360 * 4))


def _list_runs(shape: BaseGeometry, unit: int, detail: Detail) -> Iterator[tuple[Run, bool]]:
    """The rings, lines and points of `shape` as whole numbers, and whether each is a ring, whose end is left out."""
    for ring, is_ring in _choose_seen(shape, detail):
        rounded = np.round(shapely.get_coordinates(ring) * unit).astype(np.int64)
        kept = rounded[np.r_[True, (np.diff(rounded, axis=0) != 0).any(axis=1)]]
        run: Run = tuple(map(tuple, kept.tolist()))
        yield (run[:-1] if is_ring and len(run) > 1 else run), is_ring


def _choose_seen(shape: BaseGeometry, detail: Detail) -> Iterator[tuple[BaseGeometry, bool]]:
    """The rings, lines and points of `shape` without rings that are too small to be seen, but for the largest."""
    parts = shapely.get_parts(shape)
    areas = [part for part in parts if isinstance(part, shapely.Polygon)]
    yield from ((part, False) for part in parts if not isinstance(part, shapely.Polygon))
    if not areas:
        return
    scales = [world_pixels(zoom) for zoom in detail.find_zooms(shapely.bounds(areas)).tolist()]
    sizes = [
        shapely.area(shapely.transform(part, project_points)) * scale**2
        for part, scale in zip(areas, scales, strict=True)
    ]
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


class _Pieces(Struct):
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


def _simplify(pieces: Sequence[Run], unit: int, detail: Detail) -> list[Run]:
    """`pieces`, in parts `_FINER` than `unit`, in parts of that, without the points that no map can show."""
    if not pieces:
        return []
    fine = _FINER * unit
    lengths = [len(piece) for piece in pieces]
    starts = np.cumsum([0, *lengths[:-1]])
    points = np.array([point for piece in pieces for point in piece], dtype=float)
    boxes = np.column_stack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)]) / fine
    scales = np.array([world_pixels(zoom) for zoom in detail.find_zooms(boxes).tolist()])
    plane = project_points(points / fine) * np.repeat(scales, lengths)[:, None]
    # The number of each point travels along as its height, which Douglas-Peucker does not look at.
    numbered = np.column_stack([plane, np.arange(len(points))])
    degrees = np.round(points / _FINER).astype(np.int64)
    simple: list[Run] = []
    for numbers in np.split(numbered, starts[1:]):
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
    unit = choose_unit(zoom)
    return pack_arcs([[(round(lon * unit), round(lat * unit)) for lon, lat in points]]) if points else ""
