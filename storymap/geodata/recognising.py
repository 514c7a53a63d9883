"""Recognise files that are something else than what holds places here: what they are, and how to get what is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

LINE_STARTS = "\ufeff\x1e \t\r\n"
"""What may stand before a feature on its line: a text sequence begins each with a record separator (RFC 8142)."""


class Recognised(Struct, frozen=True):
    """What a file is, as the end of "this is …", and how to get the places out of it, if it `holds_places`."""

    what: str
    advice: str
    holds_places: bool = True


_MARKS = {
    ".gpkg": (b"SQLite format 3\0",),
    ".fgb": (b"fgb\x03", b"fgb\x02"),
    ".kml": (b"<kml",),
    ".kmz": (b"PK\x03\x04",),
    ".gpx": (b"<gpx",),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".zip": (b"PK\x03\x04",),
    ".parquet": (b"PAR1",),
    ".geoparquet": (b"PAR1",),
    ".feather": (b"ARROW1", b"FEA1"),
    ".arrow": (b"ARROW1", b"FEA1"),
}
"""By which bytes near its start a file shows that it is what its suffix says."""

_QGIS = "open it in QGIS and save the layer as GeoPackage or GeoJSON"
_CSV = 'save the sheet as "CSV UTF-8", with columns such as name, lat and lon'
_GPX = "export it as GPX from the program or service that recorded it"
_PICTURE = "put a picture beside the story that shows it; a map as a picture is no data"
_SPREADSHEET = Recognised("a spreadsheet", _CSV)
_PROJECT = Recognised(
    "a QGIS project, which leads to data and holds none",
    "save its layers as GeoPackage or GeoJSON",
    holds_places=False,
)
_TILES = Recognised("a set of map tiles, which holds no places", "take it out of geo/", holds_places=False)
_RASTER = Recognised("a picture", _PICTURE, holds_places=False)
_RECORDING = Recognised("a recording of a sports watch", _GPX)
_OSM = Recognised(
    "raw data of OpenStreetMap",
    "export what you need as GeoJSON, for example at overpass-turbo.eu\n"
    "or put it into streets/, if it is to be the ground of close steps",
)
_GIS = Recognised("a file of a GIS or CAD program", _QGIS)
_AS_CSV = "download it as CSV: of a column with Point(…) the positions are read"
_WORDS = Recognised("a document", "write its places into a table: name,lat,lon", holds_places=False)

_SUFFIXES: Mapping[str, Recognised] = {
    **dict.fromkeys((".xlsb", ".numbers"), _SPREADSHEET),
    **dict.fromkeys((".qgz", ".qgs"), _PROJECT),
    **dict.fromkeys((".mbtiles", ".pmtiles", ".mvt", ".vtpk"), _TILES),
    **dict.fromkeys((".tif", ".tiff", ".jp2", ".asc", ".png", ".jpg", ".jpeg", ".webp", ".ecw"), _RASTER),
    ".fit": _RECORDING,
    ".tcx": Recognised(
        "a recording of a sports watch", "lay it beside a story, whose steps can go along it: track: ride.tcx"
    ),
    **dict.fromkeys((".osm", ".pbf", ".o5m"), _OSM),
    **dict.fromkeys((".gdb", ".mdb", ".gml", ".tab", ".mif", ".dxf", ".dwg", ".sqlite", ".lyr"), _GIS),
    **dict.fromkeys((".aprx", ".mxd", ".mpk", ".lpk"), Recognised("an ArcGIS project", "export its layers as GeoJSON")),
    **dict.fromkeys((".docx", ".doc", ".odt", ".pdf"), _WORDS),
}


def is_genuine(file: Path) -> bool:
    """Whether the bytes near a file's start are those that its suffix promises.

    GDAL goes by the contents, whatever the name; some of its formats are orders to read other files or addresses. So
    the file has to be what its suffix says.
    """
    with file.open("rb") as opened:
        start = opened.read(4096)
    return any(mark in start for mark in _MARKS[file.suffix.casefold()]) and b"OGRVRT" not in start


def recognise_suffix(suffix: str) -> Recognised | None:
    """What a file with this suffix, in small letters, is; None where it is not known."""
    return _SUFFIXES.get(suffix)


def recognise_archive(data: bytes) -> Recognised | None:
    """What bytes are that should be a text, and are a packed or an old spreadsheet; None where they are neither."""
    if data.startswith(b"PK\x03\x04"):
        book = any(part in data for part in (b"xl/workbook", b"opendocument.spreadsheet", b"Index/Document.iwa"))
        return _SPREADSHEET if book else Recognised("a zip file", "unpack it, and put what it holds into geo/")
    return _SPREADSHEET if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") else None


def recognise_json(data: object) -> Recognised | None:
    """What a JSON value is that is no GeoJSON; None where it is not known."""
    if isinstance(data, list):
        return _recognise_records(data)
    if not isinstance(data, dict):
        return None
    results = data.get("results")
    if isinstance(results, dict) and isinstance(results.get("bindings"), list):
        return Recognised("an answer of a SPARQL query, such as Wikidata's, which is not read", _AS_CSV)
    features = data.get("features")
    first = features[0] if isinstance(features, list) and features and isinstance(features[0], dict) else {}
    if "geometryType" in data or "attributes" in first or ("fields" in data and "spatialReference" in data):
        return Recognised(
            "Esri JSON, which is not read",
            "ask the service for it with f=geojson instead of f=json, or open it in QGIS and save it as GeoJSON",
        )
    if "currentVersion" in data and ("layers" in data or "geometryField" in data or "capabilities" in data):
        return Recognised(
            "the description of an ArcGIS service, which holds no places",
            "ask for the features of a layer: …/FeatureServer/0/query?where=1=1&outFields=*&f=geojson",
        )
    if isinstance(data.get("elements"), list) and ("osm3s" in data or "generator" in data or "version" in data):
        return Recognised(
            "an answer of Overpass, the search of OpenStreetMap, which is not read",
            "at overpass-turbo.eu run the same query and choose Export, GeoJSON",
        )
    if "operationalLayers" in data or ("nodes" in data and "root" in data) or _is_classic(data):
        return Recognised(
            "a map or a story of ArcGIS, which leads to data and holds none that is read",
            "export its layers as GeoJSON, and write its text into a story: one step for each section",
        )
    if any(key in data for key in ("timelineObjects", "semanticSegments", "timelineEdits")) or _holds_history(data):
        return Recognised(
            "a location history of Google, which is not read",
            "it says where somebody was at every hour; name the places that matter: storymap places add NAME",
        )
    if "tilejson" in data or ("sources" in data and "layers" in data):
        return Recognised("a style or a description of map tiles, which holds no places", "take it out of geo/")
    return None


def is_line_delimited(text: str) -> bool:
    """Whether a text has a feature on each of its lines, as programs write large files: GeoJSON text sequences too."""
    first, _, more = text.lstrip(LINE_STARTS).partition("\n")
    if not re.match(r'\{.*"type"\s*:\s*"Feature"', first[:2000]) or not more.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _recognise_records(data: list[Any]) -> Recognised | None:
    first = next((record for record in data if isinstance(record, dict)), {})
    keys = {str(key).casefold() for key in first}
    if keys & {"starttime", "activity", "visit"}:
        return Recognised(
            "a location history, which is not read", "name the places that matter: storymap places add NAME"
        )
    return None


def _is_classic(data: Mapping[str, Any]) -> bool:
    """Whether this is a story of Esri's templates from before 2022."""
    values = data.get("values")
    return isinstance(values, dict) and bool({"template", "webmap", "story", "sections"} & values.keys())


def _holds_history(data: Mapping[str, Any]) -> bool:
    locations = data.get("locations")
    return isinstance(locations, list) and bool(locations) and "latitudeE7" in str(locations[0])[:2000]
