"""The author's own data on the map: its key, its names, and what a feature tells, for pointer and keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("data")]  # what is made for this file takes long

HOSTILE = "<img src=x onerror=alert(1)>{{ 7*7 }}"
ROWS = (("West", 10, 100), (HOSTILE, 20, 400), ("East", None, 900))

STORY = """---
title: Prices
layers:
  regions:
    from: regions.geojson
    title: Price of heat
    color: { by: price, breaks: [15], unit: CZK }
    label: name
    tooltip: name
    popup: [name, price]
---
Text.

## Classes
layers: regions

Text.

## Sizes
layers:
  regions: { size: { by: people, max: 20 }, color: "#884422", title: People, popup: "**{name}** has {people}" }

Text.
"""

Open = Callable[..., tuple[Page, object]]


@pytest.fixture(scope="module", params=["site", "single files"])
def story(request: pytest.FixtureRequest, prices_site: Path, in_form: Callable[..., Path]) -> Path:
    """The page of a story with three regions, one of which has a hostile name and one no price."""
    return in_form(request.param, prices_site) / "prices.html"


@pytest.fixture(scope="module")
def prices_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with that story alone."""
    root = tmp_path_factory.mktemp("data")
    (root / "stories").mkdir()
    (root / "storymap.toml").write_text('title = "Data"\n', encoding="utf-8")
    (root / "stories" / "prices.md").write_text(STORY, encoding="utf-8")
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "price": price, "people": people},
            "geometry": {"type": "Polygon", "coordinates": [make_square(12 + 2 * number)]},
        }
        for number, (name, price, people) in enumerate(ROWS)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features})
    (root / "stories" / "regions.geojson").write_text(data, encoding="utf-8")
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def make_square(west: float) -> list[list[float]]:
    return [[west, 49], [west + 2, 49], [west + 2, 51], [west, 51], [west, 49]]


def open_step(page: Page, story: Path, step: str) -> None:
    page.goto(f"{story.as_uri()}#{step}")
    expect(page.locator(".map-labels.is-drawn")).to_be_attached()


def read_key(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".map-key-body :is(p, li)").all_inner_texts()]


def test_the_key_says_what_the_step_shows(open_page: Open, story: Path) -> None:
    page, _ = open_page()
    open_step(page, story, "classes")
    assert read_key(page) == ["Price of heat (CZK)", "under 15", "15 and more", "no data"]
    fills = page.locator("path.data-areas").evaluate_all("paths => paths.map(path => path.getAttribute('fill'))")
    swatches = page.locator(".map-key rect").evaluate_all("boxes => boxes.map(box => box.getAttribute('fill'))")
    assert fills == swatches
    page.evaluate("location.hash = 'sizes'")
    expect(page.locator(".map-key-body p")).to_have_text(["People"])
    assert read_key(page) == ["People", "900", "200", "50"]
    expect(page.locator("path.data-points:not(.is-hidden)")).to_have_count(3)
    expect(page.locator("path.data-areas:not(.is-hidden)")).to_have_count(0)


def test_a_feature_that_is_clicked_tells_its_values_as_text(open_page: Open, story: Path) -> None:
    page, _ = open_page()
    open_step(page, story, "classes")
    card = page.locator(".feature-card")
    page.locator("path.data-areas").nth(1).click()
    expect(card).to_be_visible()
    expect(card.locator("tr")).to_have_text([HOSTILE, "price20"])
    expect(page.locator("path.is-chosen")).to_have_count(1)
    page.locator("path.data-areas[aria-label='East']").click()
    expect(card.locator("tr")).to_have_text(["East", "priceno data"])
    page.locator(".feature-card-close").click()
    expect(card).to_be_hidden()


def test_a_text_of_the_author_s_tells_of_a_feature(open_page: Open, story: Path) -> None:
    page, _ = open_page()
    open_step(page, story, "sizes")
    page.locator("path.data-points[aria-label*='onerror']").click()
    expect(page.locator(".feature-card strong")).to_have_text(HOSTILE)
    expect(page.locator(".feature-card")).to_contain_text("has 400")
    expect(page.locator(".feature-card img")).to_have_count(0)


