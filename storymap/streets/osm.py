"""Read extracts of OpenStreetMap, as PBF or XML → `StreetFeature`s: with osmium, which is an extra.

Extracts keep whole ways and relations, so their things reach far beyond the box that they cover: all is cut there. Some
are not sorted, as osmium needs them to put areas together: these are sorted first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from storymap.model.place import Bounds
from storymap.streets.cutting import box_of, cut_features
from storymap.streets.detail import list_covered, merge_overlapping, read_boxes
from storymap.streets.features import StreetFeature
from storymap.streets.names import read_names
from storymap.streets.osm_extracts import WRITER
from storymap.streets.osm_tags import (
    AREA_KEYS,
    HIDDEN,
    LINE_KEYS,
    POINT_KEYS,
    draw_area,
    draw_line,
    name_point,
    read_tags,
    tell_level,
)
from storymap.streets.sea import fill_sea
from storymap.streets.sources import StreetFileError

CREDIT = "© OpenStreetMap contributors, ODbL"

ZOOMS = (11, 17)

_CLOSED = 4
"""Points of the shortest way around an area: a triangle, and its first corner once more."""

KEPT_FILES = 2
"""Files whose features are kept in memory: the steps of a story ask the same one again and again."""


class OsmSource(Struct, frozen=True):
    """An extract of OpenStreetMap; see `storymap.streets.sources.StreetSource`."""

    file: Path
    name: str
    bounds: Bounds
    stamp: tuple[int, int]
    """Size and time of change of the file as it was opened: another one is read again."""
    boxes: tuple[tuple[int, tuple[Bounds, ...]], ...] = ()
    """What was cut out of a larger one: boxes, by the zoom of the maps for which there is enough in them."""
    credit: str = CREDIT
    zooms: tuple[int, int] = ZOOMS

    def covers(self, zoom: int) -> tuple[Bounds, ...]:
        """The boxes in which it has enough for a map at `zoom`."""
        return list_covered(dict(self.boxes), zoom) if self.boxes else (self.bounds,)

    def read(self, bounds: Bounds, zoom: int) -> list[StreetFeature]:  # noqa: ARG002 - tiles differ by zoom, this does not
        """What meets `bounds`; an extract has the same things for every zoom. Raises `StreetFileError`."""
        held = _read_file(self)
        return [held.features[number] for number in sorted(held.tree.query(box_of(bounds)))]


class _Held(NamedTuple):
    """The features of a file, and where they lie."""

    features: list[StreetFeature]
    tree: shapely.STRtree


def open_osm(file: Path, name: str) -> OsmSource:
    """The extract in `file`, which `name` is called in messages. Raises `StreetFileError`."""
    osmium = _import_osmium()
    try:
        with osmium.io.Reader(str(file), osmium.osm.osm_entity_bits.NOTHING) as reader:
            box, writer = reader.header().box(), reader.header().get("generator", "")
        if box.valid():
            low, high = box.bottom_left, box.top_right
            bounds = Bounds(low.lon, low.lat, high.lon, high.lat)
        else:
            bounds = _enclose_nodes(osmium, file)
    except RuntimeError as error:
        raise _tell_unreadable(error, file, name) from error
    stat = file.stat()
    boxes = read_boxes(writer.removeprefix(WRITER)) if writer.startswith(WRITER) else {}
    return OsmSource(file, name, bounds, (stat.st_size, stat.st_mtime_ns), tuple(sorted(boxes.items())))


def _import_osmium() -> Any:
    try:
        import osmium
    except ImportError:
        raise StreetFileError(
            "missing-extra",
            "osmium is needed to read this file",
            "install it: pip install osmium",
        ) from None
    return osmium


def _enclose_nodes(osmium: Any, file: Path) -> Bounds:
    """The box around all points of a file that does not say what it covers."""
    places = [
        (node.lon, node.lat)
        for node in osmium.FileProcessor(str(file), osmium.osm.osm_entity_bits.NODE)
        if node.location.valid()
    ]
    if not places:
        raise RuntimeError("there is nothing in it")
    (west, south), (east, north) = np.min(places, axis=0), np.max(places, axis=0)
    return Bounds(float(west), float(south), float(east), float(north))


def _tell_unreadable(error: Exception, file: Path, name: str) -> StreetFileError:
    reason = " ".join(str(error).replace(str(file), name).split())[:200]
    return StreetFileError("unreadable-streets", f"the file cannot be read: {reason}", "download or export it again")


@lru_cache(maxsize=KEPT_FILES)
def _read_file(source: OsmSource) -> _Held:
    osmium = _import_osmium()
    try:
        try:
            found = list(_list_features(osmium, source.file))
        except RuntimeError as error:
            if "out of order" not in str(error):
                raise
            with tempfile.TemporaryDirectory() as folder:
                found = list(_list_features(osmium, _sort_file(osmium, source.file, Path(folder))))
    except RuntimeError as error:
        raise _tell_unreadable(error, source.file, source.name) from error
    coasts = [feature.shape for feature in found if feature.kind == "coast"]
    for box in merge_overlapping(source.covers(ZOOMS[0])):
        sea = fill_sea(coasts, box_of(box))
        if not sea.is_empty:
            found.append(StreetFeature("water", sea))
    features = cut_features(found, source.bounds)
    return _Held(features, shapely.STRtree([feature.shape for feature in features]))


def _sort_file(osmium: Any, file: Path, folder: Path) -> Path:
    """The same file with its things in the order of their ids."""
    sorted_file = folder / "sorted.osm.pbf"
    merging = osmium.MergeInputReader()
    merging.add_file(str(file))
    with osmium.SimpleWriter(str(sorted_file)) as writer:
        merging.apply(writer)
    return sorted_file


def _list_features(osmium: Any, file: Path) -> Iterator[StreetFeature]:
    """All that is drawn or named, in the order of the file, as far as it reaches."""
    keys = osmium.filter.KeyFilter(*{*AREA_KEYS, *LINE_KEYS, *POINT_KEYS})
    things = osmium.FileProcessor(str(file)).with_areas(osmium.filter.KeyFilter(*AREA_KEYS)).with_filter(keys)
    wkb = osmium.geom.WKBFactory()
    for thing in things:
        tags = read_tags(thing)
        if thing.is_node():
            named = name_point(tags)
            if named and thing.location.valid():
                yield from _name(named, tags, shapely.Point(thing.lon, thing.lat))
        elif thing.is_way():
            shape = _build(wkb.create_linestring, thing)
            if shape is not None:
                yield from _read_way(shape, tags)
        elif thing.is_area() and not thing.from_way():
            shape = _build(wkb.create_multipolygon, thing)
            if shape is not None:
                yield from _read_area(shape, tags, from_line=False)


def _read_way(line: BaseGeometry, tags: dict[str, str]) -> Iterator[StreetFeature]:
    """What a way is: a line, and perhaps an area; osmium makes none of those that cross themselves."""
    drawn = draw_line(tags)
    if drawn and drawn.rank < HIDDEN:
        yield StreetFeature(drawn.kind, line, read_names(tags.items()), tell_level(tags), drawn.rank)
    points = line.coords
    if len(points) >= _CLOSED and points[0] == points[-1]:
        yield from _read_area(shapely.Polygon(points), tags, from_line=True)


def _read_area(shape: BaseGeometry, tags: dict[str, str], *, from_line: bool) -> Iterator[StreetFeature]:
    drawn, named = draw_area(tags, from_line=from_line), name_point(tags)
    if not drawn and not named:
        return
    if not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if shape.is_empty:
        return
    if drawn:
        yield StreetFeature(drawn.kind, shape, read_names(tags.items()), 0, drawn.rank)
    if named:
        yield from _name(named, tags, shape.representative_point())


def _name(named: Any, tags: dict[str, str], point: shapely.Point) -> Iterator[StreetFeature]:
    names = read_names(tags.items())
    if names:
        yield StreetFeature(named.kind, point, names, 0, named.rank)


def _build(create: Any, thing: Any) -> BaseGeometry | None:
    """Its shape; None where too little of it is in the file."""
    import osmium

    try:
        shape = shapely.from_wkb(create(thing))
    except (osmium.InvalidLocationError, RuntimeError):
        return None
    return None if shape.is_empty else shape
