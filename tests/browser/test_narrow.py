"""The narrowest phone in every language of the interface: nothing is wider than it, and no short link is parted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("narrow")]

LANGUAGES = ("en", "cs", "de", "fr", "es", "pl", "uk", "ar", "he", "zh", "ja")
STORY = """---
title: ⰀⰁ
lang: {lang}
---

Ⰰ.

"""
STEPS = """## Ⰰ
id: one
place: [Dar es Salaam, Petropavlovsk-Kamchatsky]
date: 1908-09-05/1909-10-30

https://www.youtube.com/watch?v=00000000000

## Ⰱ
id: two
place: "-44.67, -172.52"
date: 1908-09/1908-10

Ⰰ.
"""
SIZES = ((320, 568), (844, 390), (1280, 800))

CLIPPED = """() => [...document.querySelectorAll('#storymap-places .data-table-scroll, #storymap-places :is(th, td)')]
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)"""

PARTED = """() => [...document.querySelectorAll('.colophon a, .components dd > a, .frame-asks bdi')]
  .filter((each) => each.getClientRects().length > 1).map((each) => each.textContent)"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a story in all languages."""
    root = tmp_path_factory.mktemp("narrow")
    (root / "stories").mkdir()
    (root / "storymap.toml").write_text('title = "Ⰰ"\ncards = "none"\n', encoding="utf-8")
    for lang in LANGUAGES:
        file = root / "stories" / ("one.md" if lang == "en" else f"one.{lang}.md")
        steps = STEPS if lang == "en" else "".join(_leave_texts(STEPS.splitlines(keepends=True)))
        file.write_text(STORY.format(lang=lang) + steps, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def _leave_texts(lines: Iterable[str]) -> Iterable[str]:
    return (line for line in lines if not line.startswith(("place:", "date:")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_places_of_a_story_fit(lang: str, spoken: Path, open_page: Callable[..., tuple[Page, Any]]) -> None:
    page, _ = open_page(reduced_motion="reduce")
    folder = spoken if lang == "en" else spoken / lang
    page.goto((folder / "one.html").as_uri())
    page.evaluate("document.querySelector('#storymap-places').open = true")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(PARTED) == []
    # Each row is one still, for who hears it, where it stands in two lines.
    assert page.locator("#storymap-places").get_by_role("row").count() == 4
    assert page.locator("#storymap-places").get_by_role("rowheader").count() == 3
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto((folder / "about.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(PARTED) == []
