"""Places and tracks in the formats of others, read by readers that are not ours."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely
from click.testing import CliRunner, Result
from msgspec.structs import replace

from storymap.building.build import build_site
from storymap.building.exporting import load_story, read_stories
from storymap.cli.commands import storymap
from storymap.errors import Location, Report
from storymap.exchange.csv_table import write_csv
from storymap.exchange.formats import PLACE_FORMATS
from storymap.exchange.geojson import write_geojson
from storymap.exchange.gpx import write_gpx
from storymap.exchange.kml import write_kml
from storymap.exchange.linked_places import write_linked_places
from storymap.exchange.records import StoryRecord, record_story
from storymap.gazetteer.places import load_places
from storymap.model.prose import CalloutTitle, Html, Picture
from storymap.model.track import TrackPoint
from storymap.pages.plain import say_plainly
from storymap.project import load_project
from storymap.reading.dates import read_date

ROOT = Path(__file__).parents[2]
URL = "https://example.org/walks"


def record(folder: Path, url: str = "") -> tuple[StoryRecord, ...]:
    content, runner = read_stories(load_project(folder), Report(), drafts=False)
    return tuple(record_story(load_story(one, runner), url=url) for one in content.ready)


@pytest.fixture(scope="module")
def stories() -> tuple[StoryRecord, ...]:
    """The repository's own in their first language, with the address of a site."""
    return tuple(story for story in record(ROOT, URL) if story.lang == "en")


@pytest.fixture(scope="module")
def hostile() -> tuple[StoryRecord, ...]:
    return record(ROOT / "tests" / "projects" / "good" / "hostile", URL)


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(storymap, ["export", *map(str, arguments)])


def write(folder: Path, story: str, **places: str) -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "stories" / "walk.md").write_text(story, encoding="utf-8")
    return folder


def test_the_geojson_of_a_site_is_read_by_gdal_with_every_place_and_way(
    stories: tuple[StoryRecord, ...], tmp_path: Path
) -> None:
    file = tmp_path / "all.geojson"
    file.write_bytes(write_geojson(stories))
    frame = pyogrio.read_dataframe(file)
    places = {place.id: place for story in stories for _, place in story.visits}
    ways = [way for story in stories for way in story.ways]
    assert set(frame["id"].dropna()) == set(places)
    assert len(frame) == len(places) + len(ways)
    for row in frame.itertuples():
        if isinstance(row.id, str):
            assert (row.name, row.geometry.x, row.geometry.y) == (places[row.id].name, *places[row.id].point)
    assert frame.geometry.iloc[len(places) :].geom_type.isin(["LineString", "MultiLineString"]).all()
    assert shapely.bounds(frame.geometry.array).max() <= 180


def test_the_first_step_of_a_place_stands_in_columns_and_all_of_them_in_a_list(
    stories: tuple[StoryRecord, ...],
) -> None:
    features = json.loads(write_geojson(stories))["features"]
    prague = next(feature["properties"] for feature in features if feature["properties"].get("id") == "prague")
    came = [step for story in stories for step, place in story.visits if place.id == "prague"]
    assert [step["url"] for step in prague["steps"]] == [step.url for step in came]
    assert (prague["step_title"], prague["step_date"]) == (came[0].title, came[0].date)
    assert prague["step_text"] == came[0].text


def test_another_project_has_the_same_places_of_the_geojson(stories: tuple[StoryRecord, ...], tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "taken.geojson").write_bytes(write_geojson(stories))
    report = Report()
    read = {place.id: place for place in load_places(tmp_path / "geo", tmp_path, report).places}
    assert report.errors == ()
    written = {place.id: place for story in stories for _, place in story.visits}
    there = Location("")
    for place in written.values():
        back = read[place.id]
        others = tuple(name for name in place.aliases if name != place.name)  # a story may call it by one of them
        written_place = dataclasses.replace(place, defined_at=there, aliases=others)
        assert dataclasses.replace(back, defined_at=there, geometry=place.geometry) == written_place
        assert shapely.equals(back.geometry, place.geometry)


