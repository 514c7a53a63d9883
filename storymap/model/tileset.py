"""Picture tiles of the author's own: what is known of a set of them, and those of it that a map needs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from storymap.errors import Location
from storymap.model.close_ground import CloseGround
from storymap.model.place import Bounds

TilesetForm = Literal["folder", "mbtiles", "pmtiles"]
"""How a set of tiles is kept."""


_CLOSEST = 99
"""A level that is enough for any map."""


class TileAddress(NamedTuple):
    """Which part of the world a tile shows: `column` counts from 180° W, `row` from the north, whatever its file says.

    At zoom 0 one tile is the world on a Web Mercator map; each zoom has four for each of the one before.
    """

    zoom: int
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class TileSource:
    """A set of picture tiles in the project.

    `path` is that of its folder or archive, `name` what messages call it, and `at` where its author names it; `stamp`
    is another one whenever a file of it was changed. `side` is how many CSS pixels wide a tile is shown. `first` and
    `last` are the zooms of its farthest and closest tiles, `bounds` is what all of them cover. `attribution` is plain
    text, who made it, or empty. `files` are those of a folder by their addresses, as paths below it.
    """

    path: Path
    name: str
    form: TilesetForm
    stamp: str
    side: int
    first: int
    last: int
    bounds: Bounds
    attribution: str
    at: Location
    files: dict[TileAddress, str] = field(default_factory=dict, compare=False)

    @property
    def ground(self) -> CloseGround:
        """How close maps may come on them: as long as a pixel of a tile is one of the screen, or nearly."""
        finer = math.log2(self.side / 256)
        return CloseGround(((_CLOSEST, (self.bounds,)),), self.first + finer - 0.5, self.last + finer, invites=True)


class CutTile(NamedTuple):
    """A tile that a map needs: where it lies, and the name of its published file, the same for equal pictures."""

    zoom: int
    column: int
    row: int
    file: str

    @property
    def address(self) -> TileAddress:
        """Where it lies."""
        return TileAddress(self.zoom, self.column, self.row)


class TileCut(Struct, frozen=True):
    """What maps need of a set of tiles: those that cover their views, and the picture of each view for its still."""

    tiles: tuple[CutTile, ...]
    mosaics: tuple[Mosaic | None, ...]


class Mosaic(Struct, frozen=True):
    """Tiles put together for a still: WebP, and the bounds that it fills. It is `whole` if no tile of it is missing."""

    data: bytes
    bounds: Bounds
    whole: bool
