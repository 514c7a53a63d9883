"""Tracks that grow as the reader scrolls, and pictures that lie on the ground."""

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

OpenPage = Callable[..., tuple[Page, Any]]

DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"
MANILA = "date-line.html#manila-loses-new-years-eve"
SCROLL_THROUGH = """(share) => {
  document.body.style.paddingBottom = "150vh";  // near the end of a page the reading line is lower
  const step = document.querySelector(".step.is-current");
  const { top, height } = step.getBoundingClientRect();
  scrollBy({ top: top + height * share - innerHeight * 0.45, behavior: "instant" });
}"""
GONE = """() => {
  const line = document.querySelector(".track-line.is-gone.is-own");
  return Number((line?.getAttribute("stroke-dasharray") ?? "-1").split(" ")[0]);
}"""
READ_PROFILE = """() => {
  const { style } = document.querySelector("[data-profile]");
  return ["--gone", "--height"].map((name) => Number(style.getPropertyValue(name)));
}"""

GPX = """<?xml version="1.0"?><gpx version="1.1" creator="by hand" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="50.00" lon="14.40"><ele>200</ele></trkpt><trkpt lat="50.01" lon="14.41"><ele>420</ele></trkpt>
<trkpt lat="50.02" lon="14.40"><ele>310</ele></trkpt></trkseg></trk></gpx>"""


@pytest.fixture(scope="module", params=["site", "single files"])
def hike(request: pytest.FixtureRequest, hike_site: Path, in_form: Callable[[str, Path], Path]) -> Path:
    return in_form(request.param, hike_site)


@pytest.fixture(scope="module")
def hike_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one story that goes up a hill."""
    root = tmp_path_factory.mktemp("hike")
    (root / "stories").mkdir()
    (root / "stories" / "hill.gpx").write_text(GPX)
    (root / "stories" / "hill.md").write_text(
        "---\ntitle: A hill\n---\n\n## Up\ntrack: hill.gpx\n\nUp and over.\n\n## Home\n"
    )
    (root / "stories" / "over.md").write_text(
        "---\ntitle: Over\ntrack: hill.gpx\n---\n\n## Foot\nplace: 50.00, 14.40\n\n## Other side\nplace: 50.02, 14.40\n"
    )
    (root / "stories" / "camp.md").write_text(
        "---\ntitle: Camp\n---\n\n## Camp\nplace: 50.00, 14.40\ntrack: hill.gpx\n"
    )
    project = load_project(root)
    write_site(build_site(project), root / "site", project=project)
    return root / "site"


def test_a_track_grows_as_the_reader_scrolls_and_shrinks_on_the_way_back(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{stories.as_uri()}/{MANILA}")
    page.wait_for_function(DRAWN)
    page.evaluate(SCROLL_THROUGH, 0.3)
    page.wait_for_function(f"() => Math.abs(({GONE})() - 0.3) < 0.05")
    expect(page.locator(".track-here")).to_be_visible()
    page.evaluate(SCROLL_THROUGH, 0.8)
    page.wait_for_function(f"() => Math.abs(({GONE})() - 0.8) < 0.05")
    page.evaluate(SCROLL_THROUGH, 0.1)
    page.wait_for_function(f"() => Math.abs(({GONE})() - 0.1) < 0.05")


def test_a_track_over_180_degrees_is_one_line_on_the_map(site: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{site.as_uri()}/{MANILA}")
    page.wait_for_function(DRAWN)
    line = page.locator(".track-line.is-own").first
    box, seen = line.bounding_box(), page.locator("#map_1").bounding_box()
    assert box
    assert seen
    assert box["width"] < seen["width"]
    assert box["width"] > 200


def test_with_reduced_motion_a_track_is_whole_at_once(site: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.goto(f"{site.as_uri()}/{MANILA}")
    page.wait_for_function(f"() => ({GONE})() === 1")


def test_the_profile_shows_how_far_and_how_high_the_reader_has_come(hike: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{hike.as_uri()}/hill.html#up")
    page.wait_for_function(DRAWN)
    page.evaluate(SCROLL_THROUGH, 0.5)
    page.wait_for_function(f"() => Math.abs(({READ_PROFILE})()[0] - 0.5) < 0.05")
    middle = page.evaluate(READ_PROFILE)[1]
    page.evaluate(SCROLL_THROUGH, 0.02)
    page.wait_for_function(f"() => ({READ_PROFILE})()[0] < 0.1")
    start = page.evaluate(READ_PROFILE)[1]
    assert (middle > 0.8, start < 0.5) == (True, True), "half-way is the summit"


def test_a_track_is_told_without_script(hike: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{hike.as_uri()}/hill.html")
    figure = page.locator("#up .track")
    expect(figure.locator("figcaption")).to_contain_text("220 m up")
    expect(figure.get_by_role("img")).to_have_accessible_name("Heights along the way: from 200 m to 420 m")


def test_the_line_between_two_places_goes_where_the_track_of_the_story_goes(
    hike_site: Path, open_page: OpenPage
) -> None:
    page, _ = open_page()
    page.goto(f"{hike_site.as_uri()}/over.html#other-side")
    page.wait_for_function(DRAWN)
    line = page.locator(".leg.is-route.is-active")
    expect(line).to_have_count(1)
    box = line.bounding_box()
    assert box
    assert box["width"] > box["height"] / 4, "over the top in the east, not straight north"
    still = (hike_site / "stills" / "over" / "other-side.svg").read_text()
    assert "Line: 50° N, 14.4° E, 50.02° N, 14.4° E (2.6 km)" in still


def test_the_page_of_a_place_tells_of_the_way_that_leads_on_from_it(hike_site: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto(f"{hike_site.as_uri()}/places/50-0000n-14-4000e.html")
    (visit,) = page.locator(".visit li").filter(has_text="Camp").all()
    expect(visit.locator("figcaption")).to_contain_text("220 m up")
    expect(visit.get_by_role("img")).to_have_accessible_name("Heights along the way: from 200 m to 420 m")
    expect(page.locator(".visit li").filter(has_text="Foot").locator("figure")).to_have_count(0)


def test_a_picture_fades_in_at_its_step_and_the_keyboard_says_how_strongly(stories: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{stories.as_uri()}/date-line.html#from-above")
    page.wait_for_function(DRAWN)
    slider = page.get_by_role("slider", name="Night at that hour")
    expect(page.get_by_text("Strength of “Night at that hour”")).to_be_visible()
    expect(slider).to_have_value("35")
    picture = page.locator("img.ground-image").first
    expect(picture).to_have_css("opacity", "0.35")
    slider.press("End")
    expect(picture).to_have_css("opacity", "1")
    page.goto(f"{stories.as_uri()}/date-line.html#a-vote-in-washington")
    expect(slider).to_have_count(0)
