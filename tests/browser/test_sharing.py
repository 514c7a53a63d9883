"""Sharing a step, and a story in a frame of another page: of any size, from any place, and never in the way."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
Serve = Callable[[Path, str], str]
DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"
SIZES = [(600, 400), (320, 480), (1000, 700)]
PLACES = {"disk": "site", "server": "site", "single file": "single_files"}
"""Where a story is read, and the fixture that has it."""


def arrive(page: Page | Frame) -> None:
    page.wait_for_function(DRAWN)
    page.wait_for_function("() => document.querySelector('[data-step].is-current')")


def open_panel(page: Page, address: str) -> None:
    page.goto(f"{address}#the-call")
    arrive(page)
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'the-call'")
    page.locator(".share-button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Link copied").wait_for()


@pytest.mark.parametrize("place", PLACES)
def test_the_address_of_a_step_is_copied_and_that_is_said(
    request: pytest.FixtureRequest, serve: Serve, open_page: OpenPage, place: str
) -> None:
    folder: Path = request.getfixturevalue(PLACES[place])
    address = (serve(folder, "/").rstrip("/") if place == "server" else folder.as_uri()) + "/declaration.html"
    page, _ = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_panel(page, address)
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}#the-call"
    assert page.get_by_label("Address of this step").input_value() == f"{address}#the-call"
    page.keyboard.press("Escape")
    page.locator(".share-panel").wait_for(state="detached")
    assert page.evaluate("document.activeElement.matches('.share-button')")


def test_where_the_site_knows_its_address_that_is_shared(stories: Path, open_page: OpenPage) -> None:
    text = (stories / "declaration.html").read_text(encoding="utf-8")
    known = '<link rel="canonical" href="https://example.org/walks/declaration.html">'
    probe = stories / "known.html"
    probe.write_text(text.replace("<title>", f"{known}<title>", 1), encoding="utf-8")
    page, _ = open_page()
    open_panel(page, probe.as_uri())
    probe.unlink()
    assert (
        page.get_by_label("Address of this step").input_value() == "https://example.org/walks/declaration.html#the-call"
    )
    assert (
        'src="https://example.org/walks/declaration.html?embed#the-call"'
        in page.get_by_label("Copy code").input_value()
    )


def test_without_a_clipboard_the_address_is_selected(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
    )
    page.goto(f"{stories.as_uri()}/declaration.html#the-call")
    arrive(page)
    page.locator(".share-button").click()
    page.get_by_text("Your browser does not let it be copied").wait_for()
    assert page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)").endswith(
        "#the-call"
    )


def test_a_telephone_shows_the_sheet_of_its_system(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    page.goto(f"{stories.as_uri()}/declaration.html#the-call")
    arrive(page)
    page.locator(".share-button").tap()
    page.wait_for_function("() => window.shared")
    assert page.evaluate("window.shared.url").endswith("declaration.html#the-call")
    assert page.locator(".share-panel").count() == 0


def test_the_panel_can_be_used_by_everybody(
    stories: Path, open_page: OpenPage, find_violations: Callable[..., list[str]]
) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844})
    open_panel(page, f"{stories.as_uri()}/declaration.html")
    assert find_violations(page, ".share-panel", in_both_schemes=True) == []


def test_a_title_is_escaped_in_the_code_to_embed(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{stories.as_uri()}/declaration.html#the-call")
    arrive(page)
    page.evaluate("""() => { document.title = `"><script>alert('1')</script>&amp;` }""")
    page.locator(".share-button").click()
    page.get_by_role("status").get_by_text("Link copied").wait_for()
    code = page.get_by_label("Copy code").input_value()
    assert code.count("<script>") == 1
    title = re.search(r'title="([^"]*)"', code)
    assert title
    assert html.unescape(title[1]) == "\"><script>alert('1')</script>&amp;"
    assert len(code.splitlines()) <= 10


def write_outer(folder: Path, inner: str, size: tuple[int, int] = (600, 400), code: str = "") -> Path:
    """A long page of somebody else's with a frame in its middle."""
    width, height = size
    frame = (
        code or f'<iframe src="{inner}" title="story" style="border: 0; width: {width}px; height: {height}px"></iframe>'
    )
    page = folder / "outer.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>outer</title><body style="margin: 0"><p style="height: 200px">Before</p>'
        f'<div style="width: {width}px">{frame}</div><p style="height: 3000px">After</p>',
        encoding="utf-8",
    )
    return page


