"""Readers change the language of a story at the step where they are, and come back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", ["/repository/", "disk"])
def test_a_reader_changes_the_language_at_a_step_and_comes_back(
    place: str,
    site: Path,
    serve: Callable[[Path, str], str],
    open_page: Callable[..., tuple[Page, object]],
    find_violations: Callable[[Page], list[str]],
) -> None:
    base = f"{site.as_uri()}/" if place == "disk" else serve(site, place)
    page, _ = open_page()
    page.goto(f"{base}declaration.html#a-subject-for-the-alliance")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    listed = page.get_by_role("navigation", name="Language").get_by_role("link", name="čeština")
    assert listed.get_attribute("lang") == listed.get_attribute("hreflang") == "cs"
    czech = page.locator(".leaflet-right").get_by_role("link", name="CS čeština")
    page.evaluate("document.getElementById('the-sixth-of-may').scrollIntoView()")
    page.wait_for_function("() => location.hash === '#the-sixth-of-may'")
    czech.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cs/declaration.html#the-sixth-of-may")
    expect(page.locator("html")).to_have_attribute("lang", "cs")
    expect(page.locator("#the-sixth-of-may h2")).to_be_in_viewport()
    expect(page.locator("#the-sixth-of-may h2")).to_contain_text("Šestý květen")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    if place == "disk":
        assert find_violations(page) == [], "\n".join(find_violations(page))
    page.locator(".leaflet-right").get_by_role("link", name="EN English").click()
    page.wait_for_url("**/declaration.html#the-sixth-of-may")
    expect(page.locator("#the-sixth-of-may h2")).to_be_in_viewport()
    page.goto(f"{base}cs/huawei-dispute.html")
    page.locator(".colophon a").first.click()
    page.wait_for_url("**/cs/index.html")
    cards = page.locator(".card h2 a")
    assert cards.all_inner_texts()[0].replace("\u00a0", " ") == "Deklarace po telefonu"
    assert all(href and "/" not in href for href in (card.get_attribute("href") for card in cards.all()))


def test_without_script_the_way_leads_to_the_edition(site: Path, open_page: Callable[..., tuple[Page, object]]) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{site.as_uri()}/cs/declaration.html")
    for still in page.locator(".step-still img").all():
        assert "../stills/declaration.cs/" in (still.get_attribute("src") or "")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/declaration.html")
