"""Maps outside of the site's own pages, and tiles that a site opts in to."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pytest
from PIL import Image
from playwright.sync_api import Page

import storymap
from storymap.building.build import build_site
from storymap.building.write import write_site

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
ROOT = Path(__file__).parents[2]
HAS_NAMES = "() => getComputedStyle(document.querySelector('.leaflet-labels-pane')).display !== 'none'"
PAINTED = """() => { const canvas = document.querySelector('canvas.basemap');
  return canvas && canvas.width > 0 && canvas.getContext('2d').getImageData(9, 9, 1, 1).data[3] > 0; }"""


def test_a_story_map_with_folium_elements_opens_from_a_file_of_its_own(tmp_path: Path, open_page: OpenPage) -> None:
    story = storymap.load_stories(storymap.load_project(ROOT))["declaration"]
    drawn = story.map()
    assert isinstance(drawn, folium.Map)
    folium.Marker((48.2, 16.37), popup="A marker of Folium's own").add_to(drawn)
    drawn.save(str(tmp_path / "map.html"))
    page, watch = open_page()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_function(PAINTED)
    page.locator(".pin:not([aria-label])").dispatch_event("click")
    page.get_by_text("A marker of Folium's own").wait_for()
    assert [url for url in watch.requests if not url.startswith(("file:", "data:"))] == []


def test_a_notebook_shows_a_map_in_a_frame(tmp_path: Path, open_page: OpenPage) -> None:
    story = storymap.load_stories(storymap.load_project(ROOT))["declaration"]
    (tmp_path / "notebook.html").write_text(
        f"<!doctype html><body>{story.map()._repr_html_()}</body>", encoding="utf-8"
    )
    page, _ = open_page()
    page.goto((tmp_path / "notebook.html").as_uri())
    page.frame_locator("iframe").locator("canvas.basemap").first.wait_for()


def build_with_tiles(folder: Path, tiles: str, fields: str = "place: Tokyo\nzoom: 12") -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text(f'title = "Tiles"\ntiles = "{tiles}"\ntiles_attribution = "Loopback"\n')
    (folder / "stories" / "one.md").write_text("---\ntitle: One\n---\n\n## A\n" + fields + "\n\nText.\n")
    project = storymap.load_project(folder)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


@pytest.mark.parametrize("answers", [True, False], ids=["404", "refused"])
def test_tiles_that_are_gone_leave_the_drawn_map(
    tmp_path: Path, serve: Callable[[Path, str], str], open_page: OpenPage, *, answers: bool
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as closed:  # and no more, when it is asked
        server = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    if answers:
        server = serve(empty, "/")
    site = build_with_tiles(tmp_path / "project", server + "{z}/{x}/{y}.png")
    page, watch = open_page()
    page.goto((site / "one.html").as_uri())
    page.wait_for_function(PAINTED)
    with page.expect_request(re.compile(r"\.png")):
        page.mouse.move(900, 400)
        page.keyboard.press("End")
    page.wait_for_function(PAINTED)
    assert page.evaluate(HAS_NAMES)
    page.close()  # some tiles are asked for while the map still moves
    watch.complaints.clear()  # the browser tells of each tile that is not there


@pytest.mark.parametrize("fields", ["place: Tokyo\nzoom: 13", "bounds: [139.69, 35.65, 139.81, 35.70]"])
def test_with_tiles_a_view_is_framed_as_without(
    tmp_path: Path, serve: Callable[[Path, str], str], open_page: OpenPage, fields: str
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    tiled = build_with_tiles(tmp_path / "tiled", serve(empty, "/") + "{z}/{x}/{y}.png", fields)
    plain = build_with_tiles(tmp_path / "plain", "", fields)
    zooms = []
    for site in (tiled, plain):
        page, watch = open_page(reduced_motion="reduce")
        page.goto((site / "one.html").as_uri() + "#a")
        page.wait_for_function("() => window.map_1 && map_1.getZoom() > 12")
        zooms.append(page.evaluate("() => map_1.getZoom()"))
        assert page.locator(".leaflet-control-scale").count() == 1
        assert page.get_by_text("Coasts and rivers are approximate").count() == (0 if site == tiled else 1)
        page.close()
        watch.complaints.clear()  # the browser tells of each tile that is not there
    assert zooms[0] == zooms[1]
    assert zooms[0] % 1 != 0


def test_an_overview_draws_the_lines_of_all_steps_as_its_still_does(tmp_path: Path, open_page: OpenPage) -> None:
    folder = tmp_path / "project"
    (folder / "geo").mkdir(parents=True)
    (folder / "geo" / "own.geojson").write_text(
        '{"type": "Feature", "properties": {"name": "Path"}, "geometry": '
        '{"type": "LineString", "coordinates": [[139.6, 35.6], [139.7, 35.7]]}}'
    )
    site = build_with_tiles(folder, "", "place: Path\n\n## B\nplace: Osaka\n\n## C\noverview: true")
    page, _ = open_page(reduced_motion="reduce")
    for step, shown in (("a", 1), ("b", 0), ("c", 1)):
        page.goto((site / "one.html").as_uri() + f"?{step}#{step}")
        page.wait_for_function(
            "(shown) => document.querySelectorAll('.shape').length > 0"
            " && Math.min(1, document.querySelectorAll('.shape:not(.is-hidden)').length) === shown",
            arg=shown,
        )
        assert ('class="s-line"' in (site / "stills" / "one" / f"{step}.svg").read_text(encoding="utf-8")) == bool(
            shown
        )


def test_from_disk_nobody_is_asked_who_wants_a_referer(tmp_path: Path, open_page: OpenPage) -> None:
    site = build_with_tiles(tmp_path / "project", "OpenStreetMap.Mapnik")
    page, watch = open_page()
    page.goto((site / "one.html").as_uri())
    page.wait_for_function(PAINTED)
    assert watch.strangers == []


def test_tiles_of_the_authors_own_are_shown_from_disk_and_none_is_asked_for_that_is_not_there(
    tmp_path: Path, open_page: OpenPage
) -> None:
    folder = tmp_path / "project é"
    tile = io.BytesIO()
    Image.new("RGB", (256, 256), "tan").save(tile, "PNG")
    # Around Tokyo, with a gap, which a part of the tile above it fills; nothing lies around Sapporo.
    for zoom, column, row in ((10, 909, 403), *((12, x, y) for x in range(3634, 3643) for y in range(1610, 1617))):
        path = folder / "old map" / f"{zoom}" / f"{column}" / f"{row}.png"
        if (zoom, column, row) != (12, 3637, 1613):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tile.getvalue())
    sheet = folder / "geo" / "data" / "sheet" / "12" / "3637"
    sheet.mkdir(parents=True)
    (sheet / "1612.png").write_bytes(tile.getvalue())
    tokyo = "center: 35.68, 139.7\nzoom: 12"
    fields = f"{tokyo}\n\n## B\nplace: Sapporo\nzoom: 9\n\n## C\n{tokyo}\nimage: sheet/{{z}}/{{x}}/{{y}}.png"
    site = build_with_tiles(folder, "old map/{z}/{x}/{y}.png", fields)
    page, watch = open_page(reduced_motion="reduce")
    page.goto((site / "one.html").as_uri() + "#a")
    page.wait_for_function("() => document.querySelectorAll('.tileset .leaflet-tile-loaded').length > 8")
    assert page.locator(".folium-map.on-tiles").count() == 1
    assert page.locator(".tileset div.leaflet-tile img").count() >= 1
    assert not page.evaluate(HAS_NAMES)
    assert page.get_by_text("Coasts and rivers are approximate").count() == 0
    page.goto((site / "one.html").as_uri() + "#b")
    page.wait_for_function("() => !document.querySelector('.on-tiles')")
    page.goto((site / "one.html").as_uri() + "?c#c")
    page.locator(".leaflet-image-pane .ground-image .leaflet-tile-loaded").first.wait_for(state="attached")
    page.wait_for_function("() => document.querySelector('.leaflet-image-pane .ground-image').style.opacity === '0.8'")
    assert page.get_by_role("slider").count() == 1
    assert len({url for url in watch.requests if "/assets/tiles/" in url}) == 1
    assert watch.strangers == []
