"""Layers of a GeoDataFrame on maps of Folium's own, as a notebook shows them, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import folium
import geopandas
import pytest
from playwright.sync_api import FrameLocator, Page, expect
from shapely.geometry import Point, box

from storymap import Step, Story
from storymap.layers import Areas, Points

pytestmark = pytest.mark.browser


@pytest.fixture
def open_offline(
    open_page: Callable[..., tuple[Page, Any]], tmp_path: Path
) -> Iterator[Callable[[folium.Map], tuple[Page, FrameLocator, list[str]]]]:
    """Show a map in the frame of a notebook without a network; gives the page, the frame, and what failed in it.

    Folium's own maps ask other hosts for what they load by themselves, which is no mistake here.
    """
    watches = []

    def show(drawn: folium.Map) -> tuple[Page, FrameLocator, list[str]]:
        file = tmp_path / "notebook.html"
        file.write_text(f"<!doctype html><body>{drawn._repr_html_()}</body>", encoding="utf-8")
        page, watch = open_page(offline=True)
        watches.append(watch)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(file.as_uri())
        return page, page.frame_locator("iframe"), errors

    yield show
    for watch in watches:
        watch.strangers.clear()
        watch.complaints.clear()


def make_frame() -> geopandas.GeoDataFrame:
    shapes = [box(12 + 2 * number, 48, 14 + 2 * number, 51) for number in range(3)]
    data = {"name": ["Ash", "Birch", "{{ 7*7 }}"], "price": [10.0, 20.0, 30.0]}
    return geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:4326")


def test_a_notebook_shows_areas_on_a_map_of_folium_s(
    open_offline: Callable[[folium.Map], tuple[Page, FrameLocator, list[str]]],
) -> None:
    drawn = folium.Map((49.5, 15), zoom_start=6)
    areas = Areas.from_geopandas(
        make_frame(), by="price", classes=3, palette="oranges", tooltip="name", popup=["name", "price"]
    )
    areas.add_to(drawn)
    folium.Marker((49.5, 15), popup="A marker of Folium's own").add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    page, frame, errors = open_offline(drawn)
    paths = frame.locator("path.data-areas:not(.is-hidden)")
    expect(paths).to_have_count(3)
    assert len({path.get_attribute("fill") for path in paths.all()}) == 3
    expect(frame.locator(".map-key")).to_contain_text("price")
    paths.nth(2).hover()
    expect(frame.locator(".feature-hint")).to_have_text("{{ 7*7 }}")
    paths.first.click(position={"x": 10, "y": 10})
    expect(frame.locator(".feature-card")).to_contain_text("Ash")
    frame.locator(".leaflet-marker-icon").click()
    expect(frame.get_by_text("A marker of Folium's own")).to_be_visible()
    toggle = frame.locator(".leaflet-control-layers input[type=checkbox]")
    toggle.uncheck()
    expect(frame.locator("path.data-areas")).to_have_count(0)
    expect(frame.locator(".map-key")).to_have_count(0)
    toggle.check()
    expect(paths).to_have_count(3)
    assert errors == []
    page.close()


def test_two_layers_stand_on_one_map(
    open_offline: Callable[[folium.Map], tuple[Page, FrameLocator, list[str]]],
) -> None:
    drawn = folium.Map((49.5, 15), zoom_start=6)
    frame = make_frame()
    Areas.from_geopandas(frame, color="#ddccaa").add_to(drawn)
    spots = frame.set_geometry([Point(13, 49.5), Point(15, 49.5), Point(17, 49.5)])
    Points.from_geopandas(spots, size="price").add_to(drawn)
    page, shown, errors = open_offline(drawn)
    expect(shown.locator("path.data-areas")).to_have_count(3)
    expect(shown.locator("path.data-points")).to_have_count(3)
    expect(shown.locator(".map-key")).to_have_count(2)
    assert errors == []
    page.close()


def test_a_story_that_is_written_in_python_opens_from_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Callable[..., tuple[Page, object]]
) -> None:
    monkeypatch.chdir(tmp_path)
    prices = Areas.from_geopandas(make_frame(), by="price", classes=3, popup=["name", "price"])
    steps = [Step("The prices", "They *rose*.", layers=[prices]), Step("The town", place="Prague", layers=[])]
    Story("Heat", steps).save("site")
    page, _ = open_page()
    page.goto((tmp_path / "site" / "heat.html").as_uri())
    paths = page.locator("path.data-areas:not(.is-hidden)")
    expect(paths).to_have_count(3)
    page.locator("#the-town").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)
    expect(paths).to_have_count(0)


def test_a_layer_stands_on_the_map_of_a_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Callable[..., tuple[Page, object]]
) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = Story("Heat", [Step("The town", place="Prague")]).map()
    Areas.from_geopandas(make_frame(), by="price", classes=3).add_to(drawn)
    (tmp_path / "notebook.html").write_text(f"<!doctype html><body>{drawn._repr_html_()}</body>", encoding="utf-8")
    page, _ = open_page()
    page.goto((tmp_path / "notebook.html").as_uri())
    expect(page.frame_locator("iframe").locator("path.data-areas:not(.is-hidden)")).to_have_count(3)
