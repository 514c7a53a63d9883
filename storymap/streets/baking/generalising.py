"""Make of features what a scale can carry: areas of a kind joined, small ones left out, lines joined and straightened.

Everything is in units of the scale, and in whole ones only at the end (`packing.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import project_points
from storymap.streets.features import StreetFeature

Shapes = NDArray[np.object_]

AREAS = ("built", "industrial", "sand", "grass", "park", "wood", "water", "square", "building")
"""In the order in which they lie on one another, the lowest first."""

LINES = ("coast", "river", "tram", "rail", "path", "steps", "service", "minor", "collector", "main", "major")


_SMALL = frozenset({"path", "service", "steps"})
"""Ways of which there are more than a map can carry."""

_TRACKS = frozenset({"rail", "tram"})

_COURT = 6
"""How much larger than an area what is left open in one has to be: courts show less than houses, and are as many."""

_LONG = 4
"""A water that is longer than so many edges of the smallest square that is kept is a river, and kept however thin."""

_STUB = 3
"""What is left of a track is drawn where it is so many times as long as it is far from others."""

_STREETS = frozenset({"minor", "collector", "main", "major"})
"""Ways that have pavements."""

_CROSSING = 4
"""A path that crosses a street is near it for less than so many times the distance that is near."""


class Need(NamedTuple):
    """How much a scale carries; lengths are in its units, areas in square units.

    `ranks` is the highest rank of each kind of line that it draws; what is not in it is not drawn. `areas` are the
    kinds of areas that it has, each with the smallest that it keeps. Buildings that are nearer to one another than
    `joined` become one; 0 keeps each that touches no other. Nameless ways shorter than `shortest` are not drawn, and
    of tracks side by side that are nearer than `apart` only the longest. A nameless path that runs along a street, and
    nearer than `beside`, is its pavement, and not drawn. A street bears its name where it has room for letters of the
    width `letter`.
    """

    ranks: Mapping[str, int]
    areas: Mapping[str, float]
    joined: float
    tolerance: float
    apart: float
    letter: float
    shortest: float = 0.0
    beside: float = 0.0

    def coarsen(self, times: float) -> Need:
        """The same for a page that can carry less: `times` as coarse."""
        return self._replace(
            areas={kind: smallest * times**2 for kind, smallest in self.areas.items()},
            joined=self.joined * times,
            tolerance=self.tolerance * times,
            apart=self.apart * times,
            shortest=self.shortest * times,
        )


_MIDDLE = {"water": 40, "wood": 80, "park": 60, "grass": 120, "sand": 80, "industrial": 200, "built": 300, "square": 80}
_CLOSE = {"water": 12, "wood": 60, "park": 40, "grass": 60, "sand": 40, "industrial": 200, "built": 300, "square": 60}
_EVERY = dict.fromkeys(LINES, 2)

NEEDS = (
    Need(
        {"coast": 0, "river": 1, "rail": 0, "collector": 0, "main": 1, "major": 1},
        {"water": 40, "wood": 150, "park": 100, "sand": 150, "industrial": 200, "built": 300},
        joined=0,
        tolerance=0.9,
        apart=10,
        letter=8,
    ),
    Need(
        {"coast": 0, "river": 2, "tram": 1, "rail": 1, "minor": 2, "collector": 2, "main": 2, "major": 2},
        {**_MIDDLE, "building": 140},
        joined=6,
        tolerance=1.8,
        apart=10,
        letter=8,
    ),
    Need(
        {**_EVERY, "service": 1, "path": 1},
        {**_CLOSE, "building": 50},
        joined=2.2,
        tolerance=1.7,
        apart=5,
        letter=4,
        shortest=28,
        beside=7,
    ),
    Need(
        {**_EVERY, "river": 3},
        {**_CLOSE, "building": 18},
        joined=0.4,
        tolerance=0.9,
        apart=4,
        letter=1,
        shortest=14,
        beside=9,
    ),
)
"""What each scale carries, coarse to fine."""


class LineGroup(NamedTuple):
    """Lines that are drawn alike and have one name, joined end to end."""

    kind: str
    level: int
    name: str
    shapes: Shapes


class Generalised(NamedTuple):
    """What a scale draws: areas by kind, which meet none of their own kind, and lines."""

    areas: Mapping[str, Shapes]
    lines: Sequence[LineGroup]


LineKey = tuple[str, int, str]
"""What lines have in common that are joined: kind, level, name."""


class Prepared(NamedTuple):
    """Features in units of a scale, with all done to them that is the same however coarsely they are drawn.

    `areas` are joined where they meet; `buildings` are not, where more than those that touch become one. `tracks` are
    whole, the longest first. `named` are lines of one name each, joined, and `lines` all others.
    """

    areas: Mapping[str, BaseGeometry]
    buildings: Shapes
    tracks: Mapping[LineKey, Shapes]
    named: Mapping[LineKey, BaseGeometry]
    lines: Mapping[LineKey, Sequence[BaseGeometry]]


def project_shapes(shapes: Sequence[BaseGeometry], unit_zoom: int) -> Shapes:
    """Shapes in degrees as shapes in units of a scale."""
    units = float(1 << unit_zoom)
    projected: Shapes = shapely.transform(
        np.array(shapes, dtype=object), lambda degrees: project_points(degrees) * units
    )
    return projected


def prepare_features(
    features: Sequence[StreetFeature], need: Need, unit_zoom: int, name_of: Mapping[int, str]
) -> Prepared:
    """What `need`, or one that is coarser, keeps of `features`, whose names are in `name_of` by their index."""
    kept = [
        number
        for number, feature in enumerate(features)
        if feature.kind in need.areas or feature.rank <= need.ranks.get(feature.kind, -1)
    ]
    shapes = project_shapes([features[number].shape for number in kept], unit_zoom)
    by_area: dict[str, list[BaseGeometry]] = defaultdict(list)
    by_line: dict[LineKey, list[BaseGeometry]] = defaultdict(list)
    for number, shape in zip(kept, shapes, strict=True):
        kind = features[number].kind
        if kind in need.areas:
            by_area[kind].append(shape)
        else:
            by_line[kind, features[number].level, name_of.get(number, "")].append(shape)
    if need.beside:
        _leave_pavements_out(by_line, need.beside)
    buildings = by_area.pop("building", []) if need.joined else []
    tracks = {key: _join_tracks(by_line.pop(key)) for key in list(by_line) if key[0] in _TRACKS}
    named = {key: _merge_lines(by_line.pop(key)) for key in list(by_line) if key[2] and key[0] != "river"}
    return Prepared(
        {kind: shapely.union_all(np.array(by_area[kind], dtype=object)) for kind in AREAS if by_area.get(kind)},
        np.array(buildings, dtype=object),
        tracks,
        named,
        by_line,
    )


def generalise(prepared: Prepared, need: Need) -> Generalised:
    """What `need` keeps of what was prepared for it, or for a finer one of the same kinds."""
    joined = dict(prepared.areas)
    if len(prepared.buildings):
        joined["building"] = _join_buildings(prepared.buildings, need.joined)
    areas = {kind: _keep_areas(kind, joined[kind], need) for kind in AREAS if kind in joined}
    lines = dict(_leave_water_out(prepared.lines, areas.get("water")))
    merged = dict(prepared.named)
    for (kind, level, name), shapes in _thin_tracks(prepared.tracks, need.apart):
        if name:
            merged[kind, level, name] = _merge_lines(shapes)
        else:
            lines[kind, level, name] = shapes
    for key in [key for key in lines if key[2]]:
        merged[key] = _merge_lines(lines.pop(key))
    return Generalised(areas, list(_join_groups(merged, lines, need)))


def _join_groups(
    named: Mapping[LineKey, BaseGeometry], nameless: Mapping[LineKey, Sequence[BaseGeometry]], need: Need
) -> Iterator[LineGroup]:
    """The lines of each kind, level and name joined; those that are too short for their names are nameless."""
    rest: dict[LineKey, list[BaseGeometry]] = defaultdict(list)
    keys = sorted(named)
    merged = np.array([named[key] for key in keys], dtype=object)
    joined, group = shapely.get_parts(shapely.simplify(merged, need.tolerance), return_index=True)
    room = need.letter * np.array([len(name) for _, _, name in keys], dtype=float)
    has_room = shapely.length(joined) >= room[group]
    bounds = np.searchsorted(group, np.arange(len(keys) + 1))
    for (kind, level, name), first, last in zip(keys, bounds[:-1], bounds[1:], strict=True):
        own, fits = joined[first:last], has_room[first:last]
        rest[kind, level, ""].extend(own[~fits])
        if fits.any():
            yield LineGroup(kind, level, name, own[fits])
    for key, lines in nameless.items():
        # Those without a name stand before those that lost theirs.
        rest[key] = [*lines, *rest[key]]
    for (kind, level, name), lines in sorted(rest.items(), key=lambda item: item[0]):
        shortest = need.shortest if kind in _SMALL else 0
        straight = shapely.get_parts(shapely.simplify(_merge_lines(lines), need.tolerance))
        yield LineGroup(kind, level, name, straight[shapely.length(straight) >= shortest])


def _merge_lines(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Lines joined end to end, as one shape."""
    parts = shapely.get_parts(list(lines))
    merged: Any = shapely.line_merge(shapely.multilinestrings(parts[shapely.length(parts) > 0]))
    return cast("BaseGeometry", merged)


