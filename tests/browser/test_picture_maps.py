"""A story on a picture: it flies over it, asks nobody, and everybody can use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("picture_maps")]  # what is made for this file takes long

OpenPage = Callable[..., tuple[Page, Any]]
STILL = "() => document.querySelector('.map-window')?.childElementCount === 0 && !map_1._flyToFrame"
LONG = "\n\n".join(["A paragraph of some length, so that a step fills the window."] * 20)
STORY = f"""---
title: A painting
map: {{image: painting.jpg, title: The ball}}
---

All of it; and [the corner](place:90%,90%).

{LONG}

## The red quarter
place: 25%, 25%

{LONG}

## The grain
place: 2600px, 600px
zoom: 4

{LONG}

## All
overview: true

{LONG}
"""


@pytest.fixture(scope="module", params=["site", "single files"])
def painted(request: pytest.FixtureRequest, painted_site: Path, in_form: Callable[[str, Path], Path]) -> Path:
    return in_form(request.param, painted_site)


@pytest.fixture(scope="module")
def painted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("painted")
    (root / "stories").mkdir()
    (root / "stories" / "one.md").write_text(STORY, encoding="utf-8")
    picture = Image.new("RGB", (5200, 2600), "white")
    picture.paste((200, 0, 0), (0, 0, 2600, 1300))
    picture.save(root / "stories" / "painting.jpg", quality=90)
    project = load_project(root)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


def open_at(open_page: OpenPage, site: Path, step: str = "", **options: Any) -> tuple[Page, Any]:
    page, seen = open_page(reduced_motion="reduce", **options)
    page.goto(f"{(site / 'one.html').as_uri()}#{step}")
    page.wait_for_function(STILL)
    return page, seen


@pytest.mark.parametrize("size", [(1280, 800), (820, 1180), (390, 844)])
def test_the_opening_shows_the_whole_picture_beside_the_text(
    size: tuple[int, int], painted_site: Path, open_page: OpenPage
) -> None:
    page, _ = open_at(open_page, painted_site, viewport={"width": size[0], "height": size[1]})
    box = page.locator("img.backdrop").bounding_box()
    frame = page.locator(".leaflet-container").bounding_box()
    assert box is not None
    assert frame is not None
    assert box["x"] >= frame["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    assert box["width"] / box["height"] == pytest.approx(2, rel=0.01)
    assert box["width"] > 0.4 * size[0]
    expect(page.locator(".map-return")).to_be_hidden()


def test_a_step_comes_as_close_as_it_says_and_has_tiles(painted_site: Path, open_page: OpenPage) -> None:
    page, _ = open_at(open_page, painted_site, "the-grain")
    page.wait_for_function("() => document.querySelectorAll('img.leaflet-tile-loaded').length > 0")
    zooms = page.evaluate("[map_1.getZoom(), map_1.getBoundsZoom(map_1.getBounds())]")
    assert zooms[0] > 11
    sources = page.evaluate("[...document.querySelectorAll('img.leaflet-tile')].map((tile) => tile.src)")
    assert all(source.startswith("file:") for source in sources)
    for source in sources:
        assert (painted_site / source.split("/site/", 1)[1]).is_file(), source


def test_a_single_file_has_the_tiles_in_itself(
    painted_site: Path, in_form: Callable[[str, Path], Path], open_page: OpenPage
) -> None:
    page, _ = open_at(open_page, in_form("single files", painted_site), "the-grain")
    page.wait_for_function("() => document.querySelectorAll('img.leaflet-tile-loaded').length > 0")
    sources = page.evaluate("[...document.querySelectorAll('img.leaflet-tile')].map((tile) => tile.src)")
    assert all(source.startswith("data:image/webp;") for source in sources)


def test_a_reader_can_look_at_the_pixels_though_no_step_comes_so_close(painted_site: Path, open_page: OpenPage) -> None:
    page, _ = open_at(open_page, painted_site, "all")
    assert page.evaluate("map_1.getMaxZoom()") >= 12
    page.evaluate("map_1.setView(map_1.getCenter(), 12, { animate: false })")
    page.wait_for_function("() => document.querySelector('img.leaflet-tile-loaded[src*=\"/12/\"]') !== null")


def test_nothing_of_the_earth_stands_on_it_and_a_link_in_the_text_moves_it(painted: Path, open_page: OpenPage) -> None:
    page, _ = open_at(open_page, painted)
    for gone in (".inset", ".leaflet-control-scale", ".metre-grid"):
        expect(page.locator(gone)).to_have_count(0)
    assert "°" not in page.locator("body").inner_text()
    assert "Natural Earth" not in page.locator("body").inner_text()
    before = page.evaluate("map_1.getCenter()")
    page.get_by_role("link", name="the corner").click()
    page.wait_for_function("(before) => !map_1.getCenter().equals(before)", arg=before)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_violates_no_rule(
    width: int, painted_site: Path, open_page: OpenPage, find_violations: Callable[..., list[str]]
) -> None:
    page, _ = open_at(open_page, painted_site, "the-grain", viewport={"width": width, "height": 800})
    assert find_violations(page, in_both_schemes=True) == []


def test_without_script_each_step_shows_its_piece(painted: Path, open_page: OpenPage) -> None:
    page, _ = open_page(java_script_enabled=False)
    page.goto((painted / "one.html").as_uri())
    still = page.get_by_role("img", name="Picture: The ball. The red quarter: upper left", exact=True)
    expect(still).to_have_count(1)
    still.scroll_into_view_if_needed()
    expect(still).to_be_visible()
