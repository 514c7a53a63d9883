"""The grounds of stills: what stills of each zoom are drawn from, coarse to fine.

Shared by the preparation (`storymap.bundling.basemap_ground`) and the reading (`storymap.basemap.ground_cells`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from storymap.figures import FIGURES

GROUND_BLOCK = 8
"""Cells to the edge of a block in which they are kept."""

_CLOSER = 0.2
"""A still takes the next finer ground this many zooms before that is at its own zoom."""


class Ground(NamedTuple):
    """What stills of a zoom are drawn from: `number` of the ground, its cells are tiles of `grid_zoom`.

    `source` is the scale (by its number, coarse to fine) that it is made of.
    """

    number: int
    grid_zoom: int
    unit_zoom: int
    source: int

    @property
    def units(self) -> int:
        """Units to the world's width."""
        return 1 << self.unit_zoom

    @property
    def cell_size(self) -> int:
        """Units to the edge of a cell."""
        return self.units >> self.grid_zoom


LOWEST, CLOSEST = -2, 7
"""The zooms of the first ground and of the last; sketches are drawn from grounds of smaller zooms than their own."""


def _list_prepared() -> tuple[Ground, ...]:
    """A cell is half a tile wide, and a unit half a pixel at the zoom of a ground."""
    zooms = range(LOWEST, CLOSEST)
    return tuple(
        Ground(
            number=number,
            grid_zoom=max(0, zoom + 1),
            unit_zoom=zoom + 9,
            source=next(scale for scale, spec in enumerate(FIGURES.scales) if spec.unit_zoom >= zoom + 9),
        )
        for number, zoom in enumerate(zooms)
    )


PREPARED = _list_prepared()
"""The grounds that are made when the package is built, one a zoom."""

FINEST = Ground(len(PREPARED), FIGURES.scales[-1].grid_zoom, FIGURES.scales[-1].unit_zoom, len(FIGURES.scales) - 1)
"""The ground of all closer zooms: the finest scale."""

GROUNDS = (*PREPARED, FINEST)


def choose_ground(zoom: float) -> Ground:
    """The ground that serves a picture at `zoom`."""
    return GROUNDS[max(LOWEST, min(CLOSEST, math.floor(zoom + _CLOSER))) - LOWEST]
