"""The plugins that the package carries stand for what Folium's elements name: by name, in versions that fit."""

from __future__ import annotations

import re

import folium.plugins
import pytest
from branca.element import Element

from storymap.drawing.plugins import NEEDLESS, find_plugin, list_plugins, read_plugin

CDN = "https://cdnjs.cloudflare.com/ajax/libs"


@pytest.mark.parametrize(
    "element",
    [
        folium.plugins.MarkerCluster,
        folium.plugins.FastMarkerCluster,
        folium.plugins.HeatMap,
        folium.plugins.MiniMap,
        folium.plugins.Fullscreen,
        folium.plugins.TimestampedGeoJson,
        folium.plugins.MeasureControl,
    ],
)
def test_all_that_a_common_element_loads_is_carried(element: type[Element]) -> None:
    asked = [*getattr(element, "default_js", ()), *getattr(element, "default_css", ())]
    assert asked
    assert [address for _, address in asked if address not in NEEDLESS and find_plugin(address) is None] == []


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (f"{CDN}/d3/3.5.5/d3.min.js", "d3/d3.js"),
        (f"{CDN}/d3/4.2.0/d3.min.js", None),
        ("https://cdn.jsdelivr.net/npm/d3@3.5.17/d3.js", "d3/d3.js"),
        ("//unpkg.com/leaflet.markercluster/dist/MarkerCluster.css", "leaflet.markercluster/MarkerCluster.css"),
        ("https://unpkg.com/leaflet.markercluster@2.0.0/dist/MarkerCluster.css", None),
        ("https://example.org/jquery.min.js", None),
        (f"{CDN}/moment.js/2.18.1/moment.min.js", "moment/moment.js"),
        (f"{CDN}/another/2.18.1/moment.min.js", None),
        ("vendor/d3/3.5.5/d3.min.js", None),
    ],
)
def test_a_file_stands_for_its_library_in_versions_that_fit(address: str, file: str | None) -> None:
    assert find_plugin(address) == file


def test_no_carried_stylesheet_loads_anything() -> None:
    styles = [read_plugin(plugin.file).decode() for plugin in list_plugins() if plugin.file.endswith(".css")]
    assert styles
    loads = [part for style in styles for part in style.replace("'", "").replace('"', "").split("url(")[1:]]
    assert [part[:40] for part in loads if not part.startswith("data:")] == []
    assert not any("@import" in style for style in styles)


def test_what_is_mended_in_a_plugin_is_mended() -> None:
    clusters = read_plugin("leaflet.markercluster/leaflet.markercluster.js").decode()
    assert clusters.count("Math.floor(this._group._map.getMinZoom())") == clusters.count("_group._map.getMinZoom()") > 0
    assert "@font-face" not in read_plugin("leaflet-timedimension/leaflet.timedimension.control.css").decode()


def test_what_is_needless_is_named_by_folium_and_used_by_nothing_of_it() -> None:
    named = [*folium.plugins.TimestampedGeoJson.default_js, *folium.plugins.TimestampedGeoJson.default_css]
    assert set(NEEDLESS) <= {address for _, address in named}
    player = read_plugin("leaflet-timedimension/leaflet.timedimension.js").decode()
    assert not re.search(r"jQuery|[^\w.]\$\(|[^\w]\$\.|hljs", player)
