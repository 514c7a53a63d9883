"""Comparing two layers or two pictures: a line that mouse, finger and keys push aside."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

STORY = """---
title: Two times
layers:
  heat: {from: heat.geojson, color: {by: then, classes: 2, palette: oranges}, popup: [then, now]}
---

## Pictures
compare:
  - {file: then.png, bounds: [14.36, 50.03, 14.50, 50.12], title: Plan of 1894, opacity: 1}
  - {file: now.png, bounds: [14.36, 50.03, 14.50, 50.12], title: Plan of 1938, opacity: 1}

LONG

## Layers
compare: [{layer: heat, title: Before}, {layer: heat, by: now, title: After}]

LONG

## Neither
place: Prague

LONG
""".replace("LONG", "\n\n".join(["A paragraph of some length, so that a step fills the window."] * 20))
SQUARE = [[[12, 48], [18, 48], [18, 51], [12, 51], [12, 48]]]
REST = "() => document.querySelector('.map-window')?.childElementCount === 0 && !map_1._flyToFrame"


@pytest.fixture(scope="module", params=["site", "single files"])
def compared(request: pytest.FixtureRequest, compared_site: Path, in_form: Callable[[str, Path], Path]) -> Path:
    return in_form(request.param, compared_site)


@pytest.fixture(scope="module")
def compared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("compared")
    stories = root / "stories"
    stories.mkdir()
    (root / "storymap.toml").write_text('title = "Two times"\n', encoding="utf-8")
    (stories / "one.md").write_text(STORY, encoding="utf-8")
    areas = [
        {"type": "Feature", "properties": {"then": 1, "now": 2}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    ]
    (stories / "heat.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": areas}), encoding="utf-8"
    )
    for name, colour in (("then.png", "#c00000"), ("now.png", "#0000c0")):
        file = io.BytesIO()
        Image.new("RGB", (60, 60), colour).save(file, "PNG")
        (stories / name).write_bytes(file.getvalue())
    project = load_project(root)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


def open_at(open_page: OpenPage, site: Path, step: str, **options: Any) -> Page:
    page, _ = open_page(reduced_motion="reduce", **options)
    page.goto(f"{(site / 'one.html').as_uri()}#{step}")
    page.wait_for_function(REST)
    page.get_by_role("slider", name="Line between").wait_for()
    return page


def name_colour(page: Page, x: float, y: float) -> str:
    """Whether a pixel of the window is of the red picture or of the blue one."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    pixel = picture.getpixel((round(x), round(y)))
    assert isinstance(pixel, tuple)
    red, _, blue = pixel
    return "red" if red > 150 > blue else "blue" if blue > 150 > red else "neither"


def test_keys_move_the_line_and_what_lies_beside_it(compared: Path, open_page: OpenPage) -> None:
    page = open_at(open_page, compared, "pictures")
    slider = page.get_by_role("slider", name="Line between “Plan of 1894” on the left and “Plan of 1938” on the right")
    page.wait_for_function("() => [...document.querySelectorAll('img.ground-image')].every((each) => each.complete)")
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 150
    assert name_colour(page, x - 40, y) == "red"
    assert name_colour(page, x + 40, y) == "blue"
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuenow") == "0"
    assert name_colour(page, x - 40, y) == "blue"
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "100 %"
    assert name_colour(page, x + 40, y) == "red"
    for key in ("ArrowLeft", "ArrowDown", "PageDown", "ArrowRight"):
        page.keyboard.press(key)
    assert slider.get_attribute("aria-valuenow") == "88"
    assert page.evaluate("() => location.hash") == "#pictures"


def test_a_pointer_moves_the_line_and_not_the_map(compared: Path, open_page: OpenPage) -> None:
    page = open_at(open_page, compared, "layers")
    slider = page.get_by_role("slider", name="Line between")
    box, before = slider.bounding_box(), page.evaluate("() => map_1.getCenter().lng")
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y, steps=4)
    page.mouse.up()
    assert int(slider.get_attribute("aria-valuenow") or 0) < 45
    assert page.evaluate("() => map_1.getCenter().lng") == before
    assert slider.evaluate("(each) => each === document.activeElement")
    drawn = page.locator("path.data-areas")
    assert sorted(drawn.evaluate_all("(all) => all.map((each) => getComputedStyle(each).clipPath)")) == [
        'url("#left-of-line")',
        'url("#right-of-line")',
    ]
    side_at = "([x, y]) => document.elementFromPoint(x, y).getAttribute('class')"
    assert "is-right-of-line" in page.evaluate(side_at, [x - 60, y])
    assert "is-left-of-line" in page.evaluate(side_at, [x - 180, y])


def test_the_line_goes_with_its_step(compared: Path, open_page: OpenPage) -> None:
    page = open_at(open_page, compared, "layers")
    page.evaluate("() => { location.hash = 'neither' }")
    page.get_by_role("slider").wait_for(state="hidden")
    assert page.locator("path.data-areas:not(.is-hidden)").count() == 0


@pytest.mark.in_turn("compared", "width")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_comparison_can_be_used_by_everybody(
    compared: Path, open_page: OpenPage, find_violations: Callable[..., list[str]], width: int
) -> None:
    page = open_at(open_page, compared, "layers", viewport={"width": width, "height": 800})
    assert find_violations(page, in_both_schemes=True) == []


def test_without_script_both_halves_stand_in_the_still(compared: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto((compared / "one.html").as_uri())
    still = page.get_by_alt_text("Left of the line: Plan of 1894; right of it: Plan of 1938")
    still.scroll_into_view_if_needed()
    box = still.bounding_box()
    assert box is not None
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert name_colour(page, middle - 30, y) == "red"
    assert name_colour(page, middle + 30, y) == "blue"
