"""Build shapes out of coordinates as files hold them, mended where they are too few or not closed.

What cannot be drawn is left out: a line of one point, a ring of two. What was mended is said, so that it can be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from msgspec import Struct, field
from shapely.geometry.base import BaseGeometry

from storymap.earth.coordinates import write_degrees
from storymap.earth.flaws import Flaw

Position = tuple[float, float]

DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""The simple types of geometry, and how many lists deep their positions lie."""


class Mended(Struct, frozen=True):
    """A geometry, which is empty where nothing of it could be kept, and what was mended."""

    geometry: BaseGeometry
    flaws: tuple[Flaw, ...] = ()


class Mender(Struct):
    """Builds the parts of one geometry, and keeps count of what it mends."""

    found: Counter[Flaw] = field(default_factory=Counter)

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """What was mended so far, each kind once."""
        return tuple(
            Flaw(flaw.code, f"{flaw.message} ({count:,} times)", flaw.advice) if count > 1 else flaw
            for flaw, count in self.found.items()
        )

    def build(self, kind: str, coordinates: Any) -> BaseGeometry:
        """The geometry of one of the `DEPTHS`; its positions are pairs of longitude and latitude, or empty."""
        if kind == "Point":
            return shapely.Point(coordinates) if coordinates else shapely.Point()
        if kind == "MultiPoint":
            return shapely.MultiPoint(self._list_positions(coordinates))
        if kind == "LineString":
            return next(self._make_lines([coordinates]), shapely.LineString())
        if kind == "MultiLineString":
            return shapely.MultiLineString(list(self._make_lines(coordinates)))
        if kind == "Polygon":
            return next(self._make_polygons([coordinates]), shapely.Polygon())
        return shapely.MultiPolygon(list(self._make_polygons(coordinates)))

    def _list_positions(self, written: Sequence[Sequence[float]]) -> list[Position]:
        """The positions that hold numbers."""
        positions = [(position[0], position[1]) for position in written if position]
        if missing := len(written) - len(positions):
            self.found[Flaw("bad-geometry", "an empty position is passed over", _DELETE)] += missing
        return positions

    def _make_lines(self, lines: Sequence[Sequence[Sequence[float]]]) -> Iterator[shapely.LineString]:
        """Those of `lines` that have a length."""
        for line in lines:
            positions = self._list_positions(line)
            if len(set(positions)) > 1:
                yield shapely.LineString(positions)
            elif len(positions) == 1:
                self._note("a segment of 1 point is left out", "a line needs two points or more")
            elif positions:
                self._note("a segment that ends where it begins is left out", "a line needs two different points")

    def _make_polygons(self, polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> Iterator[shapely.Polygon]:
        """Those of `polygons` whose outer ring can be drawn; holes that cannot be are left out."""
        for rings in polygons:
            made = [self._make_ring(ring) for ring in rings]
            if made and made[0]:
                yield shapely.Polygon(made[0], [ring for ring in made[1:] if ring])

    def _make_ring(self, ring: Sequence[Sequence[float]]) -> list[Position]:
        """A ring that ends where it begins; empty where it has too few points."""
        positions = self._list_positions(ring)
        count = len(set(positions))
        if count < 3:
            if positions:
                points = f"{count} point" if count == 1 else f"{count} different points"
                self._note(f"a ring of {points} is left out", "a ring needs three points or more")
            return []
        if positions[0] != positions[-1]:
            ends = f"a ring ends at {_write(positions[-1])}, not at {_write(positions[0])}, where it begins"
            self._note(f"{ends}; it is closed", "repeat the first point at the end")
            positions.append(positions[0])
        return positions

    def _note(self, message: str, advice: str) -> None:
        self.found[Flaw("bad-geometry", message, advice)] += 1


_DELETE = "delete it, or write a longitude and a latitude"


def settle_mended(geometry: BaseGeometry, flaws: Sequence[Flaw]) -> tuple[tuple[Flaw, ...], Flaw | None]:
    """What was mended in a geometry of which something remains; else, in its place, why nothing does."""
    if not geometry.is_empty:
        return tuple(flaws), None
    if not flaws:
        return (), Flaw("no-geometry", "its geometry is empty, so it is nowhere", "draw it, or delete it")
    reason = f"nothing of its geometry remains: {flaws[0].message}"
    return (), Flaw("no-geometry", reason, f"{flaws[0].advice}; draw it, or delete it")


def _write(position: Position) -> str:
    return f"[{write_degrees(position[0])}, {write_degrees(position[1])}]"
