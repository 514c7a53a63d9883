"""A reader goes through a collection: from the atlas to its front page, through its stories, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

GOOD = Path(__file__).parents[1] / "projects" / "good" / "collections"
DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the project with a collection."""
    folder = tmp_path_factory.mktemp("notes") / "a site"
    project = load_project(GOOD)
    write_site(build_site(project), folder, project=project)
    return folder


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_reader_goes_through_a_collection_and_back(
    scheme: str,
    notes: Path,
    serve: Callable[[Path, str], str],
    open_page: OpenPage,
    find_violations: Callable[..., list[str]],
) -> None:
    page, _ = open_page()
    page.goto(f"{notes.as_uri()}/index.html" if scheme == "file" else serve(notes, "/notes/"))
    page.wait_for_function(DRAWN)
    expect(page.locator(".card")).to_have_count(3)
    card = page.locator(".card.is-collection")
    card.hover()
    expect(page.locator(".card.is-lit h2")).to_have_text("The river that stopped")
    card.locator("h2 a").click()

    expect(page.locator("h1")).to_have_text("The river that stopped")
    page.wait_for_function(DRAWN)
    if scheme == "file":
        assert find_violations(page, in_both_schemes=True) == []
    page.locator(".collection-prose a", has_text="Moynaq").hover()
    expect(page.locator(".card.is-lit h2")).to_have_text("The port")
    page.locator(".card h2 a").first.click()

    expect(page.locator("h1")).to_have_text("The port")
    expect(page.locator(".opening .dateline")).to_contain_text("Part 1 of 3")
    page.locator(".onward-link[rel=next]").click()
    expect(page.locator(".opening .dateline")).to_contain_text("Díl 2 z 3")
    page.locator(".opening .dateline a").click()
    expect(page.locator("h1")).to_have_text("Řeka, která se zastavila")
    page.wait_for_function(DRAWN)
    page.locator("[data-search]").click()
    page.locator(".search-field").fill("rybářský")
    result = page.locator(".search-result", has_text="Rybářský přístav").first
    expect(result).to_contain_text("Řeka, která se zastavila")
    result.click()
    expect(page.locator("h1")).to_have_text("Rybářský přístav")
