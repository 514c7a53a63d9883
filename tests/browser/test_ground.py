"""A map of another time: borders and names of today come and go with the steps."""

from __future__ import annotations

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

STORY = """---
title: Then and now
---

## Now
bounds: [9, 47, 20, 53]

All.

## Then
ground: {borders: none, names: none}

Nothing.

## Still then
ground: {names: water}
bounds: [-15, 34, 30, 60]

Waters.

## Now again
ground: {borders: all, names: all}

All.
"""
NOTE = """
// What the canvases of the map paint since they were last cleared: they tell nobody what is on them.
window.names = []; window.strokes = [];
const { setTransform, fillText, fillRect, stroke } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.setTransform = function (...all) {
  if (this.canvas.className.includes("map-labels")) names = [];
  return setTransform.apply(this, all);
};
CanvasRenderingContext2D.prototype.fillRect = function (...all) {
  if (!this.canvas.closest(".inset")) strokes = [];
  return fillRect.apply(this, all);
};
CanvasRenderingContext2D.prototype.stroke = function (...all) {
  if (!this.canvas.closest(".inset")) strokes.push(this.strokeStyle);
  return stroke.apply(this, all);
};
CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
  names.push(text);
  return fillText.call(this, text, ...at);
};
"""
BORDER = "getComputedStyle(map_1.getContainer()).getPropertyValue('--border').trim()"
REST = "() => document.querySelector('.map-window')?.childElementCount === 0 && !map_1._flyToFrame"


@pytest.fixture(scope="module")
def then_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("then")
    (root / "stories").mkdir()
    (root / "stories" / "one.md").write_text(STORY, encoding="utf-8")
    (root / "storymap.toml").write_text('title = "Then"\n', encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


@pytest.mark.parametrize("form", ["site", "single files"])
def test_each_step_says_what_of_today_the_map_shows(
    then_site: Path, in_form: Callable[..., Path], open_page: OpenPage, form: str
) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.add_init_script(NOTE)
    page.goto((in_form(form, then_site) / "one.html").as_uri() + "#now")
    page.wait_for_function(REST)
    page.wait_for_function(f"() => names.includes('Prague') && strokes.includes({BORDER})")
    page.evaluate("() => { location.hash = 'then' }")
    page.wait_for_function(f"() => !names.length && !strokes.includes({BORDER})")
    page.evaluate("() => { location.hash = 'still-then' }")
    page.wait_for_function(f"() => names.includes('North Sea') && !strokes.includes({BORDER})")
    assert not {"Prague", "London", "FRANCE"} & set(page.evaluate("() => names"))
    page.evaluate("() => { location.hash = 'now-again' }")
    page.wait_for_function("() => names.includes('London')")
