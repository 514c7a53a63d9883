"""A story on paper: its maps, its headings with their dates, and letters that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAPER = 643
"""Width of A4 less two centimetres on each side, in CSS pixels."""


@pytest.mark.parametrize("script", [True, False])
def test_a_story_is_printed_with_its_maps_and_its_credits(
    site: Path, open_page: Callable[..., tuple[Page, Any]], script: bool
) -> None:
    page, _ = open_page(viewport={"width": PAPER, "height": 971}, java_script_enabled=script)
    page.goto((site / "declaration.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator(".opening-still")).to_be_visible()
    expect(page.locator(".folium-map")).to_be_hidden()
    expect(page.locator(".map-credits")).to_be_visible()
    still = page.locator(".step-still img").first
    expect(still).to_be_visible()
    box = still.bounding_box()
    assert box
    svg = next((site / "stills" / "declaration").glob("*.svg")).read_text(encoding="utf-8")
    smallest = min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg))
    width = float(re.findall(r'width="(\d+)"', svg)[0])
    assert smallest * box["width"] / width * 0.75 >= 7  # points
    header = page.locator(".step header").first
    assert header.evaluate("element => getComputedStyle(element).breakAfter") == "avoid"
    assert header.evaluate("element => getComputedStyle(element).breakInside") == "avoid"
    assert page.locator(".step-still").first.evaluate("element => getComputedStyle(element).breakAfter") == "avoid"
