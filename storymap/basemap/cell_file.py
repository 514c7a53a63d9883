"""How the cells of the basemap are kept: the file between the package build, which writes it, and `natural_earth.py`.

There are cells in several scales (`storymap.figures.Figures.scales`), coarse to fine. Their plane is that of
`storymap.earth.mercator`, in whole *units*: `2**unit_zoom` to the world's width.
"""

from __future__ import annotations

FILE_NAME = "basemap/cells.sqlite"
"""In `static/`: table `block`, one row per block of cells that holds something: `id` (see `number_block`) and text.

The text is deflated: `BLOCK * BLOCK` lines, row by row from the north-western cell, each with the JSON of a cell or
empty. Alone, cells would be too small to be packed well, and there are thousands of them.

Table `ground` holds the cells from which stills are drawn (`storymap.basemap.grounds`), in blocks of the same kind.
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


def number_block(scale: int, x: int, y: int) -> int:
    """The id of a block: of a scale (its number, coarse to fine), and where it lies, counted in blocks."""
    return scale << 20 | x << 10 | y
