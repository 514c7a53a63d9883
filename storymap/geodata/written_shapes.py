"""Read a shape that stands in a cell of a table: WKT as Wikidata, QGIS and PostGIS write it, GeoJSON, or WKB in hex."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from storymap.earth.coordinates import CoordinateError, check_position
from storymap.geodata.features import WGS84
from storymap.model.place import LonLat

if TYPE_CHECKING:
    from storymap.earth.mending import Mended

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_GLOBE = re.compile(r"<(https?://\S+)>\s*")
_SRID = re.compile(r"SRID\s*=\s*(\d{1,6})\s*;\s*", re.IGNORECASE)
_POINT = re.compile(rf"POINT\s*(?:ZM?|M)?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER}){{0,2}}\s*\)", re.IGNORECASE)
_WKT = re.compile(
    r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*(?:ZM?|M)?\s*(?:\(|EMPTY)|GEOMETRYCOLLECTION\b", re.IGNORECASE
)
_WKB = re.compile(r"0[01](?:[0-9A-Fa-f]{2}){20,}")
_SIMPLE_WKT = re.compile(r"(\w+?)\s*(?:ZM?|M)?\s*(\(.*\))", re.IGNORECASE | re.DOTALL)
_WKT_POSITION = re.compile(rf"({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER}){{0,2}}")
_EARTH = "Q2"


class WrittenShape(Struct, frozen=True):
    """A shape as it is written: a point in degrees has its position, any other `text` is `kind` ("wkt" and so on).

    `crs` is its reference system.
    """

    kind: str
    text: str
    crs: str = WGS84
    point: LonLat | None = None


def find_shape(text: str, *, in_metres: bool = False) -> WrittenShape | None:
    """The shape that `text` is; None where it is none.

    Raises `CoordinateError` for a point off the earth, unless its numbers are `in_metres`.
    """
    text = text.strip()
    if text.startswith("{"):
        return WrittenShape("geojson", text) if re.search(r'"(?:coordinates|geometries)"', text) else None
    if _WKB.fullmatch(text):
        return WrittenShape("wkb", text)
    globe = _GLOBE.match(text)
    text = text[globe.end() :] if globe else text
    srid = _SRID.match(text)
    text = text[srid.end() :] if srid else text
    if not _WKT.match(text):
        return None
    if globe and not globe[1].endswith(f"/{_EARTH}"):
        raise CoordinateError("the position lies on another globe than the earth", "leave the line out")
    crs = WGS84 if srid is None or srid[1] in {"0", "4326"} else f"EPSG:{srid[1]}"
    point = _POINT.fullmatch(text)
    if point is None or crs != WGS84 or in_metres:
        return WrittenShape("wkt", text, crs)
    return WrittenShape("wkt", text, crs, check_position(float(point[2]), float(point[1])).point)


def build_shape(written: WrittenShape) -> tuple[Mended, str]:
    """The shape, mended where it has to be, and its reference system.

    Raises `CoordinateError` where the text is damaged.
    """
    import shapely

    from storymap.geodata.geojson_geometry import BadGeometryError, build_geometry
    from storymap.geodata.wkb import read_wkb

    if written.point is not None:
        return mark_point(written.point), WGS84
    try:
        if written.kind == "wkt":
            return _read_wkt(written.text), written.crs
        if written.kind == "wkb":
            shape = read_wkb(bytes.fromhex(written.text))
            srid = int(shapely.get_srid(shape.geometry))
            return shape, WGS84 if srid in {0, 4326} else f"EPSG:{srid}"
        return build_geometry(json.loads(written.text)), WGS84
    except (BadGeometryError, shapely.errors.ShapelyError, ValueError, RecursionError) as error:
        reason = str(error).partition("\n")[0].removeprefix("ParseException: ")[:100]
        raise CoordinateError(
            f"its shape cannot be read: {reason}", "export the table again", code="bad-geometry"
        ) from error


def mark_point(point: LonLat) -> Mended:
    """A point as a shape."""
    import shapely

    from storymap.earth.mending import Mended

    return Mended(shapely.Point(point))


def _read_wkt(text: str) -> Mended:
    """The shape of well-known text. GEOS builds no open ring and no line of one point; those are mended.

    Raises `GEOSException` where it is no well-known text.
    """
    import shapely

    from storymap.earth.mending import DEPTHS, Mended, Mender

    try:
        return Mended(shapely.from_wkt(text))
    except shapely.errors.GEOSException:
        simple = _SIMPLE_WKT.fullmatch(text.strip())
        names = {name.upper(): name for name in DEPTHS}
        if simple is None or simple[1].upper() not in {"LINESTRING", "MULTILINESTRING", "POLYGON", "MULTIPOLYGON"}:
            raise
        lists = _WKT_POSITION.sub(lambda match: f"[{float(match[1])},{float(match[2])}]", simple[2])
        kind, mender = names[simple[1].upper()], Mender()
        return Mended(mender.build(kind, json.loads(lists.translate(str.maketrans("()", "[]")))), mender.flaws)
