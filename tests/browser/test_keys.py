"""A story by keyboard alone and by ear: what keys do, what is said, and what is kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

STEPS = (
    "the-hall-that-stayed-empty",
    "the-call",
    "what-the-paper-promises",
    "four-questions-for-a-supplier",
    "a-subject-for-the-alliance",
    "the-sixth-of-may",
)


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")


def settle_on(page: Page, step: str) -> None:
    page.wait_for_function("(step) => (document.querySelector('.is-current')?.id ?? '') === step", arg=step)
    page.wait_for_function("(step) => decodeURIComponent(location.hash.slice(1)) === step", arg=step)


def press(page: Page, key: str, step: str) -> None:
    page.keyboard.press(key)
    settle_on(page, step)


def test_a_story_is_read_by_keys_alone_and_told_step_by_step(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    arrive(page, f"{stories.as_uri()}/declaration.html")
    status = page.locator(".stage [role=status]").first
    expect(status).to_have_text("")
    told = page.locator("#storymap-words")
    expect(told).to_contain_text("Map of the world: Prague National Museum, Prague (Czechia), Washington")
    for number, step in enumerate(STEPS, 1):
        press(page, "j" if number % 2 else "PageDown", step)
        heading = page.locator(f"#{step} h2").inner_text().replace("\u00ad", "")
        expect(status).to_contain_text(f"Step {number} of 9: {heading}")
        assert page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top >= 0", step)
        # The map is described as it is at the step.
        expect(told).to_have_text(page.locator(f"#{step} .step-still img").get_attribute("alt") or "-")
    expect(page.locator(".folium-map")).to_have_attribute("aria-describedby", "storymap-words")
    expect(status).to_have_text("Step 6 of 9: The sixth of May, Plzeň (Czechia)")
    press(page, "PageUp", STEPS[4])
    press(page, "k", STEPS[3])
    press(page, "Home", STEPS[0])
    press(page, "End", "from-above")
    press(page, "0", "")
    expect(status).to_have_text("A declaration by telephone")
    # From where a key has led, Tab goes on: to the first link of the step.
    press(page, "j", STEPS[0])
    page.keyboard.press("Tab")
    assert page.evaluate("(id) => document.activeElement.closest('.step')?.id === id", STEPS[0])
    # The map has come to the step, and is then the reader's.
    expect(status).to_have_text("Step 1 of 9: The hall that stayed empty, Prague National Museum (Czechia)")
    page.keyboard.press("m")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("ArrowRight")
    back = page.get_by_role("button", name="Return to the story")
    expect(back).to_be_visible()
    page.keyboard.press("Escape")
    expect(back).to_be_hidden()
    page.keyboard.press("l")
    expect(page.locator(".steps-rail [aria-current]")).to_be_focused()


def test_the_list_of_keys_opens_and_closes_by_keys(stories: Path, open_page: OpenPage, find_violations: Any) -> None:
    page, watch = open_page(viewport={"width": 390, "height": 1000})
    arrive(page, f"{stories.as_uri()}/declaration.html#the-call")
    settle_on(page, "the-call")
    assert not [url for url in watch.requests if url.endswith("reading.js")]
    page.locator(".steps-button").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("row", name="J Next step")).to_be_visible()
    # A file by itself has no other stories to search in.
    expect(dialog.get_by_role("row", name="/ Search")).to_have_count(page.locator("[data-search]").count())
    assert find_violations(page) == []
    # In a dialog keys are its own.
    page.keyboard.press("j")
    assert page.url.endswith("#the-call")
    dialog.get_by_role("checkbox", name="Letters and signs are keys").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".steps-button")).to_be_focused()
    for key in ("?", "j", "/"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    press(page, "PageDown", "what-the-paper-promises")
    page.get_by_role("button", name="The map in words").click()
    expect(page.locator("#the-call .step-words")).to_contain_text("From the step before (Prague National Museum)")
    assert find_violations(page) == []


def test_keys_with_a_modifier_or_in_a_field_are_left_alone(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{stories.as_uri()}/declaration.html#the-call")
    settle_on(page, "the-call")
    page.evaluate(
        "() => { window.left = []; addEventListener('keydown', (e) => left.push([e.key, e.defaultPrevented]));"
        " const field = document.createElement('input'); field.id = 'field';"
        " document.querySelector('#the-call').append(field); }"
    )
    for key in ("Control+j", "Alt+k", "Meta+End", "Shift+PageDown", "Shift+J", "x", "ArrowDown", "ArrowRight", "Tab"):
        page.keyboard.press(key)
    page.locator("#field").focus()
    for key in ("j", "k", "Home", "End", "PageDown", "?"):
        page.keyboard.press(key)
    assert page.locator("#field").input_value() == "jk?"
    taken = [key for key, was_taken in page.evaluate("left") if was_taken]
    assert taken == []


def test_the_next_time_the_place_is_offered_and_one_that_is_gone_is_not(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    url = f"{stories.as_uri()}/declaration.html"
    arrive(page, url)
    assert page.evaluate("localStorage.length") == 0
    press(page, "j", STEPS[0])
    press(page, "j", STEPS[1])
    page.wait_for_function("() => Object.values(localStorage).includes('the-call')")
    page.goto("about:blank")
    arrive(page, url)
    settle_on(page, "")
    offer = page.get_by_role("link", name="Continue where you were: The call")
    offer.click()
    settle_on(page, "the-call")
    expect(offer).to_have_count(0)
    # At the end of the story nothing is left to go on with.
    press(page, "End", "from-above")
    page.wait_for_function("() => localStorage.length === 0")
    page.evaluate("localStorage.setItem(`storymap:${location.pathname}`, 'no such step')")
    page.goto("about:blank")
    arrive(page, url)
    page.wait_for_function("() => 'storymapReading' in window")
    expect(page.locator(".reading-notice")).to_have_count(0)


def test_where_nothing_can_be_kept_the_story_is_read_all_the_same(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    arrive(page, f"{stories.as_uri()}/declaration.html")
    press(page, "j", STEPS[0])
    press(page, "w", STEPS[0])
    expect(page.locator(".step-words").first).to_be_visible()


@pytest.mark.in_turn("stories", "size")
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_quick_keys_end_at_the_step_that_they_count_to(
    stories: Path, open_page: OpenPage, size: tuple[int, int]
) -> None:
    """Also while the page is on its way, and when they turn back."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    arrive(page, f"{stories.as_uri()}/declaration.html#{STEPS[0]}")
    settle_on(page, STEPS[0])
    page.evaluate(
        """async (keys) => {
          for (const [key, frames] of keys) {
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
          }
        }""",
        [("j", 20), ("j", 4), ("j", 4), ("k", 20), ("k", 0)],
    )
    settle_on(page, STEPS[1])
    page.wait_for_function(
        """(step) => {
          const covered = document.querySelector(".map-frame").clientHeight % innerHeight; // beside the text nothing
          const { top } = document.getElementById(step).getBoundingClientRect();
          return top >= covered && top < covered + 60;
        }""",
        arg=STEPS[1],
    )
    settle_on(page, STEPS[1])


def test_with_reduced_motion_no_frame_moves_the_map(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    arrive(page, f"{stories.as_uri()}/declaration.html")
    page.evaluate(
        "() => { window.places = [];"
        " map_1.on('move zoom', () => places.push(map_1.getCenter().toString() + map_1.getZoom())); }"
    )
    for views, step in enumerate(STEPS[:3], 1):
        press(page, "j", step)
        page.wait_for_function("(views) => new Set(places).size >= views", arg=views)
    assert page.evaluate("new Set(places).size") == 3
