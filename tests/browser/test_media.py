"""Pictures, sound, film and what is elsewhere, as readers meet them: by keys, by touch, from disk and from a server."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sizes import Hand

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
HERE = Path(__file__).parents[1] / "projects" / "good" / "media"
DRAWN = "() => document.querySelector('.map-window').childElementCount === 0"
SHOWN = (
    "() => { const picture = document.querySelector('.lightbox-picture'); return picture?.complete && picture.src; }"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with all of it, its pictures large enough to be opened, one as large as those of a camera."""
    folder = tmp_path_factory.mktemp("media") / "a project é"
    shutil.copytree(HERE, folder)
    noise = random.Random(1).randbytes(150 * 100 * 3)
    large = Image.frombytes("RGB", (150, 100), noise).resize((1500, 1000))
    large.save(folder / "stories" / "beach.jpg", quality=60)
    for name in ("tower.png", "cliff.png"):
        with Image.open(folder / "stories" / name) as small:
            small.resize((small.width * 11, small.height * 11)).save(folder / "stories" / name)
    story = folder / "stories" / "hills.md"
    story.write_text(story.read_text(encoding="utf-8").replace("beach.png", "beach.jpg"), encoding="utf-8")
    (folder / "stories" / "beach.png").unlink()
    return folder


@pytest.fixture(scope="module")
def built(project: Path) -> Path:
    loaded = load_project(project)
    write_site(build_site(loaded), project / "site", project=loaded)
    return project / "site"


@pytest.fixture(scope="module")
def single(built: Path, in_form: Callable[..., Path]) -> Path:
    """Its stories, each as a file by itself."""
    return in_form("single files", built)


@pytest.mark.parametrize("form", ["disk", "server", "single file"])
def test_a_reader_looks_listens_and_compares_by_keys(
    built: Path,
    single: Path,
    form: str,
    open_page: OpenPage,
    serve: Callable[[Path, str], str],
    find_violations: Callable[..., list[str]],
) -> None:
    page, watch = open_page(reduced_motion="reduce")
    folder = single if form == "single file" else built
    page.goto(f"{serve(built, '/')}hills.html" if form == "server" else (folder / "hills.html").as_uri())
    page.wait_for_function(DRAWN)
    assert not any("viewer" in url for url in watch.requests) or page.locator(".compare.is-ready").count()
    if form == "single file":
        assert {url for url in watch.requests if not url.startswith("data:")} == {(single / "hills.html").as_uri()}

    # The picture in the size of the column, and its own only when it is opened; a file by itself has the one alone.
    small, large = ("data:image/jpeg",) * 2 if form == "single file" else ("/480.webp", "/media/beach.jpg")
    beach = page.locator(".gallery img").first
    beach.scroll_into_view_if_needed()
    page.wait_for_function("(name) => document.querySelector('.gallery img').currentSrc.includes(name)", arg=small)
    heights = page.eval_on_selector_all(".gallery img", "all => all.map(one => one.getBoundingClientRect().height)")
    assert abs(heights[0] - heights[1]) < 2  # the third has a row for itself

    # Enter opens, arrows lead on, the keys of the reading stay out, Escape leads back.
    link = page.locator(".gallery .enlarge").first
    link.focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_role("status")).to_have_text("1 of 3")
    page.wait_for_function(f"(name) => ({SHOWN})()?.includes(name)", arg=large)
    expect(dialog.locator(".lightbox-caption")).to_have_text("Petr Malý, CC BY-SA 4.0")
    assert find_violations(page, ".lightbox") == []
    for _ in range(7):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.lightbox')"
        )
    page.keyboard.press("ArrowRight")
    expect(dialog.locator("img")).to_have_attribute("alt", "A hill like a tower")
    expect(dialog.locator(".lightbox-caption")).to_have_text("The tower. Photo: A. B.")
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".lightbox-caption")).to_have_text("Jana Nováková, CC BY 4.0")
    page.keyboard.press("+")
    page.wait_for_function("() => document.querySelector('.lightbox-picture').style.transform.includes('scale(1.5)')")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.gallery .enlarge')")
    assert abs(page.evaluate("scrollY") - before) < 2

    # Back closes it as well, and the story stays.
    page.wait_for_function("() => !history.state?.storymapPicture")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.go_back()
    expect(dialog).to_have_count(0)
    assert page.url.partition("#")[0].endswith("/hills.html")

    # The line between two pictures is a slider.
    line = page.get_by_role("slider", name="Move the line between the pictures: 1894 – 2024")
    line.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getComputedStyle(document.querySelector('.compare')).getPropertyValue('--line')") == "1%"
    # It lies where it is pressed.
    width = page.evaluate("document.querySelector('.compare img').getBoundingClientRect().width")
    line.click(position={"x": 20 + width * 0.9, "y": 30})
    assert page.evaluate("document.querySelector('.compare-line').value") == "90"

    # Captions are there in the language of the story, and one plays at a time.
    page.locator("video").scroll_into_view_if_needed()
    tracks = "[...document.querySelector('video').textTracks].map(one => [one.language, one.mode, one.cues?.length])"
    page.wait_for_function(f"() => {tracks}[1][2] === 2")
    assert page.evaluate(tracks) == [["cs", "disabled", None], ["en", "showing", 2]]
    state = "() => ['audio', 'video'].map(name => document.querySelector(name).paused)"
    page.evaluate("() => { document.querySelector('video').muted = true; document.querySelector('video').play(); }")
    page.wait_for_function(f"() => !({state})()[1]")
    page.evaluate("() => { document.querySelector('audio').muted = true; document.querySelector('audio').play(); }")
    page.wait_for_function(f"() => ({state})()[1]")
    assert find_violations(page, in_both_schemes=True) == []


