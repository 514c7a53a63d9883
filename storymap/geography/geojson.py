"""Read a GeoJSON file of `geo/` → `Feature`s: strictly by RFC 7946, with the line of every mistake.

geopandas would read it too, but it knows no lines, takes "type": "featre" for an empty file, and crashes or falls
silent on half of what people and programs leave in such files.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.errors import Location, Report
from storymap.geography.features import MOST_FEATURES, WGS84, Feature
from storymap.suggesting import find_nearest

DEEPEST_NESTING = 64
"""Brackets within brackets. A MultiPolygon in a FeatureCollection needs eight; some parsers die of a thousand."""

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[\]{}]', re.DOTALL)
_LONGEST_EXCERPT = 2_000
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""The types of geometry, and how many lists deep their positions lie."""

_GEOMETRIES = (*DEPTHS, "GeometryCollection")
_SHAPES = {
    "Point": "[lon, lat]",
    "MultiPoint": "[[lon, lat], …]",
    "LineString": "[[lon, lat], …]",
    "MultiLineString": "[[[lon, lat], …], …]",
    "Polygon": "[[[lon, lat], …]], a list of rings",
    "MultiPolygon": "[[[[lon, lat], …]], …], a list of polygons",
}
_TYPES = ("FeatureCollection", "Feature", *_GEOMETRIES)


class _BadGeometryError(Exception):
    """What is wrong with a geometry, what to do, and the member of it that is wrong."""

    def __init__(self, message: str, advice: str = "", code: str = "bad-geometry", *, key: str = "coordinates") -> None:
        super().__init__(message)
        self.advice = advice
        self.code = code
        self.key = key


class _BadJsonError(Exception):
    """A text that is no JSON, or says two things under one key; it is in the report."""


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of one file and how places in it are told."""

    path: str
    text: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, path: str, text: str) -> _Source:
        """The source of a text, its lines found."""
        return cls(path, text, (0, *(match.end() for match in re.finditer("\n", text))))

    def at(self, offset: int, length: int = 1) -> Location:
        """The location of a character. A line of thousands of characters is given without the line itself."""
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        excerpt = self.text[start:end].rstrip("\r") if end - start <= _LONGEST_EXCERPT else ""
        return Location(self.path, line, offset - start + 1, length, excerpt)

    def find(self, word: str, start: int, end: int) -> Location:
        """The location of `"word"` as a key within a span; the span's first line where it does not occur."""
        offset = self.text.find(f'"{word}"', start, end)
        return self.at(offset, len(word) + 2) if offset >= 0 else self.at(start)


def read_geojson(text: str, path: str, report: Report) -> list[Feature]:
    """The features of a GeoJSON text; what is wrong with it goes to `report`, feature by feature.

    `path` is the file's, relative to the project.
    """
    source = _Source.of(path, text)
    whole = Location(path)
    if problem := _explain_no_json(text):
        report.error(*problem[:2], whole, problem[2])
        return []
    try:
        data = _parse(source, report)
    except _BadJsonError:
        return []
    if not isinstance(data, dict):
        report.error("bad-geojson", f"the file holds {_say_type(data)}, not a GeoJSON object", whole, _SAVE_AS)
        return []
    if data.get("type") == "Topology":
        report.error(
            "topojson",
            "this is TopoJSON, which is not read",
            whole,
            'save it as GeoJSON, for example with QGIS or "mapshaper"',
        )
        return []
    crs = _read_crs(data, source, report)
    if crs is None:
        return []
    return list(_list_features(data, source=source, crs=crs, report=report))


_SAVE_AS = 'a GeoJSON file is an object with "type": "FeatureCollection" and its "features"'


def _explain_no_json(text: str) -> tuple[str, str, str] | None:
    """Code, message and help where the text is plainly something else, or too deep to parse."""
    start = text[:200].lstrip("\ufeff \t\r\n")
    if not start:
        return "empty-file", "the file is empty", _SAVE_AS
    if start.startswith("version https://git-lfs"):
        return "lfs-pointer", "this is a Git LFS pointer, not the file itself", "run: git lfs pull"
    if start.startswith("<"):
        kind = "a web page" if re.match(r"<!doctype html|<html", start, re.IGNORECASE) else "XML"
        return (
            "bad-geojson",
            f"this is {kind}, not GeoJSON",
            "download the data itself again; perhaps the address was that of a page",
        )
    depth = deepest = 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    if deepest > DEEPEST_NESTING:
        return (
            "deep-nesting",
            f"the brackets are nested {deepest:,} deep",
            f"GeoJSON needs eight; {DEEPEST_NESTING} are read",
        )
    return None


