"""A phone: whose a gesture is, the credits in a button, the list of steps in a sheet; and the rail of a wide window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
STEPS = 40
TEXT = "Text. " * 60
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
STILL: dict[str, Any] = {**PHONE, "reduced_motion": "reduce"}


@pytest.fixture(scope="module", params=["site", "single files"])
def many(request: pytest.FixtureRequest, many_site: Path, in_form: Callable[..., Path]) -> str:
    """The address of a story of many steps."""
    return (in_form(request.param, many_site) / "many.html").as_uri()


@pytest.fixture(scope="module")
def many_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    (root / "stories").mkdir()
    (root / "storymap.toml").write_text('title = "Many"\n', encoding="utf-8")
    steps = "".join(
        f"## Step number {number}\nid: step-{number}\nplace: {'Prague' if number % 2 else 'Vienna'}\n\n{TEXT}\n\n"
        for number in range(1, STEPS + 1)
    )
    (root / "stories" / "many.md").write_text(f"---\ntitle: Many steps\n---\n{TEXT * 5}\n\n{steps}", encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")


def drag(page: Page, fingers: list[list[tuple[int, int]]]) -> None:
    """Move fingers over the screen, each along its own points."""
    session: CDPSession = page.context.new_cdp_session(page)

    def touch(kind: str, points: list[tuple[int, int]]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]},
        )
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    for number, points in enumerate(zip(*fingers, strict=True)):
        touch("touchMove" if number else "touchStart", list(points))
    touch("touchEnd", [])


CENTRE = "() => { const { lat, lng } = map_1.getCenter(); return [lng, lat, map_1.getZoom()]; }"


def test_one_finger_scrolls_the_page_and_is_told_once_that_two_move_the_map(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(**STILL)
    arrive(page, many)
    before = page.evaluate(CENTRE)
    drag(page, [[(200, 300 - 20 * number) for number in range(10)]])
    page.wait_for_function("() => scrollY > 60")
    expect(page.locator(".map-hint")).to_have_text("Two fingers move the map")
    assert page.evaluate(CENTRE) == before
    expect(page.locator(".map-return")).to_be_hidden()
    expect(page.locator(".map-hint")).to_have_count(0)
    page.reload()
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    drag(page, [[(200, 300 - 20 * number) for number in range(10)]])
    expect(page.locator(".map-hint")).to_have_count(0)


def test_two_fingers_move_the_map_and_not_the_page(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(**STILL)
    arrive(page, many)
    before = page.evaluate(CENTRE)
    drag(page, [[(120, 100 + 10 * number) for number in range(10)], [(260, 100 + 10 * number) for number in range(10)]])
    expect(page.get_by_role("button", name="Return to the story")).to_be_visible()
    after = page.evaluate(CENTRE)
    assert after[1] > before[1]
    assert page.evaluate("scrollY") == 0
    expect(page.locator(".map-hint")).to_have_count(0)


@pytest.mark.in_turn("stories", "size")
@pytest.mark.parametrize("size", [(320, 568), (390, 844)])
def test_no_place_of_a_step_lies_under_a_button(stories: Path, open_page: OpenPage, size: tuple[int, int]) -> None:
    page, _ = open_page(**{**STILL, "viewport": {"width": size[0], "height": size[1]}})
    arrive(page, (stories / "declaration.html").as_uri() + "#the-call")
    expect(page.locator(".pin.is-active")).to_have_count(2)
    meeting = page.evaluate(
        """() => [...document.querySelectorAll('.pin.is-active .pin-disc')].flatMap((pin) => {
          const a = pin.getBoundingClientRect();
          return [...document.querySelectorAll('.leaflet-control')].filter((control) => {
            const b = control.getBoundingClientRect();
            return b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          }).map((control) => control.className);
        })"""
    )
    assert meeting == []


def test_one_finger_moves_a_map_beside_the_text(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 1180, "height": 820}, has_touch=True, reduced_motion="reduce")
    arrive(page, many)
    before = page.evaluate(CENTRE)
    drag(page, [[(900, 300 + 20 * number) for number in range(10)]])
    expect(page.get_by_role("button", name="Return to the story")).to_be_visible()
    assert page.evaluate(CENTRE)[1] > before[1]


@pytest.mark.in_turn("stories", "key")
@pytest.mark.parametrize("key", ["Control", "Meta"])
def test_the_wheel_scrolls_the_page_and_with_a_key_zooms_the_map(stories: Path, open_page: OpenPage, key: str) -> None:
    page, _ = open_page(reduced_motion="reduce")
    arrive(page, (stories / "declaration.html").as_uri())
    zoom = page.evaluate("map_1.getZoom()")
    page.mouse.move(900, 400)
    page.mouse.wheel(0, 40)
    page.wait_for_function("() => scrollY === 40")
    assert page.evaluate("map_1.getZoom()") == zoom
    page.keyboard.down(key)
    page.mouse.wheel(0, -60)
    page.wait_for_function("(zoom) => map_1.getZoom() > zoom", arg=zoom)
    page.keyboard.up(key)
    assert page.evaluate("scrollY") == 40
    expect(page.get_by_role("button", name="Return to the story")).to_be_visible()


@pytest.mark.in_turn("many", "size")
@pytest.mark.parametrize("size", [(320, 568), (320, 200), (390, 844)])
def test_the_credits_fold_into_a_button_where_they_are_long(
    many: str, open_page: OpenPage, size: tuple[int, int]
) -> None:
    """A window of 1280 × 800 at 400 % is 320 × 200."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    arrive(page, many)
    credits, button = (
        page.locator(".leaflet-control-attribution"),
        page.get_by_role("button", name="Credits of the map"),
    )
    expect(credits).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(credits).to_be_visible()
    expect(credits).to_contain_text("Natural Earth · GeoNames")
    expect(button).to_have_attribute("aria-expanded", "true")
    about = page.locator(".leaflet-control-attribution a")
    if about.count():  # a file by itself has no other page
        page.keyboard.press("Tab")
        expect(about.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(credits).to_be_hidden()
    expect(button).to_be_focused()


def test_a_wide_map_shows_its_credits(many: str, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, many)
    expect(page.locator(".leaflet-control-attribution")).to_be_visible()
    expect(page.locator(".credits-button")).to_be_hidden()


def test_without_script_the_credits_stand_in_the_page(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 320, "height": 568}, java_script_enabled=False)
    page.goto(many)
    expect(page.locator(".map-credits")).to_be_visible()
    expect(page.locator(".map-credits")).to_contain_text("Natural Earth · GeoNames")


