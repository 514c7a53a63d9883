"""A site that was deployed to a branch reads as it does here, below the folder that GitHub Pages puts it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_first_deployment_is_read_under_the_name_of_the_repository(
    deployed: Path, serve: Callable[[Path, str], str], open_page: Callable[..., tuple[Page, object]]
) -> None:
    page, _ = open_page()
    page.goto(serve(deployed, "/repository/"))
    page.locator(".card h2 a").click()
    expect(page.locator("h1")).to_have_text("Sixteen hours to a green field")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
