"""Streets of the author's own extract: from disk, on the canvas of the map, in both schemes, with their names."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"
STORY = """---
title: The quay
---

## From afar
place: 50.0048, 14.0045

Far.

## The museum
place: 50.0048, 14.0045
zoom: 15

Close.
"""
NOTE = """
window.names = [];
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
  names.push(text);
  return fillText.call(this, text, ...at);
};
"""
REST = "() => document.querySelector('.map-window')?.childElementCount === 0 && !map_1._flyToFrame"
COLOUR = """([lat, lng]) => {
  const canvas = document.querySelector("canvas.basemap");
  const at = map_1.latLngToContainerPoint([lat, lng]);
  const { left, top } = map_1.getContainer().getBoundingClientRect();
  const box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const pixel = [(at.x + left - box.left) * ratio, (at.y + top - box.top) * ratio];
  return [...canvas.getContext("2d").getImageData(...pixel, 1, 1).data].slice(0, 3);
}"""
MUSEUM, SEA, STREET = (50.0046, 14.0057), (50.0050, 14.0154), (50.0036, 14.0080)


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quay")
    (folder / "stories").mkdir()
    (folder / "stories" / "quay.md").write_text(STORY, "utf-8")
    (folder / "storymap.toml").write_text('title = "Quay"\n', "utf-8")
    (folder / "streets").mkdir()
    shutil.copy(QUAY, folder / "streets")
    project = load_project(folder)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


@pytest.mark.parametrize("form", ["site", "single files"])
def test_streets_are_drawn_and_named_from_disk_in_both_schemes(
    open_page: OpenPage, quay: Path, in_form: Callable[..., Path], form: str
) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.add_init_script(NOTE)
    page.goto(f"{(in_form(form, quay) / 'quay.html').as_uri()}#the-museum")
    page.wait_for_function(REST)
    page.wait_for_function("() => names.includes('Quay Street')")
    red, green, _ = page.evaluate(COLOUR, MUSEUM)
    assert red > green + 60, "the building of the step is in the accent"
    assert page.evaluate(COLOUR, SEA) == [183, 205, 216]
    assert page.evaluate(COLOUR, STREET) == [253, 235, 186]
    assert "Museum" in page.evaluate("names"), "the building under the marker is named beside it"
    assert "$(rm -rf) {{ 7*7 }} ]]>" in page.evaluate("names")
    assert "© OpenStreetMap contributors, ODbL" in page.locator(".leaflet-control-attribution").inner_text()
    assert "approximate" not in page.locator(".leaflet-control-attribution").inner_text()
    assert page.locator(".metre-grid").count() == 0
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"at => ({COLOUR})(at)[0] < 150", arg=STREET)
    assert page.evaluate(COLOUR, SEA) == [15, 26, 33]
