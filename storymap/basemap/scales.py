"""The scales in which the basemap is kept, coarse to fine, and the plane in which it is drawn.

Shared by the preparation of the basemap (`storymap.bundling.basemap`), the baking and the still. The plane is Web
Mercator, `x` east and `y` south from the north-western corner of the map, in whole *units*: `2**unit_zoom` to the
world's width.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE_NAME = "basemap/cells.sqlite"
"""In `static/`: table `cell`, one row per cell that holds something: `id` (see `number_cell`) and deflated JSON."""

SAME_AS_LAND = "*"
"""Stands for the rings of a country that has all the land of a cell."""

DEFLATE_DICTIONARY = (
    b'"shores":"!","rivers":"!!","regions":"!!","borders":"!!!","lakes":"! !","coast":"!!!!"'
    b',"countries":{"CA":"*","US":"*","CN":"*","RU":"*"},"settlements":["San Saint Santa ",[],[],"8899aaaa","00000011"]'
    b'{"arcs":"","land":"!!!! !!!'
)
"""What cells have in common: thousands of small ones are deflated one by one."""

ZOOM_LETTERS = "0123456789abcdef"
"""How the first zoom of a settlement is stored: a character each."""

MERCATOR_LIMIT = 85.0511
"""The latitude at which a Web Mercator map ends, north and south."""

Numbers = NDArray[np.float64]


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


def number_cell(scale: int, x: int, y: int) -> int:
    """The id of a cell: of a scale (its index in `SCALES`), `x` and `y` of the tile."""
    return scale << 20 | x << 10 | y


def project_lons(lons: Numbers, *, units: int) -> Numbers:
    """`x` of longitudes in degrees."""
    return (lons + 180.0) * (units / 360.0)


def project_lats(lats: Numbers, *, units: int) -> Numbers:
    """`y` of latitudes in degrees, which are kept on the map first."""
    sines = np.sin(np.radians(np.clip(lats, -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    return (0.5 - np.arctanh(sines) / (2 * np.pi)) * units


def project_lat(lat: float) -> float:
    """`y` of a latitude in degrees, where 1 is the world's width."""
    sine = math.sin(math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))))
    return 0.5 - math.atanh(sine) / (2 * math.pi)


def unproject_ys(ys: Numbers, *, units: int) -> Numbers:
    """Latitudes in degrees of `y`."""
    return np.degrees(2 * np.arctan(np.exp((1 - 2 * ys / units) * np.pi)) - np.pi / 2)
