"""Layers of a GeoDataFrame: what they are made of, what is wrong with them, and what they give a map of Folium's."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path
from typing import Any

import folium
import geopandas
import pytest
from shapely.geometry import LineString, Point, box

import storymap
from storymap.api.layers import FrameLayer
from storymap.drawing.contract import LayersPayload
from storymap.layers import Areas, Lines, Points

GOLDEN = Path(__file__).parents[1] / "golden" / "layers.json"
HOSTILE = "{{ 7*7 }}</script><img src=x onerror=alert(1)>"


def make_frame(**columns: Any) -> geopandas.GeoDataFrame:
    shapes = [box(number, 0, number + 1, 1) for number in range(4)]
    data = {"name": ["Ash", "Birch", "Coal", "Dust"], "price": [10, 20, 30, None], **columns}
    return geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:4326")


def read_layers(layer: FrameLayer) -> tuple[Any, ...]:
    return tuple(layer.payload["layers"])


def read_payload(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="[^"]*_data">(.*?)</script>', page)
    assert found
    payload: dict[str, Any] = json.loads(found[1])
    return payload


def test_a_frame_is_a_layer_with_classes_and_a_key() -> None:
    layer = storymap.layers.Areas.from_geopandas(make_frame(), by="price", palette="oranges", classes=2, unit="CZK")
    assert layer.payload.keys() <= typing.get_type_hints(LayersPayload).keys()
    (areas,) = read_layers(layer)
    assert areas["kind"] == "areas"
    (key,) = areas["keys"]
    assert key["title"] == "price (CZK)"
    assert [entry["text"] for entry in key["entries"]] == ["under 30", "30 and more", "no data"]


def test_the_payload_is_the_golden_one_that_the_browser_s_tests_read(request: pytest.FixtureRequest) -> None:
    layer = Areas.from_geopandas(make_frame(), by="price", classes=2, label="name", popup=["name", "price"])
    written = json.dumps({**layer.payload, "strings": {}}, ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--accept"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_what_stands_under_color_may_stand_by_itself() -> None:
    frame = make_frame()
    short = Areas.from_geopandas(frame, by="price", classes=2)
    assert short.payload == Areas.from_geopandas(frame, color={"by": "price", "classes": 2}).payload
    (plain,) = read_layers(Areas.from_geopandas(frame, color="#336699"))
    assert [paint["fill"] for paint in plain["paints"]] == ["#336699"]


def test_each_class_takes_the_shapes_of_its_kind_in_any_reference_system() -> None:
    shapes: list[Any] = [box(0, 0, 1, 1), LineString([(0, 0), (2, 2)]), Point(14.43, 50.08), None]
    frame = geopandas.GeoDataFrame({"name": list("abcd")}, geometry=shapes, crs="EPSG:4326").to_crs("EPSG:3857")
    with pytest.warns(UserWarning, match="feature 4"):
        point = Points.from_geopandas(frame)
    (feature,) = point.dataset.features
    assert feature.shape.equals_exact(shapes[2], 1e-6)
    with pytest.warns(UserWarning, match="feature 4"):
        assert Lines.from_geopandas(frame).dataset.features[0].values == ("b",)


def test_a_frame_that_names_no_reference_system_is_warned_of() -> None:
    frame = geopandas.GeoDataFrame({"name": ["Ash"]}, geometry=[box(0, 0, 1, 1)])
    with pytest.warns(UserWarning, match=r"from_geopandas\(frame\): warning\[unknown-crs\].*degrees are assumed"):
        assert Areas.from_geopandas(frame).bounds.east == 1


def test_a_layer_is_shown_otherwise_with_the_same_data() -> None:
    first = Areas.from_geopandas(make_frame(later=[1, 2, 3, 4]), by="price", classes=2)
    second = first.with_style(by="later")
    assert second.dataset is first.dataset
    assert (first.fields.color, second.fields.color) != (None, None)
    assert [read_layers(layer)[0]["keys"][0]["title"] for layer in (first, second)] == ["price", "later"]


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ({"by": "prize"}, 'Areas.from_geopandas(by=…): error[unknown-column]: the data has no column "prize"'),
        ({"palete": "oranges"}, 'Areas.from_geopandas(palete=…): error[unknown-key]: unknown key "palete"'),
        ({"color": {"buy": "price"}}, 'Areas.from_geopandas(color.buy=…): error[unknown-key]: unknown key "buy"'),
        ({"width": "thick"}, 'Areas.from_geopandas(width=…): error[wrong-value]: "width" should be a number'),
        ({"where": {"name": "Elm"}}, "Areas.from_geopandas(where=…): error[nothing-shown]"),
    ],
)
def test_a_mistake_is_told_by_the_argument(style: dict[str, Any], told: str) -> None:
    with pytest.raises(storymap.StorymapError) as caught:
        Areas.from_geopandas(make_frame(), **style)
    assert told in str(caught.value)


def test_a_frame_without_such_shapes_is_refused() -> None:
    with pytest.raises(storymap.StorymapError, match=r"the frame has no points\n  help: try Areas\.from_geopandas"):
        Points.from_geopandas(make_frame())


def test_on_a_map_of_folium_s_the_layer_brings_leaflet_along() -> None:
    plain = folium.Map(tiles=None)
    Areas.from_geopandas(make_frame()).add_to(plain)
    Areas.from_geopandas(make_frame()).add_to(plain)
    page = plain.get_root().render()
    assert not re.search(r'(src|href)="[^"]*leaflet(\.min)?\.(js|css)"', page)
    assert page.count("window.storymapLayers=") == 1
    assert plain.get_root().render() == page


def test_no_text_of_the_data_is_a_template_or_markup() -> None:
    frame = make_frame(name=[HOSTILE] * 4)
    layer = Areas.from_geopandas(frame, by="name", title=HOSTILE, tooltip="name")
    plain = folium.Map()
    layer.add_to(plain)
    folium.LayerControl().add_to(plain)
    page = plain.get_root().render()
    assert "<img src=x" not in page
    payload = read_payload(page)
    (shown,) = payload["layers"]
    assert shown["keys"][0]["title"] == HOSTILE
    assert set(payload["data"][0]["columns"][0]["texts"]) == {HOSTILE}
    assert "{{" not in layer.layer_name
    assert "49" not in str(shown["keys"])


def test_a_map_of_folium_s_knows_where_the_layer_lies() -> None:
    plain = folium.Map()
    Areas.from_geopandas(make_frame()).add_to(plain)
    assert plain.get_bounds() == [[0.0, 0.0], [1.0, 4.0]]
