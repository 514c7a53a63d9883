"""How pages are laid out at every size: titles hang beside their numbers, and nothing on the map lies over another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

SIZES: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 820, "height": 1180},
    {"width": 390, "height": 844},
    {"width": 844, "height": 390},
    {"width": 360, "height": 640},
    {"width": 320, "height": 568},
)

SETTLED = """() => document.querySelector('.map-window')?.childElementCount === 0
  && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""

HANGING = """() => [...document.querySelectorAll('.step h2')].flatMap((title) => {
  const number = title.querySelector('.step-number').getBoundingClientRect();
  const text = document.createRange();
  text.setStartAfter(title.querySelector('.step-number'));
  text.setEndAfter(title.lastChild);
  const lines = [...text.getClientRects()].filter(({ width }) => width > 0);
  const hangs = lines.every(({ left }) => Math.abs(left - lines[0].left) < 1 && left > number.right);
  return hangs && number.left >= 0 ? [] : [title.textContent];
})"""

MEETING = """() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ checkVisibilityCSS: true }))
    .map((each) => ({ name: each.className || each.textContent, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  const controls = boxes('.leaflet-control');
  const meet = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const pairs = [...boxes('.pin.is-active .pin-disc'), ...controls].flatMap(({ name, box }, at) =>
    controls.filter((control) => control.name !== name && meet(box, control.box))
      .map((control) => `${name} / ${control.name}`));
  const cut = controls.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1);
  return pairs.concat(cut.map(({ name }) => `${name} is cut`));
}"""


DOWN = """---
title: Down the river
---
It flows from the north-west to the south-east.

## Vienna
place: Vienna

Text.

## Budapest
place: Budapest

Text.

## Belgrade
place: Belgrade

Text.
"""


def test_the_small_map_gives_way_to_a_place_in_its_corner(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Rivers"\n', encoding="utf-8")
    (tmp_path / "stories" / "down.md").write_text(DOWN, encoding="utf-8")
    project = load_project(tmp_path)
    write_site(build_site(project), tmp_path / "site", project=project)
    page, _ = open_page(reduced_motion="reduce")
    address = (tmp_path / "site" / "down.html").as_uri()
    arrive(page, address, SIZES[0])
    page.locator(".inset.is-needless").wait_for(state="attached")
    assert page.evaluate(MEETING) == []
    arrive(page, f"{address}#vienna", SIZES[0])
    expect(page.locator(".inset")).to_be_visible()


def arrive(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function(SETTLED)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_titles_hang_and_no_place_and_no_button_lies_under_another(
    stories: Path, open_page: OpenPage, size: ViewportSize
) -> None:
    page, _ = open_page(reduced_motion="reduce")
    for address in (
        "declaration.html",
        "declaration.html#what-the-paper-promises",
        "date-line.html",
        "date-line.html#the-fourth-of-july-twice",
        "date-line.html#from-above",
    ):
        arrive(page, f"{stories.as_uri()}/{address}", size)
        assert page.evaluate(HANGING) == [], address
        assert page.evaluate(MEETING) == [], address
        if address == "declaration.html#what-the-paper-promises" and size["width"] < 400:
            assert page.locator(".pin-name[data-side='right'], .pin-name[data-side='below']").count() == 1, (
                "off the line"
            )
