"""What every form of a set of tiles has: tiles by address, and a mistake that says what to do."""

from __future__ import annotations

from typing import Protocol

from storymap.model.tileset import TileAddress

ARCHIVES = frozenset({".pmtiles", ".mbtiles"})
"""The endings of archives."""

CLOSEST = 24
"""The closest zoom of a tile: one of a hand's width."""

LARGEST_TILE = 4_000_000
"""Bytes of the largest tile that is read."""


class TilesetError(Exception):
    """What is wrong with a set of tiles: the `code` of the mistake, and what to do."""

    def __init__(self, code: str, message: str, *, help: str) -> None:
        super().__init__(message)
        self.code = code
        self.help = help


class TileReader(Protocol):
    """An open set of tiles."""

    def read(self, address: TileAddress) -> bytes | None:
        """The bytes of a tile; None where there is none. Raises `TilesetError` where the set cannot be read."""

    def close(self) -> None:
        """Let go of its file."""


def refuse_vector_tiles(name: str) -> TilesetError:
    """The mistake of giving vector tiles, from which street data is drawn, where pictures are meant."""
    return TilesetError(
        "vector-tiles",
        f'"{name}" has vector tiles, which are data and no pictures',
        help="put the file into streets/, from where close steps are drawn; or give tiles that are PNG, JPEG or WebP",
    )
