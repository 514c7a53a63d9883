"""Read front matter and the fields of a step from YAML, and tell every unknown key and wrong value where it stands."""

from __future__ import annotations

from typing import TypeVar

from storymap.errors import Location, Report
from storymap.reading.fields import FrontMatter, StepFields, WrittenFields
from storymap.reading.yaml_mapping import Path, YamlMapping
from storymap.validation import Refusal, validate

FieldsT = TypeVar("FieldsT", bound=WrittenFields)
"""`FrontMatter` or `StepFields`."""


def read_fields(model: type[FieldsT], mapping: YamlMapping, report: Report, *, at: Location) -> FieldsT:
    """Check `mapping` against `model`, reporting every unknown key and wrong value; what is right is returned."""
    fields, refusals = validate(model, mapping.values)
    for refusal in refusals:
        if refusal.is_unknown:
            _report_unknown(model, mapping, str(refusal.path[0]), report, at=at)
        else:
            _report_wrong(model, mapping, refusal, report, at=at)
    return fields.placed(mapping, at)


def suggest_key(model: type[WrittenFields], key: str) -> str:
    """The key of `model` that `key` most likely means; empty where none is near."""
    from rapidfuzz.distance import OSA

    plain = key.strip().lower().replace("_", "-")
    meant = _SYNONYMS.get(plain, "")
    if meant in model.model_fields:
        return meant
    distance, name = min((OSA.distance(plain, name), name) for name in model.model_fields)
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
}


def _report_wrong(
    model: type[WrittenFields], mapping: YamlMapping, refusal: Refusal, report: Report, *, at: Location
) -> None:
    path: Path = refusal.path
    key = str(path[0])
    while path and path not in mapping.values_at:
        path = path[:-1]
    examples = " or ".join(f"{key}: {text}" for text in model.model_fields[key].examples or ())
    report.error(
        "wrong-value",
        refusal.message if refusal.is_whole else f'"{key}" {refusal.message}',
        mapping.values_at.get(path, at),
        refusal.help or f"for example: {examples}",
    )


def _report_unknown(
    model: type[WrittenFields], mapping: YamlMapping, key: str, report: Report, *, at: Location
) -> None:
    other = FrontMatter if model is StepFields else StepFields
    where = mapping.keys_at.get((key,), at)
    if near := suggest_key(model, key):
        help = f'did you mean "{near}"?'
    elif key in other.model_fields:
        help = (
            "it belongs under a step's heading"
            if other is StepFields
            else "it belongs into the front matter, at the top"
        )
    else:
        help = f"known keys are {', '.join(model.model_fields)}; keys of your own go under extra:"
    report.error("unknown-key", f'unknown key "{key}"', where, help)