def _parse(source: _Source, report: Report) -> Any:
    """The JSON value. Raises `_BadJsonError` where there is a mistake, once it is told."""
    doubled: list[str] = []

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                doubled.append(key)
            found[key] = value
        return found

    try:
        data = json.loads(source.text.lstrip("\ufeff"), object_pairs_hook=collect, parse_int=_read_whole_number)
    except json.JSONDecodeError as error:
        offset = min(error.pos + len(source.text) - len(source.text.lstrip("\ufeff")), len(source.text))
        report.error("bad-json", *_explain_json(error.msg, source, offset))
        raise _BadJsonError from error
    for key in sorted(set(doubled)):
        first = source.text.find(f'"{key}"')
        second = source.text.find(f'"{key}"', first + 1)
        at = source.at(second if second >= 0 else max(first, 0), len(key) + 2)
        report.error("duplicate-key", f'the key "{key}" stands twice in one object', at, "keep the one that is meant")
    if doubled:
        raise _BadJsonError
    return data


def _explain_json(reason: str, source: _Source, offset: int) -> tuple[str, Location, str]:
    """What is wrong with a text that is no JSON, where, and what to do: by the reason of the parser."""
    before = source.text[:offset].rstrip()
    after = source.text[offset:].lstrip()
    if reason.startswith("Unterminated string"):
        return "a text has no closing quotation mark", source.at(offset), 'put a " behind it'
    if reason == "Extra data":
        return (
            "something follows the last bracket",
            source.at(offset),
            "delete it, or the bracket that closes too early",
        )
    if not after:
        return (
            "the file ends before its last bracket",
            source.at(max(0, len(before) - 1)),
            "close with ]} what [{ opened",
        )
    if before.endswith(",") and after[0] in "]}":
        return "a comma stands before the closing bracket", source.at(len(before) - 1), "delete the comma"
    if reason.startswith("Expecting ','"):
        return (
            "a comma is missing",
            source.at(max(0, len(before) - 1)),
            "put one between two members of a list or an object",
        )
    if reason.startswith("Expecting ':'"):
        return "a colon is missing behind a key", source.at(max(0, len(before) - 1)), 'write "key": value'
    if reason.startswith("Expecting property name"):
        return "a key in quotation marks is missing", source.at(offset), 'write "key": value, with " and nothing else'
    if reason == "Expecting value":
        return "a value is missing", source.at(offset), 'texts stand in quotation marks: "Prague"'
    if reason.startswith("Invalid control character"):
        return "a line break or a tab stands in a text", source.at(offset), r"write \n or \t for it"
    return f"this is no JSON: {reason[0].lower()}{reason[1:]}", source.at(offset), r"a backslash is written \\"


def _read_whole_number(digits: str) -> float:
    """A whole number; one of hundreds of digits is infinite, and told as out of range."""
    return int(digits) if len(digits) < 300 else math.inf


def _read_crs(data: Mapping[str, Any], source: _Source, report: Report) -> str | None:
    """The reference system of a file from before RFC 7946; None where it is not known."""
    crs = data.get("crs")
    if crs is None:
        return WGS84
    name = (
        crs.get("properties", {}).get("name")
        if isinstance(crs, dict) and isinstance(crs.get("properties"), dict)
        else None
    )
    at = source.find("crs", 0, len(source.text))
    if not isinstance(name, str) or not name:
        report.error(
            "unknown-crs",
            'the member "crs" names no reference system',
            at,
            "leave it out and give degrees, longitude first",
        )
        return None
    if "CRS84" in name or re.search(r"EPSG:+(?:\d[\d.]*:+|:)?4326$", name):
        return WGS84
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return str(CRS.from_user_input(name).to_string())
    except CRSError:
        report.error(
            "unknown-crs",
            f'the reference system "{name[:80]}" is not known',
            at,
            "name it as in urn:ogc:def:crs:EPSG::3857",
        )
        return None


def _list_features(data: Mapping[str, Any], *, source: _Source, crs: str, report: Report) -> Iterator[Feature]:
    """The features of a FeatureCollection, of a Feature, or of a bare geometry, which is called by its file."""
    kind = data.get("type")
    everything = (0, len(source.text))
    if kind == "FeatureCollection":
        features = data.get("features")
        at = source.find("features", *everything)
        if not isinstance(features, list):
            report.error("bad-geojson", 'the FeatureCollection has no list of "features"', at, _SAVE_AS)
            return
        if len(features) > MOST_FEATURES:
            report.error(
                "too-many-features",
                f"the file has {len(features):,} features",
                at,
                f"at most {MOST_FEATURES:,} are read; keep those that stories name",
            )
            return
        if not features:
            report.warning("no-features", "the file has no features", at, "add one, or delete the file")
        spans = _find_spans(source.text)
        for number, feature in enumerate(features, start=1):
            span = next(spans, everything) if isinstance(feature, dict) else everything
            yield from _read_feature(feature, number, span=span, source=source, crs=crs, report=report)
    elif kind == "Feature":
        yield from _read_feature(data, 1, span=everything, source=source, crs=crs, report=report)
    elif isinstance(kind, str) and kind in _GEOMETRIES:
        stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        wrapped = {"type": "Feature", "properties": {}, "geometry": data}
        yield from _read_feature(wrapped, 1, span=everything, source=source, crs=crs, report=report, fallback_name=stem)
    else:
        report.error("bad-geojson", _explain_type(kind), source.find("type", *everything), _suggest_type(kind, _TYPES))