def test_an_area_keeps_the_shape_that_its_author_drew_and_a_city_is_a_point(tmp_path: Path) -> None:
    ring = [[14.0, 50.0], [14.0, 50.5], [14.5, 50.5], [14.5, 50.0], [14.0, 50.0]]  # the wrong way round for RFC 7946
    park = {"type": "Feature", "properties": {"name": "Park"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    write(tmp_path, "---\ntitle: T\n---\n\n## One\nplace: [Park, Lisbon, Portugal]\n\nText.\n")
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "park.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [park]}))
    shapes = {
        feature["properties"]["name"]: shapely.geometry.shape(feature["geometry"])
        for feature in json.loads(write_geojson(record(tmp_path)))["features"]
    }
    assert shapes["Park"].equals(shapely.Polygon(ring))
    assert shapely.is_ccw(shapely.get_exterior_ring(shapes["Park"]))
    assert shapes["Lisbon"].geom_type == shapes["Portugal"].geom_type == "Point"


def test_the_kml_is_read_by_gdal_step_by_step(stories: tuple[StoryRecord, ...], tmp_path: Path) -> None:
    file = tmp_path / "all.kml"
    file.write_bytes(write_kml(stories))
    names = [name for name, _ in pyogrio.list_layers(file)]
    assert names == [story.title for story in stories]
    for story in stories:
        frame = pyogrio.read_dataframe(file, layer=story.title)
        assert list(frame["Name"]) == [place.name for _, place in story.visits] + [way.name for way in story.ways]
        for (step, place), row in zip(story.visits, frame.itertuples(), strict=False):
            assert row.geometry.distance(shapely.Point(place.point)) < 1e-6
            assert step.title in row.description


def test_the_kml_of_a_story_says_when_as_exactly_as_it_is_known(stories: tuple[StoryRecord, ...]) -> None:
    story = stories[0]
    dates = ("2020", "2020-05", "2020-05-06", "1990/2001-02", "1980/..", "-0044", "198X", "1900~")
    steps = tuple(replace(story.steps[0], when=read_date(date)) for date in dates)
    root = ET.fromstring(write_kml([replace(story, steps=steps, ways=())]))
    kml = "{http://www.opengis.net/kml/2.2}"
    told = [
        "/".join(part.text or "" for kind in ("TimeStamp", "TimeSpan") for part in mark.findall(f"{kml}{kind}/*"))
        for mark in root.iter(f"{kml}Placemark")
    ]
    assert told == ["2020", "2020-05", "2020-05-06", "1990/2001-02", "1980", "", "1980-01-01", "1900"]


def test_the_gpx_is_read_by_gdal_with_waypoints_route_and_tracks(
    stories: tuple[StoryRecord, ...], tmp_path: Path
) -> None:
    story = next(story for story in stories if story.ways)
    part = tuple(TrackPoint(14 + step / 100, 50.0, 200.0 + step, 1_600_000_000.0 + step) for step in range(4))
    story = replace(story, ways=(replace(story.ways[0], parts=(part,)),))
    file = tmp_path / "story.gpx"
    file.write_bytes(write_gpx([story]))
    points = pyogrio.read_dataframe(file, layer="waypoints")
    assert list(points["name"]) == [place.name for _, place in story.visits]
    assert [len(one.geoms) for one in pyogrio.read_dataframe(file, layer="tracks").geometry] == [1]
    assert len(pyogrio.read_dataframe(file, layer="route_points")) == len(story.visits)
    went = pyogrio.read_dataframe(file, layer="track_points")
    assert list(went["ele"]) == [200.0, 201.0, 202.0, 203.0]
    assert str(went["time"].iloc[0]).startswith("2020-09-13")


def test_the_table_is_read_by_gdal_and_no_cell_is_a_formula(stories: tuple[StoryRecord, ...], tmp_path: Path) -> None:
    first = replace(stories[0].steps[0], title='=HYPERLINK("https://example.org")', text="-1 + 1\nand, more")
    file = tmp_path / "all.csv"
    file.write_bytes(write_csv([replace(stories[0], steps=(first, *stories[0].steps[1:])), *stories[1:]]))
    frame = pyogrio.read_dataframe(file)
    visits = [(step, place) for story in stories for step, place in story.visits]
    assert list(frame["name"]) == [place.name for _, place in visits]
    assert [float(lat) for lat in frame["lat"]] == [round(place.point.lat, 7) for _, place in visits]
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows[1][rows[0].index("title")] == '\'=HYPERLINK("https://example.org")'
    assert rows[1][rows[0].index("text")] == "'-1 + 1\nand, more"


def test_a_span_that_is_open_has_an_empty_cell(stories: tuple[StoryRecord, ...]) -> None:
    step = replace(stories[0].steps[0], when=read_date("1980/.."))
    (row,) = csv.DictReader(io.StringIO(write_csv([replace(stories[0], steps=(step,))]).decode("utf-8-sig")))
    assert (row["date"], row["begins"], row["ends"]) == ("1980/..", "1980-01-01", "")


def test_linked_places_have_what_the_format_requires_of_each(stories: tuple[StoryRecord, ...], tmp_path: Path) -> None:
    """By the list of required elements in version 1.2 of the format, which has no schema of its own."""
    file = tmp_path / "places.json"
    file.write_bytes(write_linked_places(stories, URL))
    collection = json.loads(file.read_bytes())
    assert collection["type"] == "FeatureCollection"
    assert collection["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    assert len({feature["@id"] for feature in collection["features"]}) == len(collection["features"]) > 5
    for feature in collection["features"]:
        assert feature["@id"].startswith(f"{URL}/places/")
        assert feature["properties"]["title"] == feature["names"][0]["toponym"]
        assert feature["names"][0]["citations"][0]["label"]
        assert all(re.fullmatch("[A-Z]{2}", code) for code in feature["properties"].get("ccodes", ()))
        assert feature["geometry"]["type"] == "GeometryCollection"
        assert shapely.geometry.shape(feature["geometry"]).is_valid
        for span in feature.get("when", {"timespans": []})["timespans"]:
            assert span["start"].keys() <= {"in", "earliest", "latest"}
        for text in feature["descriptions"]:
            assert text["value"]
    assert len(pyogrio.read_dataframe(file)) == len(collection["features"])


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2020-05-06", {"start": {"in": "2020-05-06"}}),
        ("1900~", {"start": {"in": "1900~"}}),
        ("-0043", {"start": {"in": "-0043"}}),
        ("1990/2001-02", {"start": {"in": "1990"}, "end": {"in": "2001-02"}}),
        ("../1918", {"start": {"latest": "1918-12-31"}, "end": {"in": "1918"}}),
        ("198X", {"start": {"earliest": "1980-01-01", "latest": "1989-12-31"}}),
    ],
)
def test_linked_places_say_when_as_exactly_as_it_is_known(
    date: str, span: object, stories: tuple[StoryRecord, ...]
) -> None:
    step = replace(stories[0].steps[0], when=read_date(date))
    feature = json.loads(write_linked_places([replace(stories[0], steps=(step,))], URL))["features"][0]
    assert feature["when"] == {"timespans": [span]}


def test_hostile_texts_stay_texts_in_every_format(hostile: tuple[StoryRecord, ...], tmp_path: Path) -> None:
    """Each format is read again as what it is; every title comes back as it was."""
    titles = [step.title for story in hostile for step, _ in story.visits]
    assert any("<script>" in title for title in titles)
    features = json.loads(write_geojson(hostile))["features"]
    assert {step["title"] for one in features for step in one["properties"].get("steps", ())} == set(titles)
    kml, gpx = ET.fromstring(write_kml(hostile)), ET.fromstring(write_gpx(hostile))
    assert [data[0].text for data in kml.iterfind(".//{*}Data[@name='title']")] == titles
    assert [(one.text or "").partition("\n")[0].partition(". ")[2] for one in gpx.iterfind("{*}wpt/{*}desc")] == titles
    assert not re.search(r"<[a-z/!]", "".join(one.text or "" for one in kml.iterfind(".//{*}Placemark/{*}description")))
    rows = csv.DictReader(io.StringIO(write_csv(hostile).decode("utf-8-sig")))
    assert [row["title"].removeprefix("'") for row in rows] == titles


@pytest.mark.parametrize("form", PLACE_FORMATS)
def test_what_xml_cannot_hold_is_replaced_everywhere(form: str, stories: tuple[StoryRecord, ...]) -> None:
    story = stories[0]
    prose = (Html("<p>a&#1;b \ud800 &lt;c&gt; ]]&gt;</p>"),)
    text = say_plainly(prose, "en")
    step = replace(story.steps[0], text=text)
    data = PLACE_FORMATS[form].write([replace(story, steps=(step,))], "")
    assert "\ufffd <c> ]]>" in text
    if form in {"kml", "gpx"}:
        ET.fromstring(data)


def test_prose_is_said_without_markup_pictures_and_references_to_notes() -> None:
    prose = (
        Html('<p>One <em>and</em>\ntwo.<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup></p>\n<div>'),
        CalloutTitle("note"),
        Html("<p>Look: "),
        Picture("a.png", 1, 1, "a picture"),
        Html("</p></div>\n<ul>\n<li>first</li>\n<li>second</li>\n</ul>\n<pre><code>x = 1\ny</code></pre>"),
    )
    assert say_plainly(prose, "de") == "One and two.\n\nHinweis\n\nLook:\n\n– first\n– second\n\nx = 1\ny"


def test_downloads_are_offered_where_front_matter_or_settings_ask_for_them(tmp_path: Path) -> None:
    story = "---\ntitle: A walk\nlang: cs\n{}---\n\n## One\nplace: Lisbon\ntrack: w.gpx\n\nText.\n"
    write(tmp_path, story.format("downloads: true\n"))
    (tmp_path / "stories" / "w.gpx").write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>W</name><trkseg>'
        '<trkpt lat="38.7" lon="-9.1"><time>2020-01-01T10:00:00Z</time></trkpt>'
        '<trkpt lat="38.8" lon="-9.1"><time>2020-01-01T11:00:00Z</time></trkpt></trkseg></trk></gpx>'
    )
    (tmp_path / "stories" / "other.md").write_text("---\ntitle: B\n---\n\n## One\nplace: Lisbon\n\nText.\n")
    site = build_site(load_project(tmp_path))
    offered = re.findall(r'<a href="([^"]+)" download>', site["walk.html"].decode())
    assert offered == [f"downloads/walk{form.ending}" for form in PLACE_FORMATS.values()]
    assert "Místa a trasy jako soubory" in site["walk.html"].decode()
    assert set(offered) == {path for path in site if path.startswith("downloads/")}
    assert b"<trkpt" in site["downloads/walk.gpx"]
    assert b"2020-01-01T" not in site["downloads/walk.gpx"]
    assert export("walk", "-f", "gpx", "-C", tmp_path, "-o", tmp_path / "w.gpx").exit_code == 0
    assert b"2020-01-01T10:00:00Z" in (tmp_path / "w.gpx").read_bytes()
    write(tmp_path / "all", story.format("").replace("track: w.gpx\n", ""))
    (tmp_path / "all" / "stories" / "no.md").write_text(
        story.format("downloads: false\n").replace("track: w.gpx\n", "")
    )
    (tmp_path / "all" / "storymap.toml").write_text("downloads = true\n")
    made = [path for path in build_site(load_project(tmp_path / "all")) if path.startswith("downloads/")]
    assert made == sorted(offered)