RESTED = """() => new Promise((done) => {
  let at = scrollY, still = 0;
  const look = () => { still = scrollY === at ? still + 1 : 0; at = scrollY;
    if (still > 20) done(); else requestAnimationFrame(look); };
  look();
})"""


@pytest.mark.parametrize("form", ["built", "single"])
@pytest.mark.parametrize("start", ["", "#then-and-now", "#a-gallery"])
def test_who_closes_a_picture_is_where_it_was_opened(
    request: pytest.FixtureRequest, open_page: OpenPage, form: str, start: str
) -> None:
    """Also where the address named another step when it was opened, and however it is closed."""
    page, _ = open_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto((request.getfixturevalue(form) / "hills.html").as_uri() + start)
    page.wait_for_function(DRAWN)
    page.evaluate(RESTED)
    for way in ("Escape", "Back"):
        # At once, before the page has noted which step that is.
        page.evaluate(
            "() => { const link = document.querySelector('.gallery .enlarge');"
            " link.scrollIntoView({ block: 'center', behavior: 'instant' }); link.click(); }"
        )
        expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
        where = page.evaluate("scrollY")
        if start != "#a-gallery" and way == "Escape":
            page.wait_for_function("() => location.hash === '#a-gallery'")
        if way == "Escape":
            page.keyboard.press("Escape")
        else:
            page.go_back()
        expect(page.locator(".lightbox")).to_have_count(0)
        page.evaluate(RESTED)
        assert page.evaluate("scrollY") == pytest.approx(where, abs=1)
        assert page.evaluate("document.activeElement.matches('.gallery .enlarge')")
        assert page.evaluate("document.querySelector('.is-current').id") == "a-gallery"
        assert page.evaluate("[location.hash, history.scrollRestoration]") == ["#a-gallery", "auto"]
        page.evaluate(f"scrollTo({{ top: 0, behavior: 'instant' }}), ({RESTED})()")
    # Elsewhere Back leads from step to step as ever.
    for step in ("elsewhere", "then-and-now"):
        page.evaluate("(step) => { location.hash = step; }", step)
        page.wait_for_function("(step) => document.querySelector('.is-current').id === step", arg=step)
        page.evaluate(RESTED)
    page.go_back()
    page.wait_for_function("() => document.querySelector('.is-current').id === 'elsewhere'")


