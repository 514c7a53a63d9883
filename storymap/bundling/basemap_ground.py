"""Prepare the ground of stills: the cells of a scale → paths of smaller cells, straightened for each zoom.

The last stage of preparing the basemap. What is written is read by `storymap.basemap.ground_cells`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from storymap.basemap.cell_file import SAME_AS_LAND
from storymap.basemap.grounds import GROUND_BLOCK, Ground
from storymap.basemap.paths import LINES, Run, write_path
from storymap.bundling.basemap_cells import Address, Cell, Point
from storymap.figures import FIGURES

_STRAIGHT = 1.4
"""Units by which an outline may leave its course, 0.6 to 1.2 pixels in the stills that are drawn from it."""

_SEEN = 5.6
"""Units that an island or lake must be wide and high together to be drawn."""

Floats = NDArray[np.float64]


def write_ground(cells: Mapping[Address, Cell], ground: Ground) -> dict[Address, str]:
    """The text of each block of `ground` that holds something, made of the cells of its source."""
    blocks: dict[Address, list[str]] = defaultdict(lambda: [""] * GROUND_BLOCK**2)
    for address, cell in sorted(cells.items()):
        for (x, y), paths in _cut_cell(cell, address, ground):
            block = blocks[x // GROUND_BLOCK, y // GROUND_BLOCK]
            block[y % GROUND_BLOCK * GROUND_BLOCK + x % GROUND_BLOCK] = json.dumps(paths, separators=(",", ":"))
    return {address: "\n".join(lines) for address, lines in blocks.items()}


def _cut_cell(cell: Cell, address: Address, ground: Ground) -> Iterator[tuple[Address, dict[str, str]]]:
    """The paths of a cell of the source, by cell of the ground."""
    spec, size = FIGURES.scales[ground.source], ground.cell_size
    ratio = spec.units // ground.units
    runs = _straighten(cell.arcs, ratio)
    areas = {"land": cell.land, "lakes": cell.lakes} | dict(sorted(cell.countries.items()))
    edge = spec.cell_size // ratio
    shapes = {name: [part for rings in area for part in _build(runs, rings, edge)] for name, area in areas.items()}
    lines = {name: [shapely.LineString(_join(runs, line)) for line in cell.lines.get(name, ())] for name in LINES}
    column, row, across = address[0] * edge // size, address[1] * edge // size, edge // size
    for x in range(column, column + across):
        for y in range(row, row + across):
            found = {name: _write(parts, (x, y), size, closed=True) for name, parts in shapes.items()}
            found |= {name: _write(parts, (x, y), size, closed=False) for name, parts in lines.items()}
            paths = {
                name: SAME_AS_LAND if name in cell.countries and path == found["land"] else path
                for name, path in found.items()
                if path
            }
            if paths:
                yield (x, y), paths


def _straighten(arcs: Sequence[Sequence[Point]], ratio: int) -> list[Floats]:
    """Arcs in whole units of the ground; those that several outlines share still fit, as each is straightened alone."""
    if not arcs:
        return []
    numbers = np.repeat(np.arange(len(arcs)), [len(arc) for arc in arcs])
    points = np.concatenate([np.array(arc) for arc in arcs]) / ratio
    lines = np.array(shapely.linestrings(points, indices=numbers), ndmin=1)
    return [np.rint(shapely.get_coordinates(line)) for line in shapely.simplify(lines, _STRAIGHT)]


def _join(runs: Sequence[Floats], ring: Sequence[int]) -> Floats:
    return np.concatenate([runs[index] if index >= 0 else runs[~index][::-1] for index in ring])


def _build(runs: Sequence[Floats], rings: Sequence[Sequence[int]], edge: int) -> Iterator[Polygon]:
    """What the rings of a polygon have become, in which small ones are left out."""
    shell, *holes = (_join(runs, ring) for ring in rings)
    if _is_seen(shell, edge):
        polygon = Polygon(shell, [hole for hole in holes if _is_seen(hole, edge)])
        # What was straightened may cross itself.
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(polygon)))  # it may be polygons beside lines
        yield from (part for part in parts if isinstance(part, Polygon))


def _is_seen(ring: Floats, edge: int) -> bool:
    """Whether a ring is large enough, or goes on in the next cell."""
    return len(ring) > 3 and bool(np.ptp(ring, axis=0).sum() > _SEEN or (ring % edge == 0).any())


def _write(parts: Sequence[BaseGeometry], address: Address, size: int, *, closed: bool) -> str:
    """The path of what lies in a cell of the ground, from its north-western corner."""
    if not parts:
        return ""
    west, north = address[0] * size, address[1] * size
    inside = shapely.get_parts(shapely.clip_by_rect(parts, west, north, west + size, north + size))
    lines = shapely.get_rings(inside) if closed else inside
    corner = np.array([west, north])
    runs: list[Run] = [np.rint(shapely.get_coordinates(line) - corner).astype(np.int64) for line in lines]
    return write_path(runs, closed=closed)
