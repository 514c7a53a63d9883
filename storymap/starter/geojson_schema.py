"""The JSON Schema of a file of places: GeoJSON (RFC 7946) whose features have the properties that make them places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storymap.earth.mending import DEPTHS

_MEANINGS = {
    "Point": "One position.",
    "MultiPoint": "Several positions, which are one place.",
    "LineString": "A line through two or more positions.",
    "MultiLineString": "Several lines, which are one place.",
    "Polygon": "An area: a ring of positions that ends where it begins, and perhaps rings of holes in it.",
    "MultiPolygon": "Several areas, which are one place.",
}


def describe_geojson(place: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a whole file, whose features have the properties that the schema `place` describes."""
    feature = {"$ref": "#/$defs/feature"}
    strict = [
        {
            "if": _typed("FeatureCollection"),
            "then": {"required": ["features"], "properties": {"features": {"items": feature}}},
        },
        {"if": _typed("Feature"), "then": feature},
        {"if": _typed(*DEPTHS, "GeometryCollection"), "then": {"$ref": "#/$defs/geometry"}},
    ]
    return {
        "description": "A file of places in geo/: GeoJSON, in which every feature with a name is a place.",
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {
                "title": "type",
                "description": "What the file holds: a collection of features, as a rule.",
                "examples": ["FeatureCollection"],
                "enum": ["FeatureCollection", "Feature", *DEPTHS, "GeometryCollection"],
            },
            "features": {
                "title": "features",
                "description": "The places, one after the other.",
                "examples": [[_EXAMPLE]],
                "type": "array",
                "items": {"type": "object"},
            },
        },
        # A file from before RFC 7946 may name a reference system of its own, in which positions are no degrees.
        "if": {"required": ["crs"]},
        "else": {"allOf": strict},
        "$defs": {
            "feature": _FEATURE,
            "place": place,
            "geometry": _make_geometry(),
            "position": _POSITION,
        },
    }


def _typed(*types: str) -> dict[str, Any]:
    return {"required": ["type"], "properties": {"type": {"enum": list(types)}}}


def _make_geometry() -> dict[str, Any]:
    """A geometry of any type; `coordinates` are lists as deep as the type says."""
    shapes = []
    for kind, depth in DEPTHS.items():
        coordinates: dict[str, Any] = {"$ref": "#/$defs/position"}
        for level in range(depth):
            fewest = {("LineString", 0): 2, ("MultiLineString", 0): 2, ("Polygon", 0): 4, ("MultiPolygon", 0): 4}
            coordinates = {"type": "array", "items": coordinates, "minItems": fewest.get((kind, level), 0)}
        # An empty list is a geometry that is nowhere, as RFC 7946 has it.
        allowed = {"anyOf": [{"type": "array", "maxItems": 0}, coordinates]}
        shapes.append(
            {"if": _typed(kind), "then": {"required": ["coordinates"], "properties": {"coordinates": allowed}}}
        )
    return {
        "description": "Where a place is. Positions are longitude first: [14.4306, 50.0790].",
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {
                "title": "type",
                "description": " ".join(f"{kind}: {meaning}" for kind, meaning in _MEANINGS.items()),
                "examples": ["Point"],
                "enum": [*DEPTHS, "GeometryCollection"],
            },
            "coordinates": {
                "title": "coordinates",
                "description": "The position, longitude first, or lists of positions where the type asks for them.",
                "examples": [[14.4306, 50.0790]],
                "type": "array",
            },
            "geometries": {
                "title": "geometries",
                "description": "The parts of a GeometryCollection.",
                "examples": [[{"type": "Point", "coordinates": [14.4306, 50.0790]}]],
                "type": "array",
                "items": {"$ref": "#/$defs/geometry"},
            },
        },
        "allOf": [*shapes, {"if": _typed("GeometryCollection"), "then": {"required": ["geometries"]}}],
    }


_EXAMPLE = {
    "type": "Feature",
    "properties": {"id": "prague-national-museum", "name": "Prague National Museum", "country": "CZ"},
    "geometry": {"type": "Point", "coordinates": [14.4306, 50.0790]},
}

_POSITION = {
    "description": "Longitude, latitude and perhaps an altitude, in degrees and metres.",
    "type": "array",
    "prefixItems": [
        {
            "type": "number",
            "minimum": -360,
            "maximum": 360,
            "description": "The longitude; beyond 180° is the other side.",
        },
        {"type": "number", "minimum": -90, "maximum": 90, "description": "The latitude."},
        {"type": "number", "description": "The altitude, which is not used."},
    ],
    "minItems": 2,
    "maxItems": 3,
}

_FEATURE: dict[str, Any] = {
    "description": "A place: what it is called, and where it is.",
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {
            "title": "type",
            "description": "The word that makes this a feature.",
            "examples": ["Feature"],
            "const": "Feature",
        },
        "id": {
            "title": "id",
            "description": "The address of the place's page, if the properties give none.",
            "examples": ["prague-national-museum"],
            "type": ["string", "number", "null"],
        },
        "properties": {
            "title": "properties",
            "description": "What the place says of itself.",
            "examples": [_EXAMPLE["properties"]],
            "anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}],
        },
        "geometry": {
            "title": "geometry",
            "description": "Where the place is; a feature without it is nowhere, and is left out.",
            "examples": [_EXAMPLE["geometry"]],
            "anyOf": [{"$ref": "#/$defs/geometry"}, {"type": "null"}],
        },
    },
}