def test_the_keyboard_goes_from_feature_to_feature_and_comes_back(open_page: Open, story: Path) -> None:
    page, _ = open_page()
    open_step(page, story, "classes")
    features = page.locator("path.data-areas")
    assert features.evaluate_all("paths => paths.filter(path => path.tabIndex === 0).length") == 1
    page.locator("path.data-areas[tabindex='0']").focus()
    named = "document.activeElement.getAttribute('aria-label')"
    order = []
    for _ in ROWS:
        order.append(page.evaluate(named))
        page.keyboard.press("ArrowRight")
    assert sorted(order) == sorted(name for name, *_ in ROWS)
    assert page.evaluate(named) == order[0]
    page.keyboard.press("Enter")
    expect(page.locator(".feature-card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".feature-card")).to_be_hidden()
    assert page.evaluate(named) == order[0]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none"


def test_the_pointer_is_told_the_name(open_page: Open, story: Path) -> None:
    page, _ = open_page()
    open_step(page, story, "classes")
    page.locator("path.data-areas").first.hover()
    expect(page.locator(".feature-hint")).to_have_text("West")
    page.mouse.move(5, 5)
    expect(page.locator(".feature-hint")).to_be_hidden()


def test_on_a_phone_the_key_unfolds_from_its_button(open_page: Open, story: Path) -> None:
    page, _ = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_step(page, story, "classes")
    body, button = page.locator(".map-key-body"), page.get_by_role("button", name="Key")
    expect(body).to_be_hidden()
    button.click()
    expect(body).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    # Lying on its side it has no more room than upright.
    page.set_viewport_size({"width": 844, "height": 390})
    expect(body).to_be_hidden()
    button.click()
    expect(body).to_be_visible()
    assert page.evaluate("document.querySelector('.map-key').getBoundingClientRect().top >= 0")


def test_without_script_there_is_a_table_and_the_key_is_in_the_picture(
    open_page: Open, story: Path, prices_site: Path
) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(story.as_uri())
    page.locator(".data-table summary").click()
    rows = page.locator(".data-table tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator(".data-table thead th")).to_have_text(["name", "price (CZK)", "people"])
    expect(page.locator(".data-table tbody th").filter(has_text="onerror")).to_have_text(HOSTILE)
    picture = (prices_site / "stills" / "prices" / "classes.svg").read_text(encoding="utf-8")
    assert "15 and more" in picture
    assert "<img" not in picture


def test_who_wants_less_motion_sees_colours_change_at_once(open_page: Open, story: Path) -> None:
    page, _ = open_page(reduced_motion="reduce")
    open_step(page, story, "classes")
    assert page.evaluate("getComputedStyle(document.querySelector('.data-areas')).transitionDuration") == "0s"


def test_key_card_and_table_violate_no_rule(
    open_page: Open, story: Path, find_violations: Callable[..., list[str]]
) -> None:
    page, _ = open_page()
    open_step(page, story, "classes")
    page.locator("path.data-areas").first.click()
    page.locator(".data-table summary").evaluate("summary => { summary.parentElement.open = true }")
    assert find_violations(page, in_both_schemes=True) == []


@pytest.fixture(scope="module", params=["site", "single files"])
def crowd(request: pytest.FixtureRequest, crowd_site: Path, in_form: Callable[..., Path]) -> Path:
    """The page of a story with two thousand points, which are gathered in its first step and not in its second."""
    return in_form(request.param, crowd_site) / "crowd.html"


@pytest.fixture(scope="module")
def crowd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with that story alone."""
    root = tmp_path_factory.mktemp("crowd")
    (root / "stories").mkdir()
    (root / "storymap.toml").write_text('title = "Crowd"\n', encoding="utf-8")
    points = "".join(f"{49 + number % 50 / 50},{14 + number // 50 / 20},tree {number}\n" for number in range(2000))
    (root / "stories" / "trees.csv").write_text(f"lat,lon,name\n{points}", encoding="utf-8")
    (root / "stories" / "crowd.md").write_text(
        "---\ntitle: Crowd\nlayers:\n  trees: {from: trees.csv, tooltip: name, popup: [name], cluster: true}\n---\n\n"
        "## Gathered\nlayers: trees\n\nText.\n\n## Alone\nlayers: {trees: {cluster: false}}\n\nText.\n",
        encoding="utf-8",
    )
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


SEES_PAINT = """() => {
    const canvas = document.querySelector(".data-cloud");
    return !canvas.hidden && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
}"""


@pytest.mark.in_turn("crowd", "step")
@pytest.mark.parametrize("step", ["gathered", "alone"])
def test_many_points_are_painted_and_tell_what_they_are(open_page: Open, crowd: Path, step: str) -> None:
    page, _ = open_page()
    open_step(page, crowd, step)
    page.wait_for_function(SEES_PAINT)
    assert page.locator("path.data-points").count() == 0
    frame = page.locator(".map-window").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    box = page.locator(".folium-map")
    for number in range(60):
        page.mouse.move(x + 3 * number, y + number)
        if "is-over-point" in (box.get_attribute("class") or ""):
            page.mouse.click(x + 3 * number, y + number)
            break
    if step == "alone":
        expect(page.locator(".feature-card")).to_contain_text("tree")
    else:
        expect(page.locator(".map-return")).to_be_visible()  # the reader has come closer than the story


@pytest.mark.in_turn("crowd", "step")
@pytest.mark.parametrize("step", ["gathered", "alone"])
def test_the_keyboard_leads_through_points_of_a_canvas(
    open_page: Open, crowd: Path, find_violations: Callable[..., list[str]], step: str
) -> None:
    page, _ = open_page()
    open_step(page, crowd, step)
    page.wait_for_function(SEES_PAINT)
    stop = page.locator(".spot-stop")
    stop.focus()
    first, box = stop.get_attribute("aria-label"), stop.bounding_box()
    assert box
    page.keyboard.press("ArrowRight")
    expect(page.locator(".spot-told")).not_to_be_empty()
    second = stop.bounding_box()
    assert second
    assert second["x"] + second["width"] / 2 > box["x"] + box["width"] / 2
    page.keyboard.press("ArrowLeft")
    if step == "alone":
        expect(stop).to_have_attribute("aria-label", first or "")
        assert (first or "").startswith("tree ")
        page.keyboard.press("Enter")
        expect(page.locator(".feature-card")).to_contain_text(first or "")
        page.keyboard.press("Escape")
        expect(page.locator(".feature-card")).to_be_hidden()
        expect(stop).to_be_focused()
        assert find_violations(page, ".folium-map") == []
    else:
        assert (first or "").startswith("Points: ")
        page.keyboard.press("Enter")
        expect(page.locator(".map-return")).to_be_visible()  # the reader has come closer than the story
        expect(stop).to_be_focused()
