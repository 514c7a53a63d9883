"""Files in `geo/` that are something else, or GeoJSON in other clothes: read where that is easy, else told."""

import json

import pytest

from storymap.errors import Report
from storymap.gazetteer.places import load_places
from storymap.geodata.folder import read_geo_folder

POINT = {"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [14, 50]}}


@pytest.fixture
def read(tmp_path):
    """Write one file into `geo/` and read it: the names and layers of features, and the problems."""

    def write(name, content):
        (tmp_path / "geo").mkdir()
        data = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / "geo" / name).write_text(data, encoding="utf-8")
        report = Report()
        features = read_geo_folder(tmp_path / "geo", tmp_path, report).features
        return [(one.properties["name"], one.layer, one.at.line) for one in features], report.problems

    return write


@pytest.mark.parametrize(
    ("content", "what", "way"),
    [
        ({"geometryType": "esriGeometryPoint", "features": [{"attributes": {}}]}, "Esri JSON", "f=geojson"),
        ({"features": [{"attributes": {"n": 1}, "geometry": {"x": 1, "y": 2}}]}, "Esri JSON", "f=geojson"),
        ({"currentVersion": 11, "layers": []}, "the description of an ArcGIS service", "f=geojson"),
        ({"version": 0.6, "osm3s": {}, "elements": []}, "an answer of Overpass", "overpass-turbo.eu"),
        ({"locations": [{"latitudeE7": 1}]}, "a location history", "storymap places add"),
        ({"semanticSegments": []}, "a location history", "storymap places add"),
        ({"operationalLayers": [], "baseMap": {}}, "a map or a story of ArcGIS", "as GeoJSON"),
        ({"root": "n-1", "nodes": {}, "resources": {}}, "a map or a story of ArcGIS", "as GeoJSON"),
        ({"source": "x", "values": {"webmap": "y"}}, "a map or a story of ArcGIS", "as GeoJSON"),
        ({"head": {"vars": ["a"]}, "results": {"bindings": []}}, "an answer of a SPARQL query", "as CSV"),
        ({"tilejson": "3.0.0"}, "a style or a description of map tiles", "geo/"),
    ],
)
def test_json_of_something_else_is_told_as_what_it_is(read, content, what, way):
    features, (problem,) = read("a.json", content)
    assert not features
    assert problem.code == "bad-geojson"
    assert problem.message.startswith(f"this is {what}")
    assert way in problem.help


@pytest.mark.parametrize(
    ("name", "what", "way"),
    [
        ("a.xlsb", "a spreadsheet", "CSV UTF-8"),
        ("a.numbers", "a spreadsheet", "CSV UTF-8"),
        ("a.qgz", "a QGIS project", "GeoPackage"),
        ("a.pmtiles", "a set of map tiles", "geo/"),
        ("a.TIF", "a picture", "beside the story"),
        ("a.fit", "a recording", "GPX"),
        ("a.osm", "raw data of OpenStreetMap", "overpass-turbo.eu"),
    ],
)
def test_other_formats_are_told_as_what_they_are(read, name, what, way):
    features, (problem,) = read(name, "x")
    assert not features
    assert (problem.code, f'"{name}" is {what}' in problem.message, way in problem.help) == (
        "unknown-format",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", "a spreadsheet"),
        ("a.tsv", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
        ("a.geojson", b"PK\x03\x04..a.shp", "a zip file"),
    ],
)
def test_a_file_that_was_only_renamed_is_told_as_what_it_is(tmp_path, name, content, what):
    geo = tmp_path / "geo"
    geo.mkdir()
    (geo / name).write_bytes(content)
    report = Report()
    assert not read_geo_folder(geo, tmp_path, report).features
    (problem,) = report.problems
    assert (problem.code, problem.message) == ("unreadable-file", f'"{name}" is {what}, whatever it is called')


