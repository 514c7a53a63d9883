"""The guide's pages on a real site: reached from the atlas, readable on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]


def test_a_reader_comes_from_the_atlas_through_the_chapters(site: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Guide for authors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Writing story maps")
    page.get_by_role("main").locator("a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start")


def test_no_chapter_is_wider_than_the_screen(site: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    for chapter in sorted((site / "guide").glob("*.html")):
        page.goto(chapter.as_uri())
        for width in (320, 390, 768, 1200, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (chapter.name, width)
