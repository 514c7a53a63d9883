"""Build the shape of a GeoJSON geometry object by RFC 7946: what is wrong with it is said in words.

What is only degenerate (an open ring, a line of one point, an empty position) is mended. Called by
`storymap.geodata.geojson`, which knows where the object stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.mending import DEPTHS, Mended, Mender
from storymap.geodata.json_text import say_type
from storymap.text.suggesting import find_nearest

GEOMETRIES = (*DEPTHS, "GeometryCollection")
_SHAPES = {
    "Point": "[lon, lat]",
    "MultiPoint": "[[lon, lat], …]",
    "LineString": "[[lon, lat], …]",
    "MultiLineString": "[[[lon, lat], …], …]",
    "Polygon": "[[[lon, lat], …]], a list of rings",
    "MultiPolygon": "[[[[lon, lat], …]], …], a list of polygons",
}


class BadGeometryError(Exception):
    """What is wrong with a geometry, what to do, and the member of it that is wrong."""

    def __init__(self, message: str, advice: str = "", code: str = "bad-geometry", *, key: str = "coordinates") -> None:
        super().__init__(message)
        self.advice = advice
        self.code = code
        self.key = key


def build_geometry(data: object) -> Mended:
    """The geometry of a GeoJSON geometry object, mended where it has to be. Raises `BadGeometryError`."""
    mender = Mender()
    return Mended(_build(data, mender), mender.flaws)


def _build(data: object, mender: Mender, *, within: bool = False) -> BaseGeometry:
    """The geometry of a geometry object, `within` a collection or not. Raises `BadGeometryError`."""
    if not isinstance(data, dict):
        raise BadGeometryError(
            f"a geometry is {say_type(data)}, not an object", 'write { "type": "Point", "coordinates": [lon, lat] }'
        )
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        raise BadGeometryError(explain_type(kind), suggest_type(kind, GEOMETRIES), key="type")
    if kind == "GeometryCollection":
        parts = data.get("geometries")
        if not isinstance(parts, list):
            raise BadGeometryError('a GeometryCollection has no list of "geometries"')
        if within and any(isinstance(part, dict) and part.get("type") == kind for part in parts):
            raise BadGeometryError("GeometryCollections are nested three deep", "put the parts into one")
        built = [_build(part, mender, within=True) for part in parts]
        return shapely.GeometryCollection([part for part in built if not part.is_empty])
    if "coordinates" not in data:
        raise BadGeometryError(f'a {kind} has no "coordinates"')
    coordinates = _read_positions(data["coordinates"], depth=DEPTHS[kind], kind=kind, where="coordinates")
    return mender.build(kind, coordinates)


def explain_type(kind: object) -> str:
    """What is wrong with the member "type"."""
    if kind is None:
        return 'the member "type" is missing'
    if not isinstance(kind, str):
        return f'the member "type" is {say_type(kind)}, not text'
    return f'the type "{kind[:40]}" is unknown'


def suggest_type(kind: object, known: Sequence[str]) -> str:
    """The type that `kind` most likely means, or all of them."""
    folded = {name.casefold(): name for name in known}
    near = find_nearest(str(kind).casefold(), sorted(folded))
    return f'did you mean "{folded[near]}"?' if near else f"write {', '.join(known)}"


def _read_positions(value: object, *, depth: int, kind: str, where: str) -> Any:
    """Positions in lists `depth` deep, as tuples of two numbers or of none. Raises `BadGeometryError`.

    A third number, the altitude, is left out; a fourth has no meaning in RFC 7946.
    """
    if value is None and where != "coordinates" and not depth:
        return ()
    if not isinstance(value, list):
        raise BadGeometryError(
            f"the {where} of a {kind} are {say_type(value)}, not a list", f"a {kind} is written {_SHAPES[kind]}"
        )
    if depth == 1 and _are_plain(value):  # nearly always, and then no position has to be looked at by itself
        return [(float(lon), float(lat)) for lon, lat in value]
    if depth:
        return [
            _read_positions(item, depth=depth - 1, kind=kind, where=f"{where}[{number}]")
            for number, item in enumerate(value)
        ]
    if all(number is None for number in value):
        return ()
    for number in value:
        if isinstance(number, list):
            raise BadGeometryError(
                f"the {where} of a {kind} are nested too deep",
                f"a {kind} is written {_SHAPES[kind]}",
            )
        if isinstance(number, str):
            raise BadGeometryError(
                f'the {where} of a {kind} hold the text "{number[:40]}"', "write the number without quotation marks"
            )
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise BadGeometryError(
                f"the {where} of a {kind} hold {say_type(number)}", "a position is [longitude, latitude]"
            )
        if not math.isfinite(number):
            raise BadGeometryError(
                f"the {where} of a {kind} hold {number}, which is no place",
                "write degrees, such as [14.4306, 50.0790]",
                "bad-coordinates",
            )
    if not 2 <= len(value) <= 3:
        raise BadGeometryError(
            f"the {where} of a {kind} have {len(value)} number{'' if len(value) == 1 else 's'}",
            "a position is [longitude, latitude], perhaps with an altitude",
        )
    return float(value[0]), float(value[1])


def _are_plain(positions: Sequence[Any]) -> bool:
    """Whether every item of a list is a list of two finite numbers."""
    if {type(position) for position in positions} != {list} or {len(position) for position in positions} != {2}:
        return False
    numbers = [number for position in positions for number in position]
    return {type(number) for number in numbers} <= {float, int} and all(map(math.isfinite, numbers))