def test_a_folder_that_is_a_geodatabase_is_told_once(tmp_path):
    (tmp_path / "geo" / "a.gdb").mkdir(parents=True)
    for number in range(3):
        (tmp_path / "geo" / "a.gdb" / f"a{number}.gdbtable").touch()
    report = Report()
    assert not read_geo_folder(tmp_path / "geo", tmp_path, report).features
    assert [problem.at.path for problem in report.problems] == ["geo/a.gdb"]


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl", "a.ndjson", "a.json"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\x1e"])
def test_a_feature_on_each_line_is_read_with_its_line(read, name, before):
    other = {**POINT, "properties": {"name": "B"}}
    features, problems = read(name, f"{before}{json.dumps(POINT)}\n\n{before}{json.dumps(other)}\n")
    assert features == [("A", "", 1), ("B", "", 3)]
    assert not problems


def test_a_broken_line_is_told_and_the_others_are_read(read):
    features, (problem,) = read("a.ndjson", f"{json.dumps(POINT)}\n{{oops\n{json.dumps(POINT)}\n")
    assert [line for _, _, line in features] == [1, 3]
    assert (problem.code, problem.at.line) == ("bad-json", 2)


def test_every_layer_of_a_umap_file_is_read_and_one_that_lies_elsewhere_is_told(read):
    layers = [
        {"type": "FeatureCollection", "features": [POINT], "_umap_options": {"name": "Mills"}},
        {"type": "FeatureCollection", "features": [POINT]},
        {"type": "FeatureCollection", "_umap_options": {"name": "Far", "remoteData": {"url": "https://example.org/x"}}},
    ]
    features, (problem,) = read("a.umap", {"type": "umap", "layers": layers})
    assert features == [("A", "Mills", 0), ("A", "", 0)]
    assert (problem.code, 'layer "Far" is not in the file' in problem.message) == ("network-link", True)


@pytest.mark.parametrize(
    ("header", "message", "help"),
    [
        ("year,price", "the table holds values, no places", "take it out of geo/"),
        ("name,address", "the table has no columns for latitude and longitude", "--geocode"),
        ("name,easting,northing", '"easting" is in metres', "EPSG:4326"),
        ("nazev,typ", "the table has no columns for latitude and longitude", "storymap places find"),
        ("name,latitde,longitde", "the table has no columns", "did you mean"),
    ],
)
def test_a_table_without_coordinates_says_what_it_is_instead(read, header, message, help):
    features, (problem,) = read("a.csv", f"{header}\n1,a,b\n")
    assert not features
    assert problem.code == "no-coordinate-columns"
    assert message in problem.message
    assert help in problem.help


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("// mine\n", "begins a comment"),
        ("/* mine */ ", "begins a comment"),
    ],
)
def test_a_comment_is_told_as_what_it_is(read, before, message):
    features, (problem,) = read("a.geojson", before + json.dumps({"type": "FeatureCollection", "features": [POINT]}))
    assert not features
    assert problem.code == "bad-json"
    assert message in problem.message


@pytest.mark.parametrize(
    ("properties", "beside", "name", "aliases"),
    [
        ({"names": {"primary": "Mill", "common": {"cs": "Mlýn"}}}, {}, "Mill", ()),
        ({"location": {"name": "Mill", "address": "Square 1"}, "date": "2021"}, {}, "Mill", ()),
        ({"tags": {"name": "Mill", "building": "yes"}}, {}, "Mill", ()),
        ({"name": {"cs": "Mlýn", "en": "Mill"}}, {}, "Mill", ()),
        ({"title": "Mill"}, {"names": [{"toponym": "Mühle", "lang": "de"}]}, "Mill", ("Mühle",)),
        ({"name": "Mill", "tags": {"name": "Other"}}, {}, "Mill", ()),
    ],
)
def test_a_name_is_found_where_services_nest_it(tmp_path, properties, beside, name, aliases):
    (tmp_path / "geo").mkdir()
    feature = {**POINT, **beside, "properties": properties}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "geo" / "a.geojson").write_text(text, encoding="utf-8")
    report = Report()
    (place,) = load_places(tmp_path / "geo", tmp_path, report).places
    assert (place.name, place.aliases) == (name, aliases)
    assert not report.problems
