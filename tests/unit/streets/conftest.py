"""Small files of vector tiles, written with the libraries of their makers."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry.base import BaseGeometry

Features = list[tuple[BaseGeometry, dict[str, Any]]]
Layers = Mapping[str, Features]
Zxy = tuple[int, int, int]
Encode = Callable[..., bytes]
Write = Callable[..., Path]

BOX = (14.0, 50.0, 14.1, 50.1)


def encode_tile(layers: Layers, *, extent: int = 4096) -> bytes:
    """A tile; shapes are in its grid, `y` from above."""
    given = [
        {"name": name, "features": [{"geometry": shape, "properties": tags} for shape, tags in features]}
        for name, features in layers.items()
    ]
    tile: bytes = mapbox_vector_tile.encode(given, default_options={"y_coord_down": True, "extents": extent})
    return tile


@pytest.fixture
def encode() -> Encode:
    return encode_tile


@pytest.fixture
def write_pmtiles(tmp_path: Path) -> Write:
    """Writes tiles, which are compressed with gzip, as PMTiles."""

    def write(
        tiles: Mapping[Zxy, bytes],
        metadata: Mapping[str, Any] | None = None,
        *,
        name: str = "city.pmtiles",
        tile_type: TileType = TileType.MVT,
        compression: Compression = Compression.GZIP,
        pack: Callable[[bytes], bytes] = gzip.compress,
        box: tuple[float, float, float, float] = BOX,
    ) -> Path:
        file = tmp_path / name
        with file.open("wb") as opened:
            writer = Writer(opened)
            for zxy in sorted(tiles, key=lambda zxy: zxy_to_tileid(*zxy)):
                writer.write_tile(zxy_to_tileid(*zxy), pack(tiles[zxy]))
            west, south, east, north = (round(edge * 1e7) for edge in box)
            header = {
                "tile_type": tile_type, "tile_compression": compression,
                "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
            }  # fmt: skip
            writer.finalize(header, dict(metadata or {}))
        return file

    return write


@pytest.fixture
def write_mbtiles(tmp_path: Path) -> Write:
    """Writes tiles as MBTiles, their rows from the south."""

    def write(
        tiles: Mapping[Zxy, bytes],
        metadata: Mapping[str, str] | None = None,
        *,
        name: str = "city.mbtiles",
        layers: object = None,
    ) -> Path:
        file = tmp_path / name
        with sqlite3.connect(file) as database:
            database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
            database.execute(
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
            )
            told = {**(metadata or {}), **({"json": json.dumps({"vector_layers": layers})} if layers else {})}
            database.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
            rows = [(z, x, (1 << z) - 1 - y, data) for (z, x, y), data in tiles.items()]
            database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        database.close()
        return file

    return write
