"""The baked basemap as the browser receives it: the Python half of `browser/src/basemap/contract.ts`.

A basemap is a stack of *scales*, coarse to fine. A scale serves map zooms from `minZoom` up to where the next scale
begins, and holds the cells (Web Mercator tiles of zoom `gridZoom`) that the story's views can show; scale 0 holds the
whole world. A map is painted from coarse to fine: cells of a scale that its zoom has reached cover what is below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

CELL_OBJECTS = ("land", "lakes", "rivers", "regions", "borders", "coast", "shores")
"""What a cell may hold.

`land` and `lakes` are rings, to be filled by the even-odd rule, that end at the edges of cells; `coast` and `shores`
are their outlines without those edges; `rivers`, `borders` (between countries) and `regions`
(between states) are lines. The sea is what nothing covers.
"""


class ScalePayload(TypedDict):
    """One scale: `cells` are `[x, y]` tiles of zoom `gridZoom`; every other list has a text for each cell.

    `arcs` are in Web Mercator with `2**unitZoom` units to the world's width. `CELL_OBJECTS` refer to the arcs of their
    cell (`storymap.basemap.arcs` tells how both are written), an empty text where there are none. `highlights` are
    rings by ISO 3166-1 alpha-2 code, `"*"` for a country that has all the land of the cell.
    """

    minZoom: int
    gridZoom: int
    unitZoom: int
    cells: Sequence[tuple[int, int]]
    arcs: Sequence[str]
    land: Sequence[str]
    lakes: Sequence[str]
    rivers: Sequence[str]
    regions: Sequence[str]
    borders: Sequence[str]
    coast: Sequence[str]
    shores: Sequence[str]
    highlights: dict[str, list[str]]


class SettlementsPayload(TypedDict):
    """Settlements by column, most important first.

    `at` is one arc (`storymap.basemap.arcs`) of their places in thousandths of a degree, `zooms` the first zoom that
    shows each, as a letter of `storymap.basemap.cell_file.ZOOM_LETTERS`, `sizes` a digit each: 0 (village) to
    5 (metropolis), 6 for a capital.
    """

    names: list[str]
    at: str
    zooms: str
    sizes: str


LabelRow = tuple[float, float, str, float, float]
"""Longitude, latitude, name, first and last zoom that show it."""


class BasemapPayload(TypedDict):
    """The whole baked basemap.

    Other labels, `countries` and `waters`, are rows, most important first. `credits` are plain text.
    """

    scales: list[ScalePayload]
    settlements: SettlementsPayload
    countries: Sequence[LabelRow]
    waters: Sequence[LabelRow]
    credits: list[str]
