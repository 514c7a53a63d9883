"""Read the cells of the ground of stills, whose areas and lines are texts of SVG paths already.

They are made when the package is built (`storymap.bundling.basemap_ground`), but for the closest zooms, which are drawn
from the finest scale of the basemap as it is. `storymap.drawing.land` puts them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
"""Paths by name: `land`, `lakes`, `rivers`, `regions`, `borders`, and the land of a country by its ISO 3166-1 code.

They are in units of their ground from the north-western corner of the cell, and relative throughout, so that they can
be put behind any `M`. Areas are to be filled by the even-odd rule; they have an edge where the cell ends, and the next
cell has the same.
"""

_EMPTY: GroundCell = MappingProxyType({})


@lru_cache(maxsize=KEPT_CELLS)
def read_ground(number: int, x: int, y: int) -> GroundCell:
    """The paths of the cell at a tile of the grid of a ground; empty where there is only sea."""
    if number == FINEST.number:
        cell = read_cell(FINEST.source, x, y)
        return _write_cell(cell) if cell else _EMPTY
    lines = read_ground_block(number, x // GROUND_BLOCK, y // GROUND_BLOCK)
    text = lines[y % GROUND_BLOCK * GROUND_BLOCK + x % GROUND_BLOCK] if lines else ""
    found: dict[str, str] = json.loads(text) if text else {}
    land = found.get("land", "")
    return {name: land if path == SAME_AS_LAND else path for name, path in found.items()}


def _write_cell(cell: Cell) -> dict[str, str]:
    """The paths of a cell of the basemap as it is, by name, from its north-western corner."""
    corner = np.array([cell.x, cell.y]) * cell.spec.cell_size
    arcs = [arc - corner for arc in cell.arcs]
    paths = {"land": _write_rings(arcs, cell.land), "lakes": _write_rings(arcs, cell.lakes)}
    paths |= {name: write_path([arcs[index] for index in cell.lines(name)], closed=False) for name in LINES}
    paths |= {code: _write_rings(arcs, cell.country(code)) for code in cell.codes}
    return {name: path for name, path in paths.items() if path}


def _write_rings(arcs: Sequence[Run], rings: Rings) -> str:
    runs = [np.concatenate([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in ring]) for ring in rings]
    return write_path(runs, closed=True)
