"""Cut out of an extract of OpenStreetMap what a few boxes show → a small one, with ways and areas whole.

The file is streamed, so that of a country's nothing is held in memory but what is kept. Where its points are is kept
on the disk meanwhile: sixteen bytes for each. The passes, in order::

    list_areas     relations that are drawn, and the ways that they are made of
    find_ways      which ways lie in a box; points with names
    collect        of these, what is drawn so far away, with their points
    write          points, ways and relations, in this order
"""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from msgspec import Struct, field

from storymap.model.place import Bounds
from storymap.streets.detail import Boxes, enclose, write_boxes
from storymap.streets.mapped_pages import release_pages
from storymap.streets.osm_tags import HIDDEN, POINT_KEYS, Drawn, draw_area, draw_line, name_point, read_tags

WRITER = "storymap"
"""How what is written says who wrote it; after it stand the boxes."""

_BATCH = 50_000
"""Ways that are looked at together, and things after which the memory that the places of points take is let go."""

_DEGREE = 10_000_000
"""Units to a degree, as the format has them."""

_LANDMARKS_FROM = 13
"""From this zoom on sights are named; before it only quarters and stations are."""


class Extract(NamedTuple):
    """What was kept: how many points, ways and relations, and the boxes in which there are some."""

    nodes: int
    ways: int
    relations: int
    boxes: Boxes


class _Found(Struct):
    """What lies in the boxes; levels are those of `storymap.streets.detail`."""

    levels: dict[int, int] = field(default_factory=dict)
    """The highest level of the boxes that a way meets, by its id."""
    filled: set[Bounds] = field(default_factory=set)
    """The boxes that some way meets: the box of a country's file reaches beyond its borders."""
    points: dict[int, tuple[int, int, dict[str, str]]] = field(default_factory=dict)
    """Points that are named, by their ids: `x`, `y` and tags."""


class _Area(NamedTuple):
    """A relation that is an area, the level from which on it is drawn, and its ways."""

    id: int
    first: int
    ways: array[int]


def extract_osm(file: Path, target: Path, boxes: Boxes) -> Extract:
    """Write to `target`, an `.osm.pbf`, what `file` has in `boxes`, each as far as maps of its level show it.

    Where nothing lies in them, nothing is written. Raises `RuntimeError`, as osmium does, where `file` is broken, and
    `OSError`.
    """
    import osmium

    with tempfile.TemporaryDirectory(prefix="storymap-") as folder:
        areas = list(_list_areas(osmium, file))
        places = Path(folder).resolve() / "places"
        found, index = _find_ways(osmium, file, places, boxes)
        filled = {level: kept for level in boxes if (kept := tuple(box for box in boxes[level] if box in found.filled))}
        if not filled:
            return Extract(0, 0, 0, {})
        kept_areas = [area for area in areas if any(found.levels.get(way, -1) >= area.first for way in area.ways)]
        needed = {way for area in kept_areas for way in area.ways}
        ways = Path(folder) / "ways.osm.pbf"
        nodes, count = _collect(osmium, file, ways, index, found, needed)
        relations = {area.id for area in kept_areas}
        total = _write(osmium, file, target, ways, nodes, found, relations, filled)
    return Extract(total, count, len(relations), filled)


def _list_areas(osmium: Any, file: Path) -> Iterator[_Area]:
    kinds = osmium.filter.TagFilter(("type", "multipolygon"), ("type", "boundary"))
    for relation in osmium.FileProcessor(str(file), osmium.osm.RELATION).with_filter(kinds):
        tags = read_tags(relation)
        drawn = draw_area(tags, from_line=False)
        named = name_point(tags)
        if drawn or named:
            firsts = [first_level(drawn)] if drawn else []
            firsts += [_LANDMARKS_FROM] if named else []
            yield _Area(relation.id, min(firsts), array("q", (one.ref for one in relation.members if one.type == "w")))


def _find_ways(osmium: Any, file: Path, places: Path, boxes: Boxes) -> tuple[_Found, Any]:
    """The ways and the named points in `boxes`; and the index of where points are, which is kept in `places`."""
    found = _Found()
    named = osmium.filter.KeyFilter(*POINT_KEYS).enable_for(osmium.osm.NODE)
    both = osmium.osm.NODE | osmium.osm.WAY
    things = osmium.FileProcessor(str(file), both).with_locations(f"sparse_file_array,{places}").with_filter(named)
    wkb = osmium.geom.WKBFactory()
    ids, shapes = array("q"), list[str]()
    levels = sorted(boxes, reverse=True)
    for number, thing in enumerate(things):
        if number % _BATCH == 0:
            release_pages(places)
        if thing.is_node():
            if thing.location.valid():
                _keep_point(thing, boxes, levels, found)
            continue
        try:
            shapes.append(wkb.create_linestring(thing))
        except (osmium.InvalidLocationError, RuntimeError):  # one that the file has in part, or that is a point
            continue
        ids.append(thing.id)
        if len(shapes) == _BATCH:
            _keep_ways(ids, shapes, boxes, levels, found)
            ids, shapes = array("q"), []
    _keep_ways(ids, shapes, boxes, levels, found)
    return found, things.node_location_storage


