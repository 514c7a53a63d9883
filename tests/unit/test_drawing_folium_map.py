"""Every map is a Folium map: rendered once, with stable ids, asking no other host for anything."""

from __future__ import annotations

import re

import folium
import folium.plugins

from storymap.drawing.figure import render_map
from storymap.drawing.folium_map import StoryMap, draw_map
from storymap.model.place import Bounds
from storymap.model.scene import View

VIEW = View(Bounds(12.0, 48.0, 19.0, 51.0), 6.5)


def test_a_map_is_a_folium_map_with_a_layer_for_each_part() -> None:
    story_map = draw_map(VIEW, ["route", "markers"], max_zoom=10)
    assert isinstance(story_map, folium.Map)
    script = render_map(story_map).script
    assert re.findall(r'storymap\.layer\("(\w+)"', script) == ["basemap", "route", "markers", "inset"]
    assert script.rstrip().endswith('storymap.start(map_1, "storymap-data");')


def test_elements_of_others_need_all_of_leaflet() -> None:
    assert not render_map(draw_map(VIEW, ["markers"], max_zoom=10)).whole
    story_map = draw_map(VIEW, ["markers"], max_zoom=10)
    folium.CircleMarker((50.08, 14.43)).add_to(story_map)
    assert render_map(story_map).whole


def test_a_rendered_map_is_the_same_every_time() -> None:
    assert render_map(draw_map(VIEW, max_zoom=10)) == render_map(draw_map(VIEW, max_zoom=10))


def test_a_map_can_be_rendered_again_after_something_was_added() -> None:
    story_map = draw_map(VIEW, max_zoom=10)
    render_map(story_map)
    folium.CircleMarker((50.08, 14.43)).add_to(story_map)
    parts = render_map(story_map)
    assert parts.added.count("L.circleMarker") == 1
    assert parts.script.rstrip().endswith('storymap.start(map_1, "storymap-data");')


def test_a_map_that_is_rendered_again_makes_nothing_twice() -> None:
    story_map = draw_map(VIEW, max_zoom=10)
    folium.plugins.HeatMap([(50, 14, 1)]).add_to(story_map)
    folium.GeoJson({"type": "Point", "coordinates": [14, 50]}, tooltip="here").add_to(story_map)
    figure = story_map.get_root()
    assert isinstance(figure, folium.Figure)
    figure.script.add_child(folium.Element("given();"))
    first, second = render_map(story_map).added, render_map(story_map).added
    for text in ("L.heatLayer(", "heat_map_4.addTo(", "geo_json_5.addTo(", ".bindTooltip(", "given();"):
        assert first.count(text) == second.count(text) == 1, text


def test_layers_to_keep_in_front_are_raised_when_another_comes() -> None:
    story_map = draw_map(VIEW, max_zoom=10)
    ring = folium.FeatureGroup()
    ring.add_to(story_map)
    story_map.keep_in_front(ring)
    assert f'.on("overlayadd", () => {{ {ring.get_name()}' not in render_map(draw_map(VIEW, max_zoom=10)).added
    added = render_map(story_map).added
    assert f'map_1.on("overlayadd", () => {{ {ring.get_name()}.bringToFront(); }})' in added


def test_nothing_is_loaded_from_elsewhere() -> None:
    parts = render_map(draw_map(VIEW, max_zoom=10))
    assert parts.elsewhere == ()
    assert "http" not in parts.html + parts.head + parts.script


def test_elements_that_load_from_elsewhere_are_named() -> None:
    story_map = draw_map(VIEW, max_zoom=10)
    folium.plugins.MarkerCluster().add_to(story_map)
    parts = render_map(story_map)
    assert parts.elsewhere
    assert all(address.startswith("https://") and address in parts.added for address in parts.elsewhere)
    assert "https://" not in parts.head


def test_folium_own_elements_get_stable_ids_too() -> None:
    def render() -> str:
        story_map = draw_map(VIEW, max_zoom=10)
        folium.Marker((50.08, 14.43), popup=folium.Popup("Prague"), tooltip="here").add_to(story_map)
        return render_map(story_map).added

    assert render() == render()
    assert not re.search(r"_[0-9a-f]{32}", render())


def test_folium_lists_of_assets_are_left_alone() -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    render_map(draw_map(VIEW, max_zoom=10))
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before
    assert StoryMap.default_js == StoryMap.default_css == []


def test_a_map_across_180_degrees_is_centred_on_its_view() -> None:
    story_map = StoryMap(View(Bounds(170.0, -20.0, -170.0, -10.0), 5.0), max_zoom=10)
    assert list(story_map.location) == [-15.0, 180.0]