@pytest.mark.parametrize("form", ["built", "single"])
def test_what_is_elsewhere_is_asked_when_it_is_pressed_and_nobody_else(
    request: pytest.FixtureRequest, open_page: OpenPage, form: str
) -> None:
    page, watch = open_page(viewport={"width": 390, "height": 844})
    page.goto((request.getfixturevalue(form) / "hills.html").as_uri())
    page.wait_for_function(DRAWN)
    cards = page.locator(".frame-link")
    expect(cards).to_have_count(4)
    expect(cards.nth(1).locator("img")).to_have_attribute("alt", "A talk about hills")
    expect(cards.nth(1)).to_contain_text("player.vimeo.com")
    assert watch.strangers == []
    with page.expect_event("requestfailed"):
        cards.nth(1).click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1")
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
    page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
    assert watch.strangers == ["https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"]
    watch.strangers.clear()
    watch.complaints.clear()  # nobody answers there
    # YouTube shows nothing to a page on disk: it opens by itself.
    with page.expect_popup() as opened:
        cards.first.click()
    opened.value.close()
    assert watch.strangers == ["https://www.youtube.com/watch?v=abc_-123456&t=65s"]
    expect(frame).to_have_count(1)
    watch.strangers.clear()
    watch.complaints.clear()


@pytest.mark.parametrize("form", ["built", "single"])
def test_without_script_all_of_it_is_there(request: pytest.FixtureRequest, open_page: OpenPage, form: str) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto((request.getfixturevalue(form) / "hills.html").as_uri())
    expect(page.locator(".cover img")).to_be_visible()
    leads_to = page.locator(".gallery .enlarge").first.get_attribute("href")
    assert leads_to is None if form == "single" else (leads_to or "").endswith("media/beach.jpg")
    boxes = [page.locator(".compare img").nth(number).bounding_box() for number in (0, 1)]
    left, right = (box["x"] for box in boxes if box)
    assert left < right
    expect(page.locator("video[controls][poster]")).to_be_visible()
    expect(page.locator(".frame-asks").first).to_be_hidden()
    page.locator(".sound summary").click()
    expect(page.get_by_text("A bell rings once.")).to_be_visible()


@pytest.mark.parametrize("form", ["built", "single"])
def test_fingers_turn_over_come_close_and_close(request: pytest.FixtureRequest, open_page: OpenPage, form: str) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page.goto((request.getfixturevalue(form) / "hills.html").as_uri())
    page.wait_for_function(DRAWN)
    hand = Hand(page)
    touch = hand.touch

    def is_close(scale: str) -> None:
        page.wait_for_function(
            f"() => document.querySelector('.lightbox-picture').style.transform.includes('scale({scale}')"
        )

    page.locator(".gallery .enlarge").first.tap()
    dialog = page.get_by_role("dialog", name="Picture")
    picture = dialog.locator(".lightbox-picture")
    expect(dialog.get_by_role("status")).to_have_text("1 of 3")
    touch([(300, 400)], [(200, 405)], [(100, 410)])
    expect(dialog.get_by_role("status")).to_have_text("2 of 3")
    touch([(100, 400)], [(200, 395)], [(300, 390)])
    expect(dialog.get_by_role("status")).to_have_text("1 of 3")
    # A tap closes nothing, two come close, and a swipe then moves the picture; two more show all of it.
    hand.tap_twice(195, 400)
    is_close("2.25")
    touch([(300, 400)], [(200, 400)])
    expect(dialog.get_by_role("status")).to_have_text("1 of 3")
    hand.tap_twice(195, 400)
    expect(picture).to_have_attribute("style", re.compile("^(?!.*scale)"))
    touch([(150, 400)], [(150, 400), (240, 400)], [(120, 400), (270, 400)], [(105, 400), (285, 400)])
    is_close("2")
    touch([(105, 400)], [(105, 400), (285, 400)], [(150, 400), (240, 400)], [(190, 400), (200, 400)])
    expect(picture).to_have_attribute("style", re.compile("^(?!.*scale)"))
    touch([(195, 300)], [(196, 430)], [(197, 560)])
    expect(dialog).to_have_count(0)
    assert page.url.partition("#")[0].endswith("/hills.html")
