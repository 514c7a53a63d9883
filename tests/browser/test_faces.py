"""The faces that pages are set in, in real browsers: they are there from disk and from a server, and nothing moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from firefox import Firefox
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

SETS = """() => {
  const width = (family, weight) => {
    const span = document.createElement("span");
    span.textContent = "Prague, Plzeň";
    Object.assign(span.style, { position: "fixed", font: `${weight} 40px ${family}` });
    document.body.append(span);
    const { width } = span.getBoundingClientRect();
    span.remove();
    return width;
  };
  const sets = (face, weight) => document.fonts.check(`${weight} 40px "${face}"`, "Prague")
    && width(`"${face}", monospace`, weight) !== width("monospace", weight);
  return ["Storymap Serif", "Storymap Sans"].every((face) => [400, 600].every((weight) => sets(face, weight)));
}"""
"""Whether both faces set text in both weights."""

WAIT = """() => { for (const { style } of document.styleSheets[0].cssRules)
  if (style?.fontDisplay === "optional") style.fontDisplay = "block"; }"""
"""Lets a face that comes late set text all the same: here every request is looked at, which takes its time."""

SHIFT = """window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())
  if (!entry.hadRecentInput) shift += entry.value; }).observe({ type: "layout-shift", buffered: true });"""


def test_from_disk_text_is_set_in_the_faces_and_does_not_move(stories: Path, open_page: OpenPage) -> None:
    page, watch = open_page()
    page.add_init_script(SHIFT)
    page.goto((stories / "declaration.html").as_uri())
    page.wait_for_function(SETS)
    assert page.evaluate("shift") <= 0.01
    assert not [url for url in watch.requests if "-cyrillic." in url]
    # The map's names, which are drawn, have come to be set in them as well.
    families = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sans')")
    assert families.startswith('"Storymap Sans"')


def test_from_a_server_the_faces_are_loaded_and_set_text(
    site: Path, serve: Callable[[Path, str], str], open_page: OpenPage
) -> None:
    page, watch = open_page()
    page.goto(serve(site, "/repository/") + "places/prague.html")
    page.evaluate(WAIT)
    page.wait_for_function(SETS)
    assert all("-latin." in url for url in watch.requests if url.endswith(".woff2"))


def test_firefox_takes_the_faces_from_disk_too(site: Path, firefox: Firefox) -> None:
    """Files beside a page are of another origin to it, but for fonts; what comes late is there on the next visit."""
    until = time.monotonic() + 60
    sets = False
    while not sets and time.monotonic() < until:
        firefox.open((site / "places" / "prague.html").as_uri())
        looks = 0
        while not (sets := firefox.evaluate(f"return ({SETS})()")) and looks < 100:
            looks += 1
    assert sets
