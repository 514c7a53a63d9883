"""The search, as a reader uses it: from disk and from a server, by keyboard alone, in several languages."""

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

STORIES = {
    "dam": """---
title: Výstavba přehrady
summary: Jak vznikla nádrž.
lang: cs
---
Úvod.

## Začátek
place: Brno

Dělníci přišli z Ostravy.

## Konec
place: [Brno, Prague]

Inženýr Novotný dokončil hráz v Praze. </script>&lt;img src=x onerror=alert(1)&gt;
""",
    "north": """---
title: 去北京的路
lang: zh
---
开始。

## 出发
place: Shanghai

我们坐火车去北京市。
""",
    "safar": """---
title: السَّفَر إلى دمشق
lang: ar
---
بداية.

## الطريق
place: Damascus

كان السفر طويلا.
""",
    "secret": "---\ntitle: Tajemství přehrady\ndraft: true\nlang: cs\n---\nText.\n\n## Tam\nplace: Brno\n\nText.\n",
}

SEARCH = ".search"
FIELD = ".search-field"
RESULT = ".search-result"


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with stories in three languages, and a draft that it leaves out."""
    root = tmp_path_factory.mktemp("searched") / "a site é"
    (root / "stories").mkdir(parents=True)
    (root / "storymap.toml").write_text('title = "Cesty"\nlang = "cs"\n', encoding="utf-8")
    for name, text in STORIES.items():
        (root / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def ask(page: Page, query: str) -> list[str]:
    """Types `query` into the open dialog; the titles of what is found when all texts have been read."""
    page.fill(FIELD, query)
    page.wait_for_function("() => document.querySelector('.search-status').textContent.match(/\\d|„/)")
    return page.locator(".search-title").all_inner_texts()


def list_asked(watch: Any) -> list[str]:
    """The scripts of the search that were asked for."""
    return [url.rpartition("/")[2] for url in watch.requests if "/assets/search/" in url]


@pytest.mark.parametrize("is_served", [False, True])
def test_a_reader_finds_what_is_there_in_any_language(
    searched: Path, open_page: Callable[..., tuple[Page, Any]], serve: Callable[[Path, str], str], is_served: bool
) -> None:
    page, watch = open_page()
    root = serve(searched, "/repository/") if is_served else f"{searched.as_uri()}/"
    page.goto(f"{root}index.html")
    assert list_asked(watch) == []
    page.click("[data-search]")
    expect(page.locator(FIELD)).to_be_focused()
    page.wait_for_function("() => window.storymapSearch")
    for query in ("vystavba", "Výstavba", "výstaveb"):
        assert ask(page, query) == ["Výstavba přehrady"], query
    assert set(ask(page, "Brně")) == {"Brno", "Začátek", "Konec"}
    assert "去北京的路" in ask(page, "北京")
    assert "السَّفَر إلى دمشق" in ask(page, "سفر")
    assert ask(page, "Tajemství") == []
    page.fill(FIELD, "Ostrava")  # stands in a text alone, in another case
    excerpt = page.locator(f"{RESULT} mark", has_text="Ostravy")
    expect(excerpt).to_be_visible()
    page.fill(FIELD, "novotny hraz")
    expect(page.locator(".search-excerpt").first).to_contain_text("Inženýr Novotný dokončil hráz v Praze.")
    page.locator(RESULT).first.click()
    page.wait_for_url(f"{root}dam.html#konec")


def test_by_keyboard_alone(searched: Path, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page, _ = open_page()
    page.goto((searched / "dam.html").as_uri())
    button = page.locator("[data-search]")
    button.focus()
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("brno / praha")
    expect(page.locator(FIELD)).to_have_value("brno / praha")
    page.keyboard.press("Control+a")
    page.keyboard.type("brno")
    links = page.locator(RESULT)
    expect(links).to_have_count(3)
    expect(page.locator(".search-status")).to_have_text("Nalezeno: 3")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("End")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    expect(page.locator(FIELD)).to_have_value("brn")
    page.keyboard.press("Escape")
    expect(page.locator(SEARCH)).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_have_value("brn")
    page.keyboard.type("konec")  # what was asked for before is chosen, and gives way
    expect(links).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === '#konec'")
    expect(page.locator(SEARCH)).to_be_hidden()


def test_a_sign_is_written_where_a_reader_writes(searched: Path, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page, watch = open_page()
    page.goto((searched / "index.html").as_uri())
    page.evaluate("document.querySelector('.atlas-head').append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.type("1/2")
    assert page.locator("textarea").input_value() == "1/2"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+/")
    assert list_asked(watch) == []


def test_without_script_there_is_no_search(searched: Path, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page, _ = open_page(java_script_enabled=False)
    for name in ("index.html", "dam.html", "places/brno.html"):
        page.goto((searched / name).as_uri())
        assert page.locator("[data-search]").count() == 1
        expect(page.locator("[data-search]")).to_be_hidden()


def test_a_place_leads_to_stories_and_an_arabic_page_is_searched_in_arabic(
    searched: Path, open_page: Callable[..., tuple[Page, Any]]
) -> None:
    page, _ = open_page()
    page.goto((searched / "places" / "brno.html").as_uri())
    page.click("[data-search]")
    ask(page, "prehrada")
    assert page.locator(RESULT).first.get_attribute("href") == (searched / "dam.html").as_uri()
    page.goto((searched / "safar.html").as_uri())
    page.click("[data-search]")
    expect(page.locator(SEARCH)).to_have_attribute("dir", "rtl")
    expect(page.locator(FIELD)).to_have_attribute("placeholder", "القصص والخطوات والأماكن")
    ask(page, "السفر")
    sides = page.evaluate(
        "[...document.querySelectorAll('.search-text > span')].map((one) => getComputedStyle(one).textAlign)"
    )
    assert set(sides) == {"right"}  # the name of a place in Latin letters, too


@pytest.mark.in_turn("name", "size")
@pytest.mark.parametrize(("name", "query"), [("index.html", "brno"), ("safar.html", "سفر")])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_dialog_violates_no_rule(
    searched: Path,
    open_page: Callable[..., tuple[Page, Any]],
    find_violations: Callable[..., list[str]],
    name: str,
    query: str,
    size: tuple[int, int],
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    page.goto((searched / name).as_uri())
    page.click("[data-search]")
    page.fill(FIELD, query)
    page.wait_for_selector(f"{RESULT} mark")
    assert find_violations(page, in_both_schemes=True) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
