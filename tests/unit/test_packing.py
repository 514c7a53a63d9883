"""A story as a project of its own: it has what it needs, and builds by itself into the same page."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from storymap.building.build import build_site
from storymap.building.exporting import export_source
from storymap.cli.commands import storymap
from storymap.errors import Location, Report
from storymap.exchange.source_links import UnwritableLinkError, write_alone
from storymap.outputs.single_page import make_single_page
from storymap.project import load_project

ROOT = Path(__file__).parents[2]
STORY = """---
title: "One & <b>"
author: A
layers: { own: { from: squares.geojson, join: { table: heat.csv, on: code }, color: { by: heat } } }
track: ride.gpx
cover: red.png
---

![Red](red.png) [notes](notes.pdf) [mill](place:mill-house) [two](two.md#here "Two") [two
\\[again\\]](<two.md>) [myself](one.md#up)

## Up
place: Mill
layers: [own, shared]
image: { file: scan.png, bounds: [14, 50, 15, 51] }
track: ride.gpx

Text.

## Down
place: 50.1, 14.5

More.
"""
GPX = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg><trkpt lat="50.0" lon="14.4"/>
<trkpt lat="50.1" lon="14.5"/></trkseg></trk></gpx>"""
SETTINGS = """title = "T"
lang = "cs"
guide = true
pages = "all"
map_hook = "packing_hook:add"
[categories.mill]
color = "#7a3b8f"
symbol = "museum"
title = "Mills \\"old\\" \\u0007"
[layers.shared]
from = "shared.geojson"
[layers.unused]
from = "unused.geojson"
[geo."places.csv"]
name = "nazev"
[geo."data/shared.geojson"]
crs = "EPSG:4326"
"""


def square(**properties: object) -> str:
    ring = [[14, 50], [15, 50], [15, 51], [14, 51], [14, 50]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": shape}]}
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    for name in ("stories", "geo/data"):
        (folder / name).mkdir(parents=True)
    texts = {
        "storymap.toml": SETTINGS.replace(" \\u0007", ""),
        "packing_hook.py": "import folium\n\ndef add(map, story):\n    folium.Circle((50, 14)).add_to(map)\n",
        "theme.css": ".story { background: url(/paper.png) }\n",
        "geo/places.csv": "nazev,lat,lon,id,category\nMill,50.05,14.45,mill-house,mill\nOther,49,15,,\n",
        "geo/data/shared.geojson": square(name="S"),
        "geo/data/unused.geojson": square(name="U"),
        "stories/one.md": STORY,
        "stories/two.md": "---\ntitle: Two\n---\n\n## Here\nplace: Other\n\nText.\n",
        "stories/squares.geojson": square(code="A"),
        "stories/heat.csv": "code,heat\nA,3\n",
        "stories/ride.gpx": GPX,
        "stories/nobody.txt": "not needed",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "stories" / "notes.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (folder / "static").mkdir()
    for name in ("stories/red.png", "stories/scan.png", "static/paper.png"):
        Image.new("RGB", (40, 30), "red").save(folder / name)
    return folder


def export(folder: Path, story: str, output: Path, *more: str) -> Result:
    arguments = ["export", story, "--format", "source", "-C", str(folder), "-o", str(output), *more]
    return CliRunner().invoke(storymap, arguments)


def read_page(folder: Path, story: str) -> str:
    """The page of a story without what leads to other pages."""
    site = build_site(load_project(folder))
    page = make_single_page(site[f"{story}.html"].decode(), f"{story}.html", site)
    return re.sub(r"\n+", "\n", re.sub(r"</?a\b[^>]*>", "", page))


def test_a_package_has_street_data_where_its_story_comes_close(tmp_path: Path) -> None:
    for name in ("stories", "streets"):
        (tmp_path / name).mkdir()
    (tmp_path / "streets" / "quay.osm").write_bytes((ROOT / "tests" / "streets_data" / "quay.osm").read_bytes())
    for name, zoom in (("near", 15), ("far", 8)):
        story = f"---\ntitle: {name}\n---\n## A\ncenter: 50.005, 14.01\nzoom: {zoom}\n\nText.\n"
        (tmp_path / "stories" / f"{name}.md").write_text(story, encoding="utf-8")
    project = load_project(tmp_path)
    assert set(export_source(project, "near", Report())) == {"storymap.toml", "stories/near.md", "streets/quay.osm"}
    assert set(export_source(project, "far", Report())) == {"storymap.toml", "stories/far.md"}


def test_a_package_has_the_tiles_that_its_story_shows_and_builds_into_the_same_page(tmp_path: Path) -> None:
    tile = io.BytesIO()
    Image.new("L", (256, 256), 200).save(tile, "PNG")
    for column in range(2200, 2230):
        file = tmp_path / "plan" / "12" / f"{column}" / f"{4095 - 1387}.png"
        file.parent.mkdir(parents=True)
        file.write_bytes(tile.getvalue())
    (tmp_path / "plan" / "tilemapresource.xml").write_text("<TileMap/>")
    (tmp_path / "storymap.toml").write_text('tiles = "plan/{z}/{x}/{y}.png"\n')
    (tmp_path / "stories").mkdir()
    for name, place in (("near", "50.08, 14.43"), ("far", "49.19, 16.61")):
        story = f"---\ntitle: {name}\n---\n## A\nplace: {place}\nzoom: 12\n\nText.\n"
        (tmp_path / "stories" / f"{name}.md").write_text(story, encoding="utf-8")
    files = export_source(load_project(tmp_path), "near", Report())
    tiles = {name for name in files if name.endswith(".png")}
    assert 4 < len(tiles) < 15
    for name, data in files.items():
        path = tmp_path / "alone" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    sites = [build_site(load_project(folder)) for folder in (tmp_path, tmp_path / "alone")]
    assert sites[0]["stills/near/a.svg"] == sites[1]["stills/near/a.svg"]
    assert "plan" not in export_source(load_project(tmp_path), "far", Report())["storymap.toml"].decode()


def test_a_package_has_what_the_story_needs_and_nothing_else(project: Path) -> None:
    files = export_source(load_project(project), "one", Report())
    assert set(files) == {
        "storymap.toml", "packing_hook.py", "theme.css", "static/paper.png", "geo/places.geojson",
        "geo/data/shared.geojson", "stories/one.md", "stories/squares.geojson", "stories/heat.csv", "stories/ride.gpx",
        "stories/red.png", "stories/scan.png", "stories/notes.pdf",
    }  # fmt: skip
    assert [one["properties"]["id"] for one in json.loads(files["geo/places.geojson"])["features"]] == ["mill-house"]
    assert b"guide" not in files["storymap.toml"]
    assert b"unused" not in files["storymap.toml"]
    assert b'[geo."data/shared.geojson"]\ncrs = "EPSG:4326"\n' in files["storymap.toml"]
    text = files["stories/one.md"].decode()
    assert "[mill](place:mill-house) two two\n\\[again\\] [myself](one.md#up)" in text


@pytest.mark.parametrize("story", ["one", "date-line", "declaration"])
def test_it_builds_by_itself_into_the_same_page(story: str, project: Path, tmp_path: Path) -> None:
    folder = project if story == "one" else ROOT
    done = export(folder, story, tmp_path / "packed")
    assert done.exit_code == 0, done.output
    assert read_page(tmp_path / "packed", story) == read_page(folder, story)


def test_the_same_story_gives_the_same_zip(project: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert export(project, "one", tmp_path / name).exit_code == 0
    data = (tmp_path / "a.zip").read_bytes()
    assert (tmp_path / "b.zip").read_bytes() == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(tmp_path / "c")
    assert read_page(tmp_path / "c", "one") == read_page(project, "one")


def test_with_the_address_of_the_site_links_to_other_stories_lead_there(project: Path, tmp_path: Path) -> None:
    assert export(project, "one", tmp_path / "p", "--url", "https://example.org/w").exit_code == 0
    text = (tmp_path / "p" / "stories" / "one.md").read_text(encoding="utf-8")
    assert '[two](https://example.org/w/two.html#here "Two")' in text
    assert "(<https://example.org/w/two.html>)" in text
    assert "url = " in (tmp_path / "p" / "storymap.toml").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_stays_as_it_is(project: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    told = export(project, "one", tmp_path, "--force")
    assert told.exit_code == 2
    assert "a folder with something in it" in told.output
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_a_link_that_cannot_be_made_text_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    for name, text in (("a", "See [B][b].\n\n[b]: b.md\n"), ("b", "Text.\n")):
        story = f"---\ntitle: {name}\n---\n\n## One\nplace: Lisbon\n\n{text}"
        (tmp_path / "stories" / f"{name}.md").write_text(story)
    told = export(tmp_path, "a", tmp_path / "out")
    assert told.exit_code == 1
    assert "stories/a.md:10:6: error[unknown-story]" in told.output
    assert "--url" in told.output
    assert not (tmp_path / "out").exists()
    assert export(tmp_path, "a", tmp_path / "out", "--url", "https://example.org").exit_code == 0


@pytest.mark.parametrize(
    ("written", "alone"),
    [
        ("[a](b.md)", "a"),
        ("![p](x.png) [a *b* \\] c](b.md 'T') d", "![p](x.png) a *b* \\] c d"),
        ("[[a]](b.md)", "[a]"),
        ("[![p](x.png)](b.md)", "![p](x.png)"),
    ],
)
def test_a_link_becomes_its_text(written: str, alone: str) -> None:
    column = written.index("b.md") + 1
    assert write_alone(written, [(Location("a.md", 1, column, 4), "b.md")], lambda _target: "") == alone


def test_what_is_no_link_in_brackets_is_refused() -> None:
    text = '<a href="b.md">a</a>'
    with pytest.raises(UnwritableLinkError):
        write_alone(text, [(Location("a.md", 1, 10, 4), "b.md")], lambda _target: "")


@pytest.mark.parametrize("story", ["ferry", "ferry.cs", "ferry.cs.md"])
def test_a_story_goes_with_its_editions(story: str, tmp_path: Path) -> None:
    packed = export_source(load_project(ROOT / "tests" / "projects" / "good" / "editions"), story, Report())
    assert {name for name in packed if name.endswith(".md")} == {"stories/ferry.md", "stories/ferry.cs.md"}
    assert b"name_cs" in packed["geo/places.geojson"]
    for name, data in packed.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    site = build_site(load_project(tmp_path))
    assert '<a href="../ferry.html" hreflang="en">anglicky</a>' in site["cs/ferry.html"].decode()
    assert "https://example.org/shores/cs/mill.html" in site["cs/ferry.html"].decode(), "others stay where they are"
