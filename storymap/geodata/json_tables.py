"""Read the records of a JSON text that is a table: a list of objects or of lists, or an object with rows by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.geodata.choosing_layers import choose_layer
from storymap.geodata.features import DATA
from storymap.geodata.geojson import explain_no_json
from storymap.geodata.json_text import BadJsonError, JsonText, parse_json

KEY, VALUE = "key", "value"
"""What the columns are called that an object has no names for."""

_DEEPEST = 3
"""Objects within objects in which a list of records is looked for."""

_EXPECTED = 'write a list of records, [{"code": "CZ010", "value": 12}], or an object, {"CZ010": 12}'


class JsonRecords(Struct, frozen=True):
    """Records by column; where they are keyed, the column `KEY` holds the keys of an object."""

    records: tuple[Mapping[str, Any], ...]
    is_keyed: bool


def read_json_table(text: str, path: str, part: str, report: Report) -> JsonRecords | None:
    """The records in `text`, or in the member `part` of its object; None, and told, where there are none.

    Objects within a record are flattened: `{"gdp": {"2024": 5}}` has the column "gdp.2024".
    """
    at = Location(path)
    if problem := explain_no_json(text):
        report.error(*problem[:2], at, problem[2])
        return None
    try:
        data = parse_json(JsonText.of(path, text), report)
    except BadJsonError:
        return None
    if isinstance(data, dict) and data.get("type") == "FeatureCollection":
        features = data.get("features")
        data = [one["properties"] for one in features if _has_properties(one)] if isinstance(features, list) else []
    elif isinstance(data, dict):
        holders = [name for name, member in data.items() if _holds_records(member)]
        if part or (len(holders) == 1 and len(data[holders[0]]) >= len(data)):
            name = choose_layer(holders, part, "table", at, report)
            if not name:
                return None
            data = data[name]
    records = tuple(_list_records(data))
    if not records:
        report.error("no-values", "the file holds no table", at, _EXPECTED)
        return None
    if len(records) > DATA.most_features:
        report.error("too-many-features", f"the table has {len(records):,} rows", at, DATA.advise_fewer())
        return None
    return JsonRecords(records, isinstance(data, dict))


def list_records(data: Any) -> list[Mapping[str, Any]]:
    """The records in a JSON value that is a list, or holds one list of objects anywhere; none in any other."""
    found = [data] if isinstance(data, list) else list(_find_lists(data, _DEEPEST))
    return list(_list_records(found[0])) if len(found) == 1 else []


def _find_lists(data: Any, depth: int) -> Iterator[list[Any]]:
    """The lists of objects within an object, and within those that it holds."""
    for member in data.values() if isinstance(data, dict) and depth else ():
        if isinstance(member, list) and member and all(isinstance(row, dict) for row in member):
            yield member
        else:
            yield from _find_lists(member, depth - 1)


def _has_properties(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict)


def _holds_records(data: Any) -> bool:
    """Whether a value is a table whose rows are objects or lists."""
    rows = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return bool(rows) and all(isinstance(row, dict | list) for row in rows)


def _list_records(data: Any) -> Iterator[Mapping[str, Any]]:
    """The rows of a table, each by column."""
    if isinstance(data, dict):
        for key, row in data.items():
            yield {KEY: key, **(dict(_flatten(row)) if isinstance(row, dict) else {VALUE: row})}
    elif isinstance(data, list) and data and isinstance(data[0], list):
        header = [str(name) for name in data[0]]
        yield from (dict(zip(header, row, strict=False)) for row in data[1:] if isinstance(row, list))
    elif isinstance(data, list):
        yield from (dict(_flatten(row)) for row in data if isinstance(row, dict))


def _flatten(row: Mapping[str, Any], before: Sequence[str] = ()) -> Iterator[tuple[str, Any]]:
    """The values of an object, and of those in it, each with the keys that lead to it."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _flatten(value, (*before, key))
        else:
            yield ".".join((*before, key)), value
