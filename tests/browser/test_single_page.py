"""A story as one HTML file: nothing is asked for beside it, whatever the story shows, and no link leads astray.

How it behaves the tests of story pages say, which run on such files, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Page, expect

from storymap.cli.commands import storymap

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
ROOT = Path(__file__).parents[2]
DRAWN = "() => document.querySelector('.map-window').childElementCount === 0"
HOOK = """import folium
import folium.plugins as p

def add(map, story):
    folium.Marker((38.7, -9.1), popup="here").add_to(map)
    p.Fullscreen().add_to(map)
    p.MarkerCluster(locations=[(39.2, -8.5), (39.2, -8.5)]).add_to(map)
"""
STORY = """---
title: "One </script><script>alert(1)</script> & <b>"
downloads: true
---

![A red picture](red.png) and [a file](notes.pdf), [a city](place:Madrid), [another story](other.md#there).

## Here
place: Lisbon
image: { file: red.png, bounds: [-10, 38, -8, 40] }

Text.

## There
place: Porto

More.
"""


def export(folder: Path, story: str, *more: str) -> Path:
    file = folder / f"{story} exported é.html"
    arguments = ["export", story, "-f", "html", "-C", str(folder), "-o", str(file), "--force", *more]
    done = CliRunner().invoke(storymap, arguments)
    assert done.exit_code == 0, done.output
    assert "it needs no network" in done.output
    return file


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose story has a picture, a file, a picture on the ground, and Folium's plugins."""
    folder = tmp_path_factory.mktemp("single")
    (folder / "stories").mkdir()
    (folder / "stories" / "one.md").write_text(STORY, encoding="utf-8")
    (folder / "stories" / "other.md").write_text("---\ntitle: Other\n---\n\n## There\nplace: Porto\n\nText.\n")
    (folder / "stories" / "notes.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    Image.new("RGB", (64, 64), "red").save(folder / "stories" / "red.png")
    (folder / "storymap.toml").write_text('title = "T"\nmap_hook = "single_hook:add"\n')
    (folder / "single_hook.py").write_text(HOOK)
    return folder


@pytest.fixture(scope="module")
def single(project: Path) -> Path:
    return export(project, "one")


def test_a_file_with_pictures_plugins_and_data_asks_for_nothing_but_itself(single: Path, open_page: OpenPage) -> None:
    page, watch = open_page(offline=True)
    page.goto(single.as_uri())
    page.wait_for_function(DRAWN)
    page.locator(".marker-cluster").first.wait_for(state="attached")
    page.locator("[data-to-step='1']").click()
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'here'")
    page.wait_for_function(
        "() => [...document.images].every((image) => image.loading === 'lazy' || image.naturalWidth)"
    )
    assert (
        page.locator("img[alt='A red picture']").evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        == 64
    )
    assert {url.partition(",")[0].partition(";")[0] for url in watch.requests} <= {
        single.as_uri(), "data:image/svg+xml", "data:image/png", "data:image/webp",
    }  # fmt: skip


def test_without_the_address_of_the_site_links_to_other_pages_are_text(single: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(f"{single.as_uri()}#there")
    page.wait_for_function(DRAWN)
    addresses = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))")
    assert [one for one in addresses if not re.match(r"#|data:|https://leafletjs\.com", one)] == []
    assert page.locator(".onward, .also, .colophon").count() == 0
    expect(page.get_by_text("another story")).to_have_css("text-decoration-line", "none")
    with page.expect_download() as download:
        page.get_by_role("link", name="a file").click()
    assert download.value.suggested_filename == "notes.pdf"


def test_a_link_that_moves_the_map_still_moves_it(single: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.goto(single.as_uri())
    page.wait_for_function(DRAWN)
    page.get_by_role("link", name="a city").click()
    page.wait_for_function("() => map_1.getBounds().contains([40.4, -3.7]) && map_1.getZoom() > 5")
    assert page.url.partition("#")[0] == single.as_uri()


def test_with_the_address_of_the_site_links_are_whole(project: Path, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.goto(export(project, "one", "--url", "https://example.org/walks").as_uri())
    page.wait_for_function(DRAWN)
    expect(page.get_by_role("link", name="another story")).to_have_attribute(
        "href", "https://example.org/walks/other.html#there"
    )
    expect(page.locator(".dateline a").first).to_have_attribute(
        "href", re.compile("^https://example.org/walks/places/")
    )
    expect(page.locator(".onward-link").first).to_have_attribute("href", "https://example.org/walks/other.html")


def test_every_licence_stands_in_the_file_and_the_same_story_gives_the_same_bytes(project: Path) -> None:
    first = export(project, "other").read_bytes()
    assert first == export(project, "other").read_bytes()
    licences = first.partition(b'id="licences"')[2]
    assert b"Volodymyr Agafonkin" in licences
    assert b"Natural Earth" in licences
