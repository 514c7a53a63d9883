"""Files of places with odd shapes, records that are nowhere, and inputs that are too much."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from storymap.cli.commands import storymap

ALL_PAGES = 'pages = "all"\n'
"""So that a page is written of each place, though no story goes there."""


def payload(page: str) -> Any:
    """What a page tells the browser."""
    found = re.search(r'<script type="application/json" id="storymap-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def build(folder: Path, files: dict[str, str | bytes], *, place: str = "Prague") -> Result:
    """Build a project in `folder` with these files, and a story that goes to one place."""
    story = f"---\ntitle: A\n---\n\n## There\nplace: {place}\n\nText.\n"
    for name, content in {"storymap.toml": "", "stories/a.md": story, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    result = CliRunner().invoke(storymap, ["build", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("slug", "told", "pages"),
    [
        (
            "csv-row-without-coordinates",
            (
                'geo/mills.csv:3:14: warning[no-geometry]: "Lost village": it has no coordinates, so it is nowhere; '
                'likewise 1 more: "Unknown ford" in line 5'
            ),
            ["old-mill"],
        ),
        (
            "geojson-polygon-crosses-itself",
            (
                'warning[invalid-geometry]: "Far island": the polygon is not valid: self-intersection at [14.55, 50.15]'
                "; it is repaired"
            ),
            ["old-mill", "far-island"],
        ),
        (
            "geojson-ring-not-closed",
            (
                'warning[bad-geometry]: "Far field": a ring ends at [14.6, 50.2], not at [14.5, 50.1], where it begins'
                "; it is closed"
            ),
            ["far-field"],
        ),
        (
            "gpkg-one-point-line",
            (
                'geo/trails.gpkg: warning[no-geometry]: "Short trail": nothing of its geometry remains: '
                "a segment of 1 point is left out"
            ),
            ["mill-trail"],
        ),
        (
            "gpx-one-point-segment",
            'geo/walk.gpx: warning[bad-geometry]: "Mill walk": a segment of 1 point is left out',
            ["mill-walk"],
        ),
        (
            "kml-one-point-line",
            (
                'geo/history.kml: warning[no-geometry]: "Walking": nothing of its geometry remains: '
                "a segment of 1 point is left out"
            ),
            ["old-mill"],
        ),
        (
            "kml-unclosed-ring",
            (
                'geo/field.kml: warning[bad-geometry]: "Field": a ring ends at [14.6, 50.2], not at [14.5, 50.1], '
                "where it begins; it is closed"
            ),
            ["old-mill", "field"],
        ),
        (
            "gpx-point-at-null-island",
            'geo/run.gpx: warning[null-island]: "Evening run": 0, 0, far from all others, is left out',
            ["evening-run"],
        ),
    ],
)
def test_an_odd_record_is_mended_or_left_out_and_told_and_the_site_is_built(fault, slug, told, pages):
    project = fault(slug)
    with (project.folder / "storymap.toml").open("a") as settings:
        settings.write(ALL_PAGES)
    outcome = project.build()
    assert outcome.exit_code == 0
    assert told in outcome.output
    for page in pages:
        assert (project.folder / "site" / "places" / f"{page}.html").is_file()


@pytest.mark.parametrize(
    ("slug", "name", "at"),
    [
        ("csv-row-without-coordinates", "Lost village", "geo/mills.csv:3:14"),
        ("gpkg-one-point-line", "Short trail", "geo/trails.gpkg"),
        ("kml-one-point-line", "Walking", "geo/history.kml"),
    ],
)
def test_a_story_that_names_a_record_left_out_is_told_why_and_where(fault, slug, name, at):
    project = fault(slug)
    (story,) = (project.folder / "stories").glob("*.md")
    story.write_text(f"---\ntitle: A\n---\n\n## There\nplace: {name}\n\nText.\n", encoding="utf-8")
    outcome = project.build()
    assert outcome.exit_code == 1
    assert f'error[place-left-out]: "{name}" of {at} is left out: ' in outcome.output


def test_a_run_that_begins_at_null_island_is_shown_where_it_was(fault):
    project = fault("gpx-point-at-null-island")
    project.build()
    shapes = [place["shape"] for place in payload(project.page("places/evening-run.html"))["places"]]
    assert all(lon > 14 and lat > 50 for lon, lat in shapes[0]["coordinates"])


def test_simplified_regions_are_repaired_and_told_once(fault, tmp_path):
    regions = fault("regions-simplified-and-broken").folder / "kraje-rounded.geojson"
    outcome = build(tmp_path, {"geo/kraje.geojson": regions.read_bytes()})
    assert outcome.exit_code == 0
    assert outcome.output.count("warning[invalid-geometry]") == 1
    assert "; likewise 2 more: " in outcome.output


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("crs-geojson-moon", '"X": its reference system, "IAU_2015:30100", does not say where on the earth it is'),
        ("crs-geopackage-undefined-cartesian", '"A": its reference system, "Undefined Cartesian SRS", does not say'),
        ("crs-shapefile-local", '"A": its reference system, "Undefined", does not say where on the earth it is'),
        ("crs-shapefile-damaged-prj", "its .prj file cannot be read"),
    ],
)
def test_a_reference_system_that_leads_nowhere_is_told(fault, slug, told):
    outcome = fault(f"attacks/{slug}").build()
    assert outcome.exit_code == 0
    assert f"warning[unknown-crs]: {told}" in outcome.output


def nothing_hostile_in(folder: Path) -> bool:
    """Whether every page is UTF-8 and free of half characters."""
    return all("\ud800" not in page.read_bytes().decode() for page in folder.glob("site/**/*.html"))


def test_a_file_whose_name_is_not_utf8_becomes_a_place(tmp_path):
    spot = '{"type": "Point", "coordinates": [14.5, 50.1]}'
    outcome = build(tmp_path, {"storymap.toml": ALL_PAGES, os.fsdecode(b"geo/caf\xe9.geojson"): spot})
    assert outcome.exit_code == 0
    assert nothing_hostile_in(tmp_path)
    assert "caf?" in (tmp_path / "site" / "places" / "caf.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_mistake_in_a_file_whose_name_is_not_utf8_is_told(tmp_path, form):
    build(tmp_path, {os.fsdecode(b"geo/caf\xe9.geojson"): "{"})
    result = CliRunner().invoke(storymap, ["check", str(tmp_path), "--format", form])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "bad-json" in result.output


def test_half_characters_and_endless_numbers_and_brackets_stop_nothing(tmp_path):
    digits = "9" * 400
    point = '"geometry": {"type": "Point", "coordinates": [14.5, 50.1]}'
    half = (
        r'{"type": "Feature", "id": "\ud800", "properties": {"name": "Half \ud800", "description": "\udfff", '
        rf'"k\ud800": "\ud800", "aliases": ["\ud800", "Whole \\ud800 \ud83d\ude00"]}}, {point}}}'
    )
    long = (
        f'{{"type": "Feature", "id": {digits}, "properties": {{"name": "Long", "aliases": "{"[" * 9_000}"}}, {point}}}'
    )
    files = {
        "storymap.toml": ALL_PAGES,
        "geo/half.geojson": half,
        "geo/long.geojson": long,
        "geo/deep.geojson": "[" * 100_000,
        "geo/off.geojson": long.replace("14.5", digits).replace("Long", "Off"),
        "geo/off.csv": f"name,lat,lon\nAway,50,{digits}\n{digits},50.1,14.5\n",
    }
    outcome = build(tmp_path, files)
    assert outcome.exit_code == 0
    assert nothing_hostile_in(tmp_path)
    for page in ("half", "long"):
        assert (tmp_path / "site" / "places" / f"{page}.html").is_file()
    assert "geo/deep.geojson: warning[deep-nesting]: the brackets are nested 100,000 deep" in outcome.output
    assert 'warning[bad-coordinates]: "Off"' in outcome.output
    assert ': "Away": ' in outcome.output


def test_a_record_left_out_is_not_replaced_by_a_town_of_that_name(tmp_path):
    place = '{"type": "Feature", "properties": {"name": "Prague"}, "geometry": null}'
    outcome = build(tmp_path, {"geo/a.geojson": place})
    assert outcome.exit_code == 1
    assert 'error[place-left-out]: "Prague" of geo/a.geojson:1:55 is left out: its geometry is null' in outcome.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", '{"type": "FeatureCollection", "features": [{"properties": {"name": "Prague"}]}'),
        ("a.csv", "name,when\nPrague,1989\n"),
        ("a.kml", "<kml><Placemark><name>Prague</name>"),
        ("a.gpkg", b"SQLite format 3\0\0\0\0Prague"),
    ],
)
def test_a_name_that_stands_in_a_broken_file_is_not_taken_for_a_town(tmp_path, name, content):
    outcome = build(tmp_path, {f"geo/{name}": content})
    assert outcome.exit_code == 1
    assert 'error[place-left-out]: "Prague" seems to stand in geo/' in outcome.output


_TRACK = '<gpx version="1.1"><trk><name>Ride</name><trkseg>{}</trkseg></trk></gpx>'


def test_a_position_of_a_track_that_is_none_is_passed_over_with_a_warning(tmp_path):
    places = [("NaN", "NaN"), ("50", "14"), ("50.1", "14.1"), ("91", "14.1"), ("50.2", "14.2"), ("50.3", "14.2")]
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lat, lon in places)
    outcome = build(tmp_path, {"geo/a.gpx": _TRACK.format(points)}, place="Ride")
    assert outcome.exit_code == 0, outcome.output
    message = '"Ride": 2 positions that are no number or not on the earth are left out'
    assert f"geo/a.gpx: warning[bad-geometry]: {message}" in outcome.output


def test_a_track_with_decimal_commas_is_told_and_never_drawn_elsewhere(tmp_path):
    points = '<trkpt lat="50,1" lon="14,4"/><trkpt lat="50,2" lon="14,5"/>'
    outcome = build(tmp_path, {"geo/a.gpx": _TRACK.format(points)}, place="Ride")
    assert outcome.exit_code == 1
    assert 'geo/a.gpx: warning[decimal-comma]: the number "50,1" has a comma for its point' in outcome.output


def test_a_name_that_stands_in_a_table_without_names_leads_to_that_table(tmp_path):
    table = "lat,lon,remark,town\n50.1,14.4,Old mill,Prague\n50.2,14.5,New mill,Brno\n"
    outcome = build(tmp_path, {"geo/a.csv": table}, place="Old mill")
    assert outcome.exit_code == 1
    message = '"Old mill" seems to stand in geo/a.csv, but none of 2 features has a name, so no story can go there'
    assert f"error[place-left-out]: {message}" in outcome.output
    assert 'name = "remark"' in outcome.output
    assert build(tmp_path, {"geo/a.csv": table}).exit_code == 0, "Prague, which the world knows, is reached"


def test_a_broken_file_that_holds_a_name_within_a_word_stops_nothing(tmp_path):
    outcome = build(tmp_path, {"geo/a.csv": "name,when\nNew Prague,1989\nPraguenow,1990\n"})
    assert outcome.exit_code == 0
    assert "warning[no-coordinate-columns]" in outcome.output


def test_twelve_thousand_rows_off_the_earth_are_one_warning(fault):
    outcome = fault("attacks/quadratic-problems").build()
    assert outcome.exit_code == 0
    assert outcome.output.count("geo/x.csv") == 1
    assert "; likewise 11,999 more: " in outcome.output


def test_a_kml_of_very_many_columns_or_folders_is_read_like_any_other(fault, tmp_path):
    outcome = fault("attacks/kml-20000-columns").build()
    assert outcome.exit_code == 0
    assert "geo/x.kml" not in outcome.output
    spot = "<Placemark><name>A</name><Point><coordinates>14,50</coordinates></Point></Placemark>"
    folders = f"<Folder><name>F</name>{spot}</Folder>" * 1_000
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'
    outcome = build(tmp_path, {"geo/x.kml": kml})
    assert outcome.exit_code == 0
    assert "too-many" not in outcome.output


@pytest.mark.parametrize(
    ("ring", "told"),
    [
        ([[n % 170 + n / 1e5, (n * 7) % 80 + n / 1e5] for n in range(20_000)], "the polygon crosses itself too often"),
        ([[179 if n % 2 else -179, n / 100] for n in range(5_000)], "the polygon crosses 180° too often"),
    ],
)
def test_a_ring_that_would_take_hours_to_repair_is_left_out(tmp_path, ring, told):
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {"name": "Knot"}, "geometry": shape}
    outcome = build(tmp_path, {"geo/x.geojson": json.dumps(feature)})
    assert outcome.exit_code == 0
    assert f'warning[invalid-geometry]: "Knot": {told}' in outcome.output
