"""Layers of the author's data: what their key explains, what is told of them in words, and their tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import Point, box

from storymap.basemap.arcs import unpack_arcs, unpack_rings
from storymap.basemap.natural_earth import read_cell
from storymap.errors import Location, Report
from storymap.language.words import interface_words
from storymap.layers import packing, tables
from storymap.layers.datasets import list_shown, write_data
from storymap.layers.kinds import draw
from storymap.layers.tables import list_tables
from storymap.layers.values import say_column
from storymap.model.data import Column, Dataset, Feature
from storymap.model.layer import DataLayer
from storymap.model.place import Bounds
from storymap.model.scene import Scene, View
from storymap.reading.layer_fields import LayerFields
from storymap.symbology.design import design_layers

COLUMNS = (Column("name"), Column("price", unit="CZK"), Column("people"), Column("kind"))
ROWS = (
    ("Ash 10", 512.5, 20_000.0, "wood"),
    ("Ash 9", None, 1_000.0, "wood"),
    ("Coal", 498.0, 2_500.0, "stone"),
)
AREAS = Dataset("a", COLUMNS, tuple(Feature(box(number, 0, number + 1, 1), row) for number, row in enumerate(ROWS)))
POINTS = Dataset("p", COLUMNS, tuple(Feature(Point(number, 0), row) for number, row in enumerate(ROWS)))
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


def design(fields: dict[str, Any], dataset: Dataset = AREAS, lang: str = "en") -> DataLayer:
    (layer,) = design_layers(
        "things",
        dataset,
        LayerFields.model_validate({"from": "x", **fields}),
        lang=lang,
        at=lambda *_: Location("a.md"),
        report=Report(),
    )
    return layer


def show(*layers: DataLayer) -> Scene:
    return Scene(View(Bounds(0, 0, 3, 1), 6.0), layers)


# The key


def test_a_layer_of_one_colour_is_explained_by_its_title() -> None:
    ((key,),) = [draw(design({"title": "Woods"})).keys("en")]
    assert (key.title, [entry.text for entry in key.entries]) == ("", ["Woods"])


def test_classes_are_explained_with_their_unit_in_the_colours_of_the_map() -> None:
    layer = design({"color": {"by": "price", "classes": 2}})
    (key,) = draw(layer).keys("en")
    assert key.title == "price (CZK)"
    assert [entry.text for entry in key.entries] == ["under 500", "500 and more", "no data"]
    assert [entry.paint.fill for entry in key.entries] == [one.color for one in layer.classes]


def test_a_unit_in_the_name_of_a_column_is_said_once() -> None:
    dataset = Dataset("m", (Column("height (m)", "m"),), (Feature(box(0, 0, 1, 1), (3.0,)),))
    layer = design({"color": {"by": "height (m)"}}, dataset)
    assert draw(layer).keys("en")[0].title == "height (m)"
    (table,) = list_tables([show(layer)], "en")
    assert table.columns[0].name == "height (m)"


def test_colours_and_sizes_are_explained_apart() -> None:
    colors, sizes = draw(design({"color": {"by": "kind"}, "size": {"by": "people"}}, POINTS)).keys("en")
    assert [entry.text for entry in colors.entries] == ["stone", "wood"]
    assert (sizes.title, [entry.text for entry in sizes.entries]) == ("people", ["20,000", "5000", "1000"])
    assert [entry.radius for entry in sizes.entries] == sorted((entry.radius for entry in sizes.entries), reverse=True)


# Words


def test_the_lowest_and_the_highest_are_told_by_name() -> None:
    (told,) = draw(design({"color": {"by": "price"}, "label": "name", "title": "Price of heat"})).sentences("en")
    assert told == "Price of heat: from 498.0 CZK (Coal) to 512.5 CZK (Ash 10); without data: 1"


def test_categories_are_told_with_how_many_there_are() -> None:
    (told,) = draw(design({"color": {"by": "kind"}})).sentences("en")
    assert told == "kind: wood (2), stone (1)"


def test_sizes_are_told_where_no_column_decides_the_colour() -> None:
    (told,) = draw(design({"size": {"by": "people"}}, POINTS)).sentences("cs")
    assert told == "people: od 1000 (Ash 9) do 20\N{NO-BREAK SPACE}000 (Ash 10)"


def test_a_layer_of_one_colour_is_told_by_its_title() -> None:
    drawn = draw(design({"title": "Woods"}))
    assert (drawn.sentences("en"), drawn.names("en")) == ((), ("Woods",))


# Tables


def test_a_table_has_what_the_maps_show_in_the_order_of_names() -> None:
    scenes = [
        show(design({"color": {"by": "price"}, "label": "name"})),
        show(design({"size": {"by": "people"}, "title": "People"})),
    ]
    (table,) = list_tables(scenes, "en")
    assert table.title == "price"
    assert [column.name for column in table.columns] == ["name", "price (CZK)", "people"]
    assert [column.is_number for column in table.columns] == [False, True, True]
    assert [(row.name, *(cell.text for cell in row.cells)) for row in table.rows] == [
        ("Ash 9", "no data", "1000"),
        ("Ash 10", "512.5", "20,000"),
        ("Coal", "498.0", "2500"),
    ]
    assert table.more == ""


def test_a_long_table_says_how_many_rows_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    (table,) = list_tables([show(design({"label": "name"}))], "en")
    assert len(table.rows) == 2
    assert table.more == "Rows not shown: 1"


def test_what_decides_the_colours_names_no_row_where_another_column_can() -> None:
    (table,) = list_tables([show(design({"color": {"by": "kind"}, "tooltip": "kind"}))], "en")
    assert [(row.name, *(cell.text for cell in row.cells)) for row in table.rows] == [
        ("Ash 9", "wood"),
        ("Ash 10", "wood"),
        ("Coal", "stone"),
    ]


def test_numbers_that_a_chosen_feature_tells_name_no_row_where_a_text_can() -> None:
    layer = design({"color": {"by": "price"}, "popup": ["people", "price"]})
    (table,) = list_tables([show(layer)], "en")
    assert [column.name for column in table.columns] == ["name", "price (CZK)", "people"]
    assert [row.name for row in table.rows] == ["Ash 9", "Ash 10", "Coal"]
    assert "Ash 10" in draw(layer).sentences("en")[0]


def test_rows_without_names_that_say_the_same_are_one() -> None:
    kinds = Dataset(
        "k", (Column("kind"),), tuple(Feature(box(n, 0, n + 1, 1), (row[3],)) for n, row in enumerate(ROWS))
    )
    (table,) = list_tables([show(design({"color": {"by": "kind"}}, kinds))], "en")
    assert [row.name for row in table.rows] == ["stone", "wood"]


def test_columns_are_called_as_their_author_says_wherever_readers_see_them() -> None:
    layer = design({"label": "name", "color": {"by": "price"}, "columns": {"name": "Název", "price": "Cena"}})
    (table,) = list_tables([show(layer)], "cs")
    assert [column.name for column in table.columns] == ["Název", "Cena (CZK)"]
    assert layer.title == "Cena"
    (payload,) = write_data(list_shown([show(layer)]), "cs")
    assert [column["name"] for column in payload["columns"]] == ["Název"]


def test_a_name_for_a_column_that_is_not_there_is_a_mistake() -> None:
    report = Report()
    fields = LayerFields.model_validate({"from": "x", "columns": {"prise": "Price"}})
    design_layers("a", AREAS, fields, lang="en", at=lambda *_: Location("a.md", 7), report=report)
    (problem,) = report.problems
    assert (problem.code, problem.at.line, problem.help) == ("unknown-column", 7, 'did you mean "price"?')


# Payload


def test_the_browser_gets_the_columns_that_are_told_and_the_features_that_are_shown() -> None:
    layer = design({"where": {"kind": "wood"}, "tooltip": "name", "color": {"by": "price"}})
    ((shown,),) = [list_shown([show(layer)])]
    (payload,) = write_data([shown], "en")
    assert payload["columns"] == [{"name": "name", "texts": ["Ash 10", "Ash 9", ""]}]
    assert payload["counts"] == [1, 1, 0]
    assert "middles" not in payload


def test_names_on_the_map_have_a_place() -> None:
    (payload,) = write_data(list_shown([show(design({"label": "name"}))]), "en")
    assert payload["middles"]


def test_countries_seen_from_afar_are_those_of_the_ground() -> None:
    world = read_cell(0, 0, 0)
    assert world
    assert "TV" not in world.codes, "the ground of the world is too coarse for it"
    dataset = replace(AREAS, codes=("AU", "TV", "NZ"))
    layer, far = design({}, dataset), View(Bounds(-170, -60, 170, 70), 2.0)
    (payload,) = write_data(list_shown([Scene(far, (layer,))]), "en", has_ground=True)
    behind = len(world.arcs)
    rings = unpack_rings(payload["runs"])
    end = len(world.country("AU"))
    assert payload["grounded"]
    assert payload["counts"] == [end, 1, len(world.country("NZ"))]
    assert rings[:end] == [list(ring) for ring in world.country("AU")]
    assert [number - behind for number in rings[end]] == [*range(len(unpack_arcs(payload["arcs"])))], "its own box"
    assert rings[end + 1 :] == [list(ring) for ring in world.country("NZ")]
    near = Scene(View(far.bounds, 4.0), (layer,))
    for told in ([Scene(far, (layer,)), near], [near]):
        assert "grounded" not in write_data(list_shown(told), "en", has_ground=True)[0], "there it is cut into cells"
    assert "grounded" not in write_data(list_shown([Scene(far, (layer,))]), "en")[0]


def test_numbers_of_a_column_have_the_same_decimals() -> None:
    assert say_column(AREAS, 1, "en") == ("512.5", "", "498.0")


def test_hostile_values_stay_the_text_that_they_are() -> None:
    dataset = Dataset("h", (Column("name"),), (Feature(box(0, 0, 1, 1), (HOSTILE,)),))
    layer = design({"label": "name", "color": {"by": "name"}}, dataset)
    (key,) = draw(layer).keys("en")
    assert key.entries[0].text == HOSTILE
    assert draw(layer).sentences("en") == (f"name: {HOSTILE} (1)",)
    assert write_data(list_shown([show(layer)]), "en")[0]["columns"][0]["texts"] == [HOSTILE]


@pytest.mark.parametrize("lang", ["en", "cs", "de", "es", "fr", "ja", "zh", "ar", "he", "pl", "uk"])
def test_the_key_is_told_in_every_language(lang: str) -> None:
    words = interface_words(lang).page
    layer = design({"color": {"by": "price", "breaks": [500, 510]}}, lang=lang)
    assert layer.classes[-1].text == words["no_data"]
    assert all("{" not in one.text for one in layer.classes)
    assert "{" not in draw(layer).sentences(lang)[0]


def test_a_layer_that_is_too_much_for_a_page_is_told_where_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_POINTS", 3)
    report, named = Report(), Location("stories/a.md", 4, 10)
    dataset = Dataset("many", (), tuple(Feature(Point(number, 0).buffer(0.4)) for number in range(2)), at=named)
    write_data(list_shown([show(design({}, dataset))]), "en", report)
    (problem,) = report.problems
    assert (problem.code, problem.at) == ("heavy-layer", named)
    told = r'the layer "many" has (\d+) points .*, and is drawn more coarsely with (\d+), which are \d+ kB'
    found = re.fullmatch(told, problem.message)
    assert found
    assert int(found[1]) > int(found[2])
