"""Named routes on the map: all grow as one scrolls, and the key is where a reader chooses one."""

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

DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"
SCROLL_THROUGH = """(share) => {
  document.body.style.paddingBottom = "150vh";  // near the end of a page the reading line is lower
  const step = document.querySelector(".step.is-current");
  const { top, height } = step.getBoundingClientRect();
  scrollBy({ top: top + height * share - innerHeight * 0.45, behavior: "instant" });
}"""
GONE = """() => [...document.querySelectorAll(".branch-line.is-gone")]
  .map((line) => Number((line.getAttribute("stroke-dasharray") ?? "-1").split(" ")[0]))"""
STORY = """---
title: Two ways
routes:
  By rail <b>: ["50, 14", "50, 16"]
  By boat: {places: ["50, 14", "48, 14"], color: teal}
---
Text.

## They leave
place: 50, 14

Text.

## The train is half-way
bounds: [13, 47, 17, 51]

Text.

## Both are there
place: 50, 16

Text.
"""


@pytest.fixture(scope="module", params=["site", "single files"])
def ways(request: pytest.FixtureRequest, ways_site: Path, in_form: Callable[[str, Path], Path]) -> Path:
    return in_form(request.param, ways_site)


@pytest.fixture(scope="module")
def ways_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a story in which two travel."""
    root = tmp_path_factory.mktemp("ways")
    (root / "stories").mkdir()
    (root / "stories" / "ways.md").write_text(STORY, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def wait_for_shares(page: Page, *shares: float) -> None:
    page.wait_for_function(
        f"(wanted) => ({GONE})().every((share, at) => Math.abs(share - wanted[at]) < 0.04)", arg=shares
    )


def test_every_route_grows_with_the_story_and_shrinks_on_the_way_back(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{ways.as_uri()}/ways.html#the-train-is-half-way")
    page.wait_for_function(DRAWN)
    page.evaluate(SCROLL_THROUGH, 0.6)
    wait_for_shares(page, 0.3, 0.3)
    expect(page.locator(".branch-here")).to_have_count(2)
    page.evaluate(SCROLL_THROUGH, 0.2)
    wait_for_shares(page, 0.1, 0.1)
    page.goto(f"{ways.as_uri()}/ways.html#they-leave")
    wait_for_shares(page, 0, 0)


def test_with_reduced_motion_routes_have_come_as_far_as_the_step_at_once(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.goto(f"{ways.as_uri()}/ways.html#the-train-is-half-way")
    wait_for_shares(page, 0.5, 0.5)


def test_the_opening_shows_routes_whole(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{ways.as_uri()}/ways.html")
    page.wait_for_function(DRAWN)
    wait_for_shares(page, 1, 1)
    expect(page.locator(".branch-here")).to_have_count(0)


def test_a_reader_chooses_a_route_with_the_keyboard(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{ways.as_uri()}/ways.html#both-are-there")
    page.wait_for_function(DRAWN)
    group = page.get_by_role("group", name="Routes")
    expect(group.get_by_role("radio")).to_have_count(3)
    expect(group.get_by_role("radio", name="All")).to_be_checked()
    group.get_by_role("radio", name="All").press("ArrowDown")
    expect(group.get_by_role("radio", name="By rail <b>")).to_be_checked()
    rail, boat = (page.locator(f".branch-line.is-gone[style*='{color}']") for color in ("#1f6fa8", "#008080"))
    expect(boat).to_have_css("opacity", "0.25")
    expect(rail).to_have_css("opacity", "1")
    page.keyboard.press("ArrowUp")
    expect(group.get_by_role("radio", name="All")).to_be_checked()
    expect(boat).to_have_css("opacity", "1")


def test_a_choice_stays_from_step_to_step(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{ways.as_uri()}/ways.html#they-leave")
    page.wait_for_function(DRAWN)
    page.get_by_role("radio", name="By boat").check()
    page.locator("#both-are-there").scroll_into_view_if_needed()
    expect(page.locator("#both-are-there.is-current")).to_have_count(1)
    expect(page.get_by_role("radio", name="By boat")).to_be_checked()
    expect(page.locator(".branch-line.is-gone").first).to_have_css("opacity", "0.25")


def test_on_a_phone_the_choice_unfolds_from_the_key(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{ways.as_uri()}/ways.html#both-are-there")
    page.wait_for_function(DRAWN)
    radio = page.get_by_role("radio", name="By boat")
    expect(radio).to_be_hidden()
    page.get_by_role("button", name="Key", exact=True).click()
    radio.check()
    expect(page.locator(".branch-line.is-gone").first).to_have_css("opacity", "0.25")


def test_a_route_has_another_colour_in_the_dark_where_it_needs_one(ways: Path, open_page: OpenPage) -> None:
    page, _ = open_page(color_scheme="dark")
    page.goto(f"{ways.as_uri()}/ways.html#both-are-there")
    page.wait_for_function(DRAWN)
    rail = page.locator(".branch-line.is-gone").first
    expect(rail).to_have_css("stroke", "rgb(37, 133, 201)")
    page.emulate_media(color_scheme="light")
    expect(rail).to_have_css("stroke", "rgb(31, 111, 168)")


def test_without_script_pictures_and_their_texts_name_every_route(ways_site: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{ways_site.as_uri()}/ways.html")
    picture = page.locator("#both-are-there .step-still img")
    expect(picture).to_have_attribute(
        "alt",
        "Map, about 150 km across: 50°\u00a0N,\u00a016°\u00a0E (Czechia). "
        "From the step before (50°\u00a0N,\u00a014°\u00a0E): 140 km to the east. "
        "Route By rail <b> (140 km). Route By boat (220 km)",
    )
    still = (ways_site / "stills" / "ways" / "both-are-there.svg").read_text(encoding="utf-8")
    assert ">By rail &lt;b&gt;</text>" in still
    assert ">By boat</text>" in still
