"""The ground of a map as a value: which cells there are to paint, what is named on it, and whose data it is.

It is chosen from views (`choosing.py`) and packed for a page (`bake.py`). What the cells hold stays where it was
prepared (`natural_earth.py`): a basemap is small, and can be handed to another process.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

Address = tuple[int, int]
"""Column and row of a cell in the grid of its scale."""


class Settlement(NamedTuple):
    """A settlement: its place in units of the plane (`x` east, `y` south, 1 is the world's width) and in degrees.

    `first` is the first zoom that shows it, `size` goes from 0 (village) to 5 (metropolis), 6 for a capital.
    """

    x: float
    y: float
    lon: float
    lat: float
    name: str
    first: int
    size: int

    @property
    def rank(self) -> tuple[int, int, str, float, float]:
        """Sorts the most important first."""
        return self.first, -self.size, self.name, self.lon, self.lat


class Label(NamedTuple):
    """The name of a country, an island or a water, where it stands, and the zooms between which it is shown.

    `code` is the country's ISO 3166-1 alpha-2 code, or CLDR's for an island that is a part of one; empty without.
    """

    x: float
    y: float
    lon: float
    lat: float
    name: str
    first: float
    last: float
    code: str


class Basemap(Struct, frozen=True):
    """The ground of a map; names are as the data have them, in English."""

    cells: tuple[tuple[Address, ...], ...]
    """Those of each scale, coarse to fine (`storymap.figures.Figures.scales`), from west to east and north to south."""
    highlight: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes of the countries that can be filled."""
    settlements: tuple[Settlement, ...]
    """Those that not every map has, as it has those of the world. The most important come first, as of the others."""
    countries: tuple[Label, ...]
    waters: tuple[Label, ...]
    credits: tuple[str, ...]
    """Whose data it is, as plain text."""
