"""Read front matter and the fields of a step from YAML, and tell every unknown key and wrong value where it stands."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from storymap.errors import Location, Report
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.fields import FrontMatter, StepFields, WrittenFields
from storymap.reading.yaml_mapping import Path, YamlMapping
from storymap.validation import Refusal, find_model, list_fields, validate

FieldsT = TypeVar("FieldsT", bound=WrittenFields)
"""`FrontMatter` or `StepFields`."""


def read_fields(model: type[FieldsT], mapping: YamlMapping, report: Report, *, at: Location) -> FieldsT:
    """Check `mapping` against `model`, reporting every unknown key and wrong value; what is right is returned."""
    fields, refusals = validate(model, mapping.values)
    for refusal in refusals:
        if refusal.is_unknown:
            _report_unknown(model, mapping, refusal.path, report, at=at)
        else:
            _report_wrong(model, mapping, refusal, report, at=at)
    return fields.placed(mapping, at)


def suggest_key(model: type[BaseModel], key: str) -> str:
    """The key of `model` that `key` most likely means; empty where none is near."""
    from rapidfuzz.distance import OSA

    known = list_fields(model)
    plain = key.strip().lower().replace("_", "-")
    meant = _SYNONYMS.get(plain, "")
    if meant in known:
        return meant
    distance, name = min((OSA.distance(plain, name), name) for name in known)
    return name if distance <= (1 if len(name) <= 4 else 2) else ""


_SYNONYMS = {
    "places": "place",
    "where": "place",
    "location": "place",
    "when": "date",
    "dates": "date",
    "language": "lang",
    "description": "summary",
    "image": "cover",
    "picture": "cover",
    "centre": "center",
    "bbox": "bounds",
    "name": "title",
    "weight": "order",
    "slug": "id",
    "countries": "highlight",
    "highlights": "highlight",
    "route": "line",
    "path": "line",
    "by": "author",
    "alias": "aliases",
    "colour": "color",
    "colors": "color",
    "colours": "color",
    "file": "from",
    "source": "from",
    "data": "from",
    "filter": "where",
    "column": "by",
    "key": "on",
    "legend": "title",
    "radius": "size",
    "tooltips": "tooltip",
}


def _report_wrong(
    model: type[WrittenFields], mapping: YamlMapping, refusal: Refusal, report: Report, *, at: Location
) -> None:
    path: Path = refusal.path
    names = [part for part in path if isinstance(part, str)]
    field = list_fields(find_model(model, tuple(names))).get(names[-1])
    while path and path not in mapping.values_at:
        path = path[:-1]
    examples = " or ".join(f"{names[-1]}: {text}" for text in (field.examples if field else None) or ())
    report.error(
        "wrong-value",
        refusal.message if refusal.is_whole else f'"{names[-1]}" {refusal.message}',
        mapping.values_at.get(path, at),
        refusal.help or (f"for example: {examples}" if examples else _NAMED_LAYER),
    )


_NAMED_LAYER = "a layer has keys of its own, of which it needs one: {from: regions.geojson}"


def _report_unknown(
    model: type[WrittenFields], mapping: YamlMapping, path: Path, report: Report, *, at: Location
) -> None:
    key, holder = str(path[-1]), find_model(model, path)
    where = mapping.keys_at.get(path, at)
    if near := suggest_key(holder, key):
        help = f'did you mean "{near}"?'
    elif holder is model:
        help = _advise_elsewhere(model, key)
    else:
        help = _advise_nested(model, path)
    report.error("unknown-key", f'unknown key "{key}"', where, help)


def _advise_elsewhere(model: type[WrittenFields], key: str) -> str:
    """What to say of a key that front matter or a step does not have."""
    if model is CollectionFields and key in FrontMatter.model_fields:
        return "it belongs into the front matter of a story; a collection has " + ", ".join(model.model_fields)
    other = FrontMatter if model is StepFields else StepFields
    if key not in other.model_fields:
        return f"known keys are {', '.join(model.model_fields)}; keys of your own go under extra:"
    if other is StepFields:
        return "it belongs under a step's heading"
    return "it belongs into the front matter, at the top"


def _advise_nested(model: type[WrittenFields], path: Path) -> str:
    """What to say of a key within another's value that has no such key: where it belongs, or which there are."""
    *outer, key = map(str, path)
    known = list_fields(find_model(model, path))
    for name in known:
        if key in list_fields(find_model(model, (*outer, name, key))) and key not in known:
            return f'it belongs into "{name}": {name}: {{{key}: …}}'
    if len(outer) > 1 and key in list_fields(find_model(model, tuple(outer))):
        return f'it belongs beside "{outer[-1]}", not into it'
    return f"known keys are {', '.join(known)}"