def _find_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each object in the list of features: "features" is a key of the outermost object."""
    depth = 0
    key = ""
    inside = False
    start = 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            depth += 1
            if depth == 2 and mark == "[":
                inside = key == '"features"'
            if depth == 3 and inside and mark == "{":
                start = match.start()
        elif mark in "]}":
            if depth == 3 and inside and mark == "}":
                yield start, match.end()
            depth -= 1
        elif depth == 1:
            key = mark


def _read_feature(
    feature: object,
    number: int,
    *,
    span: tuple[int, int],
    source: _Source,
    crs: str,
    report: Report,
    fallback_name: str = "",
) -> Iterator[Feature]:
    """The feature if it is one; what is wrong with it is told once."""
    label = f'"{fallback_name[:60]}"' if fallback_name else f"feature {number}"
    at = source.at(span[0])
    if not isinstance(feature, dict):
        at = source.find("features", *span)
        report.error(
            "bad-feature",
            f"{label} is {_say_type(feature)}, not an object",
            at,
            'a feature is { "type": "Feature", "properties": { … }, "geometry": { … } }',
        )
        return
    if feature.get("type") != "Feature":
        report.error(
            "bad-feature",
            f"{label}: {_explain_type(feature.get('type'))}",
            source.find("type", *span),
            'write "type": "Feature"',
        )
        return
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        report.error(
            "bad-feature",
            f'the "properties" of {label} are {_say_type(properties)}, not an object',
            source.find("properties", *span),
            'write "properties": { "name": "…" }',
        )
        return
    properties = properties or {}
    name = next(
        (value for key, value in properties.items() if key.casefold() in {"name", "title"} and isinstance(value, str)),
        "",
    )
    label = f'"{" ".join(name.split())[:60]}"' if name.strip() else label
    _check_properties(properties, label, span=span, source=source, report=report)
    identity = feature.get("id")
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, str | int | float)):
        report.error(
            "bad-feature",
            f'the "id" of {label} is {_say_type(identity)}',
            source.find("id", *span),
            "an id is text or a number",
        )
        return
    geometry = feature.get("geometry")
    if geometry is None:
        expected = 'this feature has no "geometry"' if "geometry" not in feature else "its geometry is null"
        report.warning(
            "no-geometry", f"{label} is nowhere: {expected}", source.find("geometry", *span), "draw it, or delete it"
        )
        return
    geometry_at = source.find("coordinates", *span)
    try:
        shape = _build_geometry(geometry)
    except _BadGeometryError as error:
        whole = source.text.find('"geometry"', *span)
        at = source.find(error.key, max(whole, span[0]), span[1])
        report.error(error.code, f"{label}: {error}", at, error.advice)
        return
    if shape.is_empty:
        report.warning(
            "no-geometry", f"{label} is nowhere: its geometry is empty", geometry_at, "draw it, or delete it"
        )
        return
    name_at = source.find("name", *span) if name else at
    yield Feature(
        geometry=shape,
        properties=properties,
        at=name_at,
        geometry_at=geometry_at,
        label=label,
        crs=crs,
        id="" if identity is None else str(identity),
        fallback_name=fallback_name,
    )


def _check_properties(
    properties: Mapping[str, Any], label: str, *, span: tuple[int, int], source: _Source, report: Report
) -> None:
    """Warn of what cannot be read of `properties`."""
    if not any(isinstance(value, dict | list) for value in properties.values()):
        return  # nearly always, and then the model need not be loaded
    from storymap.geography.properties import check_properties

    for key, reason, example in check_properties(properties):
        report.warning("bad-property", f'{label}: "{key}" {reason}', source.find(key, *span), f"for example: {example}")


def _build_geometry(data: object, *, within: bool = False) -> BaseGeometry:
    """The geometry of a GeoJSON geometry object. Raises `_BadGeometryError`."""
    if not isinstance(data, dict):
        raise _BadGeometryError(
            f"a geometry is {_say_type(data)}, not an object", 'write { "type": "Point", "coordinates": [lon, lat] }'
        )
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in _GEOMETRIES:
        raise _BadGeometryError(_explain_type(kind), _suggest_type(kind, _GEOMETRIES), key="type")
    if kind == "GeometryCollection":
        parts = data.get("geometries")
        if not isinstance(parts, list):
            raise _BadGeometryError('a GeometryCollection has no list of "geometries"')
        if within and any(isinstance(part, dict) and part.get("type") == kind for part in parts):
            raise _BadGeometryError("GeometryCollections are nested three deep", "put the parts into one")
        return shapely.GeometryCollection([_build_geometry(part, within=True) for part in parts])
    if "coordinates" not in data:
        raise _BadGeometryError(f'a {kind} has no "coordinates"')
    coordinates = _read_positions(data["coordinates"], depth=DEPTHS[kind], kind=kind, where="coordinates")
    return _make_shape(kind, coordinates)


def _make_shape(kind: str, coordinates: Any) -> BaseGeometry:
    """A shapely geometry of positions whose depth is right. Raises `_BadGeometryError` for short lines and rings."""
    if not coordinates:
        return shapely.GeometryCollection()
    if kind == "Point":
        return shapely.Point(coordinates)
    if kind == "MultiPoint":
        return shapely.MultiPoint(coordinates)
    if kind == "LineString":
        return _make_line(coordinates)
    if kind == "MultiLineString":
        return shapely.MultiLineString([_make_line(line) for line in coordinates])
    if kind == "Polygon":
        return _make_polygon(coordinates)
    return shapely.MultiPolygon([_make_polygon(rings) for rings in coordinates])


def _make_line(points: Sequence[tuple[float, float]]) -> shapely.LineString:
    if len(points) < 2:
        raise _BadGeometryError(f"a line has {len(points)} point", "a line needs two or more points")
    if len(set(points)) < 2:
        raise _BadGeometryError(
            "a line begins and ends in the same point and has no length", "a line needs two points, or write a Point"
        )
    return shapely.LineString(points)


def _make_polygon(rings: Sequence[Sequence[tuple[float, float]]]) -> shapely.Polygon:
    if not rings:
        raise _BadGeometryError("a polygon has no ring")
    for ring in rings:
        if len(set(ring)) < 3:
            raise _BadGeometryError(
                f"a polygon's ring has {len(set(ring))} different points",
                "a ring needs three or more, and ends where it begins",
            )
        if ring[0] != ring[-1]:
            raise _BadGeometryError(
                f"a polygon's ring ends at {list(ring[-1])}, not at {list(ring[0])}, where it begins",
                "repeat the first point at the end",
            )
    return shapely.Polygon(rings[0], rings[1:])


def _read_positions(value: object, *, depth: int, kind: str, where: str) -> Any:
    """Positions in lists `depth` deep, as tuples of two numbers. Raises `_BadGeometryError`.

    A third number, the altitude, is left out; a fourth has no meaning in RFC 7946.
    """
    if not isinstance(value, list):
        raise _BadGeometryError(
            f"the {where} of a {kind} are {_say_type(value)}, not a list", f"a {kind} is written {_SHAPES[kind]}"
        )
    if depth:
        return [
            _read_positions(item, depth=depth - 1, kind=kind, where=f"{where}[{number}]")
            for number, item in enumerate(value)
        ]
    if not value and where == "coordinates":
        return ()
    for number in value:
        if isinstance(number, list):
            raise _BadGeometryError(
                f"the {where} of a {kind} are nested too deep",
                f"a {kind} is written {_SHAPES[kind]}",
            )
        if isinstance(number, str):
            raise _BadGeometryError(
                f'the {where} of a {kind} hold the text "{number[:40]}"', "write the number without quotation marks"
            )
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise _BadGeometryError(
                f"the {where} of a {kind} hold {_say_type(number)}", "a position is [longitude, latitude]"
            )
        if not math.isfinite(number):
            raise _BadGeometryError(
                f"the {where} of a {kind} hold {number}, which is no place",
                "write degrees, such as [14.4306, 50.0790]",
                "bad-coordinates",
            )
    if not 2 <= len(value) <= 3:
        raise _BadGeometryError(
            f"the {where} of a {kind} have {len(value)} number{'' if len(value) == 1 else 's'}",
            "a position is [longitude, latitude], perhaps with an altitude",
        )
    return float(value[0]), float(value[1])


def _explain_type(kind: object) -> str:
    """What is wrong with the member "type"."""
    if kind is None:
        return 'the member "type" is missing'
    if not isinstance(kind, str):
        return f'the member "type" is {_say_type(kind)}, not text'
    return f'the type "{kind[:40]}" is unknown'


def _suggest_type(kind: object, known: Sequence[str]) -> str:
    """The type that `kind` most likely means, or all of them."""
    folded = {name.casefold(): name for name in known}
    near = find_nearest(str(kind).casefold(), sorted(folded))
    return f'did you mean "{folded[near]}"?' if near else f"write {', '.join(known)}"


def _say_type(value: object) -> str:
    """A JSON value in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return "a number"