def _keep_point(node: Any, boxes: Boxes, levels: Sequence[int], found: _Found) -> None:
    lon, lat = node.location.lon, node.location.lat
    level = next((level for level in levels if any(_holds(box, lon, lat) for box in boxes[level])), None)
    if level is None:
        return
    tags = read_tags(node)
    named = name_point(tags)
    if named and (named.kind != "landmark" or level >= _LANDMARKS_FROM):
        found.points[node.id] = (node.location.x, node.location.y, tags)


def _keep_ways(ids: Sequence[int], shapes: Sequence[str], boxes: Boxes, levels: Sequence[int], found: _Found) -> None:
    """Note the ways whose own boxes meet one of `boxes`, each with the finest."""
    if not shapes:
        return
    own = shapely.bounds(shapely.from_wkb(np.array(shapes, dtype=object)))
    for level in levels:
        meets = np.zeros(len(own), dtype=bool)
        for box in boxes[level]:
            within = (
                (own[:, 0] <= box.east) & (own[:, 2] >= box.west) & (own[:, 1] <= box.north) & (own[:, 3] >= box.south)
            )
            meets |= within
            if within.any():
                found.filled.add(box)
        for number in np.flatnonzero(meets).tolist():
            found.levels.setdefault(ids[number], level)


def _collect(
    osmium: Any, file: Path, target: Path, index: Any, found: _Found, needed: set[int]
) -> tuple[np.ndarray, int]:
    """Write the ways that are drawn, or needed for areas; the points of them, as rows of id, `x` and `y`."""
    ids, xs, ys = array("q"), array("q"), array("q")
    count = 0
    wanted = osmium.filter.IdFilter(sorted({*found.levels, *needed}))
    things = osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(wanted)
    with osmium.SimpleWriter(_plain(osmium, target), overwrite=True) as writer:
        for way in things:
            if way.id not in needed and not _is_drawn(read_tags(way), found.levels[way.id], closed=way.is_closed()):
                continue
            for node in way.nodes:
                try:
                    place = index.get(node.ref)
                except KeyError:
                    continue
                ids.append(node.ref)
                xs.append(place.x)
                ys.append(place.y)
            writer.add_way(way)
            count += 1
    rows = np.column_stack([np.frombuffer(column, dtype=np.int64) for column in (ids, xs, ys)])
    _, first = np.unique(rows[:, 0], return_index=True)
    return rows[first], count


def _write(
    osmium: Any,
    file: Path,
    target: Path,
    ways: Path,
    nodes: np.ndarray,
    found: _Found,
    relations: set[int],
    boxes: Boxes,
) -> int:
    """Write all that is kept, in the order of ids; returns how many points."""
    from osmium.osm.mutable import Node

    box = enclose(boxes)
    header = osmium.io.Header()
    header.add_box(_write_box(osmium, box))
    header.set("generator", f"{WRITER} {json.dumps(write_boxes(boxes), separators=(',', ':'))}")
    points = {int(number): (int(x), int(y)) for number, x, y in nodes}
    points.update((number, point[:2]) for number, point in found.points.items())
    with osmium.SimpleWriter(_plain(osmium, target), header=header, overwrite=True) as writer:
        for number in sorted(points):
            x, y = points[number]
            tags = found.points[number][2] if number in found.points else {}
            writer.add_node(Node(id=number, location=(x / _DEGREE, y / _DEGREE), tags=tags))
        for way in osmium.FileProcessor(str(ways)):
            writer.add_way(way)
        if relations:
            wanted = osmium.filter.IdFilter(sorted(relations))
            for relation in osmium.FileProcessor(str(file), osmium.osm.RELATION).with_filter(wanted):
                writer.add_relation(relation)
    return len(points)


def first_level(drawn: Drawn) -> int:
    """The level from which on a thing is drawn; before it only what is seen from far away is."""
    return _FIRST.get(drawn.kind, 15) if drawn.rank <= _RANKS.get(drawn.kind, 0) else 13


_FIRST = {
    **dict.fromkeys(("coast", "river", "major", "main", "collector", "rail", "water", "wood", "park", "sand"), 11),
    **dict.fromkeys(("industrial", "built"), 11),
    **dict.fromkeys(("minor", "tram", "grass", "square", "building"), 13),
}
_RANKS = {"river": 1, "main": 1, "major": 1}


def _is_drawn(tags: dict[str, str], level: int, *, closed: bool) -> bool:
    """Whether a way is drawn, or named, on a map that has as much as boxes of `level`."""
    line, area = draw_line(tags), draw_area(tags, from_line=True) if closed else None
    if any(drawn and drawn.rank < HIDDEN and first_level(drawn) <= level for drawn in (line, area)):
        return True
    return closed and level >= _LANDMARKS_FROM and name_point(tags) is not None


def _holds(box: Bounds, lon: float, lat: float) -> bool:
    return box.west <= lon <= box.east and box.south <= lat <= box.north


def _write_box(osmium: Any, box: Bounds) -> Any:
    corner = osmium.osm.Location
    return osmium.osm.Box(corner(box.west, box.south), corner(box.east, box.north))


def _plain(osmium: Any, file: Path) -> Any:
    """A file that is written without who changed what, and when."""
    return osmium.io.File(str(file), "osm.pbf,add_metadata=false")
