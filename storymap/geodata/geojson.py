"""Read a GeoJSON file of `geo/` → `Feature`s: by RFC 7946, with the line of every mistake.

GDAL would read it too, but it knows no lines, takes "type": "featre" for an empty file, and crashes or falls
silent on half of what people and programs leave in such files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from storymap.errors import Location, Report
from storymap.geodata.features import PLACES, WGS84, Feature, Purpose
from storymap.geodata.geojson_features import read_feature
from storymap.geodata.geojson_geometry import (
    GEOMETRIES,
    explain_type,
    suggest_type,
)
from storymap.geodata.json_text import BadJsonError, JsonText, measure_nesting, parse_json, say_type, scan_json
from storymap.geodata.recognising import LINE_STARTS, is_line_delimited, recognise_json

DEEPEST_NESTING = 64
"""Brackets within brackets. A MultiPolygon in a FeatureCollection needs eight; some parsers die of a thousand."""

_TYPES = ("FeatureCollection", "Feature", *GEOMETRIES)


def read_geojson(text: str, path: str, report: Report, *, purpose: Purpose = PLACES) -> list[Feature]:
    """The features of a GeoJSON text; what is wrong with it goes to `report`, feature by feature.

    `path` is the file's, relative to the project.
    """
    source = JsonText.of(path, text)
    whole = Location(path)
    if problem := explain_no_json(text):
        report.error(*problem[:2], whole, problem[2])
        return []
    if is_line_delimited(text):
        return list(_list_lines(source, purpose, report))
    try:
        data = parse_json(source, report)
    except BadJsonError:
        return []
    if other := recognise_json(data):
        report.error("bad-geojson", f"this is {other.what}", whole, other.advice)
        return []
    if not isinstance(data, dict):
        report.error("bad-geojson", f"the file holds {say_type(data)}, not a GeoJSON object", whole, _SAVE_AS)
        return []
    crs = _read_crs(data, source, report)
    if crs is None:
        return []
    return list(_list_features(data, source=source, crs=crs, purpose=purpose, report=report))


_FETCH = "in uMap choose Share, Download data, GeoJSON, which fetches the layers that lie elsewhere"
_SAVE_AS = 'a GeoJSON file is an object with "type": "FeatureCollection" and its "features"'


def is_topology(text: str) -> bool:
    """Whether a text is TopoJSON, which GDAL reads."""
    if '"Topology"' not in text or explain_no_json(text):
        return False
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("type") == "Topology"


def explain_no_json(text: str) -> tuple[str, str, str] | None:
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
    deepest = measure_nesting(text)
    if deepest > DEEPEST_NESTING:
        return (
            "deep-nesting",
            f"the brackets are nested {deepest:,} deep",
            f"GeoJSON needs eight; {DEEPEST_NESTING} are read",
        )
    return None


def _read_crs(data: Mapping[str, Any], source: JsonText, report: Report) -> str | None:
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
    except (CRSError, ValueError):
        report.error(
            "unknown-crs",
            f'the reference system "{name[:80]}" is not known',
            at,
            "name it as in urn:ogc:def:crs:EPSG::3857",
        )
        return None


def _list_lines(source: JsonText, purpose: Purpose, report: Report) -> Iterator[Feature]:
    """The features of a text with one on each line."""
    number = 0
    for start, end in zip(source.line_starts, (*source.line_starts[1:], len(source.text)), strict=True):
        line = source.text[start:end].strip(LINE_STARTS)
        if not line:
            continue
        number += 1
        if number > purpose.most_features:
            _tell_too_many(source.at(start), purpose, report)
            return
        try:
            feature = json.loads(line)
        except (ValueError, RecursionError):
            report.error("bad-json", "this line is no JSON", source.at(start), "each line holds one feature, whole")
            continue
        yield read_feature(feature, number, span=(start, end), source=source, crs=WGS84, report=report)


def _tell_too_many(at: Location, purpose: Purpose, report: Report) -> None:
    message = f"the file has more than {purpose.most_features:,} features"
    report.error("too-many-features", message, at, purpose.advise_fewer())


def _list_umap(data: Mapping[str, Any], source: JsonText, purpose: Purpose, report: Report) -> Iterator[Feature]:
    """The features of every layer of a uMap file that holds its data itself."""
    layers = data.get("layers")
    found = 0
    for layer in layers if isinstance(layers, list) else ():
        features = layer.get("features") if isinstance(layer, dict) else None
        options = layer.get("_umap_options") if isinstance(layer, dict) else None
        options = options if isinstance(options, dict) else {}
        name = str(options.get("name") or "")
        remote = options.get("remoteData")
        if isinstance(remote, dict) and remote.get("url"):
            message = f'layer "{name[:60]}" is not in the file: uMap fetches it from {str(remote["url"])[:200]}'
            report.warning("network-link", message, Location(source.path), _FETCH)
        for number, feature in enumerate(features if isinstance(features, list) else (), start=1):
            found += 1
            if found > purpose.most_features:
                _tell_too_many(Location(source.path), purpose, report)
                return
            read = read_feature(feature, number, span=(0, len(source.text)), source=source, crs=WGS84, report=report)
            here = Location(source.path)
            yield replace(read, at=here, geometry_at=here, layer=name)
    if not found:
        report.warning("no-features", "the uMap file holds no features of its own", Location(source.path), _FETCH)


def _list_features(
    data: Mapping[str, Any], *, source: JsonText, crs: str, purpose: Purpose, report: Report
) -> Iterator[Feature]:
    """The features of a FeatureCollection, of a Feature, or of a bare geometry, which is called by its file."""
    kind = data.get("type")
    everything = (0, len(source.text))
    if kind == "FeatureCollection":
        features = data.get("features")
        at = source.find("features", *everything)
        if not isinstance(features, list):
            report.error("bad-geojson", 'the FeatureCollection has no list of "features"', at, _SAVE_AS)
            return
        if len(features) > purpose.most_features:
            _tell_too_many(at, purpose, report)
            return
        if not features:
            report.warning("no-features", "the file has no features", at, "add one, or delete the file")
        nodes = scan_json(source.text, levels=1).children["features"].children.values()
        for number, (feature, node) in enumerate(zip(features, nodes, strict=True), start=1):
            span = (node.start, node.end) if isinstance(feature, dict) else everything
            yield read_feature(feature, number, span=span, source=source, crs=crs, report=report)
    elif kind == "umap":
        yield from _list_umap(data, source, purpose, report)
    elif kind == "Feature":
        yield read_feature(data, 1, span=everything, source=source, crs=crs, report=report)
    elif isinstance(kind, str) and kind in GEOMETRIES:
        stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        wrapped = {"type": "Feature", "properties": {}, "geometry": data}
        yield read_feature(wrapped, 1, span=everything, source=source, crs=crs, report=report, fallback_name=stem)
    else:
        report.error("bad-geojson", explain_type(kind), source.find("type", *everything), suggest_type(kind, _TYPES))
