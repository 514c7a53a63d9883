"""Read vector tiles of any schema that is known → `StreetFeature`s, whole, though tiles cut them.

A map that comes closer than the tiles go gets those of their last zoom, as maps of tiles do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from storymap.earth.bounds import center_of_bounds
from storymap.earth.mercator import project_latitude, project_longitude, unproject_points
from storymap.model.place import Bounds
from storymap.streets.archives import GetTile, TileArchive, TileId, write_credit
from storymap.streets.detail import list_covered, read_boxes
from storymap.streets.features import Names, StreetFeature
from storymap.streets.kept_reads import KEPT_READS
from storymap.streets.names import read_language, read_names
from storymap.streets.osm_tags import HIDDEN, draw_area, draw_line, name_area, name_point, tell_level
from storymap.streets.schemas.recognising import list_named_layers, recognise_schema
from storymap.streets.schemas.schema import Dimension, Schema, SchemaLayer
from storymap.streets.sources import StreetFileError
from storymap.streets.tile_joining import Look, Piece, drop_doubled, join_pieces
from storymap.streets.tile_layers import TILE_UNITS, TileLayer, list_columns, read_layers, unpack_tile

BOXES = "storymap:boxes"
"""Where the metadata of a file that was cut out of a larger one say what it covers."""

FIRST_ZOOM, LAST_ZOOM = 11, 17
"""The zooms for which streets are read at all."""

_WHOLE = 14
"""From this zoom on tiles hold all that there is."""

_CLOSER, _FARTHER = 2, 2
"""Zooms by which tiles that end before may be looked at closer, and tiles that begin late from farther away."""

_LATEST = 15
"""The last zoom at which tiles may begin: a view would need too many of smaller ones."""


_SAMPLES, _TRIED = 4, 2000
"""Tiles of which it is seen what they hold, where a file does not say it, and how many are looked for."""


class VectorTileSource(Struct, frozen=True):
    """A file of vector tiles; see `storymap.streets.sources.StreetSource`."""

    archive: TileArchive
    schema: Schema
    credit: str
    zooms: tuple[int, int]
    stamp: tuple[int, int]
    """Size and time of change of the file as it was opened: tiles of another one are read again."""

    @property
    def name(self) -> str:
        """The file, as the author knows it."""
        return self.archive.name

    @property
    def bounds(self) -> Bounds:
        """The box that the file covers."""
        return self.archive.bounds

    def covers(self, zoom: int) -> tuple[Bounds, ...]:
        """The boxes in which it has enough for a map at `zoom`."""
        boxes = read_boxes(self.archive.metadata.get(BOXES))
        return list_covered(boxes, zoom) if boxes else (self.bounds,)

    def read(self, bounds: Bounds, zoom: int) -> list[StreetFeature]:
        """What meets `bounds`, as a map at `zoom` needs it. Raises `StreetFileError`."""
        file = str(self.archive.file), self.stamp
        tiles = tuple(list_tiles(self.archive, bounds, zoom))

        def join_tiles() -> list[StreetFeature]:
            with self.archive.open() as get:
                read = [KEPT_READS.find((file, tile), partial(self._read_tile, tile, get)) for tile in tiles]
            return list(_place(join_pieces([*chain.from_iterable(read)]), choose_zoom(self.archive, zoom)))

        return list(KEPT_READS.find((file, tiles), join_tiles))

    def _read_tile(self, tile: TileId, get: GetTile) -> list[Piece]:
        """What a tile holds; nothing where there is none."""
        data = get(tile)
        if data is None:
            return []
        known = self.schema.layers

        def is_wanted(layer: str, column: str) -> bool:
            if layer not in known:
                return False
            return not column or column in known[layer].columns or read_language(column) is not None

        pieces: list[Piece] = []
        named: list[Piece] = []
        for layer in read_layers(unpack_tile(self.archive, tile, data), tile, self.archive, is_wanted):
            meaning = known[layer.name]
            (named if meaning.names_lines else pieces).extend(_sort_layer(layer, meaning))
        if not named:
            return pieces
        lines = [piece for piece in pieces if piece.shape.geom_type == "LineString"]
        others = [piece for piece in pieces if piece.shape.geom_type != "LineString"]
        return [*others, *drop_doubled(lines, named), *named]


def open_vector_tiles(archive: TileArchive) -> VectorTileSource:
    """The source that the tiles of `archive` are. Raises `StreetFileError` where they are of an unknown schema."""
    first, last = archive.zooms
    if last <= FIRST_ZOOM or first > _LATEST:
        raise StreetFileError(
            "unreadable-streets",
            f"its tiles are those of zoom {first} to {last}, and streets begin at {FIRST_ZOOM + 1}",
            f"use a file with tiles down to zoom {_WHOLE}",
        )
    reach = LAST_ZOOM if last >= _WHOLE else last + _CLOSER
    stat = archive.file.stat()
    zooms = max(FIRST_ZOOM, first - _FARTHER), reach
    stamp = stat.st_size, stat.st_mtime_ns
    return VectorTileSource(archive, _find_schema(archive), write_credit(archive.metadata), zooms, stamp)


def choose_zoom(archive: TileArchive, zoom: int) -> int:
    """The zoom of the tiles that a map at `zoom` is made of."""
    first, last = archive.zooms
    return max(first, min(last, zoom))


def list_tiles(archive: TileArchive, bounds: Bounds, zoom: int) -> Iterator[TileId]:
    """The tiles that a map of `bounds` at `zoom` is made of, row by row, whether they are there or not."""
    of_tiles = choose_zoom(archive, zoom)
    count = 1 << of_tiles
    north, south = (int(project_latitude(lat) * count) for lat in (bounds.north, bounds.south))
    west, east = (int(project_longitude(lon) * count) for lon in (bounds.west, bounds.unwrapped_east))
    for y in range(max(0, north), min(count - 1, south) + 1):
        for x in range(west, min(east, west + count - 1) + 1):
            yield TileId(of_tiles, x % count, y)


def _find_schema(archive: TileArchive) -> Schema:
    """The schema of the tiles: that of which their metadata speak, or else that which a few of them look like."""
    layers = list_named_layers(archive.metadata)
    schema = recognise_schema(layers)
    if schema:
        return schema
    for tile, data in _sample(archive):
        found = list_columns(unpack_tile(archive, tile, data), tile, archive)
        schema = recognise_schema(found)
        if schema:
            return schema
        layers = {**layers, **found}
    told = ", ".join(name[:40] for name in sorted(layers)[:12]) or "none"
    raise StreetFileError(
        "unreadable-streets",
        f"its tiles are of no schema that is known; their layers are {told}",
        "use tiles of Protomaps, OpenMapTiles or Shortbread, or an extract of OpenStreetMap",
    )


def _sample(archive: TileArchive) -> list[tuple[TileId, bytes]]:
    """Some tiles of the last zoom, those in the middle of what is covered first."""
    middle = center_of_bounds(archive.bounds)
    around = Bounds(middle.lon, middle.lat, middle.lon, middle.lat)
    found = []
    with archive.open() as get:
        tiles = chain(list_tiles(archive, around, LAST_ZOOM), list_tiles(archive, archive.bounds, LAST_ZOOM))
        for tile in islice(tiles, _TRIED):
            if data := get(tile):
                found.append((tile, data))
            if len(found) == _SAMPLES:
                break
    return found or [(TileId(archive.zooms[1], 0, 0), archive.find_any())]


def _sort_layer(layer: TileLayer, meaning: SchemaLayer) -> Iterator[Piece]:
    """The features of a layer that are drawn or named."""
    columns = [(name, layer.columns[name]) for name in layer.columns if name in meaning.columns]
    names = [(name, layer.columns[name]) for name in layer.columns if read_language(name) is not None]
    dimensions = shapely.get_dimensions(layer.shapes)
    for number, shape in enumerate(layer.shapes):
        if dimensions[number] < 0:
            continue
        values = {name: column[number] for name, column in columns if column[number] is not None}
        given = read_names((name, column[number]) for name, column in names)
        if not meaning.names_lines or given:
            yield from _sort(shape, int(dimensions[number]), values, given, meaning)


def _sort(
    shape: BaseGeometry, dimension: int, values: dict[str, Any], names: Names, meaning: SchemaLayer
) -> Iterator[Piece]:
    """What a feature is drawn as, and where its name stands by itself."""
    of: Dimension = 2 if dimension == 2 else 1 if dimension == 1 else 0
    tags = meaning.translate(values, of)
    if tags is None:
        return
    if of == 1:
        drawn = draw_line(tags)
        if drawn and drawn.rank < HIDDEN:
            look = Look(drawn.kind, names, tell_level(tags), drawn.rank)
            yield from (Piece(look, part) for part in shapely.get_parts(shape) if part.length)
        return
    if of == 2:
        drawn = draw_area(tags, from_line=False)
        if drawn:
            look = Look(drawn.kind, names, 0, drawn.rank)
            yield from (Piece(look, part) for part in _list_polygons(shape))
    named = (name_point(tags) or (name_area(tags) if of == 0 else None)) if names else None
    if named:
        look = Look(named.kind, names, 0, named.rank)
        points = [shape.representative_point()] if of == 2 else shapely.get_parts(shape)[:1]
        yield from (Piece(look, point) for point in points)


def _list_polygons(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """The polygons of an area, mended where its lines cross."""
    if not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and part.area:
            yield part


def _place(pieces: Sequence[Piece], zoom: int) -> Iterator[StreetFeature]:
    """`pieces`, which are in units of tiles of a zoom, in degrees."""
    units = TILE_UNITS << zoom

    def move(points: np.ndarray) -> np.ndarray:
        return unproject_points(points / units)

    shapes = shapely.transform(np.array([piece.shape for piece in pieces], dtype=object), move)
    for piece, shape in zip(pieces, shapes, strict=True):
        yield StreetFeature(piece.look.kind, shape, piece.look.names, piece.look.level, piece.look.rank)
