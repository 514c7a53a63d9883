"""Places of a category: their colour and symbol in the markers, and a line of the key as long as they are seen."""

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

SETTINGS = """
[categories.venue]
symbol = "theatre"
color = "#7a3b8f"
title = "Venues"

[categories.stop]
color = "#b35c00"
"""
PLACES = """name,lat,lon,category
Theatre,50.08,14.41,Venue
Stop,50.2,14.9,stop
Opera,48.2,16.37,venue
Meadow,48.3,16.9,
"""
STORY = """---
title: Doors
---
Text.

## Prague
place: [Theatre, Stop]

Text.

## Vienna
place: [Opera, Meadow]

Text.
"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two categories, one of them without a symbol."""
    root = tmp_path_factory.mktemp("marked")
    for name, text in (("storymap.toml", SETTINGS), ("geo/places.csv", PLACES), ("stories/doors.md", STORY)):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


@pytest.fixture(scope="module", params=["site", "single files"])
def doors(request: pytest.FixtureRequest, marked: Path, in_form: Callable[..., Path]) -> str:
    """The address of its story."""
    return (in_form(request.param, marked) / "doors.html").as_uri()


def open_site(open_page: Callable[..., tuple[Page, Any]], address: str, **options: Any) -> Page:
    page, _ = open_page(viewport={"width": 1440, "height": 900}, **options)
    page.goto(address)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    return page


def pin(page: Page, name: str) -> Any:
    return page.locator(".pin").filter(has=page.locator(".pin-name", has_text=name))


def test_a_step_keeps_its_number_and_has_the_colour_and_the_symbol_of_its_category(
    doors: str, open_page: Callable[..., tuple[Page, Any]]
) -> None:
    page = open_site(open_page, f"{doors}#prague")
    theatre, stop = pin(page, "Theatre"), pin(page, "Stop")
    page.wait_for_selector(".pin.is-active.is-badged")
    assert theatre.locator(".pin-disc").get_attribute("data-number") == "1"
    assert theatre.locator(".pin-symbol").is_visible()
    expect(theatre.locator(".pin-disc")).to_have_css("background-color", "rgb(122, 59, 143)")
    expect(stop.locator(".pin-disc")).to_have_css("background-color", "rgb(179, 92, 0)")
    assert not stop.locator(".pin-symbol").count()
    assert theatre.get_attribute("aria-label") == "Theatre, step 1: Prague"


def test_the_key_lists_the_categories_that_are_seen(doors: str, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page = open_site(open_page, f"{doors}#prague")
    lines = page.locator(".map-key li")
    page.wait_for_function("() => document.querySelectorAll('.map-key li').length === 2")
    assert lines.all_inner_texts() == ["stop", "Venues"]
    page.goto(f"{doors}#vienna")
    page.wait_for_function("() => document.querySelector('.map-key').innerText.trim() === 'Venues'")


def test_on_the_atlas_and_on_the_page_of_a_place_the_symbol_stands_in_the_marker(
    marked: Path, open_page: Callable[..., tuple[Page, Any]]
) -> None:
    for name in ("index.html", "places/opera.html"):
        page = open_site(open_page, (marked / name).as_uri())
        page.wait_for_selector(".pin.is-symbol .pin-symbol")
        assert "Venues" in page.locator(".map-key").inner_text()


def test_in_the_dark_the_colour_is_lighter(doors: str, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page = open_site(open_page, f"{doors}#prague", color_scheme="dark")
    disc = pin(page, "Theatre").locator(".pin-disc")
    page.wait_for_selector(".pin.is-active.is-badged")
    assert disc.evaluate("disc => getComputedStyle(disc).getPropertyValue('--marker')") != "#7a3b8f"
