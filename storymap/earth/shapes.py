"""Bring a geometry into the form that everything after leans on: valid, flat, within ±180° and cut there.

A polygon that crosses itself is repaired, and a stray 0, 0 in a line is left out. Polygons that run over 180° or around
a pole are cut by the `antimeridian` package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import antimeridian
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.coordinates import write_degrees
from storymap.earth.cutting import cut_path, straight_in_degrees, unwrap_path
from storymap.earth.flaws import Flaw
from storymap.earth.grids import explain_metres
from storymap.earth.mending import Mended
from storymap.earth.mercator import wrap_longitude
from storymap.model.place import LonLat, PlaceKind

Simple = shapely.Point | shapely.LineString | shapely.Polygon


class ShapeError(ValueError):
    """A geometry that is no place: a code (kebab-case), what is wrong, and what to do."""

    def __init__(self, code: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.advice = advice


def settle_shape(geometry: BaseGeometry) -> Mended:
    """`geometry`, in degrees, without altitudes, wrapped into ±180° and cut there. Raises `ShapeError`.

    Longitudes up to 360° are taken for a shape drawn over 180° without a cut. Latitudes off the earth and numbers that
    are none are mistakes; polygons that cross themselves are repaired.
    """
    flaws: list[Flaw] = []
    flat = _drop_null_island(_drop_nowhere(shapely.force_2d(geometry), flaws), flaws)
    _check_range(flat)
    simple = [_cut_part(part, flaws) for part in _list_parts(flat)]
    parts = [piece for cut in simple for piece in _list_parts(cut)]
    if not parts:
        raise ShapeError("no-geometry", "its geometry has no extent, so it is nowhere", "draw it, or delete it")
    return Mended(_gather_parts(parts), tuple(dict.fromkeys(flaws)))


def kind_of_shape(geometry: BaseGeometry) -> PlaceKind:
    """Whether a geometry is a point, a line or an area; of several kinds the one with the most extent."""
    kinds: tuple[PlaceKind, ...] = ("point", "line", "area")
    return kinds[max(0, int(shapely.get_dimensions(geometry)))]


def mark_shape(geometry: BaseGeometry) -> LonLat:
    """Where a marker for `geometry` stands: within an area, half-way along a line, on a point."""
    parts = _list_parts(geometry)
    if polygons := [part for part in parts if isinstance(part, shapely.Polygon)]:
        largest = max(polygons, key=lambda part: part.area)
        middle = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    elif lines := [part for part in parts if isinstance(part, shapely.LineString)]:
        middle = max(lines, key=lambda part: part.length).interpolate(0.5, normalized=True)
    else:
        middle = next(part for part in parts if isinstance(part, shapely.Point))
    return LonLat(middle.x, middle.y)


def _list_parts(geometry: BaseGeometry) -> list[Simple]:
    """Points, lines and polygons, out of collections within collections too, without empty ones."""
    if geometry.is_empty:
        return []
    if isinstance(geometry, shapely.Point | shapely.LineString | shapely.Polygon):
        return [geometry]
    return [simple for part in shapely.get_parts(geometry) for simple in _list_parts(part)]


def _gather_parts(parts: Sequence[Simple]) -> BaseGeometry:
    """One geometry of `parts`; a multi geometry where they are of one kind."""
    if len(parts) == 1:
        return parts[0]
    points = [part for part in parts if isinstance(part, shapely.Point)]
    lines = [part for part in parts if isinstance(part, shapely.LineString)]
    polygons = [part for part in parts if isinstance(part, shapely.Polygon)]
    if len(polygons) == len(parts):
        together = shapely.MultiPolygon(polygons)
        return together if together.is_valid else shapely.union_all(polygons)
    if len(lines) == len(parts):
        return shapely.MultiLineString(lines)
    if len(points) == len(parts):
        return shapely.MultiPoint(points)
    return shapely.GeometryCollection(list(parts))


def _check_range(geometry: BaseGeometry) -> None:
    """Raise `ShapeError` where a coordinate is no number or lies off the earth."""
    coordinates = shapely.get_coordinates(geometry)
    if not np.isfinite(coordinates).all():
        raise ShapeError("bad-coordinates", "a coordinate is no number", "write degrees, such as [14.4306, 50.0790]")
    if not len(coordinates):
        return
    off = (np.abs(coordinates[:, 0]) > 360) | (np.abs(coordinates[:, 1]) > 90)
    if not off.any():
        return
    lon, lat = (float(value) for value in coordinates[off][0])
    if max(abs(lon), abs(lat)) > 1000:
        advice = explain_metres(lon, lat)
    elif abs(lon) <= 90 and abs(lat) <= 180:
        swapped = f"[{write_degrees(lat)}, {write_degrees(lon)}]"
        advice = f"longitude and latitude look swapped: longitude stands first in a data file; did you mean {swapped}?"
    else:
        advice = "a longitude lies between -180 and 180, a latitude between -90 and 90"
    at = f"[{write_degrees(lon)}, {write_degrees(lat)}]"
    raise ShapeError("coordinate-out-of-range", f"the position {at} is not on the earth", advice)


def _drop_nowhere(geometry: BaseGeometry, flaws: list[Flaw]) -> BaseGeometry:
    """`geometry` without positions of a line that are no numbers or lie off the earth, if most are all right."""
    if shapely.get_dimensions(geometry) != 1:
        return geometry
    coordinates = shapely.get_coordinates(geometry)
    count = len(coordinates) - int(_lie_on_earth(coordinates).sum())
    if not 0 < count < len(coordinates) / 2:
        return geometry
    said = f"{count:,} positions that are" if count > 1 else "a position that is"
    left = "are left out" if count > 1 else "is left out"
    flaws.append(Flaw("bad-geometry", f"{said} no number or not on the earth {left}", "delete what is no position"))
    return _keep_positions(geometry, _lie_on_earth)


def _lie_on_earth(coordinates: Any) -> Any:
    """Which rows of longitude and latitude are numbers, and on the earth."""
    return (np.abs(coordinates[:, 0]) <= 360) & (np.abs(coordinates[:, 1]) <= 90)


def _keep_positions(geometry: BaseGeometry, are_kept: Callable[[Any], Any]) -> BaseGeometry:
    """The lines of `geometry` with the positions that are kept; one of a single point is none."""
    lines = [np.asarray(part.coords) for part in _list_parts(geometry) if isinstance(part, shapely.LineString)]
    kept = [line[are_kept(line)] for line in lines]
    return shapely.MultiLineString([shapely.LineString(line) for line in kept if len(line) > 1])


def _drop_null_island(geometry: BaseGeometry, flaws: list[Flaw]) -> BaseGeometry:
    """`geometry` without a position at 0, 0 in a line that lies far from there: a receiver writes it without a fix."""
    if shapely.get_dimensions(geometry) != 1:
        return geometry
    coordinates = shapely.get_coordinates(geometry)
    stray = (coordinates == 0).all(axis=1)
    others = coordinates[~stray]
    if not stray.any() or len(others) < 2:
        return geometry
    nearest, extent = np.hypot(*others.T).min(), np.hypot(*(others.max(axis=0) - others.min(axis=0)))
    if not nearest > max(extent, _STRAY_DEGREES):  # so it is kept where a number is none, too
        return geometry
    count = int(stray.sum())
    far = f"{count:,} positions at 0, 0, far from all others, are" if count > 1 else "0, 0, far from all others, is"
    flaws.append(Flaw("null-island", f"{far} left out", "delete what the receiver wrote before it knew where it was"))
    return _keep_positions(geometry, lambda line: ~(line == 0).all(axis=1))


def _cut_part(part: Simple, flaws: list[Flaw]) -> BaseGeometry:
    """A point, line or polygon within ±180°. Its edges are straight in degrees, as RFC 7946 has it."""
    if isinstance(part, shapely.Polygon):
        return _cut_polygon(part, flaws)
    if isinstance(part, shapely.LineString):
        return _cut_line(part) if _runs_over(part) else part
    return shapely.Point(wrap_longitude(part.x), part.y)


def _cut_line(line: shapely.LineString) -> BaseGeometry:
    """A line, or several, within ±180°."""
    cut = list(cut_path(unwrap_path(list(line.coords)), straight_in_degrees))
    return _gather_parts([shapely.LineString(part) for part in cut if len(set(part)) > 1])


def _cut_polygon(polygon: shapely.Polygon, flaws: list[Flaw]) -> BaseGeometry:
    """A valid polygon, or several, within ±180°. Raises `ShapeError` where one that crosses 180° crosses itself too."""
    if any(_runs_over(ring) for ring in (polygon.exterior, *polygon.interiors)):
        if _count_passages(polygon) > _MOST_PASSAGES:
            raise ShapeError("invalid-geometry", "the polygon crosses 180° too often to be cut there", _REDRAW)
        cut = _cut_by_package(polygon) or _cut_by_package(_drop_seam(polygon))
        if cut is None:
            raise ShapeError("invalid-geometry", "the polygon crosses 180° and itself", _REDRAW)
        return _repair(cut)
    if polygon.is_valid:
        return polygon
    if _estimate_crossings(polygon) > _MOST_CROSSINGS:
        raise ShapeError("invalid-geometry", "the polygon crosses itself too often to be repaired", _REDRAW)
    reason = _say_reason(shapely.is_valid_reason(polygon))
    flaws.append(Flaw("invalid-geometry", f"the polygon is not valid: {reason}; it is repaired", _REDRAW))
    return _repair(polygon)


def _estimate_crossings(polygon: shapely.Polygon) -> float:
    """How often the edges of a polygon cross each other, from how often every hundredth or so does.

    To repair a polygon takes time and memory for each crossing, of which there can be the square of its points.
    """
    rings = [np.asarray(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
    ends = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
    step = max(1, len(ends) // _SAMPLED_EDGES)
    sample = shapely.linestrings(ends[::step])
    edges: Any = shapely.linestrings(ends)
    found = shapely.STRtree(edges).query(sample, predicate="crosses")
    return int(found.shape[1]) * step / 2


def _repair(polygon: BaseGeometry) -> BaseGeometry:
    """What `polygon` encloses, as valid polygons; nothing where it has no inside."""
    repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    return repaired if shapely.get_dimensions(repaired) == 2 else shapely.Polygon()


def _count_passages(polygon: shapely.Polygon) -> int:
    """How often a polygon crosses 180°; to cut it there takes the square of that."""
    longitudes = [np.asarray(ring.coords)[:, 0] for ring in (polygon.exterior, *polygon.interiors)]
    turns = [np.floor((lons + 180) / 360) for lons in longitudes]
    jumps = sum(int((np.abs(np.diff(lons)) > 180).sum()) for lons in longitudes)
    return jumps + sum(int((np.diff(turn) != 0).sum()) for turn in turns)


def _cut_by_package(polygon: shapely.Polygon) -> BaseGeometry | None:
    """`polygon` cut at 180°; None where the package cannot, which it says in several ways."""
    try:
        return antimeridian.fix_polygon(polygon, fix_winding=True, great_circle=False)
    except (ValueError, IndexError, TypeError, AssertionError, shapely.errors.GEOSException):
        return None


def _drop_seam(polygon: shapely.Polygon) -> shapely.Polygon:
    """`polygon` without steps from 180° to -180° at one latitude: no way at all on the earth.

    A ring around a pole is often closed by such a step, which the package takes for an edge right round the world.
    """
    rings = []
    for ring in (polygon.exterior, *polygon.interiors):
        points = list(ring.coords)
        kept = [points[0], *(point for before, point in pairwise(points) if not _is_seam(before, point))]
        rings.append(kept if len(kept) == len(points) or len(kept) < 4 else [*kept[1:], kept[1]])
    return shapely.Polygon(rings[0], rings[1:])


def _is_seam(before: tuple[float, ...], point: tuple[float, ...]) -> bool:
    return abs(before[0]) == 180 and before[0] == -point[0] and before[1] == point[1]


_MOST_PASSAGES = 1_000
_MOST_CROSSINGS = 25_000
_SAMPLED_EDGES = 100

_STRAY_DEGREES = 1.0
"""How far from 0, 0 the rest of a line must lie at least for a position there to be a receiver's mistake."""

_REDRAW = 'redraw it without crossing lines; in QGIS: "Fix geometries"'


def _say_reason(reason: str) -> str:
    """GEOS's reason in words: "self-intersection at [1, 1]"."""
    kind, _, place = reason.partition("[")
    where = f" at [{', '.join(place.rstrip(']').split())}]" if place else ""
    return kind.strip()[:1].lower() + kind.strip()[1:] + where


def _runs_over(line: shapely.LineString) -> bool:
    """Whether a run of positions leaves ±180°, or jumps by more than half the world, which is meant the short way."""
    west, _, east, _ = line.bounds
    if west >= -180 and east <= 180 and east - west <= 180:  # nearly always, and then no step can be so long
        return False
    longitudes = shapely.get_coordinates(line)[:, 0]
    return bool((np.abs(longitudes) > 180).any() or (np.abs(np.diff(longitudes)) > 180).any())
