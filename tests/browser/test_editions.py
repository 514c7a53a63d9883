"""Readers change the language of a story at the step where they are, and come back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

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


def test_more_than_one_other_language_is_a_list_that_a_button_opens(
    tmp_path: Path, open_page: Callable[..., tuple[Page, object]], find_violations: Callable[..., list[str]]
) -> None:
    languages = ("ar", "cs", "de", "es", "fr", "he", "ja", "pl", "uk", "zh")
    (tmp_path / "stories").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "T"\n', encoding="utf-8")
    for name in ("one", *(f"one.{lang}" for lang in languages)):
        text = f"---\ntitle: {name}\n---\n\n## A\nid: a\nplace: Prague\n\nX\n\n## B\nid: b\nplace: Brno\n\nY\n"
        original = text.replace("id: a\n", "").replace("id: b\n", "")
        translated = text.replace("place: Prague\n", "").replace("place: Brno\n", "")
        (tmp_path / "stories" / f"{name}.md").write_text(translated if "." in name else original, encoding="utf-8")
    project = load_project(tmp_path)
    write_site(build_site(project), tmp_path / "site", project=project)
    page, _ = open_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(f"{(tmp_path / 'site' / 'one.html').as_uri()}#b")
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    button = page.locator(".leaflet-right").get_by_role("button", name="Language")
    reach = (-5, 21), (37, 11), (16, -5), (16, 37)  # 44 pixels each way
    hit = "(own, [x, y], box = own.getBoundingClientRect()) => document.elementFromPoint(box.x + x, box.y + y) === own"
    assert all(button.evaluate(hit, point) for point in reach)
    button.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Language")
    links = sheet.get_by_role("link")
    assert links.count() == len(languages)
    assert all(height >= 44 for height in links.evaluate_all("(all) => all.map((one) => one.offsetHeight)"))
    assert find_violations(page, ".languages-sheet", in_both_schemes=True) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    sheet.get_by_role("link", name="українська").press("Enter")
    page.wait_for_url("**/uk/one.html#b")


def test_without_script_the_way_leads_to_the_edition(site: Path, open_page: Callable[..., tuple[Page, object]]) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{site.as_uri()}/cs/declaration.html")
    for still in page.locator(".step-still img").all():
        assert "../stills/declaration.cs/" in (still.get_attribute("src") or "")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/declaration.html")
