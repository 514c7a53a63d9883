"""The ground at street level of one story, baked: what its maps can show of the author's street data.

It travels with the scenes of the story, so that pages, stills, cards and print draw the same geometry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from storymap.model.place import Bounds

if TYPE_CHECKING:
    from storymap.model.scene import View


@dataclass(frozen=True, slots=True)
class StreetFile:
    """A file of street data: where it lies on the disk, what it is called in messages, and a digest of its contents.

    Wherever it lies, it is the same.
    """

    path: str = field(compare=False)
    name: str
    digest: str


class StreetPart(NamedTuple):
    """Arcs of a cell that are drawn alike: `kind` says what they are (`storymap.streets.parts`), `length` how many.

    Those of areas are rings. `names` is empty, or says by index which of the story's street names each line has, -1 for
    none.
    """

    kind: str
    length: int
    names: tuple[int, ...] = ()


class StreetCell(NamedTuple):
    """What lies in a tile of its scale's grid, at `x` and `y` in it.

    `box` is what of it is drawn at all: left, top, right and bottom in units from its corner. `arcs` are packed as
    `storymap.basemap.arcs` has it, in units from the corner of the cell; `parts` take them in order.
    """

    x: int
    y: int
    box: tuple[int, int, int, int]
    arcs: str
    parts: tuple[StreetPart, ...]


class StreetScale(NamedTuple):
    """The cells that serve map zooms from `min_zoom` on: tiles of `grid_zoom`, `2**unit_zoom` units to the world."""

    min_zoom: int
    grid_zoom: int
    unit_zoom: int
    cells: tuple[StreetCell, ...]

    @property
    def cell_size(self) -> int:
        """Units to the edge of a cell."""
        return 1 << (self.unit_zoom - self.grid_zoom)


class StreetLabel(NamedTuple):
    """A name that stands by itself: where, what it names, its text, and the first zoom that shows it."""

    lon: float
    lat: float
    kind: str
    text: str
    first: float


class Surroundings(NamedTuple):
    """Where a place of the story is, `at` longitude and latitude.

    `arcs` are the rings of the building that it stands in, `2**unit_zoom` units to the world, from the map's corner, or
    empty. `names` are those of that building, of the square and of the street beside it, as far as there are any.
    """

    at: tuple[float, float]
    unit_zoom: int
    arcs: str
    names: tuple[str, ...]


class StreetCredit(NamedTuple):
    """Whose streets are drawn where: plain text, and boxes, each with the `min_zoom` of the scale that has it."""

    text: str
    boxes: tuple[tuple[int, Bounds], ...]


class Streets(Struct, frozen=True):
    """All of it. Scales stand coarse to fine; labels the most important first; `names` are those of streets.

    `own` is what surrounds the places of the story. `credited` says whose they are, each once.
    """

    scales: tuple[StreetScale, ...]
    names: tuple[str, ...]
    labels: tuple[StreetLabel, ...]
    own: tuple[Surroundings, ...]
    credited: tuple[StreetCredit, ...]

    @property
    def credits(self) -> tuple[str, ...]:
        """Whose they are, wherever that is."""
        return tuple(credit.text for credit in self.credited)


class BakedStreets(Struct, frozen=True):
    """The `streets` of some views, None for none; `heavy` are those views of which they are too many, with bytes."""

    streets: Streets | None
    heavy: tuple[tuple[View, int], ...]
