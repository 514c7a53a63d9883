"""The names on the map: which are there, on every screen, and that none stands on another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

NOTE_NAMES = """
// What the canvas of names writes, box by box in pixels of the map: a canvas tells nobody what is on it.
window.written = [];
const { setTransform, fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.setTransform = function (...all) {
  if (this.canvas.className.includes("map-labels")) written = [];
  return setTransform.apply(this, all);
};
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const { width } = this.measureText(text);
  const left = { left: x, right: x - width, center: x - width / 2 }[this.textAlign];
  const height = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
  written.push({ text, left, top: y - height / 2, right: left + width, bottom: y + height / 2 });
  return fillText.call(this, text, x, y);
};
"""
AT_REST = """() => document.querySelector('.map-window')?.childElementCount === 0
  && document.querySelector('.map-labels.is-drawn') && !map_1._flyToFrame"""
SEEN_NAMES = """() => { const { x, y } = map_1.getSize();
  return written.filter(({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= x && bottom <= y)
    .map(({ text }) => text); }"""


def open_at(open_page: OpenPage, url: str, size: tuple[int, int], **options: Any) -> Page:
    """A page whose map has come to rest, with its names noted."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, **options)
    page.add_init_script(NOTE_NAMES)
    page.goto(url)
    page.wait_for_function(AT_REST)
    return page


@pytest.mark.parametrize("width", [320, 390, 600, 680, 681, 768, 820, 899, 900, 1024, 1280, 1920])
def test_places_and_towns_are_named_at_every_width(site: Path, open_page: OpenPage, width: int) -> None:
    page = open_at(open_page, f"{site.as_uri()}/declaration.html#the-sixth-of-may", (width, 800))
    assert page.locator(".pin.is-active .pin-name:visible").all_inner_texts() == ["Plzeň"]
    assert len(page.evaluate(SEEN_NAMES)) >= 3
