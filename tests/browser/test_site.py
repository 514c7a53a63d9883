"""The repository's own site in a real Chromium: from disk, from a domain's root and under a repository's path."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
Serve = Callable[[Path, str], str]

SHOWS = """([lon, lat]) => {
  const frame = document.querySelector('.map-window').getBoundingClientRect();
  const map = map_1.getContainer().getBoundingClientRect();
  return [-360, 0, 360].some((turn) => {
    const { x, y } = map_1.latLngToContainerPoint([lat, lon + turn]);
    const [left, top] = [x + map.left, y + map.top];
    return left > frame.left && left < frame.right && top > frame.top && top < frame.bottom;
  });
}"""
PRAGUE, WASHINGTON, PLZEN, MUSEUM = [14.42, 50.09], [-77.04, 38.9], [13.38, 49.75], [14.43, 50.08]


@pytest.fixture(params=["disk", "repository"])
def address(request: pytest.FixtureRequest, site: Path, serve: Serve) -> str:
    """Where the site's folder can be opened: from disk, or below a path of a server, which is harder than its top."""
    return site.as_uri() + "/" if request.param == "disk" else serve(site, "/repository/")


@pytest.fixture(params=["disk", "repository", "single files"])
def anywhere(request: pytest.FixtureRequest) -> str:
    """Where its stories can be read: there, or as files by themselves."""
    if request.param == "single files":
        return Path(request.getfixturevalue("single_files")).as_uri() + "/"
    site, serve = request.getfixturevalue("site"), request.getfixturevalue("serve")
    return str(site.as_uri() + "/" if request.param == "disk" else serve(site, "/repository/"))


@pytest.fixture
def disk(site: Path) -> str:
    return site.as_uri() + "/"


@pytest.fixture
def own(stories: Path) -> str:
    """The folder with the stories, in each form."""
    return stories.as_uri() + "/"


def is_face(name: str) -> bool:
    """Whether a file of a site is one of the faces that pages are set in."""
    return name.startswith("assets/fonts/")


def arrive(page: Page, url: str) -> None:
    """Open a page and wait until its map is drawn."""
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")


def settle_on(page: Page, step: str) -> None:
    """Wait until the story is at a step, in text and address."""
    page.wait_for_function("(step) => document.querySelector('.is-current')?.id === step", arg=step)
    page.wait_for_function("(step) => location.hash === '#' + step", arg=step)


def read_to(page: Page, step: str) -> None:
    """Scroll as a reader does until a step is under their eyes."""
    page.mouse.move(200, 400)
    for _ in range(200):
        if page.evaluate("(step) => document.querySelector('.is-current')?.id === step", step):
            break
        page.mouse.wheel(0, 300)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    settle_on(page, step)


def test_the_atlas_leads_to_both_stories_and_back(address: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, address + "index.html")
    page.get_by_role("link", name="A declaration by telephone", exact=True).click()
    expect(page.locator("h1")).to_have_text("A declaration by telephone")
    page.locator(".onward-link").first.click()
    expect(page.locator("h1")).to_have_text("The dispute over Huawei")
    page.get_by_role("link", name="All stories").click()
    expect(page).to_have_url(re.compile(r"index\.html$"))


def test_the_map_follows_the_text(anywhere: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, anywhere + "declaration.html")
    for step, places in (
        ("the-hall-that-stayed-empty", [MUSEUM]),
        ("the-call", [PRAGUE, WASHINGTON]),
        ("the-sixth-of-may", [PLZEN]),
    ):
        read_to(page, step)
        for place in places:
            page.wait_for_function(SHOWS, arg=place)


def test_a_copied_address_opens_at_its_step_and_back_works(anywhere: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, anywhere + "declaration.html#the-sixth-of-may")
    settle_on(page, "the-sixth-of-may")
    page.wait_for_function(SHOWS, arg=PLZEN)
    assert page.evaluate("document.getElementById('the-sixth-of-may').getBoundingClientRect().top < innerHeight / 2")
    page.locator("[data-to-step='2']").click()
    settle_on(page, "the-call")
    page.go_back()
    settle_on(page, "the-sixth-of-may")


def test_a_marker_leads_to_its_step(own: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, own + "declaration.html")
    page.get_by_role("button", name=re.compile("^NATO headquarters")).press("Enter")
    settle_on(page, "a-subject-for-the-alliance")


def test_a_link_in_prose_moves_the_map_and_brings_it_back(own: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, own + "declaration.html#the-call")
    settle_on(page, "the-call")
    page.wait_for_function(SHOWS, arg=WASHINGTON)
    link = page.locator("#the-call a[data-link]", has_text="Prague").first
    link.hover()
    page.wait_for_function("() => document.querySelector('.is-shown')?.textContent === 'Prague'")
    page.wait_for_function(f"() => ({SHOWS})([14.42, 50.09]) && !({SHOWS})([-77.04, 38.9])")
    page.mouse.move(5, 5)
    page.wait_for_function(SHOWS, arg=WASHINGTON)
    expect(page.locator(".is-shown")).to_have_count(0)
    assert page.url.endswith("#the-call")


def test_a_click_on_a_link_in_prose_stays_on_the_page_and_a_modified_one_follows_it(
    disk: str, open_page: OpenPage
) -> None:
    page, _ = open_page()
    arrive(page, disk + "declaration.html#the-call")
    link = page.locator("#the-call a[data-link]", has_text="Washington").first
    link.click()
    assert page.url.endswith("declaration.html#the-call")
    assert link.get_attribute("href") == "places/washington.html"


