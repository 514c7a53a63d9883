"""JSON Schemas of everything that people write, made from the models that check it: for editors and other programs.

A schema refuses nothing that the models take. What only they find needs more than one value: a date that ends before it
begins, a name that no place has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import BaseModel
from yamlcore import CCoreLoader

from storymap.earth.mending import DEPTHS
from storymap.geodata.properties import PlaceProperties
from storymap.reading.fields import FrontMatter, StepFields
from storymap.settings.model import GeoFile, Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The dialect that the schemas are written in."""

_MEANINGS = {
    "Point": "One position.",
    "MultiPoint": "Several positions, which are one place.",
    "LineString": "A line through two or more positions.",
    "MultiLineString": "Several lines, which are one place.",
    "Polygon": "An area: a ring of positions that ends where it begins, and perhaps rings of holes in it.",
    "MultiPolygon": "Several areas, which are one place.",
}


def list_schemas() -> Mapping[str, str]:
    """The names of all schemas, each with what it describes."""
    return MappingProxyType({name: title for name, (title, _) in _SCHEMAS.items()})


def make_schema(name: str) -> dict[str, Any]:
    """The schema called `name`: a JSON value, its keys in the order in which the models have them.

    Raises `KeyError` for a name that `list_schemas` does not have.
    """
    title, make = _SCHEMAS[name]
    schema = make()
    return {"$schema": DIALECT, "title": title, **{key: value for key, value in schema.items() if key != "title"}}


def make_snippets() -> dict[str, Any]:
    """Snippets for VS Code, which has no schemas for what stands in Markdown: each key with its meaning."""
    return {
        f"{place}: {key}": {
            "scope": "markdown",
            "prefix": key,
            "body": f"{key}: ${{1:{_quote_snippet(field.examples[0])}}}" if field.examples else f"{key}: $1",
            "description": f"{field.description} ({place})",
        }
        for place, model in (("front matter", FrontMatter), ("step", StepFields))
        for key, field in model.model_fields.items()
    }


def _quote_snippet(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


def _of_model(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of `model` with plain values: no null where a key may be left out, examples as they are written."""
    schema = model.model_json_schema()
    return {
        "description": " ".join((model.__doc__ or "").split()),
        "type": "object",
        "properties": {key: _tidy(key, value) for key, value in schema["properties"].items()},
        "additionalProperties": schema.get("additionalProperties", True),
    }


def _tidy(key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    choices = [choice for choice in value.get("anyOf", ()) if choice != {"type": "null"}]
    kept: dict[str, Any] = {word: entry for word, entry in value.items() if word not in {"anyOf", "default", "title"}}
    if len(choices) == 1:
        kept |= choices[0]
    elif choices:
        kept["anyOf"] = choices
    told: dict[str, Any] = {word: kept.pop(word) for word in ("description", "examples") if word in kept}
    return {"title": key, **told, **kept}


def _of_fields(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a block of YAML, whose examples the model has as they are typed."""
    schema = _of_model(model)
    for value in schema["properties"].values():
        value["examples"] = [yaml.load(example, CCoreLoader) for example in value["examples"]]  # noqa: S506 - plain values only
    return schema


def _of_settings() -> dict[str, Any]:
    from storymap.mistakes.catalogue import load_mistakes

    schema = _of_model(Settings)
    checks = schema["properties"]["checks"]
    checks["properties"] = {
        mistake.code: {
            "title": mistake.code,
            "description": f"{mistake.title}. {mistake.mend}",
            "examples": ["warning" if mistake.lowerable else "error"],
            "enum": ["error", "warning", "off"] if mistake.lowerable else ["error"],
        }
        for mistake in load_mistakes().values()
    }
    checks["additionalProperties"] = False
    schema["properties"]["geo"]["additionalProperties"] = _of_model(GeoFile)
    return schema


def _of_places() -> dict[str, Any]:
    """A whole GeoJSON file (RFC 7946), its features with the properties that make places of them."""
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
            "place": _of_model(PlaceProperties),
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

_SCHEMAS: Mapping[str, tuple[str, Callable[[], dict[str, Any]]]] = MappingProxyType(
    {
        "settings": ("The settings of a site: storymap.toml", _of_settings),
        "front-matter": ("The front matter of a story", lambda: _of_fields(FrontMatter)),
        "step": ("The fields of a step", lambda: _of_fields(StepFields)),
        "place": ("The properties of a place", lambda: _of_model(PlaceProperties)),
        "places": ("A file of places: geo/*.geojson", _of_places),
    }
)
