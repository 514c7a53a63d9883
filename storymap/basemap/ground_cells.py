"""Read the cells of the ground of stills, whose areas and lines are texts of SVG paths already.

They are made when the package is built (`storymap.bundling.basemap_ground`), but for the closest zooms, which are drawn
from the finest scale of the basemap as it is. `storymap.drawing.land` puts them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from storymap.basemap.cell_file import SAME_AS_LAND
from storymap.basemap.grounds import FINEST, GROUND_BLOCK
from storymap.basemap.natural_earth import Cell, Rings, read_cell, read_ground_block
from storymap.basemap.paths import LINES, Run, write_path

KEPT_CELLS = 4096
"""Cells kept at hand: some 4 MB."""

GroundCell = Mapping[str, str]
"""Paths by name: `land`, `lakes`, `rivers`, `regions` and `borders`; those of countries are asked for one by one.

They are in units of their ground from the north-western corner of the cell, and relative throughout, so that they can
be put behind any `M`. Areas are to be filled by the even-odd rule; they have an edge where the cell ends, and the next
cell has the same.
"""

_EMPTY: GroundCell = MappingProxyType({})


@lru_cache(maxsize=KEPT_CELLS)
def read_ground(number: int, x: int, y: int) -> GroundCell:
    """The paths of the cell at a tile of the grid of a ground, without countries; empty where there is only sea."""
    if number == FINEST.number:
        cell = read_cell(FINEST.source, x, y)
        return _write_cell(cell) if cell else _EMPTY
    lines = read_ground_block(number, x // GROUND_BLOCK, y // GROUND_BLOCK)
    text = lines[y % GROUND_BLOCK * GROUND_BLOCK + x % GROUND_BLOCK] if lines else ""
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def read_country(number: int, x: int, y: int, code: str) -> str:
    """The path of the land of a country in a cell; `code` is its ISO 3166-1 alpha-2 code."""
    paths = read_ground(number, x, y)
    if number != FINEST.number:
        path = paths.get(code, "")
        return paths["land"] if path == SAME_AS_LAND else path
    cell = read_cell(FINEST.source, x, y)
    if cell is None or cell.packed_country(code) == SAME_AS_LAND:
        return paths.get("land", "")
    return _write_rings(cell, cell.country(code))


def _write_cell(cell: Cell) -> dict[str, str]:
    """The paths of a cell of the basemap as it is; most are land alone, and quickly written."""
    paths: dict[str, str] = {}
    if cell.packed("land"):
        # Land that has no coast in a cell is all of it.
        size = cell.spec.cell_size
        square = f"m0 0 {size} 0 0 {size}-{size} 0z"
        paths["land"] = _write_rings(cell, cell.land) if cell.packed("coast") else square
    if cell.packed("lakes"):
        paths["lakes"] = _write_rings(cell, cell.lakes)
    for name in LINES:
        if cell.packed(name):
            runs = [cell.arcs[index] - _find_corner(cell) for index in cell.lines(name)]
            paths[name] = write_path(runs, closed=False)
    return {name: path for name, path in paths.items() if path}


def _write_rings(cell: Cell, rings: Rings) -> str:
    """The path of an area; a ring of one arc, an island, is taken as it is."""
    arcs, corner = cell.arcs, _find_corner(cell)
    parts = ([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in ring] for ring in rings)
    runs = [(part[0] if len(part) == 1 else np.concatenate(part)) - corner for part in parts]
    return write_path(runs, closed=True)


def _find_corner(cell: Cell) -> Run:
    """The north-western corner of a cell, from which its paths are counted."""
    return np.array([cell.x, cell.y]) * cell.spec.cell_size