@pytest.mark.in_turn("many", "size")
@pytest.mark.parametrize("size", [(320, 568), (600, 390)])
def test_a_phone_has_a_list_of_steps(many: str, open_page: OpenPage, size: tuple[int, int]) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    arrive(page, many + "#step-30")
    button = page.get_by_role("button", name="Steps of this story 30 / 40")
    button.press("Enter")
    sheet = page.get_by_role("dialog", name="Steps of this story")
    expect(sheet).to_be_visible()
    current = sheet.locator("[aria-current=step]")
    expect(current).to_be_focused()
    expect(current).to_have_text("Vienna Step number 30")
    expect(current).to_be_in_viewport()
    box = sheet.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1] + 1
    numbers = page.evaluate("[...document.querySelectorAll('.steps-sheet a')].length")
    assert numbers == STEPS + 1
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    sheet.get_by_role("link", name="Step number 33").click()
    expect(sheet).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'step-33'")
    expect(page.get_by_role("button", name="Steps of this story 33 / 40")).to_be_visible()
    for way, number in (("Next", 34), ("Previous", 33)):
        page.get_by_role("link", name=f"{way} step").click()
        page.wait_for_function("(id) => document.querySelector('.is-current')?.id === id", arg=f"step-{number}")


def test_a_phone_on_its_side_has_text_and_map_beside_one_another(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 844, "height": 390})
    arrive(page, many)
    text, frame = page.locator(".column").bounding_box(), page.locator(".map-window").bounding_box()
    assert text
    assert frame
    assert text["x"] + text["width"] < frame["x"]
    assert frame["width"] > 300
    expect(page.locator(".steps-bar")).to_be_hidden()
    expect(page.locator(".stage .steps-rail")).to_be_visible()


def test_the_sheet_closes_when_the_window_grows_wide(many: str, open_page: OpenPage) -> None:
    page, _ = open_page(viewport={"width": 600, "height": 390})
    arrive(page, many)
    page.locator(".steps-button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".stage .steps-rail")).to_be_visible()


@pytest.mark.in_turn("many", "size")
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1280, 400)])
def test_the_rail_holds_any_number_of_steps(many: str, open_page: OpenPage, size: tuple[int, int]) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]})
    for step in (1, 20, 40):
        page.goto("about:blank")
        arrive(page, f"{many}#step-{step}")
        page.wait_for_function("(step) => document.querySelector('.is-current')?.id === `step-${step}`", arg=step)
        rail = page.locator(".steps-rail").bounding_box()
        assert rail
        assert rail["y"] >= 0
        assert rail["y"] + rail["height"] <= size[1]
        dot = page.locator(".steps-rail [aria-current]").bounding_box()
        assert dot
        assert rail["y"] - 1 <= dot["y"]
        assert dot["y"] + dot["height"] <= rail["y"] + rail["height"] + 1
        assert dot["height"] >= 24
        page.locator(".steps-rail [aria-current]").hover()
        name = page.locator(".steps-rail [aria-current] .steps-rail-name")
        expect(name).to_be_in_viewport(ratio=1)
    assert rail
    # Beside the points the rail is not there: the map can be dragged.
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.map-frame') !== null", [rail["x"] + 60, rail["y"] + 40]
    )
