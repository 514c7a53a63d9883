"""What an author's hook adds to a map: there after Leaflet, offline too, and no danger to the story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from storymap import load_project, load_stories
from storymap.cli.commands import storymap

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]
Serve = Callable[[Path, str], str]
PLUGIN = """L.Badge = L.Control.extend({ onAdd() { const badge = L.DomUtil.create("b", "badge");
  badge.textContent = "badge"; return badge; } }); L.badge = (options) => new L.Badge(options);"""
HOOK = """
from folium import Element
from folium.elements import JSCSSMixin, MacroElement
from folium.template import Template

class Badge(JSCSSMixin, MacroElement):
    _template = Template('''{{% macro script(this, kwargs) %}}
        L.badge({{position: "topright"}}).addTo({{{{ this._parent.get_name() }}}});{{% endmacro %}}''')
    default_js = [("leaflet", "{server}leaflet.js"), ("badge", "{server}badge.js")]
    default_css = [("badge_css", "{server}badge.css")]

def add(map, story):
    {before}
    Badge().add_to(map)
"""
STEP = "---\ntitle: One\n---\n\n## A\nplace: Tokyo\n\nText.\n\n## B\nplace: Osaka\n\nText.\n"


def make(folder: Path, server: str, before: str = "pass") -> Path:
    """A project in `folder` whose hook adds a plugin that lies on `server`."""
    (folder / "stories").mkdir(parents=True)
    (folder / "stories" / "one.md").write_text(STEP, encoding="utf-8")
    (folder / "storymap.toml").write_text(f'title = "Hooks"\nmap_hook = "{folder.name}_hook:add"\n', encoding="utf-8")
    (folder / f"{folder.name}_hook.py").write_text(HOOK.format(server=server, before=before), encoding="utf-8")
    return folder


def run(*arguments: str | Path, exit_code: int = 0) -> str:
    result = CliRunner().invoke(storymap, list(map(str, arguments)))
    assert result.exit_code == exit_code, result.output
    return result.output


def serve_plugin(folder: Path, serve: Serve) -> str:
    folder.mkdir()
    (folder / "badge.js").write_text(PLUGIN, encoding="utf-8")
    (folder / "badge.css").write_text('.badge { background: url("dot.svg#x"); color: rgb(1, 2, 3); }', encoding="utf-8")
    (folder / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return serve(folder, "/")


def assert_alive(page: Page) -> None:
    """The story has its pins with their numbers, and the map follows it."""
    page.locator('.pin-disc[data-number="2"]').wait_for()
    page.evaluate("() => document.getElementById('b').scrollIntoView()")
    page.locator('.pin.is-active .pin-disc[data-number="2"]').wait_for()


def test_a_plugin_comes_after_leaflet_and_a_second_leaflet_does_not(
    tmp_path: Path, serve: Serve, open_page: OpenPage
) -> None:
    folder = make(tmp_path / "online", serve_plugin(tmp_path / "plugin", serve))
    told = run("build", folder)
    assert told.count("warning[foreign-asset]") == 1  # one for all that comes from one host
    assert "needs no network" not in told
    assert "its maps ask 127.0.0.1" in told
    page, watch = open_page()
    page.goto((folder / "site" / "one.html").as_uri())
    page.locator(".badge").wait_for()
    assert not [url for url in watch.requests if url.endswith("/leaflet.js")]
    assert_alive(page)
    watch.complaints.clear()  # a page on disk may not look into a stylesheet from elsewhere


def test_kept_copies_make_the_site_need_no_network(tmp_path: Path, serve: Serve, open_page: OpenPage) -> None:
    folder = make(tmp_path / "kept", serve_plugin(tmp_path / "plugin", serve))
    assert "3 files in assets: 3 fetched" in run("assets", folder)
    assert "3 files in assets: 0 fetched" in run("assets", folder)
    told = run("build", folder, "--strict")
    assert "needs no network" in told
    for name in ("one.html", "places/tokyo.html"):
        page, watch = open_page()
        page.goto((folder / "site" / name).as_uri())
        page.locator(".badge").wait_for()
        assert page.locator(".badge").evaluate("(badge) => getComputedStyle(badge).color") == "rgb(1, 2, 3)"
        assert [url for url in watch.requests if not url.startswith("file:")] == []
        assert [url for url in watch.requests if "dot.svg" in url]


def test_a_changed_copy_is_told_and_fetched_again(tmp_path: Path, serve: Serve) -> None:
    folder = make(tmp_path / "changed", serve_plugin(tmp_path / "plugin", serve))
    run("assets", folder)
    (copy,) = (folder / "assets").glob("*badge.js")
    copy.write_text("alert(1)", encoding="utf-8")
    assert "error[changed-asset]" in run("build", folder, exit_code=1)
    assert "1 fetched" in run("assets", folder)
    run("build", folder)


def test_what_is_kept_has_its_licence_in_the_lock_and_on_the_page_about_the_map(tmp_path: Path, serve: Serve) -> None:
    server = serve_plugin(tmp_path / "plugin", serve)
    package = tmp_path / "plugin" / "npm" / "badge@1.0.0"
    package.mkdir(parents=True)
    for name in ("badge.js", "badge.css", "dot.svg"):
        (tmp_path / "plugin" / name).rename(package / name)
    (package / "package.json").write_text('{"license": "MIT"}', encoding="utf-8")
    folder = make(tmp_path / "licensed", f"{server}npm/badge@1.0.0/")
    told = run("assets", "add", folder)
    assert told.count("package.json") == 1  # it is asked once for all files of the package
    assert "unknown-licence" not in told
    listed = run("assets", "list", folder)
    assert [line.split()[1] for line in listed.splitlines()] == ["licence", "MIT", "MIT", "MIT"]
    run("build", folder, "--strict")
    assert "<bdi>MIT</bdi>: part of a map" in (folder / "site" / "about.html").read_text(encoding="utf-8")


def test_a_licence_that_nobody_names_may_be_written_into_the_lock(tmp_path: Path, serve: Serve) -> None:
    folder = make(tmp_path / "unlicensed", serve_plugin(tmp_path / "plugin", serve))
    assert run("assets", "add", folder).count("note[unknown-licence]") == 2
    assert "– unknown" in run("assets", "list", folder)
    lock = folder / "assets" / "lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace('"licence": ""', '"licence": "ISC"'), encoding="utf-8")
    run("assets", "add", folder, "--renew")
    assert "– unknown" not in run("assets", "list", folder)


def test_what_cannot_be_fetched_is_told_and_the_rest_is_kept(tmp_path: Path, serve: Serve) -> None:
    server = serve_plugin(tmp_path / "plugin", serve)
    (tmp_path / "plugin" / "badge.js").unlink()
    folder = make(tmp_path / "gone", server)
    told = run("assets", folder, exit_code=1)
    assert f'error[asset-not-kept]: "{server}badge.js" cannot be kept: the server answers 404' in told
    assert "2 files in assets: 2 fetched" in told


@pytest.mark.parametrize(
    "before",
    [
        "pass",
        'map.get_root().script.add_child(Element("this is ( no JavaScript"))',
        'map.get_root().script.add_child(Element("throw new Error(1)"))',
        'map.get_root().header.add_child(Element("<script>L.nothing.of.it()</script>"))',
    ],
)
def test_what_fails_leaves_the_story_alive_and_is_said_on_the_map(
    tmp_path: Path, serve: Serve, open_page: OpenPage, before: str
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    folder = make(tmp_path / "broken", serve(empty, "/"), before)
    run("build", folder)
    page, watch = open_page()
    page.goto((folder / "site" / "one.html").as_uri())
    page.get_by_text("A part of this map could not be loaded").wait_for()
    assert_alive(page)
    watch.complaints.clear()


def test_an_address_that_brings_its_content_is_no_request(tmp_path: Path, open_page: OpenPage) -> None:
    plugin = "data:text/javascript," + PLUGIN.replace("\n", " ").replace('"', "%22").replace(" ", "%20")
    folder = make(tmp_path / "data", "")
    hook = folder / "data_hook.py"
    hook.write_text(hook.read_text().replace('"badge.js"', repr(plugin)).replace('("badge_css", "badge.css")', ""))
    assert "needs no network" in run("build", folder, "--strict")
    page, _ = open_page()
    page.goto((folder / "site" / "one.html").as_uri())
    page.locator(".badge").wait_for()


def test_a_file_of_the_project_is_taken_along(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make(tmp_path / "own", "vendor/")
    (folder / "vendor").mkdir()
    (folder / "vendor" / "badge.js").write_text(PLUGIN, encoding="utf-8")
    (folder / "vendor" / "badge.css").write_text("b { color: red; }", encoding="utf-8")
    assert 'load "vendor/badge.js", which the site does not have' in run("build", folder)
    run("assets", folder)
    assert "needs no network" in run("build", folder, "--strict")
    page, _ = open_page()
    page.goto((folder / "site" / "one.html").as_uri())
    page.locator(".badge").wait_for()


def test_a_popup_comes_out_from_under_the_text(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make(tmp_path / "popup", "")
    hook = folder / "popup_hook.py"
    hook.write_text(
        "import folium\n\ndef add(map, story):\n"
        "    folium.Marker((35.4, 137), popup=folium.Popup('a popup ' * 12, max_width=260)).add_to(map)\n",
        encoding="utf-8",
    )
    run("build", folder)
    page, _ = open_page(reduced_motion="reduce")
    page.goto((folder / "site" / "one.html").as_uri() + "#a")
    page.locator(".pin.is-active .pin-name").first.wait_for()
    page.locator(".pin:not([aria-label])").dispatch_event("click")
    page.wait_for_function(
        "() => document.querySelector('.leaflet-popup')?.getBoundingClientRect().left >= "
        "document.querySelector('.column').getBoundingClientRect().right"
    )


def test_a_key_stands_beside_the_text_and_above_the_credits(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make(tmp_path / "keys", "")
    (folder / "keys_hook.py").write_text(
        "import folium\n\ndef add(map, story):\n    folium.Circle((36, 139), radius=9).add_to(map)\n", encoding="utf-8"
    )
    (folder / "stories" / "one.md").write_text(
        "---\ntitle: One\nlayers:\n  shops: {from: shops.csv, color: {by: kind}, title: Shops of the town}\n---\n\n"
        "## A\nlayers: shops\n\nText.\n",
        encoding="utf-8",
    )
    (folder / "stories" / "shops.csv").write_text(
        "name,lat,lon,kind\nA,35.6,139.5,bakery\nB,35.7,139.7,coworking space\n", encoding="utf-8"
    )
    run("build", folder)
    page, _ = open_page(reduced_motion="reduce")
    page.goto((folder / "site" / "one.html").as_uri() + "#a")
    page.locator(".map-key:not([hidden])").wait_for()
    key, text, credits = (
        page.locator(name).evaluate("(element) => element.getBoundingClientRect().toJSON()")
        for name in (".map-key", ".column", ".leaflet-control-attribution")
    )
    assert text["right"] < key["left"] < text["right"] + 150
    assert key["bottom"] <= credits["top"]
    assert key["width"] > key["height"]


def test_markers_and_icons_of_folium_stand_as_pins_in_their_colours(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make(tmp_path / "icons", "")
    (folder / "icons_hook.py").write_text(
        "import folium\nimport folium.plugins\n\ndef add(map, story):\n"
        "    folium.Marker((36, 139), icon=folium.Icon(color='green')).add_to(map)\n"
        "    marker = folium.Marker(icon=folium.Icon())\n"
        "    data = {'type': 'Point', 'coordinates': [138, 36]}\n"
        "    folium.GeoJson(data, marker=marker, style_function=lambda _: {'markerColor': 'red'}).add_to(map)\n"
        "    folium.plugins.FastMarkerCluster([(35.8, 139.3)]).add_to(map)\n"
        "    folium.Marker((36, 136)).add_to(map)\n",
        encoding="utf-8",
    )
    run("build", folder, "--strict")
    page, _ = open_page(reduced_motion="reduce", offline=True)
    page.goto((folder / "site" / "one.html").as_uri() + "#a")
    page.wait_for_function("() => document.querySelectorAll('.pin:not([aria-label]) .pin-disc').length === 4")
    discs = page.locator(".pin:not([aria-label]) .pin-disc")
    colours = discs.evaluate_all("(discs) => discs.map((disc) => disc.style.background)")
    assert sorted(colours) == ["", "", "green", "red"]


def test_pictures_popups_and_shapes_of_folium_look_right(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make(tmp_path / "looks", "")
    (folder / "looks_hook.py").write_text(
        "import folium\n\ndef add(map, story):\n"
        "    picture = [[[255, 0, 0, 255]]]\n"
        "    folium.raster_layers.ImageOverlay(__import__('numpy').array(picture, 'uint8'), "
        "bounds=[[35, 139], [36, 140]]).add_to(map)\n"
        "    folium.Circle((34, 139), radius=40000, fill=True, popup='a popup as wide as its text', "
        "tooltip='t').add_to(map)\n"
        "    folium.Marker((36.5, 139), icon=folium.Icon(color='green')).add_to(map)\n"
        "    folium.LayerControl(collapsed=False).add_to(map)\n",
        encoding="utf-8",
    )
    assert "needs no network" in run("build", folder, "--strict")
    page, _ = open_page(reduced_motion="reduce")
    page.goto((folder / "site" / "one.html").as_uri() + "#a")
    page.locator(".pin.is-active .pin-name").first.wait_for()
    picture = page.locator("img.leaflet-image-layer").bounding_box()
    assert picture is not None
    assert picture["width"] > 20
    assert picture["height"] > 20
    page.locator("path.leaflet-interactive").first.click(force=True)
    page.locator(".leaflet-popup-content").wait_for()
    box = page.locator(".leaflet-popup-content").bounding_box()
    assert box is not None
    assert 120 < box["width"] < 320
    assert box["height"] < 40
    outline = page.locator("path.leaflet-interactive").first.evaluate("(path) => getComputedStyle(path).outlineStyle")
    assert outline == "none"


AREAS = """{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a", "properties": {}, "geometry":
    {"type": "Polygon", "coordinates": [[[138, 35], [139, 35], [139, 36], [138, 36], [138, 35]]]}}]}"""
WALK = """{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "LineString",
    "coordinates": [[139.7, 35.7], [135.5, 34.7]]}, "properties": {"times": ["2020-01-01", "2020-01-02"]}}]}"""
ELEMENTS = {
    "cluster": (
        "folium.Marker((35.2, 139)).add_to(p.MarkerCluster().add_to(map).add_child(folium.Marker((35.2, 139))))",
        ".marker-cluster",
    ),
    "heat": ("p.HeatMap([(35, 137, 1)]).add_to(map)", "canvas.leaflet-heatmap-layer"),
    "choropleth": (
        f"folium.Choropleth({AREAS}, data={{'a': 1, 'b': 2}}, key_on='feature.id', legend_name='Key').add_to(map)",
        ".legend rect",
    ),
    "time": (f"p.TimestampedGeoJson({WALK}, auto_play=False).add_to(map)", ".leaflet-bar-timecontrol"),
    "image": (
        "folium.raster_layers.ImageOverlay(numpy.full((1, 1, 4), 255, 'uint8'), [[34, 136], [35, 137]]).add_to(map)",
        "img.leaflet-image-layer",
    ),
    "layers": (
        "folium.Circle((34, 138), name='Ring').add_to(map)\n    folium.LayerControl().add_to(map)",
        ".leaflet-control-layers",
    ),
    "minimap": ("p.MiniMap().add_to(map)", ".leaflet-control-minimap canvas.basemap"),
    "fullscreen": ("p.Fullscreen().add_to(map)", ".fullscreen-icon"),
    "measure": ("p.MeasureControl().add_to(map)", ".leaflet-control-measure"),
}


ALL = "all"

ELEMENTS_HOOK = """
import folium
import folium.plugins as p
import numpy

