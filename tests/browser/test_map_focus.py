"""The map by keyboard: it has a role and a name, each pin that is reached is seen and named, and Escape leads out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

LOOKS = """pin => {
  const name = pin.querySelector('.pin-name'), disc = pin.querySelector('.pin-disc');
  const shown = (element, [dx, dy]) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { pointerEvents } = name.style;
    name.style.pointerEvents = 'auto';
    const found = document.elementFromPoint(left + width * dx, top + height * dy);
    name.style.pointerEvents = pointerEvents;
    return found !== null && pin.contains(found);
  };
  const corners = [[0.1, 0.3], [0.9, 0.3], [0.5, 0.5], [0.1, 0.7], [0.9, 0.7]];
  return {
    label: pin.getAttribute('aria-label'),
    named: getComputedStyle(name).visibility === 'visible' && corners.every((corner) => shown(name, corner)),
    ringed: getComputedStyle(disc).boxShadow.includes('6px'),
    above: shown(disc, [0.5, 0.5]),
  };
}"""


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")


SIZES = [(1280, 800), (390, 844), (320, 568)]


@pytest.mark.in_turn("stories", "name", "size")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["declaration.html", "date-line.html", "declaration.html#the-sixth-of-may"])
def test_every_pin_that_is_focused_is_named_ringed_and_above_its_neighbours(
    stories: Path, open_page: OpenPage, size: tuple[int, int], name: str
) -> None:
    look_at_pins(open_page, f"{stories.as_uri()}/{name}", size, least=1 if "#" in name else 8)


@pytest.mark.parametrize("size", SIZES)
def test_every_pin_of_the_atlas_that_is_focused_is_named_ringed_and_above_its_neighbours(
    site: Path, open_page: OpenPage, size: tuple[int, int]
) -> None:
    look_at_pins(open_page, f"{site.as_uri()}/index.html", size, least=8)


def look_at_pins(open_page: OpenPage, url: str, size: tuple[int, int], *, least: int) -> None:
    """Go through the pins of a map by Tab; there are at `least` so many."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    arrive(page, url)
    where = page.evaluate("scrollY")
    page.locator(".leaflet-container").first.focus()
    met = []
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.matches('.pin')"):
        look = page.evaluate(f"() => ({LOOKS})(document.activeElement)")
        assert look == {"label": look["label"], "named": True, "ringed": True, "above": True}, look
        assert page.evaluate("scrollY") == where
        met.append(look["label"])
        page.keyboard.press("Tab")
    assert len(met) == len(set(met))
    assert len(met) >= least


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("site", "declaration.html"),
        ("single_files", "declaration.html"),
        ("site", "index.html"),
        ("site", "places/prague.html"),
    ],
)
def test_the_map_has_a_role_and_a_name(
    request: pytest.FixtureRequest, open_page: OpenPage, folder: str, name: str
) -> None:
    page, _ = open_page()
    arrive(page, f"{request.getfixturevalue(folder).as_uri()}/{name}")
    region = page.get_by_role("region", name="Map", exact=True)
    expect(region).to_have_count(1)
    assert "leaflet-container" in (region.get_attribute("class") or "")


def test_escape_leads_from_the_map_to_the_step_and_the_map_back_to_it(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    arrive(page, f"{stories.as_uri()}/declaration.html#the-sixth-of-may")
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'the-sixth-of-may'")
    centre = page.evaluate("map_1.getCenter()")
    where = page.evaluate("scrollY")
    page.locator(".leaflet-container").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".map-return")).to_be_visible()
    page.wait_for_function("(before) => !map_1.getCenter().equals(before)", arg=centre)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "the-sixth-of-may"
    assert page.evaluate("scrollY") == where
    expect(page.locator(".map-return")).to_be_hidden()
    assert page.evaluate("map_1.getCenter()") == centre
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#the-sixth-of-may') !== null")
