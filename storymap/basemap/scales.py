"""The scales in which the basemap is kept, coarse to fine, and the plane in which it is drawn.

Shared by the preparation of the basemap (`storymap.bundling.basemap`), the baking and the still. The plane is that
of `storymap.earth.mercator`, in whole *units*: `2**unit_zoom` to the world's width.
"""

from __future__ import annotations

from typing import NamedTuple

FILE_NAME = "basemap/cells.sqlite"
"""In `static/`: table `block`, one row per block of cells that holds something: `id` (see `number_block`) and text.

The text is deflated: `BLOCK * BLOCK` lines, row by row from the north-western cell, each with the JSON of a cell or
empty. Alone, cells would be too small to be packed well, and there are thousands of them.
"""

BLOCK = 4
"""Cells to the edge of a block."""

SAME_AS_LAND = "*"
"""Stands for the rings of a country that has all the land of a cell."""

DEFLATE_DICTIONARY = (
    b'"shores":"!","rivers":"!!","regions":"!!","borders":"!!!","lakes":"! !","coast":"!!!!"'
    b',"countries":{"CA":"*","US":"*","CN":"*","RU":"*"},"settlements":["San Saint Santa ",[],[],"8899aaaa","00000011"]'
    b'{"arcs":"","land":"!!!! !!!'
)
"""What blocks have in common: many are small."""

ZOOM_LETTERS = "0123456789abcdef"
"""How the first zoom of a settlement is stored: a character each."""


class ScaleSpec(NamedTuple):
    """A scale: the map zooms it serves begin at `min_zoom`, its cells are tiles of `grid_zoom`."""

    min_zoom: int
    grid_zoom: int
    unit_zoom: int

    @property
    def units(self) -> int:
        """Units to the world's width."""
        return 1 << self.unit_zoom

    @property
    def cell_size(self) -> int:
        """Units to the edge of a cell."""
        return self.units >> self.grid_zoom


SCALES = (
    # A unit is half a pixel at the zoom at which a scale begins, and at zoom 2 and 9 for the first and the last.
    ScaleSpec(min_zoom=0, grid_zoom=0, unit_zoom=11),
    ScaleSpec(min_zoom=4, grid_zoom=4, unit_zoom=13),
    ScaleSpec(min_zoom=6, grid_zoom=6, unit_zoom=15),
    ScaleSpec(min_zoom=8, grid_zoom=8, unit_zoom=18),
)


def number_block(scale: int, x: int, y: int) -> int:
    """The id of a block: of a scale (its index in `SCALES`), and where it lies, counted in blocks."""
    return scale << 20 | x << 10 | y
