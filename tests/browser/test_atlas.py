"""The first page of a site with many stories: quiet dots, one story at a time, pages, and a choice that all obey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
PLACES = (("Prague", "Brno"), ("Lima, PE", "Cusco"), ("Cairo", "Luxor"), ("Tokyo", "Osaka"))
SEEN = ".leg:not(.is-hidden), .pin-name:not([data-side=none])"
DRAWN = "() => document.querySelectorAll('.leg.is-active').length"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a site of 34 stories on disk: every fourth of salt, every second in Czech, a year apart."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "stories").mkdir()
    (folder / "storymap.toml").write_text('title = "Many"\nline = "straight"\n')
    for number in range(34):
        tags = "[salt, rivers]" if number % 4 == 0 else "[rivers]"
        lang = "cs" if number % 2 else "en"
        places = "".join(f'\n## At {one}\nplace: "{one}"\n\nText.\n' for one in PLACES[number % 4])
        front = f"title: Story {number:02d}\ndate: {1900 + number}\ntags: {tags}\nlang: {lang}\nauthor: Ana\n"
        (folder / "stories" / f"s{number:02d}.md").write_text(f"---\n{front}---\nOnce.\n{places}")
    project = load_project(folder)
    write_site(build_site(project), folder / "site", project=project)
    return (folder / "site").as_uri()


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")


def list_titles(page: Page) -> list[str]:
    return page.locator(".cards h2").all_inner_texts()


def test_the_map_is_quiet_until_the_reader_points_at_a_story(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/index.html")
    assert list_titles(page)[:3] == ["Story 33", "Story 00", "Story 01"]  # the newest leads
    assert page.locator(".pin").count() == 8
    assert page.evaluate(f"() => document.querySelectorAll('{SEEN}').length") == 0
    page.locator(".card").nth(1).hover()
    page.wait_for_function(f"() => ({DRAWN})() > 0")
    assert page.evaluate("() => document.querySelectorAll('.leg.is-quiet').length") == 0
    expect(page.locator(".pin.is-active")).to_have_count(2)


def test_a_phone_draws_the_story_whose_card_is_read(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    arrive(page, f"{many}/index.html")
    page.locator(".card").nth(3).evaluate("card => card.scrollIntoView({ block: 'end', behavior: 'instant' })")
    page.wait_for_function(f"() => ({DRAWN})() > 0")
    page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_function(f"() => ({DRAWN})() === 0")


def test_a_list_of_many_goes_on_on_a_second_page(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/index.html")
    assert len(list_titles(page)) == 30
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**/page/2.html")
    assert list_titles(page) == ["Story 29", "Story 30", "Story 31", "Story 32"]
    page.get_by_role("link", name="Previous page").click()
    page.wait_for_url("**/index.html")


def test_a_choice_reaches_every_page_and_stands_in_the_address(many: str, open_page: OpenPage) -> None:
    page, watch = open_page()
    arrive(page, f"{many}/index.html")
    assert not [url for url in watch.requests if url.endswith("stories.js")]
    page.get_by_text("Choose stories").click()
    page.get_by_label("Topic").select_option("salt")
    expect(page.get_by_role("status")).to_have_text("Stories: 9 of 34")
    assert list_titles(page)[-1] == "Story 32"  # which stands on the second page
    page.get_by_label("From").select_option("1930")
    assert page.url.endswith("index.html?tag=salt&from=1930")
    expect(page.get_by_role("status")).to_have_text("Stories: 1 of 34")
    page.wait_for_function("() => document.querySelectorAll('.leg:not(.is-hidden)').length === 1")
    expect(page.get_by_label("Language").locator("option[value=cs]")).to_be_disabled()
    arrive(page, page.url)
    assert list_titles(page) == ["Story 32"]
    page.get_by_role("button", name="Show all stories").click()
    assert page.url.endswith("index.html")
    assert len(list_titles(page)) == 30
    expect(page.locator(".pin")).to_have_count(8)


def test_a_choice_on_a_further_page_is_shown_on_the_first(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/page/2.html")
    page.get_by_text("Choose stories").click()
    page.get_by_label("Language").select_option("cs")
    page.wait_for_url("**/index.html?lang=cs")
    expect(page.get_by_role("status")).to_have_text("Stories: 17 of 34")


def test_the_keyboard_chooses_and_what_nobody_could_choose_is_ignored(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/index.html?tag=%3Cimg%20src%3Dx%3E&lang=en&from=soon")
    expect(page.get_by_role("status")).to_have_text("Stories: 17 of 34")
    page.get_by_label("Topic").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_have_text("Stories: 9 of 34")
    expect(page.get_by_label("Topic")).to_be_focused()
    assert "tag=salt" in page.url


def test_tags_and_authors_lead_to_pages_of_their_own(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/s00.html")
    page.get_by_role("link", name="salt").click()
    page.wait_for_url("**/tags/salt.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("salt")
    assert len(list_titles(page)) == 9
    page.get_by_role("link", name="Ana").first.click()
    page.wait_for_url("**/authors/ana.html")


def test_without_script_nothing_can_be_chosen_and_all_is_there(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{many}/index.html")
    assert len(list_titles(page)) == 30
    expect(page.locator(".filter")).to_be_hidden()
    page.get_by_role("link", name="Next page").click()
    assert len(list_titles(page)) == 4


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    many: str, open_page: OpenPage, find_violations: Callable[..., list[str]], width: int
) -> None:
    page, _ = open_page(viewport={"width": width, "height": 800})
    for name in ("index.html?tag=salt", "page/2.html", "tags/salt.html"):
        arrive(page, f"{many}/{name}")
        assert find_violations(page, in_both_schemes=True) == [], name


def test_a_card_in_another_direction_shows_no_point_before_its_first_word(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, f"{many}/index.html")
    cut = "card => getComputedStyle(card.querySelector('.card-facts')).clipPath"
    card = page.locator(".card").first
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    left = card.evaluate(cut)
    card.evaluate("card => { card.dir = 'rtl'; }")
    right = card.evaluate(cut)
    assert left != right
    page.evaluate("() => { document.documentElement.dir = 'ltr'; }")
    assert card.evaluate(cut) == right