def _join_tracks(lines: Sequence[BaseGeometry]) -> Shapes:
    """Tracks joined end to end, the longest first."""
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(np.array(lines, dtype=object))))
    longest_first: Shapes = merged[np.argsort(-shapely.length(merged), kind="stable")]
    return longest_first


def _thin_tracks(tracks: Mapping[LineKey, Shapes], apart: float) -> Iterator[tuple[LineKey, list[BaseGeometry]]]:
    """Leave out tracks that run beside another: those of a yard would be one grey area, and weigh as much as a quarter.

    What branches off is kept from where it does.
    """
    for key, merged in tracks.items():
        lines: list[BaseGeometry] = []
        for line in merged:
            near = np.array(lines, dtype=object)
            near = near[shapely.dwithin(line, near, apart)]
            left = shapely.get_parts(shapely.difference(line, shapely.buffer(shapely.union_all(near), apart)))
            lines.extend(left[shapely.length(left) > apart * _STUB])
        yield key, lines


def _leave_pavements_out(by_line: dict[tuple[str, int, str], list[BaseGeometry]], beside: float) -> None:
    """Keep of nameless paths what does not run along a street: a town has two of them for each."""
    streets = [line for (kind, level, _), lines in by_line.items() if kind in _STREETS and not level for line in lines]
    paths = by_line.get(("path", 0, ""))
    if not streets or not paths:
        return
    near = shapely.union_all(shapely.buffer(np.array(streets, dtype=object), beside, quad_segs=2))
    shapely.prepare(near)
    given = np.array(paths, dtype=object)
    met = shapely.intersects(given, near)
    away = shapely.get_parts(shapely.difference(given[met], near))
    crossing = shapely.get_parts(shapely.intersection(given[met], near))
    paths[:] = [*given[~met], *away, *crossing[shapely.length(crossing) < beside * _CROSSING]]


