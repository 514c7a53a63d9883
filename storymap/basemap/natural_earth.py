"""The ground of the whole earth as the package carries it: cells of Natural Earth with the settlements of GeoNames.

They are prepared when the package is built (`storymap.bundling.basemap`); each is read once. Maps are baked and stills
drawn from them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from storymap.basemap.arcs import unpack_arcs, unpack_lines, unpack_rings
from storymap.basemap.basemap import Label, Settlement
from storymap.basemap.cell_file import BLOCK, DEFLATE_DICTIONARY, FILE_NAME, SAME_AS_LAND, ZOOM_LETTERS, number_block
from storymap.basemap.contract import CELL_OBJECTS
from storymap.earth.mercator import project_latitude, project_longitude, unproject_x, unproject_y
from storymap.figures import FIGURES, Scale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CREDITS = ("Natural Earth", "GeoNames (CC BY 4.0)")
"""Whose data it is, as credited on every map and on a site's about page: Natural Earth is in the public domain and asks
for nothing, GeoNames asks to be named."""

CACHED_CELLS = 4096
"""Cells kept decoded: some 30 MB, what hundreds of stories look at."""

CACHED_BLOCKS = 128
"""Blocks kept as text: some 1 MB."""

Rings = Sequence[Sequence[int]]
"""Rings to be filled by the even-odd rule; a ring is a list of arcs, `~arc` for one taken backwards."""

LINE_OBJECTS = ("rivers", "regions", "borders", "coast", "shores")

PACKED_OBJECTS = ("arcs", *CELL_OBJECTS)
"""What a cell holds as text, in the order of `Cell.texts`."""

_DIGITS = {letter: number for number, letter in enumerate(ZOOM_LETTERS)}
"""How zooms and sizes of settlements are kept: a character each."""

SEA = ("",) * len(PACKED_OBJECTS)
"""The texts of a cell that is not there, because there is only sea."""

LabelKind = Literal["country", "water"]
LABEL_KINDS: tuple[LabelKind, ...] = ("country", "water")


@dataclass(frozen=True)
class Cell:
    """A cell of the basemap. Everything refers to `arcs` by index; what it does not hold is empty."""

    spec: Scale
    x: int
    y: int
    content: Mapping[str, Any]

    def packed(self, name: str) -> str:
        """Its `arcs`, the rings of `land` or `lakes`, or one of `LINE_OBJECTS` as text (`storymap.basemap.arcs`)."""
        text: str = self.content.get(name, "")
        return text

    def packed_country(self, code: str) -> str:
        """The rings of a country (ISO 3166-1 alpha-2) here as text; `SAME_AS_LAND` where it has all the land."""
        countries: Mapping[str, str] = self.content["countries"]
        return countries.get(code, "")

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its `PACKED_OBJECTS`."""
        return tuple(self.content.get(name, "") for name in PACKED_OBJECTS)

    @cached_property
    def arcs(self) -> tuple[NDArray[np.int64], ...]:
        """Its arcs in units of the scale, arrays of shape (n, 2)."""
        return tuple(unpack_arcs(self.packed("arcs")))

    @cached_property
    def land(self) -> Rings:
        """Land, whatever country it is in."""
        return unpack_rings(self.packed("land"))

    @cached_property
    def lakes(self) -> Rings:
        """Lakes; they lie on top of the land."""
        return unpack_rings(self.packed("lakes"))

    def lines(self, name: str) -> Sequence[int]:
        """Lines of one of `LINE_OBJECTS`, of one arc each."""
        return unpack_lines(self.packed(name))

    @property
    def codes(self) -> Collection[str]:
        """The countries that have land in this cell."""
        countries: Mapping[str, str] = self.content["countries"]
        return countries.keys()

    def country(self, code: str) -> Rings:
        """The land of a country in this cell; `code` is its ISO 3166-1 alpha-2 code."""
        text = self.packed_country(code)
        return self.land if text == SAME_AS_LAND else unpack_rings(text)

    @cached_property
    def settlements(self) -> tuple[Settlement, ...]:
        """Settlements that this scale adds to the coarser ones, the most important first."""
        if "settlements" not in self.content:
            return ()
        names, xs, ys, zooms, sizes = self.content["settlements"]
        # The middle of the unit that they were rounded down to.
        west, north = self.x * self.spec.cell_size + 0.5, self.y * self.spec.cell_size + 0.5
        units = self.spec.units
        places = [((x + west) / units, (y + north) / units) for x, y in zip(xs, ys, strict=True)]
        return tuple(
            [
                Settlement(x, y, unproject_x(x), unproject_y(y), name, _DIGITS[zoom], _DIGITS[size])
                for (x, y), name, zoom, size in zip(places, names.split("\n"), zooms, sizes, strict=True)
            ]
        )


@lru_cache(maxsize=CACHED_CELLS)
def read_cell(scale: int, x: int, y: int) -> Cell | None:
    """The cell at a tile of the scale's grid; None where there is only sea.

    Raises `FileNotFoundError` if the package was not prepared.
    """
    lines = _read_block(scale, x // BLOCK, y // BLOCK)
    text = lines[y % BLOCK * BLOCK + x % BLOCK] if lines else ""
    return Cell(FIGURES.scales[scale], x, y, json.loads(text)) if text else None


@lru_cache(maxsize=2)
def read_labels(kind: LabelKind) -> tuple[Label, ...]:
    """The names of a `kind`, which is `country` or `water`, the most important first."""
    world = read_cell(0, 0, 0)
    rows = world.content[f"{kind}_labels"] if world else ()
    return tuple(
        Label(project_longitude(lon), project_latitude(lat), lon, lat, name, first, last, code)
        for lon, lat, name, first, last, code in rows
    )


@lru_cache(maxsize=1)
def read_world_settlements() -> tuple[Settlement, ...]:
    """The settlements of the coarsest scale, which every map has, the most important first.

    They are shown before all others, so they come before those in the order of importance, too.
    """
    world = read_cell(0, 0, 0)
    return tuple(sorted(world.settlements if world else (), key=attrgetter("rank")))


@lru_cache(maxsize=CACHED_BLOCKS)
def _read_block(scale: int, x: int, y: int) -> tuple[str, ...]:
    """The texts of the cells of a block; nothing where there is only sea."""
    row = _open_store().execute("SELECT content FROM block WHERE id = ?", (number_block(scale, x, y),)).fetchone()
    return tuple(inflate(row[0]).split("\n")) if row else ()


@lru_cache(maxsize=CACHED_BLOCKS)
def read_ground_block(number: int, x: int, y: int) -> tuple[str, ...]:
    """The texts of the cells of a block of a ground (`storymap.basemap.grounds`); nothing where there is only sea."""
    row = _open_store().execute("SELECT content FROM ground WHERE id = ?", (number_block(number, x, y),)).fetchone()
    return tuple(inflate(row[0]).split("\n")) if row else ()


def inflate(content: bytes) -> str:
    """The text of a block."""
    return zlib.decompressobj(zdict=DEFLATE_DICTIONARY).decompress(content).decode()


@lru_cache(maxsize=1)
def _open_store() -> sqlite3.Connection:
    file = resources.files("storymap").joinpath("static", FILE_NAME)
    if not file.is_file():
        raise FileNotFoundError(f"{FILE_NAME} is missing: install the package with pip, which prepares it")
    with resources.as_file(file) as path:
        # SQLite serialises what several threads ask of one connection; nothing is ever written.
        return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
