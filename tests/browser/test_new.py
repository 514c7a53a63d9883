"""A site that has just been begun, opened from disk: it works, and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project
from storymap.starter.writing import write_project

pytestmark = pytest.mark.browser


def test_a_new_site_opens_from_disk(open_page: Callable[..., tuple[Page, Any]], tmp_path: Path) -> None:
    write_project(tmp_path / "my walks")
    project = load_project(tmp_path / "my walks")
    write_site(build_site(project), project.site_folder, project=project)
    page, _ = open_page()
    page.goto((project.site_folder / "index.html").as_uri())
    page.locator("h2").get_by_role("link", name="Sixteen hours to a green field").click()
    expect(page.locator("h1")).to_have_text("Sixteen hours to a green field")
    picture = page.locator("img[alt^='A biplane']")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle())
    expect(page.locator(".leaflet-container canvas").first).to_be_visible()
    expect(page.locator("#two-stars-at-midnight")).to_have_class("step is-current")
