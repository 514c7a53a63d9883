"""Take a vector tile (MVT) apart → its layers as shapes and columns: with GDAL, which geopandas brings.

GDAL reads a tile in a third of the time of decoders in Python, and cuts shapes at the edge of the tile: what lies
beyond belongs to the next one.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely

from storymap.streets.archives import TileArchive, TileId, refuse_mlt, refuse_pictures, refuse_tile
from storymap.streets.unpacking import UnpackingError, recognise_compression, unpack

TILE_UNITS = 1 << 14
"""Units to the edge of a tile: four to each of the grid that nearly all tiles are drawn on."""

LARGEST_TILE = 16_000_000
"""Bytes of a tile, unpacked: the fullest of real ones have a million."""

MOST_FEATURES = 200_000
"""Features of a layer of a tile; the fullest of real ones have ten thousand."""

_MOST_COLUMNS, _MOST_CELLS = 300, 10_000_000
"""Columns of a layer that are read, and values in all of them: room is made for each, whether it is given or not."""

_WORLD = 40_075_016.685578488
"""Width of the world in the metres of Web Mercator, as GDAL gives them."""

_PICTURES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WebP"}


class TileLayer(NamedTuple):
    """A layer of a tile.

    `shapes` are an array of geometries in whole units, of which there are `TILE_UNITS` to a tile: `x` from 180° W, `y`
    from the northern edge of the map. `columns` have as many values, None where a feature has none.
    """

    name: str
    shapes: Any
    columns: Mapping[str, Sequence[Any]]


class _TooManyError(Exception):
    """A layer has more features than are read."""


def unpack_tile(archive: TileArchive, tile: TileId, data: bytes) -> bytes:
    """A tile as it is before it is compressed. Raises `StreetFileError`."""
    compression = archive.compression
    if compression is None:
        compression = recognise_compression(data)
    try:
        plain = unpack(data, compression, most=LARGEST_TILE)
        if recognise_compression(plain) == "gzip":  # some writers compress twice
            plain = unpack(plain, "gzip", most=LARGEST_TILE)
    except UnpackingError as error:
        raise refuse_tile(tile, error) from error
    for start, kind in _PICTURES.items():
        if plain.startswith(start):
            raise refuse_pictures(kind)
    return plain


def read_layers(data: bytes, tile: TileId, archive: TileArchive, wants: Callable[[str, str], bool]) -> list[TileLayer]:
    """The layers of a tile that `wants` names: it is asked for a layer and a column of it, or "" for the layer itself.

    Raises `StreetFileError` where the tile is broken.
    """
    if not data:
        return []
    with _lay_down(data, tile, archive) as source:
        return list(_read(source, tile, wants))


def list_columns(data: bytes, tile: TileId, archive: TileArchive) -> dict[str, frozenset[str]]:
    """The names of the layers of a tile, each with its columns. Raises `StreetFileError`."""
    from pyogrio import list_layers, read_info

    with _lay_down(data, tile, archive) as source:
        return {
            str(name): frozenset(map(str, read_info(source, layer=name)["fields"]))
            for name, kind in list_layers(source)
            if kind is not None
        }


@contextmanager
def _lay_down(data: bytes, tile: TileId, archive: TileArchive) -> Iterator[str]:
    """A tile as a file that GDAL reads as one, whatever else it looks like; what GDAL makes of it is told."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = Path(folder) / "tile.mvt"
        file.write_bytes(data)
        try:
            yield f"MVT:{file}"
        except _TooManyError as error:
            raise refuse_tile(tile, error) from error
        except Exception as error:  # this is the door to GDAL: there is no list of what it raises
            if "mlt" in str(archive.metadata.get("format", "")).casefold():
                raise refuse_mlt() from error
            raise refuse_tile(tile, "is broken, or is no vector tile") from error


def _read(source: str, tile: TileId, wants: Callable[[str, str], bool]) -> Iterator[TileLayer]:
    from pyogrio import list_layers, read_info
    from pyogrio.raw import read

    for name, kind in list_layers(source):
        if kind is None or not wants(name, ""):
            continue
        info = read_info(source, layer=name)
        most = min(_MOST_COLUMNS, _MOST_CELLS // max(1, info["features"]))
        columns = [field for field in map(str, info["fields"]) if wants(name, field)][:most]
        meta, _, shapes, values = read(
            source, layer=name, columns=columns, force_2d=True, max_features=MOST_FEATURES + 1,
            Z=tile.zoom, X=tile.x, Y=tile.y, CLIP=True,
        )  # fmt: skip
        if shapes is None or not len(shapes):
            continue
        if len(shapes) > MOST_FEATURES:
            raise _TooManyError(f"has more than {MOST_FEATURES:,} features")
        given = {str(field): _list_values(column) for field, column in zip(meta["fields"], values, strict=True)}
        yield TileLayer(str(name), _place(shapely.from_wkb(shapes), tile.zoom), given)


def _place(shapes: Any, zoom: int) -> Any:
    """`shapes`, which are in metres, in units of tiles of a zoom."""
    units = TILE_UNITS << zoom

    def move(points: np.ndarray) -> np.ndarray:
        plane = np.column_stack([points[:, 0] / _WORLD + 0.5, 0.5 - points[:, 1] / _WORLD])
        return np.rint(plane * units)

    return shapely.transform(shapes, move)


def _list_values(column: np.ndarray) -> list[Any]:
    values: list[Any] = column.tolist()
    return [None if value is None or value != value else value for value in values]  # noqa: PLR0124 - not a number
