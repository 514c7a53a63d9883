"""Read the shapes of GDAL, which come as well-known binary; those that GEOS refuses are taken apart and mended.

GEOS builds no line of one point and no open ring, and refuses the whole geometry that has one. The format is that of
OGC 06-103r4, chapter 8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from storymap.earth.mending import Mended, Mender

_SIMPLE = {1: "Point", 2: "LineString", 3: "Polygon"}
_MULTI = {4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
_COLLECTION = 7
_DEEPEST = 32
"""Collections within collections; deeper ones are refused."""


def read_wkb(data: bytes) -> Mended:
    """The geometry of well-known binary, mended where it has to be. Raises `ValueError` where it is none."""
    try:
        return Mended(shapely.from_wkb(data))
    except shapely.errors.ShapelyError:
        pass
    mender = Mender()
    try:
        parts = list(_Bytes(data).read_parts(mender))
    except struct.error as error:
        raise ValueError("the geometry ends before its last point") from error
    kept = [part for part in parts if not part.is_empty]
    geometry = kept[0] if len(kept) == 1 else shapely.GeometryCollection(kept)
    return Mended(geometry, mender.flaws)


class _Bytes(Struct):
    """Well-known binary, and how far it is read."""

    data: bytes
    offset: int = 0

    def read_parts(self, mender: Mender, depth: int = 0) -> Iterator[BaseGeometry]:
        """The geometries that begin here: one, or those of a collection."""
        order, kind, size = self._read_head()
        if kind in _SIMPLE:
            yield mender.build(_SIMPLE[kind], self._read_simple(kind, order, size))
        elif kind in _MULTI:
            simple = []
            for _ in range(*self._take(order + "I")):
                inner_order, inner_kind, inner_size = self._read_head()
                simple.append(self._read_simple(inner_kind, inner_order, inner_size))
            yield mender.build(_MULTI[kind], simple)
        elif kind == _COLLECTION and depth < _DEEPEST:
            for _ in range(*self._take(order + "I")):
                yield from self.read_parts(mender, depth + 1)
        else:
            raise ValueError(f"a geometry is of a kind that is not read ({kind})")

    def _read_head(self) -> tuple[str, int, int]:
        """The order of bytes, the kind, and how many numbers a position has."""
        order = "<" if self._take("B")[0] else ">"
        (kind,) = self._take(order + "I")
        flags, kind = kind >> 28, kind & 0x0FFFFFFF
        if flags & 0b10:  # the extended form: a number of a reference system follows
            self._take(order + "I")
        size = 2 + bool(flags & 0b1000) + bool(flags & 0b100) + (0, 1, 1, 2)[kind // 1000 % 4]
        return order, kind % 1000, size

    def _read_simple(self, kind: int, order: str, size: int) -> Any:
        """The positions of a line, or of the rings of a polygon; those of a point are its numbers."""
        if kind == 1:
            return self._take(f"{order}{size}d")
        if kind == 2:
            return self._read_positions(order, size)
        return [self._read_positions(order, size) for _ in range(*self._take(order + "I"))]

    def _read_positions(self, order: str, size: int) -> list[tuple[float, ...]]:
        (count,) = self._take(order + "I")
        if count * size * 8 > len(self.data) - self.offset:
            raise ValueError("the geometry ends before its last point")
        numbers = self._take(f"{order}{count * size}d")
        return [numbers[first : first + 2] for first in range(0, count * size, size)]

    def _take(self, form: str) -> tuple[Any, ...]:
        """The values that stand here, in the form of `struct`."""
        values = struct.unpack_from(form, self.data, self.offset)
        self.offset += struct.calcsize(form)
        return values