def _leave_water_out(
    by_line: Mapping[LineKey, Sequence[BaseGeometry]], water: Shapes | None
) -> Iterator[tuple[LineKey, Sequence[BaseGeometry]]]:
    """Keep of rivers what no area of water shows: their line would be a stripe in it."""
    shown = None
    for key, lines in by_line.items():
        if key[0] != "river" or water is None or not len(water):
            yield key, lines
            continue
        if shown is None:
            shown = shapely.union_all(water)
            shapely.prepare(shown)
        cut = shapely.get_parts(shapely.difference(np.array(lines, dtype=object), shown))
        yield key, [line for line in cut if line.length]


def _join_buildings(buildings: Shapes, joined: float) -> BaseGeometry:
    """Buildings that are nearer to one another than `joined`, as one."""
    wide = shapely.union_all(shapely.buffer(buildings, joined, quad_segs=1, join_style="mitre"))
    return shapely.buffer(wide, -joined, quad_segs=1, join_style="mitre")


def _keep_areas(kind: str, joined: BaseGeometry, need: Need) -> Shapes:
    """Polygons of a kind, straightened, without those that are too small to be seen."""
    parts = shapely.get_parts(shapely.simplify(joined, need.tolerance))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    is_large = shapely.area(parts) >= need.areas[kind]
    if kind == "water":
        is_large |= shapely.length(parts) / 2 >= _LONG * math.sqrt(need.areas[kind])
    large = parts[is_large]
    hole = need.areas[kind] * (1 if kind == "water" else _COURT)
    return np.array([_drop_holes(part, hole) for part in large], dtype=object)


def _drop_holes(polygon: shapely.Polygon, smallest: float) -> shapely.Polygon:
    if not polygon.interiors:
        return polygon
    holes = [ring for ring in polygon.interiors if shapely.area(shapely.Polygon(ring)) >= smallest]
    return shapely.Polygon(polygon.exterior, holes)