@pytest.fixture(params=PLACES)
def embed(
    request: pytest.FixtureRequest, serve: Serve, open_page: OpenPage, tmp_path: Path
) -> Callable[..., tuple[Page, Frame]]:
    """Open a page of somebody else's with a story in a frame: both from disk, or from two servers."""
    folder: Path = request.getfixturevalue(PLACES[request.param])

    def show(query: str = "?embed", **options: Any) -> tuple[Page, Frame]:
        is_disk = request.param != "server"
        inner = (folder.as_uri() + "/" if is_disk else serve(folder, "/")) + f"declaration.html{query}#the-call"
        page, _ = open_page(viewport={"width": 1040, "height": 800}, **options.pop("context", {}))
        code = options.pop("code", "").replace("INNER", inner)
        outer = write_outer(tmp_path, inner, code=code, **options)
        page.goto(outer.as_uri() if is_disk else serve(tmp_path, "/") + "outer.html")
        frame = page.frames[1]
        arrive(frame)
        frame.wait_for_function("() => document.documentElement.classList.contains('is-bound')")
        return page, frame

    return show


def wheel(page: Page, by: int) -> None:
    box = page.locator("iframe").bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + box["height"] - 60)
    page.mouse.wheel(0, by)


@pytest.mark.in_turn("embed", "size")
@pytest.mark.parametrize("size", SIZES)
def test_a_frame_of_any_size_shows_a_step_and_does_not_hold_the_page(
    embed: Callable[..., tuple[Page, Frame]], size: tuple[int, int]
) -> None:
    page, frame = embed(size=size)
    assert page.evaluate("scrollY") == 0, "a step that is addressed does not pull the page around to it"
    assert frame.evaluate("document.documentElement.scrollHeight") <= size[1]
    assert frame.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert frame.locator("#the-call h2").is_visible()
    assert frame.locator("[data-step]:visible").count() == 1
    for selector in (".map-frame", ".column"):
        box = frame.evaluate(f"document.querySelector('{selector}').getBoundingClientRect().toJSON()")
        assert box["width"] > 150
        assert box["height"] > 100
    assert frame.locator(".steps-bar").is_hidden()
    text, number, map_frame, *pins = frame.evaluate(
        "['.column', '#the-call .step-number', '.map-frame', '.pin.is-active .pin-disc'].flatMap((selector) =>"
        " [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect().toJSON()))"
    )
    assert text["left"] <= number["left"]
    assert len(pins) == 2
    assert all(map_frame["left"] < pin["left"] and pin["right"] < map_frame["right"] for pin in pins)
    assert max(pin["left"] for pin in pins) - min(pin["left"] for pin in pins) > map_frame["width"] / 3
    wheel(page, 240)
    page.wait_for_function("() => scrollY > 100")
    assert frame.evaluate("document.querySelector('.story').scrollTop") == 0


def test_a_finger_scrolls_the_page_around(embed: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = embed(size=(320, 480), context={"has_touch": True})
    session = page.context.new_cdp_session(page)
    for y in (620, 360):  # the text, and the map
        page.evaluate("scrollTo(0, 0)")
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 150, "y": y}]})
        for moved in range(10, 130, 10):
            points = [{"x": 150, "y": y - moved}]
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_function("() => scrollY > 60")
    assert frame.evaluate("document.querySelector('.story').scrollTop") == 0


