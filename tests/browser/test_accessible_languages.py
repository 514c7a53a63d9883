"""Every kind of page in four languages, two of them in other letters and one from right to left, passes axe-core.

Not each kind in each language, look and size, which would take minutes, but so that each pair of these comes together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from every_kind import write_project
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessible languages")]

LANGUAGES = ("en", "ar", "cs", "zh")
KINDS = (
    "one.html",
    "index.html",
    "places/ⰰⰱ.html",
    "tags/ⱇ.html",
    "authors/ⱅ.html",
    "walks/index.html",
    "two.html",
    "about.html",
    "credits.html",
    "one.html?embed",
    "one.html the tables",
    "index.html the search",
)
LOOKS: tuple[Mapping[str, Any], ...] = (
    {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "active"},
)
SIZES = ((1280, 800), (390, 844))


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in all languages."""
    root = tmp_path_factory.mktemp("spoken")
    write_project(root, "en", editions=[lang for lang in LANGUAGES if lang != "en"])
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_kind_of_page_violates_a_rule(
    lang: str, spoken: Path, open_page: Callable[..., tuple[Page, Any]], find_violations: Callable[..., list[str]]
) -> None:
    page, _ = open_page(reduced_motion="reduce")
    number = LANGUAGES.index(lang)
    found = []
    for at, kind in enumerate(KINDS):
        look, (width, height) = LOOKS[(at + number) % len(LOOKS)], SIZES[(at // 2 + number) % len(SIZES)]
        path, _, opened = kind.partition(" ")
        file, _, query = path.partition("?")
        here = spoken / file if lang == "en" else spoken / lang / file
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**look)
        page.goto(here.as_uri() + (f"?{query}" if query else ""))
        if page.locator(".map-window").count():
            page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        if opened == "the tables":
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if opened == "the search":
            page.locator(".search-open").first.click()
            page.locator("dialog[open] input").fill("Ⰶ")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, here.name
        found += [f"{here.name}, {look}, {width}: {each}" for each in find_violations(page)]
        if lang == "ar":
            # The points between what stands in a line are on its side, whichever way its words go.
            parts = "[...document.querySelectorAll(':is(.dateline, .byline, .card-facts) > *')]"
            ways = f"{parts}.map((one) => getComputedStyle(one).direction)"
            assert set(page.evaluate(ways)) <= {"rtl"}
        if lang in {"ar", "zh"}:
            letters = "(own) => [getComputedStyle(own).letterSpacing, getComputedStyle(own).fontSynthesisStyle]"
            spacing, slant = page.locator(f"h1:lang({lang})").first.evaluate(letters)
            assert spacing in {"normal", "0px"}
            assert slant == "none"
    assert found == []
