"""What an author wrote of a layer, and the data → how its features look, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from storymap.errors import Location, Report
from storymap.model.data import Column, Dataset, Feature, Value
from storymap.model.layer import Areas, DataLayer, Lines, Points
from storymap.model.sign import NO_SIGNS, Sign, SignColors
from storymap.reading.layer_fields import LayerFields
from storymap.symbology.design import design_layers
from storymap.symbology.palettes import DISTINCT, PALETTES, SAFE_INSTEAD

COLUMNS = (Column("name"), Column("price", unit="CZK"), Column("kind"), Column("mixed"), Column("empty"))
ROWS: tuple[tuple[Value, ...], ...] = (
    ("Ash", 10.0, "wood", 1.0, None),
    ("Birch", 20.0, "wood", "n/a", None),
    ("Coal", 30.0, "stone", 3.0, None),
    ("Dust", None, None, 4.0, None),
    ("Elm", 50.0, "wood", 5.0, None),
)
AREAS = Dataset(
    "things", COLUMNS, tuple(Feature(box(number, 0, number + 1, 1), row) for number, row in enumerate(ROWS))
)
POINTS = Dataset("spots", COLUMNS, tuple(Feature(Point(number, 0), row) for number, row in enumerate(ROWS)))


def locate(*path: object) -> Location:
    return Location("a.md/" + "/".join(map(str, path)), 1)


def design(
    fields: dict[str, Any], dataset: Dataset = AREAS, lang: str = "en", signs: Mapping[str, Sign] = NO_SIGNS
) -> tuple[DataLayer, ...]:
    report = Report()
    written = LayerFields.model_validate({"from": "x", **fields})
    layers = design_layers("things", dataset, written, signs=signs, lang=lang, at=locate, report=report)
    assert report.problems == []
    return layers


def refuse(fields: dict[str, Any], dataset: Dataset = AREAS) -> list[tuple[str, str, str, str]]:
    report = Report()
    design_layers(
        "things", dataset, LayerFields.model_validate({"from": "x", **fields}), lang="en", at=locate, report=report
    )
    return [(found.code, found.at.path.removeprefix("a.md/"), found.message, found.help) for found in report.problems]


def test_a_layer_without_fields_has_one_colour_and_its_own_name() -> None:
    (layer,) = design({})
    assert isinstance(layer, Areas)
    assert (layer.title, len(layer.classes), set(layer.class_of)) == ("things", 1, {0})


def test_each_kind_of_shape_is_a_layer() -> None:
    shapes = (Point(0, 0), LineString([(0, 0), (1, 1)]), box(0, 0, 1, 1), MultiPolygon([box(5, 5, 6, 6)]))
    dataset = Dataset("mixed", (), tuple(map(Feature, shapes)))
    layers = design({}, dataset)
    assert [(type(layer), layer.shown) for layer in layers] == [(Areas, (2, 3)), (Lines, (1,)), (Points, (0,))]


def test_numbers_are_put_into_classes_and_what_has_none_is_quiet() -> None:
    (layer,) = design({"color": {"by": "price", "classes": 2}})
    assert [one.text for one in layer.classes] == ["under 30", "30 and more", "no data"]
    assert layer.class_of == (0, 0, 1, 2, 1)
    assert (layer.title, layer.unit) == ("price", "CZK")
    assert layer.classes[0].color != layer.classes[1].color


def test_breaks_of_the_author_s_own_are_kept_even_where_a_class_is_empty() -> None:
    (layer,) = design({"color": {"by": "price", "breaks": [5, 15, 40], "palette": "Oranges"}})
    assert [one.text for one in layer.classes] == ["under 5", "5 – 15", "15 – 40", "40 and more", "no data"]
    assert layer.class_of == (1, 2, 2, 4, 3)


def test_a_palette_is_turned_round() -> None:
    (layer,) = design({"color": {"by": "price", "classes": 3}})
    (turned,) = design({"color": {"by": "price", "classes": 3, "reverse": True}})
    assert [one.color for one in turned.classes[:3]] == [one.color for one in layer.classes[2::-1]]


def test_numbers_of_the_key_are_written_in_the_language_and_format_of_the_author() -> None:
    (layer,) = design({"color": {"by": "price", "breaks": [12.5, 30], "unit": "Kč"}}, lang="cs")
    assert [one.text for one in layer.classes] == ["méně než 12,5", "12,5 – 30,0", "30,0 a více", "bez údajů"]
    assert layer.unit == "Kč"
    (layer,) = design({"color": {"by": "price", "breaks": [12.5, 30], "format": "0"}})
    assert layer.classes[1].text == "12 – 30"


def test_texts_are_categories_without_being_told() -> None:
    (layer,) = design({"color": {"by": "kind"}})
    assert [one.text for one in layer.classes] == ["stone", "wood", "no data"]
    assert layer.class_of == (1, 1, 0, 2, 1)


def test_a_category_keeps_its_colour_where_others_are_not_shown() -> None:
    (whole,) = design({"color": {"by": "kind"}})
    (part,) = design({"color": {"by": "kind"}, "where": {"kind": "wood"}})
    assert part.classes == (whole.classes[1],)
    assert part.shown == (0, 1, 4)


def test_features_are_chosen_by_text_and_by_number() -> None:
    assert design({"where": {"price": ["10", "50.0"]}})[0].shown == (0, 4)
    assert design({"where": {"name": ["Ash", "Coal"], "kind": "wood"}})[0].shown == (0,)


def test_the_area_of_circles_is_in_proportion_and_the_largest_lie_below() -> None:
    (layer,) = design({"size": {"by": "price", "max": 20}}, POINTS)
    assert layer.shown == (4, 2, 1, 0)
    assert layer.radii[0] == 20
    assert [round(radius**2 / 8) for radius in layer.radii] == [50, 30, 20, 10]
    assert [size.text for size in layer.sizes] == ["50", "10", "2"]
    assert layer.sizes[0].radius == 20


def test_areas_with_sizes_become_circles_within_them() -> None:
    bent = Polygon([(0, 0), (10, 0), (10, 10), (9, 10), (9, 1), (0, 1)])
    dataset = Dataset("bent", (Column("n"),), (Feature(bent, (4.0,)),))
    (layer,) = design({"size": {"by": "n"}}, dataset)
    assert isinstance(layer, Points)
    assert bent.contains(layer.features[0].shape)
    assert layer.dataset.id != dataset.id


@pytest.mark.parametrize(
    ("written", "color"), [("#ABC", "#aabbcc"), ("#b3541e", "#b3541e"), ("firebrick", "#b22222"), ("Gold", "#ffd700")]
)
def test_a_colour_may_be_written_in_each_usual_way(written: str, color: str) -> None:
    assert design({"color": written})[0].classes[0].color == color


@pytest.mark.parametrize(
    ("fields", "code", "at"),
    [
        ({"color": {"by": "prise"}}, "unknown-column", "color/by"),
        ({"label": "nam"}, "unknown-column", "label"),
        ({"where": {"kin": "wood"}}, "unknown-column", "where/kin"),
        ({"color": {"by": "name", "classes": 3}}, "text-column", "color/by"),
        ({"color": {"by": "mixed"}}, "mixed-column", "color/by"),
        ({"color": {"by": "empty"}}, "empty-column", "color/by"),
        ({"color": {"by": "empty", "scheme": "categories"}}, "empty-column", "color/by"),
        ({"color": {"by": "price", "breaks": [20, 10]}}, "bad-breaks", "color/breaks"),
        ({"color": {"by": "price", "scheme": "breaks"}}, "bad-breaks", "color/scheme"),
        ({"color": {"by": "price", "classes": 30}}, "bad-classes", "color/classes"),
        ({"color": {"by": "price", "breaks": list(range(20))}}, "bad-classes", "color/breaks"),
        ({"color": {"by": "price", "palette": "orange"}}, "unknown-palette", "color/palette"),
        ({"color": {"by": "price", "scheme": "quantile"}}, "unknown-scheme", "color/scheme"),
        ({"color": {"by": "price", "palette": "RdYlGn"}}, "unsafe-palette", "color/palette"),
        ({"color": {"by": "price", "format": "zero"}}, "bad-format", "color/format"),
        ({"color": "javascript:alert(1)"}, "bad-color", "color"),
        ({"opacity": 80}, "bad-look", "opacity"),
        ({"width": -1}, "bad-look", "width"),
        ({"dash": "4 x"}, "bad-look", "dash"),
        ({"where": {"kind": "glass"}}, "nothing-shown", "where/kind"),
    ],
)
def test_a_mistake_is_told_where_it_is_written(fields: dict[str, Any], code: str, at: str) -> None:
    ((found, where, _, advice),) = refuse(fields)
    assert (found, where) == (code, at)
    assert advice


def test_the_nearest_name_is_suggested() -> None:
    assert refuse({"color": {"by": "prise"}})[0][3] == 'did you mean "price"?'
    assert refuse({"color": {"by": "price", "palette": "orange"}})[0][3] == 'did you mean "oranges"?'
    assert refuse({"color": {"by": "xyz"}})[0][3] == "it has name, price, kind, mixed, empty"


def test_the_text_among_numbers_is_named() -> None:
    assert refuse({"color": {"by": "mixed"}})[0][2] == 'the column "mixed" has texts among its numbers, such as "n/a"'


def test_too_many_categories_are_refused() -> None:
    features = tuple(Feature(Point(number, 0), (f"kind {number}",)) for number in range(13))
    dataset = Dataset("many", (Column("kind"),), features)
    assert refuse({"color": {"by": "kind"}}, dataset)[0][:2] == ("too-many-categories", "color/by")
    few = Dataset("some", (Column("kind"),), features[:10])
    assert "paired" in refuse({"color": {"by": "kind"}}, few)[0][3]


def test_sizes_below_zero_are_told_and_left_out() -> None:
    dataset = Dataset("change", (Column("n"),), (Feature(Point(0, 0), (4.0,)), Feature(Point(1, 0), (-4.0,))))
    ((code, where, *_),) = refuse({"size": {"by": "n"}}, dataset)
    assert (code, where) == ("negative-size", "size/by")


SIGNS = {
    "stone": Sign("Quarries", "", SignColors("#7a3b8f", "#ffffff"), SignColors("#c08ad2", "#000000")),
    "glass": Sign("Glass", "", SignColors("#123456", "#ffffff"), SignColors("#abcdef", "#000000")),
}


def test_values_that_are_categories_of_the_settings_have_their_colours_and_titles() -> None:
    (layer,) = design({"color": {"by": "kind"}}, POINTS, signs=SIGNS)
    assert [(one.text, one.color) for one in layer.classes[:2]] == [
        ("Quarries", "#7a3b8f"),
        ("wood", DISTINCT.pick(1)[0]),
    ]
    assert layer.class_of[2] == 0


def test_a_palette_of_its_own_has_a_layer_go_without_them() -> None:
    fields = {"color": {"by": "kind", "palette": "Dark2"}}
    assert design(fields, POINTS, signs=SIGNS) == design(fields, POINTS)


def test_palettes_are_those_that_branca_has() -> None:
    for palette in PALETTES.values():
        for count in range(1, palette.most + 1):
            colors = palette.pick(count)
            assert len(set(colors)) == count
            assert all(len(color) == 7 for color in colors)
    assert {PALETTES[name.lower()].safe for name in SAFE_INSTEAD.values()} <= {8, 9}
