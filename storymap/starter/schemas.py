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

from storymap.geodata.properties import PlaceProperties
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.fields import FrontMatter, StepFields
from storymap.settings.model import Category, GeoFile, Settings
from storymap.starter.geojson_schema import describe_geojson

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The dialect that the schemas are written in."""


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
    return _of_object(schema, schema.get("$defs", {}))


def _of_object(schema: Mapping[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """`schema`, which pydantic made, with the schemas of the `models` that it refers to in their places."""
    return {
        "description": " ".join(schema.get("description", "").split()),
        "type": "object",
        "properties": {key: _tidy(key, _include(value, models)) for key, value in schema["properties"].items()},
        "additionalProperties": schema.get("additionalProperties", True),
    }


def _include(value: Any, models: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_include(item, models) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        model = _of_object(models[value["$ref"].rpartition("/")[2]], models)
        return {**model, **{word: entry for word, entry in value.items() if word != "$ref"}}
    return {word: entry if word == "examples" else _include(entry, models) for word, entry in value.items()}


def _tidy(key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    choices = [choice for choice in value.get("anyOf", ()) if choice != {"type": "null"}]
    kept: dict[str, Any] = {word: entry for word, entry in value.items() if word not in {"anyOf", "default", "title"}}
    if len(choices) == 1:
        kept = {**choices[0], **kept}
    elif choices:
        kept["anyOf"] = choices
    told: dict[str, Any] = {word: kept.pop(word) for word in ("description", "examples") if word in kept}
    return {"title": key, **told, **kept}


def _of_fields(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a block of YAML, whose examples the model has as they are typed."""
    schema: dict[str, Any] = _load_examples(_of_model(model))
    return schema


def _load_examples(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_load_examples(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        word: [yaml.load(example, CCoreLoader) for example in entry]  # noqa: S506 - plain values only
        if word == "examples"
        else _load_examples(entry)
        for word, entry in schema.items()
    }


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
    schema["properties"]["categories"]["additionalProperties"] = _of_model(Category)
    layers = _of_fields(FrontMatter)["properties"]["layers"]
    schema["properties"]["layers"]["additionalProperties"] = layers["additionalProperties"]
    return schema


_SCHEMAS: Mapping[str, tuple[str, Callable[[], dict[str, Any]]]] = MappingProxyType(
    {
        "settings": ("The settings of a site: storymap.toml", _of_settings),
        "front-matter": ("The front matter of a story", lambda: _of_fields(FrontMatter)),
        "collection": ("The front matter of a collection", lambda: _of_fields(CollectionFields)),
        "step": ("The fields of a step", lambda: _of_fields(StepFields)),
        "place": ("The properties of a place", lambda: _of_model(PlaceProperties)),
        "places": ("A file of places: geo/*.geojson", lambda: describe_geojson(_of_model(PlaceProperties))),
    }
)
