"""Lift names out of what stands around them in a GeoJSON feature, as services nest them → plain properties.

Overture has `"names": {"primary": …}`, Google's saved places `"location": {"name": …}`, OpenStreetMap's tools `"tags":
{"name": …}`, other services `"name": {"en": …, "cs": …}`, and Linked Places a list of `names` beside the properties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storymap.geodata.naming import ALIAS_KEYS, NAME_KEYS

_AROUND = ("names", "location", "tags", "attributes", "properties", "fields")
"""Properties that are objects with the name in them."""

_FIRST = ("primary", "default", "local", "name", "en")
"""What the name proper is called among names in several languages."""


def lift_names(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """`properties` of `feature` with the name that is nested in them or beside them; as they are where none is."""
    lifted: dict[str, Any] = {}
    keys = {str(key).casefold(): key for key in properties}
    named = next((keys[name] for name in NAME_KEYS if name in keys and _is_filled(properties[keys[name]])), "")
    if named and isinstance(properties[named], Mapping):
        names = {key: text for key, text in properties[named].items() if isinstance(text, str) and text.strip()}
        lifted |= {named: _choose_first(names), "names": names} if names else {}
    elif not named:
        around = (properties[keys[key]] for key in _AROUND if key in keys)
        name = next((found for value in around if isinstance(value, Mapping) and (found := _find_name(value))), "")
        lifted |= {"name": name} if name else {}
    in_languages = properties[keys["names"]] if "names" in keys else None
    if isinstance(in_languages, Mapping) and "names" not in lifted:
        lifted[keys["names"]] = _list_languages(in_languages)
    others = list(dict.fromkeys(_list_toponyms(feature.get("names"))))
    if others and not any(key in keys for key in ALIAS_KEYS):
        lifted["aliases"] = others
        if not named and "name" not in lifted:
            lifted["name"] = others[0]
    return {**properties, **lifted} if lifted else properties


def _list_languages(names: Mapping[str, Any]) -> dict[str, Any]:
    """Names by language, with those that Overture has in an object within."""
    common = names.get("common")
    plain = {key: text for key, text in names.items() if isinstance(text, str) and key != "primary"}
    return plain | dict(common) if isinstance(common, Mapping) else plain


def _is_filled(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _choose_first(names: Mapping[str, str]) -> str:
    return next((names[key] for key in _FIRST if key in names), next(iter(names.values())))


def _find_name(around: Mapping[str, Any]) -> str:
    """The name in an object that has other things, too; empty where there is none."""
    texts = {str(key).casefold(): value for key, value in around.items()}
    found = (texts.get(key) for key in ("primary", *NAME_KEYS))
    return next((value for value in found if isinstance(value, str) and value.strip()), "")


def _list_toponyms(names: Any) -> Iterator[str]:
    """The names of a feature of Linked Places."""
    for name in names if isinstance(names, list) else ():
        toponym = name.get("toponym") if isinstance(name, Mapping) else None
        if isinstance(toponym, str) and toponym.strip():
            yield toponym
