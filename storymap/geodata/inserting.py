"""Insert a feature into the text of a GeoJSON file, byte for byte as it was around it, in the style of its neighbours.

Nothing is dumped anew: indentation, order of keys, line ends, spaces and numbers of what is there stay as their author
or program left them. `storymap places add` writes with it; `storymap.geodata.geojson` has read the text before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from storymap.geodata.json_text import JsonNode, scan_json
from storymap.geodata.naming import COUNTRY_KEYS, NAME_KEYS, SOURCE_KEYS

NEW_FILE = '{\n  "type": "FeatureCollection",\n  "features": []\n}\n'
"""What a file of places begins as."""

_SYNONYMS = {"name": NAME_KEYS, "country": COUNTRY_KEYS, "source": SOURCE_KEYS}
_LEVELS = 4
"""Containers within containers that are looked into: down to the position of a point, not into rings of polygons."""


class InsertionError(ValueError):
    """A text that has no list of features to which one could be added."""


class _Style(Struct, frozen=True):
    """How a file writes JSON.

    `lines` tells of a path such as `properties` whether its container is spread over lines. `unit` is one step of
    indentation, `newline` what ends a line; `colon` and `comma` are written with their spaces, `pad` stands within
    braces on one line and `list_pad` within brackets.
    """

    lines: Mapping[tuple[str, ...], bool]
    unit: str
    newline: str
    colon: str
    comma: str
    pad: str
    list_pad: str
    is_ascii: bool


def insert_feature(text: str, feature: Mapping[str, Any]) -> str:
    """`text` with `feature` as the last of its list.

    `feature` has "type", "properties" and "geometry", in this order, and perhaps an "id" in front. Its properties are
    written under the names that the file has for them, in the file's order. Raises `InsertionError` where the text is
    no FeatureCollection, `ValueError` where it is no JSON.
    """
    root = scan_json(text, levels=_LEVELS)
    features = root.children.get("features")
    if features is None or not features.is_list:
        raise InsertionError('the file has no list of "features"')
    neighbours = [features.children[key] for key in features.children]
    models = [neighbour for neighbour in reversed(neighbours) if neighbour.children]
    models.sort(key=lambda model: not _is_point(model, text))
    style = _learn_style(text, root, models)
    ordered = _order_like(feature, text, models)
    if not neighbours:
        return _insert_first(text, features, root, ordered, style)
    last = neighbours[-1]
    if len(neighbours) > 1:
        between = text[neighbours[-2].end : last.start]
    else:
        lead = text[features.start + 1 : last.start]
        between = "," + (lead if "\n" in lead else style.comma[1:])
    indent = _indentation_at(text, last.start)
    return text[: last.end] + between + _write(ordered, (), indent, style) + text[last.end :]


def _insert_first(text: str, features: JsonNode, root: JsonNode, feature: Mapping[str, Any], style: _Style) -> str:
    """`text` with a feature in its empty list."""
    if "\n" not in text[root.start : root.end]:
        written = _write(feature, (), "", style)
        return text[: features.start] + "[" + written + "]" + text[features.end :]
    indent = _indentation_at(text, features.start)
    inner = indent + style.unit
    written = _write(feature, (), inner, style)
    lines = f"[{style.newline}{inner}{written}{style.newline}{indent}]"
    return text[: features.start] + lines + text[features.end :]


def _is_point(feature: JsonNode, text: str) -> bool:
    """Whether a feature is a point, as the new one is: only such a one shows how a position is written."""
    geometry = feature.children.get("geometry")
    kind = geometry.children.get("type") if geometry else None
    return kind is not None and text[kind.start : kind.end] == '"Point"'


def _learn_style(text: str, root: JsonNode, models: Sequence[JsonNode]) -> _Style:
    """How the file writes, told by its features, and where they do not tell, by the rest of it."""
    whole = text[root.start : root.end]
    lines: dict[tuple[str, ...], bool] = {}
    for model in models:
        for path, node in _walk(model, ()):
            if not node.is_empty:
                lines.setdefault(path, "\n" in text[node.start : node.end])
    spread = lines.get((), "\n" in whole)
    lines.setdefault((), spread)
    lines.setdefault(("properties",), spread)
    sample = "".join(text[model.start : model.end] for model in models[:3]) or whole
    keys = re.search(r'"(?:[^"\\]|\\.)*"([ \t]*:[ \t]*)', sample)
    flat = re.search(r'[^\s\[{]\s*(,[ \t]*)(?=["\[{\d-])', re.sub(r",[ \t]*\r?\n", "\n", sample))
    brace = re.search(r'\{([ \t]*)"', sample)
    bracket = re.search(r'\[([ \t]*)(?=[\d"-])', sample)
    return _Style(
        lines=lines,
        unit=_find_unit(text, root, models),
        newline="\r\n" if "\r\n" in text else "\n",
        colon=keys[1] if keys else ": ",
        comma=flat[1] if flat else ", " if "\n" in text or not keys or keys[1].endswith(" ") else ",",
        pad=brace[1] if brace else "" if models or "\n" not in text else " ",
        list_pad=bracket[1] if bracket else "",
        is_ascii=text.lstrip("\ufeff").isascii() and re.search(r"\\u[0-9a-fA-F]{4}", text) is not None,
    )


def _walk(node: JsonNode, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonNode]]:
    """A node and the containers in it, by path; the elements of a list are not told apart."""
    if not node.is_empty:
        yield path, node
    for key, child in node.children.items():
        if child.children:
            yield from _walk(child, (*path, "*" if node.is_list else key))


def _find_unit(text: str, root: JsonNode, models: Sequence[JsonNode]) -> str:
    """One step of indentation: what the members of the first container spread over lines stand further in."""
    for node in (*models, root):
        for child in node.children.values():
            before = text[node.start : child.start]
            if "\n" in before:
                outer, inner = _indentation_at(text, node.start), _indentation_at(text, child.start)
                if len(inner) > len(outer):
                    return inner[len(outer) :]
    return "  "


def _indentation_at(text: str, at: int) -> str:
    """The spaces and tabs with which the line of a character begins."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _order_like(feature: Mapping[str, Any], text: str, models: Sequence[JsonNode]) -> dict[str, Any]:
    """`feature` with its keys, and those of its properties, named and ordered as the nearest features have them."""
    model = models[0] if models else None
    known = list(model.children) if model else []
    properties = model.children.get("properties") if model else None
    columns = list(properties.children) if properties else []
    named = {_name_like(key, columns): value for key, value in feature["properties"].items()}
    members = dict(feature)
    if "id" in named and "id" in known and "id" not in columns and model and text[model.children["id"].start] == '"':
        members["id"] = named.pop("id")
    members["properties"] = _sort_like(named, columns)
    geometry = model.children.get("geometry") if model else None
    members["geometry"] = _sort_like(feature["geometry"], list(geometry.children) if geometry else [])
    return _sort_like(members, known)