def test_a_reader_who_moves_the_map_is_offered_the_way_back(own: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, own + "declaration.html#the-sixth-of-may")
    settle_on(page, "the-sixth-of-may")
    back = page.get_by_role("button", name="Return to the story")
    expect(back).to_be_hidden()
    page.mouse.move(1000, 300)
    page.mouse.down()
    page.mouse.move(700, 600, steps=8)
    page.mouse.up()
    expect(back).to_be_visible()
    back.click()
    expect(back).to_be_hidden()
    page.wait_for_function(SHOWS, arg=PLZEN)


def test_a_card_of_the_atlas_lights_its_story(disk: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, disk + "index.html")
    card = page.locator("[data-story='1']")
    card.hover()
    expect(card).to_have_class(re.compile("is-lit"))
    page.get_by_role("link", name=re.compile("^NÚKIB")).last.focus()
    expect(page.locator("[data-story='1']")).to_have_class(re.compile("is-lit"))
    expect(page.locator("[data-story='0']")).not_to_have_class(re.compile("is-lit"))


def test_the_inset_shows_where_the_map_looks(own: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, own + "declaration.html#the-sixth-of-may")
    expect(page.locator(".inset")).to_be_visible()


def test_without_javascript_every_step_shows_its_text_and_its_map(own: str, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    for story in ("declaration.html", "huawei-dispute.html", "list-that-grew.html", "date-line.html"):
        page.goto(own + story)
        steps = page.locator("section.step")
        assert 8 <= steps.count() <= 9
        for number in range(steps.count()):
            step = steps.nth(number)
            still = step.locator(".step-still img")
            still.scroll_into_view_if_needed()
            expect(still).to_be_visible()
            page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=still.element_handle())
            assert (still.get_attribute("alt") or "").strip()
            expect(step.locator(".prose")).to_be_visible()
        expect(page.locator(".opening-still")).to_be_visible()


def test_with_reduced_motion_the_map_jumps(own: str, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    arrive(page, own + "declaration.html")
    page.evaluate(
        "() => { window.flights = 0; const fly = L.Map.prototype.flyTo; L.Map.prototype.flyTo ="
        " function (...all) { flights++; return fly.apply(this, all); }; }"
    )
    read_to(page, "the-call")
    page.wait_for_function(SHOWS, arg=WASHINGTON)
    assert page.evaluate("flights") == 0


@pytest.mark.in_turn("stories", "size")
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844), (844, 390), (320, 568)])
def test_the_map_keeps_its_share_of_every_screen_and_nothing_sticks_out(
    own: str, open_page: OpenPage, size: tuple[int, int]
) -> None:
    width, height = size
    page, _ = open_page(viewport={"width": width, "height": height})
    arrive(page, own + "declaration.html#the-call")
    settle_on(page, "the-call")
    share = page.evaluate(
        "() => { const { width, height } = document.querySelector('.map-window').getBoundingClientRect();"
        " return width * height / innerWidth / innerHeight; }"
    )
    # Places are shown beside the buttons and above the bar of the steps; the map itself has 42 % of a phone.
    assert share > 0.23
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # Half a pin beside its place, too, is clear of the years of the rail.
    assert page.evaluate(
        "() => { const [year, map] = ['.steps-rail-label', '.map-window'].map((name) =>"
        " document.querySelector(name).getBoundingClientRect()); return !year.width || year.right + 12 <= map.left; }"
    )
    page.wait_for_function(SHOWS, arg=PRAGUE)
    page.wait_for_function(SHOWS, arg=WASHINGTON)


def test_while_a_story_loads_and_is_read_nothing_moves_and_nothing_else_is_loaded(
    site: Path, serve: Serve, open_page: OpenPage
) -> None:
    page, watch = open_page()
    root = serve(site, "/")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    arrive(page, root + "declaration.html")
    for step in ("the-call", "the-sixth-of-may", "from-above"):
        read_to(page, step)
    page.wait_for_function(SHOWS, arg=PRAGUE)
    assert page.evaluate("shift") <= 0.01
    loaded = {url.removeprefix(root) for url in watch.requests}
    assert {name for name in loaded if not is_face(name)} <= {"declaration.html", "assets/storymap.js"}
    assert all("-latin." in name for name in loaded if is_face(name))


HEAVIEST_STORY = 115_000
"""Bytes of a story's page and its scripts, compressed, without pictures and faces."""


def test_every_story_with_its_map_stays_within_its_weight(site: Path) -> None:
    import gzip

    stories = [
        page for page in (*site.glob("*.html"), *site.glob("cs/*.html")) if b'"kind":"story"' in page.read_bytes()
    ]
    assert len(stories) == 8
    for page in stories:
        scripts = [
            page.parent / path for path in re.findall(r'<script src="([^"]+)"', page.read_text(encoding="utf-8"))
        ]
        weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in (page, *scripts))
        assert weight <= HEAVIEST_STORY, page.name


@pytest.mark.parametrize("has_script", [True, False])
def test_a_story_is_cited_from_disk(own: str, open_page: OpenPage, *, has_script: bool) -> None:
    page, _ = open_page(java_script_enabled=has_script)
    page.goto(own + "declaration.html")
    page.get_by_text("Cite this story").click()
    entry = page.locator(".cite-entry")
    expect(entry).to_be_visible()
    for name, ending in (("BibTeX", "bib"), ("RIS", "ris")):
        with page.expect_download() as saved:
            page.get_by_role("link", name=name).click()
        assert saved.value.suggested_filename == f"declaration.{ending}"
        written = Path(saved.value.path()).read_text(encoding="utf-8")
        assert written == entry.text_content() if ending == "bib" else written.startswith("TY  - ELEC\n")
