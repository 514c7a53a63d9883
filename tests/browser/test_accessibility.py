"""Every kind of page, wide and narrow, light and dark, passes axe-core without a violation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "storymap" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "index.html",
    "declaration.html",
    "date-line.html",
    "places/prague.html",
    "about.html",
    "404.html",
    "guide/index.html",
    "guide/places.html",
    "guide/commands.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_page_violates_a_rule(
    site: Path, open_page: Callable[..., tuple[Page, Any]], size: tuple[int, int], scheme: str
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    for name in PAGES:
        page.goto((site / name).as_uri())
        if page.locator(".map-window").count():
            page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => id + ': ' + nodes[0].html)"
        )
        assert violations == [], name
