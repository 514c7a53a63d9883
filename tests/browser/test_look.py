"""How pages are laid out at every size: titles hang beside their numbers, and nothing on the map lies over another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

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