def _name_like(key: str, columns: Sequence[str]) -> str:
    """What the file calls the property `key`."""
    if key in columns:
        return key
    meant = _SYNONYMS.get(key, (key,))
    return next((column for column in columns if column.strip().casefold() in meant), key)


def _sort_like(members: Mapping[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """`members` in the order of `known`; the others keep their order after those before which they stood last."""
    order = [key for key in known if key in members]
    for key in members:
        if key not in order:
            before = [
                other for other in order if other in members and list(members).index(other) < list(members).index(key)
            ]
            order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return {key: members[key] for key in order}


def _write(value: Any, path: tuple[str, ...], indent: str, style: _Style) -> str:
    """`value` as the file would write it at `path`, where its first line is indented by `indent`."""
    if not isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=style.is_ascii)
    opening, closing, pad = ("{", "}", style.pad) if isinstance(value, Mapping) else ("[", "]", style.list_pad)
    if not value:
        return opening + closing
    spread = style.lines.get(path, False)
    inner = indent + style.unit if spread else indent
    items = (
        [
            json.dumps(key, ensure_ascii=style.is_ascii) + style.colon + _write(item, (*path, key), inner, style)
            for key, item in value.items()
        ]
        if isinstance(value, Mapping)
        else [_write(item, (*path, "*"), inner, style) for item in value]
    )
    if not spread:
        return opening + pad + style.comma.join(items) + pad + closing
    start = style.newline + inner
    return opening + start + f",{start}".join(items) + style.newline + indent + closing