def add(map, story):
    name = story.title if story else "{all}"
    {lines}
"""


@pytest.fixture(scope="module")
def elements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a story for each common element of Folium, named as it is, and one that has all of them.

    The atlas and the pages of places have all, too.
    """
    folder = make(tmp_path_factory.mktemp("hooks") / "elements", "")
    (folder / "stories" / "one.md").unlink()
    for name in (*ELEMENTS, ALL):
        text = STEP.replace("title: One", f"title: {name}")
        (folder / "stories" / f"{name}.md").write_text(text, encoding="utf-8")
    lines = "\n".join(
        f"    if name in ({name!r}, {ALL!r}):\n        {code.replace(chr(10), chr(10) + '    ')}"
        for name, (code, _) in ELEMENTS.items()
    )
    hook = ELEMENTS_HOOK.format(all=ALL, lines=lines.lstrip())
    (folder / "elements_hook.py").write_text(hook, encoding="utf-8")
    assert "needs no network" in run("build", folder, "--strict")
    return folder


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_common_element_of_folium_works_from_disk_without_a_network(
    elements: Path, open_page: OpenPage, name: str
) -> None:
    page, watch = open_page(reduced_motion="reduce", offline=True)
    page.goto((elements / "site" / f"{name}.html").as_uri())
    page.locator(ELEMENTS[name][1]).first.wait_for(state="attached")
    assert_alive(page)
    assert [url for url in watch.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("file", ["places/tokyo.html", "index.html"])
def test_common_elements_of_folium_work_where_no_story_is_told(elements: Path, open_page: OpenPage, file: str) -> None:
    page, watch = open_page(reduced_motion="reduce", offline=True)
    page.goto((elements / "site" / file).as_uri())
    for _, selector in ELEMENTS.values():
        page.locator(selector).first.wait_for(state="attached")
    assert [url for url in watch.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize(("form", "size"), [("site", (1280, 800)), ("single files", (1280, 800)), ("site", (390, 844))])
def test_common_elements_of_folium_get_on_with_one_another(
    elements: Path, in_form: Callable[..., Path], open_page: OpenPage, form: str, size: tuple[int, int]
) -> None:
    page, watch = open_page(viewport={"width": size[0], "height": size[1]}, offline=True)
    page.goto((in_form(form, elements / "site", only=ALL) / f"{ALL}.html").as_uri())
    for _, selector in ELEMENTS.values():
        page.locator(selector).first.wait_for(state="attached")
    assert page.locator(".inset").count() == 0  # MiniMap stands in for it
    assert [url for url in watch.requests if not url.startswith(("file:", "data:"))] == []
    assert_alive(page)


def test_measuring_leaves_the_map_where_it_is(elements: Path, open_page: OpenPage) -> None:
    page, _ = open_page(reduced_motion="reduce")
    page.goto((elements / "site" / "measure.html").as_uri() + "#a")
    page.locator(".pin.is-active .pin-name").first.wait_for()
    before = page.evaluate("() => map_1.getCenter()")
    page.locator(".leaflet-control-measure-toggle").dispatch_event("click")
    page.locator(".leaflet-control-measure a.start").click()
    for at in ((800, 300), (900, 300), (900, 500)):
        page.mouse.click(*at)
    page.locator(".leaflet-control-measure a.finish").click()
    page.get_by_text("Area measurement").wait_for()
    assert page.evaluate("() => map_1.getCenter()") == before


def test_common_elements_of_folium_work_in_a_notebook_without_a_network(
    elements: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    story = load_stories(load_project(elements))[ALL]
    drawn = story.map()
    code = (elements / "elements_hook.py").read_text(encoding="utf-8")
    space: dict[str, Any] = {}
    exec(code, space)  # as in a cell of the notebook
    space["add"](drawn, story)
    for shown in (drawn._repr_html_(), drawn._repr_html_()):  # a cell may be run again
        (tmp_path / "notebook.html").write_text(f"<!doctype html><body>{shown}</body>", encoding="utf-8")
        page, watch = open_page(offline=True)
        page.goto((tmp_path / "notebook.html").as_uri())
        frame = page.frame_locator("iframe")
        for _, selector in ELEMENTS.values():
            frame.locator(selector).first.wait_for(state="attached")
        assert frame.locator(".leaflet-control-layers").count() == 1
        assert [url for url in watch.requests if not url.startswith(("file:", "data:", "about:"))] == []


SCENES = """
import folium
import folium.plugins as p

def add(map, story, step):
    if step is None:
        folium.Circle((35, 138), name="Ring", class_name="always").add_to(map)
    elif step.number == 1:
        folium.Choropleth({areas}, data={{"a": 1, "b": 2}}, key_on="feature.id", legend_name="Key").add_to(map)
        p.MarkerCluster([(35, 138), (35, 138)], name="Pair").add_to(map)
        folium.LayerControl(collapsed=False).add_to(map)
        folium.LatLngPopup().add_to(map)
    else:
        {before}
        folium.Choropleth({areas}, data={{"a": 2, "b": 1}}, key_on="feature.id", legend_name="Other").add_to(map)
        p.HeatMap([(35, 137, 1)]).add_to(map)
        p.TimestampedGeoJson({walk}, auto_play=True).add_to(map)
"""


def make_scenes(folder: Path, before: str = "pass") -> Path:
    """A project in `folder` whose hook adds something else for each of two steps."""
    make(folder, "")
    hook = SCENES.format(areas=AREAS, walk=WALK, before=before)
    (folder / f"{folder.name}_hook.py").write_text(hook, encoding="utf-8")
    assert "needs no network" in run("build", folder, "--strict")
    return folder


def test_what_is_added_for_a_step_stands_there_alone(tmp_path: Path, open_page: OpenPage) -> None:
    folder = make_scenes(tmp_path / "scenes")
    page, _ = open_page(reduced_motion="reduce", offline=True)

    def turn_to(step: str) -> None:
        page.evaluate("(step) => document.getElementById(step).scrollIntoView()", step)
        page.locator(f".pin.is-active .pin-disc[data-number='{'ab'.index(step) + 1}']").wait_for()

    first = (".marker-cluster", ".legend :text('Key')", ".leaflet-control-layers")
    second = (".leaflet-heatmap-layer", ".legend :text('Other')", ".leaflet-bar-timecontrol")

    def assert_shown(shown: tuple[str, ...], hidden: tuple[str, ...]) -> None:
        for selector in (*shown, "path.always"):
            page.locator(selector).wait_for()
        for selector in hidden:
            page.locator(selector).wait_for(state="hidden")

    page.goto((folder / "site" / "one.html").as_uri())
    page.locator("path.always").wait_for()
    assert_shown((), (*first, *second))
    turn_to("a")
    assert_shown(first, second)
    turn_to("b")
    assert_shown(second, first)
    page.locator(".timecontrol-play.pause").wait_for()  # it plays from when the story comes there
    page.mouse.click(900, 700)
    turn_to("a")
    assert_shown(first, second)
    assert page.locator(".leaflet-popup").count() == 0
    page.mouse.click(900, 700)
    page.locator(".leaflet-popup").wait_for()
    page.get_by_label("Pair").uncheck()
    turn_to("b")
    turn_to("a")
    page.locator(".marker-cluster").wait_for(state="hidden")  # what the reader turned off stays so
    page.get_by_label("Pair").check()
    page.locator(".marker-cluster").wait_for()


def test_what_fails_at_a_step_leaves_the_other_steps_theirs(tmp_path: Path, open_page: OpenPage) -> None:
    broken = 'folium.Element("throw new Error(1)")'
    folder = make_scenes(tmp_path / "failing", f"map.get_root().script.add_child({broken}, name='broken')")
    page, watch = open_page(reduced_motion="reduce", offline=True)
    page.goto((folder / "site" / "one.html").as_uri() + "#a")
    page.locator(".marker-cluster").wait_for()
    page.get_by_text("A part of this map could not be loaded").wait_for()
    assert_alive(page)
    page.locator(".leaflet-heatmap-layer").wait_for()
    assert any("Error: 1" in text or text == "1" for text in watch.complaints)
    watch.complaints.clear()