def test_a_long_text_scrolls_once_it_is_chosen(embed: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = embed(size=(320, 480))
    frame.locator("#the-call .prose p").first.click(position={"x": 5, "y": 5})
    wheel(page, 60)
    frame.wait_for_function("() => document.querySelector('.story').scrollTop > 30")
    assert page.evaluate("scrollY") == 0
    page.mouse.move(5, 5)
    frame.wait_for_function("() => !document.querySelector('.is-chosen')")
    frame.get_by_role("button", name="Read on").focus()
    page.keyboard.press("Enter")
    frame.wait_for_function("() => document.querySelector('.story').scrollTop > 100")


def test_buttons_and_keys_lead_from_step_to_step_and_leave_the_history_alone(
    embed: Callable[..., tuple[Page, Frame]],
) -> None:
    page, frame = embed(size=(600, 400))
    before = page.evaluate("history.length")
    frame.get_by_role("button", name="Next step").click()
    frame.wait_for_function("() => document.querySelector('.is-current').dataset.step === '3'")
    assert frame.get_by_role("status").inner_text() == "3 of 9"
    frame.get_by_role("button", name="Previous step").focus()
    page.keyboard.press("Enter")
    frame.wait_for_function("() => document.querySelector('.is-current').id === 'the-call'")
    frame.evaluate("location.replace('#from-above')")
    frame.wait_for_function("() => document.querySelector('.is-current').id === 'from-above'")
    assert page.evaluate("history.length") == before
    assert page.evaluate("scrollY") == 0


def test_links_lead_outside(embed: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = embed(size=(600, 400))
    away = frame.locator("#the-call .dateline a[href]")  # in a file by itself it is a name alone
    for link in (*away.all()[:1], frame.get_by_role("link", name="Open the story")):
        with page.context.expect_page() as opened:
            link.click()
        assert opened.value.evaluate("window.opener") is None
        assert "?embed" not in opened.value.url
        opened.value.close()
    assert "declaration.html?embed" in frame.url


def test_the_frame_is_as_tall_as_the_text_where_its_script_is_there(
    embed: Callable[..., tuple[Page, Frame]], site: Path, open_page: OpenPage
) -> None:
    source, _ = open_page()
    open_panel(source, f"{site.as_uri()}/declaration.html")
    code = source.get_by_label("Copy code").input_value()
    code = re.sub(r' src="[^"]*"', ' src="INNER"', code)
    for width in (600, 320):
        page, frame = embed(size=(width, 0), code=code)
        frame.wait_for_function("() => !document.querySelector('.is-longer')")
        height = page.evaluate("document.querySelector('iframe').clientHeight")
        assert 300 < height <= 1000
        assert frame.evaluate("document.documentElement.scrollHeight") <= height
        frame.get_by_role("button", name="Next step").click()
        frame.wait_for_function(
            "() => document.querySelector('.is-current').dataset.step === '3' && !document.querySelector('.is-longer')"
        )


def test_a_step_and_a_map_can_stand_alone(embed: Callable[..., tuple[Page, Frame]]) -> None:
    _, frame = embed("?embed=step")
    assert frame.locator("#the-call h2").is_visible()
    assert frame.get_by_role("button", name="Next step").count() == 0
    _, frame = embed("?embed=map")
    assert frame.locator(".column").is_hidden()
    box = frame.evaluate("document.querySelector('.map-frame').getBoundingClientRect().toJSON()")
    assert (box["width"], box["height"]) == (600, 400)
    assert frame.get_by_role("link", name="Open the story").is_visible()


@pytest.mark.in_turn("embed", "size")
@pytest.mark.parametrize("size", SIZES[:2])
def test_a_story_in_a_frame_can_be_used_by_everybody(
    embed: Callable[..., tuple[Page, Frame]], find_violations: Callable[..., list[str]], size: tuple[int, int]
) -> None:
    _, frame = embed(size=size)
    assert find_violations(frame) == []


def test_without_the_script_for_frames_the_page_is_as_ever(site: Path, open_page: OpenPage) -> None:
    page, watch = open_page()
    page.route("**/sharing.js", lambda route: route.abort())
    page.goto(f"{site.as_uri()}/declaration.html?embed#the-call")
    arrive(page)
    assert page.evaluate("document.documentElement.className") == "js"
    assert page.locator("#the-call h2").is_visible()
    watch.complaints.clear()
