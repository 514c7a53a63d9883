"""What a reader meets in the text around the map: long words, tall pictures, notes, headings, datelines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("reading")]  # what is made for this file takes long

OpenPage = Callable[..., tuple[Page, Any]]

PHONES = [(320, 568), (390, 844)]
STEPS = 40
STORY = """---
title: Die Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung
summary: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz.
lang: de
date: 2020-05-06
authors: [Ada Lovelace, Grace Hopper, Katherine Johnson]
---
Anfang mit Verkehrsinfrastrukturfinanzierungsgesellschaft.[^1][^2] Und noch einmal.[^1]

![Ein Turm](tower.svg)

- [x] Getan
- [ ] Offen
"""
STEP = """
## {number}. Donaudampfschifffahrtsgesellschaftskapitän
id: step-{number}
place: [Prague, Vienna, Berlin, Washington, Paris, Warsaw, Budapest]
date: 2020-05-06

Text.
"""
TOWNS = ("Prag", "Wien", "Berlin", "Warschau", "Paris", "Rom")
SHORT = "---\ntitle: Kurz\nlang: de\n---\nEins.\n" + "".join(f"\n## {town}\nplace: {town}\n\nJa.\n" for town in TOWNS)
TOWER = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="2400"><rect width="400" height="2400"/></svg>'
NOTES = "\n[^1]: Eins.\n[^2]: Zwei.\n"


@pytest.fixture(scope="module", params=["site", "single files"])
def long_story(request: pytest.FixtureRequest, long_site: Path, in_form: Callable[..., Path]) -> str:
    """The address of a story of many steps and long words."""
    return (in_form(request.param, long_site) / "long.html").as_uri()


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with that story alone."""
    root = tmp_path_factory.mktemp("long")
    (root / "stories").mkdir()
    (root / "storymap.toml").write_text(
        'title = "Donaudampfschifffahrtsgesellschaftskapitäne"\nlang = "de"\n', encoding="utf-8"
    )
    steps = "".join(STEP.format(number=number) for number in range(1, STEPS + 1))
    (root / "stories" / "long.md").write_text(STORY + steps + NOTES, encoding="utf-8")
    (root / "stories" / "short.md").write_text(SHORT, encoding="utf-8")
    (root / "stories" / "tower.svg").write_text(TOWER, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", PHONES)
def test_a_long_word_breaks_with_a_hyphen_and_widens_nothing(
    long_site: Path, open_page: OpenPage, size: tuple[int, int], script: bool
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, java_script_enabled=script)
    for name in ("index.html", "long.html"):
        page.goto((long_site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        # Every line of a heading but the last ends in a blank or a soft hyphen, and fits its box.
        for selector in ("h1", ".card h2 a", ".step h2", ".card-summary"):
            for element in page.query_selector_all(selector)[:2]:
                ends = element.evaluate(LINE_ENDS)
                assert set(ends) <= {" ", "\u00ad"}, (selector, ends)


LINE_ENDS = """element => {
  const ends = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = null, top = null;
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = [...range.getClientRects()].filter(({ width }) => width > 0).pop();
      if (!box) { before = node.data[at]; continue; }
      if (top !== null && box.top > top + box.height / 2) ends.push(before);
      before = node.data[at]; top = box.top;
    }
  }
  return ends;
}"""


@pytest.mark.in_turn("long_story", "size")
@pytest.mark.parametrize("size", [(320, 568), (390, 844), (844, 390), (1280, 800)])
def test_a_tall_picture_fits_what_is_seen_of_the_text(
    long_story: str, open_page: OpenPage, size: tuple[int, int]
) -> None:
    width, height = size
    page, _ = open_page(viewport={"width": width, "height": height})
    page.goto(long_story)
    picture = page.locator(".prose img")
    picture.scroll_into_view_if_needed()
    map_height = page.evaluate("document.querySelector('.map-frame').getBoundingClientRect().height")
    free = height if map_height == height else height - map_height
    box = picture.bounding_box()
    assert box
    assert 100 < box["height"] <= free


@pytest.mark.parametrize("size", [(320, 568), (390, 844), (844, 390), (1280, 800)])
def test_the_step_that_an_address_names_is_the_current_one_however_short_it_is(
    long_story: str, open_page: OpenPage, size: tuple[int, int]
) -> None:
    """Until the reader scrolls: then it is the one at the reading line."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    story = long_story.replace("long.html", "short.html")
    is_there = "(step) => document.querySelector('.is-current').id === step && location.hash === (step && '#' + step)"
    stands = """([step, near]) => {
      const {top, bottom} = document.getElementById(step).getBoundingClientRect();
      const map = document.querySelector('.map-frame').getBoundingClientRect();
      const covered = map.height < innerHeight ? map.bottom : 0;
      const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      return top >= covered && (isEnd || top < covered + near);
    }"""

    def assert_at(step: str, *, near: int = 100) -> None:
        page.wait_for_function(is_there, arg=step)
        if step:
            page.wait_for_function(stands, arg=[step, near])
            assert page.evaluate(is_there, step)

    for step in ("berlin", "rom"):
        page.goto("about:blank")
        page.goto(f"{story}#{step}")
        assert_at(step)
    for key, step in (("Home", "prag"), ("j", "wien"), ("j", "berlin"), ("k", "wien"), ("0", "")):
        page.keyboard.press(key)
        assert_at(step)
    page.wait_for_function("() => scrollY === 0")
    for step in ("paris", "wien"):
        page.evaluate("(step) => document.querySelector(`.steps-rail [href='#${step}']`).click()", step)
        assert_at(step, near=30)
    page.go_back()
    assert_at("paris", near=30)
    page.go_forward()
    assert_at("wien")
    page.set_viewport_size({"width": size[1], "height": size[0]})
    assert_at("wien")
    # The page hears of the turn with the next frame, and stays where the reader was led.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    # A phone's bars go as the reader scrolls on: of its new height the page hears before it hears of that.
    moved = page.evaluate(
        "() => { const before = scrollY; scrollBy({top: -20, behavior: 'instant'}); const between = scrollY;"
        " dispatchEvent(new Event('resize')); return [before - between, scrollY - between]; }"
    )
    assert moved == [pytest.approx(20, abs=1), 0]
    # Further on, the line decides: at the end of the page it is the last.
    page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    page.wait_for_function(is_there, arg="rom")


def test_a_copied_heading_is_its_words(long_story: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(long_story)
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.step h2'));"
        " return getSelection().toString(); }"
    )
    assert copied.replace("\u00ad", "") == "1. Donaudampfschifffahrtsgesellschaftskapitän"
    assert page.evaluate("getComputedStyle(document.querySelector('.step-number'), '::before').content") != "none"


@pytest.mark.in_turn("long_story", "size")
@pytest.mark.parametrize("size", PHONES)
def test_no_line_of_a_dateline_begins_or_ends_with_its_point(
    long_story: str, open_page: OpenPage, size: tuple[int, int]
) -> None:
    """The point belongs to the name after it, and stands outside of what is seen where that name begins a line."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    page.goto(long_story)
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.step .dateline, .byline')].slice(0, 2).map((line) => {
          const text = line.closest('section').querySelector('h1, h2').getBoundingClientRect().left;
          const point = parseFloat(getComputedStyle(line.firstElementChild, '::before').inlineSize);
          const tops = new Map();
          for (const item of line.children) {
            const { left, top } = item.getBoundingClientRect();
            // What stands on one line shares its baseline, and not its upper edge.
            if (![...tops.keys()].some((other) => Math.abs(other - top) < 8)) tops.set(top, left + point - text);
          }
          const cut = parseFloat(getComputedStyle(line).clipPath.split(' ').pop()) - point;
          return { starts: [...tops.values()], cut };
        })"""
    )
    assert len(lines) == 2
    assert len(lines[1]["starts"]) > 1
    for line in lines:
        assert all(abs(start) < 1 for start in line["starts"])  # every line begins flush with the heading
        assert line["cut"] == pytest.approx(-6, abs=0.1)  # what is left of it is cut, but for the room of a focus ring


def test_the_references_of_a_note_and_its_ways_back_can_be_hit(long_story: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(long_story)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.footnote-ref, .footnote-backref')].map((link) => {
          link.scrollIntoView({ block: 'center', behavior: 'instant' });
          const { left, top, width, height } = link.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          const reach = [[-11, 0], [11, 0], [0, -11], [0, 11], [0, 0]];
          return reach.every(([dx, dy]) => document.elementFromPoint(x + dx, y + dy) === link);
        })"""
    )
    assert len(boxes) == 6
    assert all(boxes)


def test_every_page_has_an_icon_and_asks_for_none(
    site: Path, serve: Callable[[Path, str], str], open_page: OpenPage
) -> None:
    page, watch = open_page()
    root = serve(site, "/")
    for name in ("index.html", "declaration.html", "places/prague.html", "about.html", "404.html", "guide/index.html"):
        page.goto(root + name)
        icon = page.locator("link[rel=icon]").get_attribute("href") or ""
        assert page.evaluate(
            "source => new Promise((done) => { const image = new Image(); image.onload = () => done(true);"
            " image.onerror = () => done(false); image.src = source; })",
            icon,
        )
    assert not [url for url in watch.requests if "favicon" in url]
