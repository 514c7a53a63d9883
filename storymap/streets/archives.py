"""An archive of vector tiles, whatever it is kept in: what `pmtiles` and `mbtiles` open and `vector_tiles` reads."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from storymap.model.place import Bounds
from storymap.streets.sources import StreetFileError
from storymap.streets.unpacking import Compression
from storymap.tilesets.reading import TilesetError

LONGEST_CREDIT = 300
"""Characters of the words by which a file credits those whose data it is."""

AGAIN = "download or export it again"

_OSM = "OpenStreetMap"


class TileId(NamedTuple):
    """Which tile: zoom, column from 180° W, row from the north."""

    zoom: int
    x: int
    y: int


GetTile = Callable[[TileId], bytes | None]
"""Gives the bytes of a tile, compressed as they are; None where there is none. Raises `StreetFileError`."""


class TileArchive(Protocol):
    """What is known of a file of tiles."""

    @property
    def file(self) -> Path:
        """Where it lies."""

    @property
    def name(self) -> str:
        """The file, as the author knows it, for messages."""

    @property
    def bounds(self) -> Bounds:
        """The box that the tiles cover."""

    @property
    def zooms(self) -> tuple[int, int]:
        """The first and the last zoom of which there are tiles."""

    @property
    def compression(self) -> Compression | None:
        """How tiles are compressed; None where each says it itself."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the file says of itself, as its format has it; TileJSON's `vector_layers` and `attribution` among it."""

    def open(self) -> AbstractContextManager[GetTile]:
        """The tiles, to be read. Raises `StreetFileError`."""

    def find_any(self) -> bytes:
        """Some tile, wherever it lies; empty where there is none. Raises `StreetFileError`."""


@contextmanager
def read_told() -> Iterator[None]:
    """Tell what the readers of sets of tiles tell as what is wrong with a file of streets."""
    try:
        yield
    except TilesetError as error:
        code = error.code if error.code == "missing-extra" else "unreadable-streets"
        raise StreetFileError(code, str(error), error.help) from error


def is_box(bounds: Bounds) -> bool:
    """Whether `bounds`, which a file gives, are a box on the earth that does not run over 180°."""
    return -180 <= bounds.west < bounds.east <= 180 and -90 <= bounds.south < bounds.north <= 90


def write_credit(metadata: Mapping[str, Any]) -> str:
    """Whose data an archive holds, as plain text: what it says itself, and the licence of OpenStreetMap where it is."""
    said = metadata.get("attribution")
    text = html.unescape(re.sub(r"<[^>]*>", "", said)) if isinstance(said, str) else ""
    text = "".join(character for character in " ".join(text.split()) if character.isprintable())[:LONGEST_CREDIT]
    text = re.sub(r"(?<=\w)\s*©", ", ©", text).strip() if text else f"© {_OSM} contributors"
    if _OSM in text and "ODbL" not in text:
        text += ", ODbL"
    return text


def refuse_pictures(kind: str) -> StreetFileError:
    """What is said of a file of tiles that are pictures; `kind` is their format."""
    return StreetFileError(
        "unreadable-streets",
        f"its tiles are pictures ({kind}), and no streets can be read from them",
        "use a file of vector tiles, or lay the pictures over the map: tiles in storymap.toml",
    )


def refuse_mlt() -> StreetFileError:
    """What is said of a file of MapLibre tiles."""
    return StreetFileError(
        "unreadable-streets",
        "its tiles are MapLibre Tiles (MLT), which cannot be read yet",
        "use one with Mapbox Vector Tiles (MVT), as most are, or an extract of OpenStreetMap",
    )


def refuse_tile(tile: TileId, reason: object) -> StreetFileError:
    """What is said of a file of which one tile cannot be read."""
    return StreetFileError("unreadable-streets", f"its tile {tile.zoom}/{tile.x}/{tile.y} {reason}", AGAIN)


def refuse_file(reason: object) -> StreetFileError:
    """What is said of a file that is not what it seems."""
    return StreetFileError("unreadable-streets", f"the file cannot be read: {reason}", AGAIN)
