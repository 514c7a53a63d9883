"""A story on paper: its maps, its headings with their dates, and letters that can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from storymap.drawing.stylesheet import SMALL

pytestmark = pytest.mark.browser

PAPER = 643
"""Width of A4 less two centimetres on each side, in CSS pixels."""


@pytest.mark.parametrize("script", [True, False])
def test_a_story_is_printed_with_its_maps_and_its_credits(
    stories: Path, site: Path, open_page: Callable[..., tuple[Page, Any]], script: bool
) -> None:
    page, _ = open_page(viewport={"width": PAPER, "height": 971}, java_script_enabled=script)
    page.goto((stories / "declaration.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator(".opening-still")).to_be_visible()
    expect(page.locator(".folium-map")).to_be_hidden()
    expect(page.locator(".map-credits")).to_be_visible()
    still = page.locator(".step-still img").first
    expect(still).to_be_visible()
    box = still.bounding_box()
    assert box
    assert box["width"] <= SMALL  # so that it shows the names of a picture half as large, at twice their size
    svg = next((site / "stills" / "declaration").glob("*.svg")).read_text(encoding="utf-8")
    names = svg.partition('<g class="s-small" transform="scale(2)">')[2]
    smallest = min(float(size) for size in re.findall(r'font-size="([\d.]+)"', names)) * 2
    width = float(re.findall(r'width="(\d+)"', svg)[0])
    assert smallest * box["width"] / width * 0.75 >= 7  # points
    header = page.locator(".step:has(> .is-beside) > header").first
    room = header.evaluate("element => parseFloat(getComputedStyle(element).paddingBlockEnd)")
    assert room >= box["height"] * 0.9  # no page ends between the title and the map
    assert header.evaluate("element => getComputedStyle(element).breakAfter") == "avoid"
    assert header.evaluate("element => getComputedStyle(element).breakInside") == "avoid"
    words = page.locator(".step .prose p").first.bounding_box()
    assert words
    assert words["y"] < box["y"] + box["height"]  # beside the map
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.locator(".place-steps a").first.evaluate("element => getComputedStyle(element).borderBlockStartColor")
    assert ink == "rgb(163, 50, 28)"  # as on light paper


@pytest.mark.parametrize(
    ("folder", "story", "paper", "most"),
    [
        ("site", "declaration", "A4", 7),
        ("single_files", "declaration", "A4", 7),
        ("site", "declaration", "Letter", 7),
        ("site", "list-that-grew", "A4", 7),
        ("site", "list-that-grew", "Letter", 7),
        ("site", "date-line", "Letter", 9),
        ("site", "date-line", "Letter landscape", 11),
        ("site", "cs/list-that-grew", "A4 landscape", 7),
        ("site", "about", "A4", 1),
        ("site", "about", "Letter landscape", 2),
    ],
)
def test_a_handout_has_two_steps_on_a_page_and_no_page_of_a_few_lines(
    request: pytest.FixtureRequest,
    open_page: Callable[..., tuple[Page, Any]],
    folder: str,
    story: str,
    paper: str,
    most: int,
) -> None:
    page, _ = open_page()
    page.goto((request.getfixturevalue(folder) / f"{story}.html").as_uri())
    size, _, turned = paper.partition(" ")
    printed = page.pdf(format=size, landscape=bool(turned), prefer_css_page_size=True)
    pdf: Any = PdfReader(io.BytesIO(printed))
    lines = [len(sheet.extract_text().splitlines()) for sheet in pdf.pages]
    assert len(lines) <= most
    assert min(lines) > 8
    assert f"1 / {len(lines)}" in pdf.pages[0].extract_text()


def test_a_button_prints_the_story_with_all_its_maps(stories: Path, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page, _ = open_page()
    page.goto((stories / "declaration.html").as_uri())
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    page.get_by_role("button", name="Print / PDF").click()
    page.wait_for_function("() => document.title === 'printed'")
    assert page.evaluate("() => [...document.images].every((picture) => picture.complete && picture.naturalWidth)")
