"""The map on its way from step to step, and what the page keeps when the window changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"
WATCH_FLIGHT = """() => new Promise((done) => {
  const canvas = document.querySelector("canvas.basemap");
  let frames = 0, bare = 0;
  map_1.on("move", () => {
    frames += 1;
    const map = map_1.getContainer().getBoundingClientRect();
    const drawn = canvas.getBoundingClientRect();
    const fills = drawn.left <= map.left + 1 && drawn.top <= map.top + 1
      && drawn.right >= map.right - 1 && drawn.bottom >= map.bottom - 1;
    if (!fills) bare += 1;
  });
  map_1.once("moveend", () => requestAnimationFrame(() =>
    done({ frames, bare, sharp: canvas.width / canvas.getBoundingClientRect().width })));
  dispatchEvent(new Event("wheel"));
  location.hash = "the-sixth-of-may";
})"""
CLOSE_IN_SLOWLY = """() => {
  const canvas = document.querySelector("canvas.basemap");
  const brush = canvas.getContext("2d");
  const fill = brush.fillRect;
  const painted = new Set();
  let step = 0;
  brush.fillRect = function (...all) { painted.add(step); return fill.apply(this, all); };
  for (step = 1; step <= 40; step++) map_1._move(map_1.getCenter(), map_1.getZoom() + 0.05);
  map_1._moveEnd(true);
  return painted.size;
}"""


@pytest.mark.in_turn("stories", "size")
@pytest.mark.parametrize(("size", "ratio"), [((390, 844), 2), ((1280, 800), 1)])
def test_a_flight_shows_no_bare_edge_and_ends_sharply(
    stories: Path, open_page: OpenPage, size: tuple[int, int], ratio: int
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=ratio)
    page.goto(f"{stories.as_uri()}/declaration.html#the-call")
    page.wait_for_function(DRAWN)
    seen = page.evaluate(WATCH_FLIGHT)
    assert seen["frames"] > 2
    assert seen["bare"] == 0
    assert seen["sharp"] == pytest.approx(ratio, abs=0.01)


def test_a_map_that_moves_is_not_painted_in_every_frame(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page.goto(f"{stories.as_uri()}/declaration.html#the-call")
    page.wait_for_function(DRAWN)
    assert 2 <= page.evaluate(CLOSE_IN_SLOWLY) <= 8


STEP = "() => document.querySelector('.is-current')?.id"
ARRIVED = "(step) => location.hash === '#' + step && document.querySelector('.is-current')?.id === step"
RESTED = """() => new Promise((done) => {
  // Until nothing has scrolled in a dozen frames.
  let at = scrollY, still = 0;
  const look = () => { still = scrollY === at ? still + 1 : 0; at = scrollY;
    if (still > 12) done(); else requestAnimationFrame(look); };
  look();
})"""


@pytest.mark.parametrize(
    ("folder", "before", "after"),
    [
        ("site", (390, 844), (844, 390)),
        ("single_files", (390, 844), (844, 390)),
        ("site", (844, 390), (390, 844)),
        ("site", (1400, 900), (950, 700)),
        ("site", (768, 1024), (1024, 768)),
    ],
)
def test_a_window_that_is_turned_or_resized_keeps_its_step(
    request: pytest.FixtureRequest,
    open_page: OpenPage,
    folder: str,
    before: tuple[int, int],
    after: tuple[int, int],
) -> None:
    page, _ = open_page(viewport={"width": before[0], "height": before[1]})
    page.goto(f"{request.getfixturevalue(folder).as_uri()}/declaration.html")
    page.wait_for_function(DRAWN)
    for step in ("the-call", "a-subject-for-the-alliance", "september-on-screens"):
        page.evaluate("(step) => { location.hash = step; }", step)
        page.wait_for_function(ARRIVED, arg=step)
        page.mouse.move(before[0] / 4, before[1] * 0.7)
        page.mouse.wheel(0, 60)
        page.evaluate(RESTED)
        read = page.evaluate(STEP)
        for size in (after, before):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_function("([width]) => innerWidth === width && map_1.getSize().x <= width", arg=size)
            page.evaluate(RESTED)
            assert page.evaluate(STEP) == read, (step, size)


def test_a_picture_that_comes_late_moves_no_reader(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{stories.as_uri()}/declaration.html#the-sixth-of-may")
    page.wait_for_function(DRAWN)
    page.wait_for_function(ARRIVED, arg="the-sixth-of-may")
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")  # as in browsers without it
    page.evaluate(RESTED)
    before = page.evaluate("document.getElementById('the-sixth-of-may').getBoundingClientRect().top")
    page.evaluate(
        "() => document.querySelector('#the-call p').insertAdjacentHTML('beforebegin',"
        ' \'<canvas width="1" height="900"></canvas>\')'
    )
    page.evaluate(RESTED)
    assert page.evaluate(STEP) == "the-sixth-of-may"
    after = page.evaluate("document.getElementById('the-sixth-of-may').getBoundingClientRect().top")
    assert after == pytest.approx(before, abs=2)