def test_the_command_writes_a_file_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "d.geojson"
    done = export("declaration", "--format", "geojson", "-C", ROOT, "-o", file)
    assert (done.exit_code, done.output) == (0, f"{file}: {file.stat().st_size:,} bytes\n")
    once = file.read_bytes()
    again = export("declaration", "--format", "geojson", "-C", ROOT, "-o", file)
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert "--force" in again.output
    assert export("stories/declaration.md", "-f", "geojson", "-C", ROOT, "-o", file, "--force").exit_code == 0
    assert file.read_bytes() == once


def test_an_unknown_story_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    told = export("declaratoin", "-f", "kml", "-C", ROOT, "-o", tmp_path / "x.kml")
    assert told.exit_code == 2
    assert 'no story "declaratoin"' in told.output
    assert 'did you mean "declaration"?' in told.output
    assert not (tmp_path / "x.kml").exists()


def test_a_draft_is_exported_only_if_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "---\ntitle: T\ndraft: true\n---\n\n## One\nplace: Lisbon\n\nText.\n")
    (tmp_path / "stories" / "walks.md").write_text("---\ntitle: W\n---\n\n## One\nplace: Lisbon\n\nText.\n")
    told = export("walk", "-f", "csv", "-C", tmp_path, "-o", tmp_path / "x.csv")
    assert (told.exit_code, '"walk" is a draft' in told.output, "--drafts" in told.output) == (2, True, True)
    assert export("walk", "-f", "csv", "-C", tmp_path, "-o", tmp_path / "x.csv", "--drafts").exit_code == 0


def test_a_project_with_mistakes_is_not_exported(tmp_path: Path) -> None:
    write(tmp_path, "---\ntitle: T\n---\n\n## One\nplace: Prauge\n\nText.\n")
    told = export("walk", "-f", "csv", "-C", tmp_path, "-o", tmp_path / "x.csv")
    assert told.exit_code == 1
    assert "error[unknown-place]" in told.output
    assert "Nothing was written." in told.output
    assert not (tmp_path / "x.csv").exists()


def test_a_story_on_a_picture_has_no_places_to_export(tmp_path: Path) -> None:
    painting = ROOT / "tests" / "projects" / "good" / "painting"
    told = export("-f", "kml", "-C", painting, "-o", tmp_path / "x.kml")
    assert told.exit_code == 2
    assert "no place of the earth" in told.output
