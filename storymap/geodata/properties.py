"""What the properties of a feature in `geo/` may say: the model that checks them before `naming` reads them.

Files come from many programs, so keys that are not known here are left alone, and a number will do for a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from storymap.geodata.naming import (
    ALIAS_KEYS,
    CATEGORY_KEYS,
    COUNTRY_KEYS,
    DESCRIPTION_KEYS,
    NAME_KEYS,
    SOURCE_KEYS,
)
from storymap.validation import refuse, validate

_TEXT_TYPES = ["string", "number", "boolean", "null"]


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) or type(value).__name__ == "ndarray"


def _check_text(value: Any) -> Any:
    if isinstance(value, Mapping) or _is_list(value):
        raise refuse("should be a text")
    return value


def _check_texts(value: Any) -> Any:
    items = list(value) if _is_list(value) else [value]
    if any(isinstance(item, Mapping) or _is_list(item) for item in items):
        raise refuse("should be a text or a list of texts")
    return value


def _check_names(value: Any) -> Any:
    """As aliases are; or names by language."""
    return _check_texts(list(value.values()) if isinstance(value, Mapping) else value)


_Text = Annotated[Any, BeforeValidator(_check_text), WithJsonSchema({"type": _TEXT_TYPES})]
_Texts = Annotated[
    Any,
    BeforeValidator(_check_texts),
    WithJsonSchema({"anyOf": [{"type": _TEXT_TYPES}, {"type": "array", "items": {"type": _TEXT_TYPES}}]}),
]


_Names = Annotated[
    Any,
    BeforeValidator(_check_names),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": _TEXT_TYPES},
                {"type": "array", "items": {"type": _TEXT_TYPES}},
                {"type": "object", "additionalProperties": {"type": _TEXT_TYPES}},
            ]
        }
    ),
]


class PlaceProperties(BaseModel):
    """What a feature in `geo/` says of itself. Keys that are not listed here are left alone."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: _Text = Field(
        None,
        validation_alias=AliasChoices(*NAME_KEYS),
        description="What the place is called, in stories and on the map.",
        examples=["Prague National Museum"],
    )
    id: _Text = Field(
        None,
        description="The address of the place's page, and another name for it in stories. "
        "Without it, the name makes one.",
        examples=["prague-national-museum"],
    )
    aliases: _Texts = Field(
        None,
        validation_alias=AliasChoices(*(key for key in ALIAS_KEYS if key != "names")),
        description="What else the place is called: a list of names, or a text in which semicolons part them.",
        examples=[["Národní muzeum", "National Museum"], "Národní muzeum; National Museum"],
    )
    names: _Names = Field(
        None,
        description="What the place is called in each language, by its code; in a table, columns such as name_cs. "
        "A list is read as aliases are.",
        examples=[{"cs": "Národní muzeum", "en": "National Museum"}],
    )
    category: _Text = Field(
        None,
        validation_alias=AliasChoices(*CATEGORY_KEYS),
        description="What kind of place it is, in a word of your own.",
        examples=["museum"],
    )
    country: _Text = Field(
        None,
        validation_alias=AliasChoices(*COUNTRY_KEYS),
        description="The country that the place lies in, by code or by name. A place that lies elsewhere is reported.",
        examples=["CZ", "Czechia"],
    )
    description: _Text = Field(
        None,
        validation_alias=AliasChoices(*DESCRIPTION_KEYS),
        description="One or two sentences about the place, for its page.",
        examples=["The museum at the top of Wenceslas Square."],
    )
    source: _Text = Field(
        None,
        validation_alias=AliasChoices(*SOURCE_KEYS),
        description="Where its position comes from, and under which licence.",
        examples=["GeoNames 3067696 (CC BY 4.0)"],
    )


def check_properties(properties: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The keys of `properties` whose values cannot be read, each with what is wrong and an example in JSON."""
    written: dict[str, str] = {}
    for key in properties:
        written.setdefault(str(key).strip().casefold(), key)
    _, refusals = validate(PlaceProperties, {folded: properties[key] for folded, key in written.items()})
    if not refusals:
        return
    examples = {
        alias: field.examples for name, field in PlaceProperties.model_fields.items() for alias in _list_keys(name)
    }
    for refusal in refusals:
        key = str(refusal.path[0])
        example = json.dumps((examples[key] or [""])[0], ensure_ascii=False)
        yield written[key], refusal.message, f'"{written[key]}": {example}'


def _list_keys(name: str) -> tuple[str, ...]:
    """What the field `name` may be called in a file."""
    alias = PlaceProperties.model_fields[name].validation_alias
    return tuple(map(str, alias.choices)) if isinstance(alias, AliasChoices) else (name,)
