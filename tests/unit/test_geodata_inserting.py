"""Inserting a feature: every byte of the file stays, and the new one is written as its neighbours are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from storymap.geodata.inserting import NEW_FILE, InsertionError, insert_feature

NEW: dict[str, Any] = {
    "type": "Feature",
    "properties": {"id": "beijing", "name": "Běijing", "country": "CN", "aliases": ["北京"], "source": "GeoNames"},
    "geometry": {"type": "Point", "coordinates": [116.397, 39.908]},
}


def collection(*names: str) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "name": "features",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": name, "n": 1.50},
                "geometry": {"type": "Point", "coordinates": [1.0, -2.5e1]},
            }
            for name in names
        ],
    }


def test_a_new_file_is_written_as_people_write_one() -> None:
    assert insert_feature(NEW_FILE, NEW) == (
        "{\n"
        '  "type": "FeatureCollection",\n'
        '  "features": [\n'
        "    {\n"
        '      "type": "Feature",\n'
        '      "properties": {\n'
        '        "id": "beijing",\n'
        '        "name": "Běijing",\n'
        '        "country": "CN",\n'
        '        "aliases": ["北京"],\n'
        '        "source": "GeoNames"\n'
        "      },\n"
        '      "geometry": { "type": "Point", "coordinates": [116.397, 39.908] }\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_the_places_of_this_repository_get_one_more_in_their_style(repository: Path) -> None:
    text = (repository / "geo" / "places.geojson").read_text(encoding="utf-8")
    end = "\n    }\n  ]\n}\n"
    assert text.endswith(end)
    assert (
        insert_feature(text, NEW)
        == text.removesuffix(end)
        + (
            "\n    },\n    {\n"
            '      "type": "Feature",\n'
            '      "properties": {\n'
            '        "id": "beijing",\n'
            '        "name": "Běijing",\n'
            '        "country": "CN",\n'
            '        "aliases": ["北京"],\n'
            '        "source": "GeoNames"\n'
            "      },\n"
            '      "geometry": { "type": "Point", "coordinates": [116.397, 39.908] }'
        )
        + end
    )


LINES = (
    '{\r\n"type": "FeatureCollection",\r\n"features": [\r\n'
    '{ "type": "Feature", "properties": { "Title": "A", "iso2": "US" }, '
    '"geometry": { "type": "Point", "coordinates": [ 1.0, 2.00 ] } },\r\n'
    '{ "type": "Feature", "properties": { "Title": "B", "iso2": "US" }, '
    '"geometry": { "type": "Point", "coordinates": [ 1.0, 2.00 ] } }\r\n]\r\n}'
)


def test_a_feature_a_line_with_the_files_own_spaces_line_ends_and_names_of_columns() -> None:
    assert insert_feature(LINES, NEW) == LINES.replace(
        "} }\r\n]",
        '} },\r\n{ "type": "Feature", "properties": { "id": "beijing", "Title": "Běijing", "iso2": "CN", '
        '"aliases": [ "北京" ], "source": "GeoNames" }, '
        '"geometry": { "type": "Point", "coordinates": [ 116.397, 39.908 ] } }\r\n]',
    )


@pytest.mark.parametrize(
    "style",
    [
        {},
        {"separators": (",", ":")},
        {"indent": 2},
        {"indent": 4},
        {"indent": 1},
        {"indent": "\t"},
        {"indent": 0},
        {"indent": 2, "separators": (",", " : ")},
        {"indent": 2, "ensure_ascii": False},
    ],
    ids=str,
)
@pytest.mark.parametrize("names", [(), ("Ä",), ("Ä", "B")], ids=len)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("around", [("", ""), ("\ufeff", "\n"), ("\n ", " \n\n")])
def test_what_json_programs_write_is_continued_as_they_would(
    style: dict[str, Any], names: tuple[str, ...], newline: str, around: tuple[str, str]
) -> None:
    """With a feature to go by, the result is what the program itself would have written."""
    data = collection(*names)
    text = around[0] + json.dumps(data, **style).replace("\n", newline) + around[1]
    changed = insert_feature(text, NEW)
    data["features"].append(NEW if not names else {**NEW, "properties": {
        key: NEW["properties"][key] for key in ("id", "name", "country", "aliases", "source")}})  # fmt: skip
    if names and "indent" not in style:
        assert changed == around[0] + json.dumps(data, **style) + around[1]
    assert json.loads(changed.lstrip("\ufeff")) == data
    if names:
        length = len(changed) - len(text)
        end = text.rindex("}", 0, text.rindex("]")) + 1
        assert changed[:end] == text[:end]
        assert changed[end + length :] == text[end:]
        assert ("\r\n" in changed) == ("\r\n" in text)


def test_keys_of_a_feature_stand_in_the_order_of_the_file() -> None:
    text = (
        '{"features": [{"id": "a", "geometry": {"coordinates": [1, 2], "type": "Point"}, '
        '"properties": {"source": "s", "name": "A"}, "type": "Feature"}], "type": "FeatureCollection"}'
    )
    added = json.loads(insert_feature(text, NEW))["features"][1]
    assert list(added) == ["id", "geometry", "properties", "type"]
    assert added["id"] == "beijing", "where the file has its ids"
    assert list(added["properties"])[:2] == ["source", "name"]
    assert list(added["geometry"]) == ["coordinates", "type"]


def test_ids_that_are_numbers_are_left_to_their_program() -> None:
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": 7, "properties": {"name": "A"}, '
        '"geometry": {"type": "Point", "coordinates": [1, 2]}}]}'
    )
    added = json.loads(insert_feature(text, NEW))["features"][1]
    assert "id" not in added
    assert added["properties"]["id"] == "beijing"


def test_a_point_is_written_as_other_points_are_and_not_as_polygons() -> None:
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    text = (
        '{\n "type": "FeatureCollection",\n "features": [\n'
        '  {\n   "type": "Feature",\n   "properties": {"name": "A"},\n'
        '   "geometry": {"type": "Point", "coordinates": [1, 2]}\n  },\n'
        '  {\n   "type": "Feature",\n   "properties": {"name": "B"},\n'
        '   "geometry": ' + json.dumps(ring, indent=1).replace("\n", "\n   ") + "\n  }\n ]\n}\n"
    )
    assert insert_feature(text, NEW).count("\n") == text.count("\n") + 5


def test_a_file_in_escapes_stays_in_ascii() -> None:
    text = json.dumps(collection("Ä"))
    assert insert_feature(text, NEW).isascii()


@pytest.mark.parametrize("text", ['{"type": "Feature"}', "[]", "3", '{"features": {}}', '"features"'])
def test_a_text_without_a_list_of_features_is_refused(text: str) -> None:
    with pytest.raises(InsertionError):
        insert_feature(text, NEW)


@pytest.mark.parametrize("text", ["", "{", '{"features": [', '{"features": [1', '{"features": [{"a": ]}', "\ufeff"])
def test_a_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the parser's words are not ours
        insert_feature(text, NEW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


FEATURES = st.one_of(JSON, st.builds(lambda value: {"type": "Feature", "properties": value}, JSON))


@given(
    features=st.lists(FEATURES, max_size=4),
    others=st.dictionaries(st.text(max_size=6).filter(lambda key: key != "features"), JSON, max_size=3),
    indent=st.sampled_from([None, 0, 1, 2, "\t"]),
    last=st.booleans(),
)  # fmt: skip
def test_whatever_stands_in_the_file_stays_and_one_is_added(
    features: list[Any], others: dict[str, Any], indent: int | str | None, last: bool
) -> None:
    data = {**others, "features": features} if last else {"features": features, **others}
    changed = insert_feature(json.dumps(data, indent=indent), NEW)
    after = json.loads(changed)
    added = after["features"].pop()
    assert after == data
    assert added["geometry"] == NEW["geometry"]
    written = [*added["properties"].values(), *([added["id"]] if "id" in added else [])]
    assert sorted(map(str, written)) == sorted(map(str, NEW["properties"].values()))
