"""Files that are called otherwise than what they hold, packed ones, and texts with elements in other encodings."""

import gzip
import io
import json
import zipfile

import pytest

from storymap.errors import Location, Report
from storymap.gazetteer.places import load_places
from storymap.geodata.datasets import DataSource, read_features
from storymap.geodata.features import LARGEST_FILE
from storymap.geodata.tracks import read_tracks
from storymap.geodata.value_tables import read_value_table

NAME = "Žižkov"
TABLE = f"name,lat,lon\n{NAME},50.08,14.45\n"
POINT = {"type": "Feature", "properties": {"name": NAME}, "geometry": {"type": "Point", "coordinates": [14.45, 50.08]}}
GEOJSON = json.dumps(POINT, ensure_ascii=False)
KML = (
    '<?xml version="1.0" encoding="{}"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>'
    f"<name>{NAME}</name><Point><coordinates>14.45,50.08</coordinates></Point></Placemark></kml>"
)
GPX = (
    '<?xml version="1.0" encoding="{}"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    f'<wpt lat="50.08" lon="14.45"><name>{NAME}</name></wpt></gpx>'
)
PAGE = (
    "<!DOCTYPE html><html><body><h1>Stops</h1><table><tr><th>name<th>lat<th>lon</tr>"
    f"<tr><td><b>{NAME}</b></td><td>50,08</td><td>14,45</td></tr></table></body></html>"
)
WORKBOOK = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Stops"><Table>'
    "<Row><Cell><Data>name</Data></Cell><Cell><Data>note</Data></Cell><Cell><Data>lat</Data></Cell>"
    "<Cell><Data>lon</Data></Cell></Row>"
    f'<Row ss:Index="3"><Cell><Data>{NAME}</Data></Cell><Cell ss:Index="3"><Data>50.08</Data></Cell>'
    "<Cell><Data>14.45</Data></Cell></Row></Table></Worksheet></Workbook>"
)


def name_case(value):
    """A name of a case that does not hold what is packed, and when."""
    return value if isinstance(value, str) and len(value) < 20 else "content"


def pack_zip(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


@pytest.fixture
def load(tmp_path):
    """Write files into `geo/` and read them: the names and points of places, and the problems."""

    def write(files):
        for name, content in files.items():
            file = tmp_path / "geo" / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = Report()
        places = load_places(tmp_path / "geo", tmp_path, report).places
        return [(place.name, place.point) for place in places], report.problems

    return write


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", PAGE),
        ("a.xls", TABLE.replace(",", "\t")),
        ("a.xls", TABLE.replace(",", "\t").encode("utf-16")),
        ("a.xls", WORKBOOK),
        ("a.xlsx", PAGE),
        ("a.html", PAGE),
        ("a.csv", PAGE),
        ("a.csv", GEOJSON),
        ("a.csv", KML.format("UTF-8")),
        ("a.json", TABLE),
        ("a.json", json.dumps([{"name": NAME, "lat": 50.08, "lon": 14.45}])),
        ("a.json", json.dumps({"stops": [{"name": NAME, "at": {"lat": "50,08", "lng": "14,45"}}], "page": 1})),
        ("a.json", json.dumps({"storymap": {"slides": [{"location": {"lat": 50.08, "lon": 14.45, "name": NAME}}]}})),
        ("a.json", json.dumps({"slides": [{"location": {"lat": 50.08, "lon": 14.45}, "text": {"headline": NAME}}]})),
        ("a.json", json.dumps({"chapters": [{"title": NAME, "location": {"center": [14.45, 50.08], "zoom": 9}}]})),
        ("a.json", json.dumps([{"title": NAME, "latlng": [50.08, 14.45]}])),
        ("a.geojson", f"var stops = {GEOJSON};\n"),
        ("a.geojson", f"callback({GEOJSON});"),
        ("a.js", f"export default {GEOJSON}"),
        ("a.geojsonseq", f"\x1e{GEOJSON}\n"),
        ("a.txt", f"{GEOJSON}\n"),
        ("a.dat", TABLE.replace(",", ";")),
        ("a.gpx", KML.format("UTF-8")),
        ("a.kml", GPX.format("UTF-8")),
        ("a.xml", GPX.format("UTF-8")),
        ("a.kmz", KML.format("UTF-8")),
        ("a.kml", pack_zip(doc__kml=KML.format("UTF-8"))),
        ("a.gpx", "\n\n" + GPX.format("UTF-8")),
        ("a.kml", " " + KML.format("UTF-8")),
        ("a.geojson", gzip.compress(GEOJSON.encode())),
        ("a.kml", gzip.compress(KML.format("UTF-8").encode())),
        ("a.csv.gz", gzip.compress(TABLE.encode())),
        ("a.zip", pack_zip(stops__csv=TABLE, readme__md="words")),
        ("a.zip", pack_zip(doc__kml=KML.format("UTF-8"))),
        ("a.zip", pack_zip(**{"__MACOSX/._a.geojson": "x", "a.geojson": GEOJSON})),
    ],
    ids=name_case,
)
def test_a_file_is_read_as_what_it_holds_whatever_it_is_called(load, name, content):
    assert load({name: content}) == ([(NAME, (14.45, 50.08))], [])


def test_every_file_of_a_zip_without_shapefiles_is_read(load):
    other = TABLE.replace(NAME, "Karlín")
    assert load({"a.zip": pack_zip(a__csv=other, b__geojson=GEOJSON)}) == (
        [("Karlín", (14.45, 50.08)), (NAME, (14.45, 50.08))], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", "<html><body>Please log in</body></html>", "unreadable-file"),
        ("a.geojson", "<html><body>Please log in</body></html>", "bad-geojson"),
        ("a.csv.gz", gzip.compress(TABLE.encode())[:-12], "unreadable-file"),
        ("a.csv.gz", gzip.compress(b"\0" * (LARGEST_FILE + 1)), "unreadable-file"),
        ("a.html", "<html><p>Words</p></html>", "unreadable-file"),
    ],
    ids=name_case,
)
def test_what_holds_no_data_is_told(load, name, content, code):
    places, (problem,) = load({name: content})
    assert (places, problem.code, problem.at.path) == ([], code, f"geo/{name}")


@pytest.mark.parametrize("text", [KML, GPX])
@pytest.mark.parametrize(
    ("declared", "encoding", "codes"),
    [
        ("windows-1250", "windows-1250", []),
        ("ISO-8859-2", "iso-8859-2", []),
        ("UTF-16", "utf-16", []),
        ("UTF-16", "utf-16-le", []),
        ("UTF-8", "utf-8-sig", []),
        ("UTF-8", "windows-1250", ["unknown-encoding"]),
    ],
)
def test_texts_with_elements_are_read_in_any_encoding(load, text, declared, encoding, codes):
    name = "a.kml" if text is KML else "a.gpx"
    places, problems = load({name: text.format(declared).encode(encoding)})
    assert places == [(NAME, (14.45, 50.08))]
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize("text", [KML, GPX])
def test_an_ampersand_that_begins_nothing_is_one(load, text):
    text = text.format("UTF-8").replace(NAME, "Novák & Sons, Salt&amp;Pepper &#169;")
    ((name, _),), problems = load({"a.kml" if text.count("kml") else "a.gpx": text})
    assert (name, problems) == ("Novák & Sons, Salt&Pepper ©", [])


def test_cells_of_a_page_that_span_others_leave_them_empty(load):
    page = (
        "<table><tr><th colspan=2>place<th rowspan=2>lat<th rowspan=2>lon</tr><tr><th>name<th>kind</tr>"
        f"<tr><td>{NAME}<td>quarter<td>50.08<td>14.45</table>"
    )
    places, _ = load({"a.xls": page})
    assert [point for _, point in places] == [(14.45, 50.08)]


def test_tables_to_join_and_layers_are_read_as_what_they_hold(tmp_path):
    table = tmp_path / "heat.xls"
    table.write_text("<table><tr><td>code<td>price</tr><tr><td>01<td>12,5</tr></table>", encoding="utf-8")
    report = Report()
    read = read_value_table(table, "heat.xls", report)
    assert (read.columns, [tuple(values) for _, values in read.rows]) == (("code", "price"), [("01", "12,5")])
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(TABLE.encode()))
    (feature,) = read_features(DataSource(packed, "a.csv.gz"), report)
    assert feature.properties["name"] == NAME
    assert not report.problems


TRACK = "<trk><name>Žižkov</name><trkseg>{}</trkseg></trk>".format(
    "".join(f'<trkpt lat="50.{number}" lon="14.4"/>' for number in range(1, 4))
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ride.gpx", ("windows-1250", "windows-1250")),
        ("ride.gpx.gz", ("UTF-8", "utf-8")),
        ("ride.kml", ("UTF-8", "utf-8")),
        ("ride.xml", ("UTF-16", "utf-16")),
    ],
)
def test_a_track_is_read_as_what_it_is(tmp_path, name, content):
    declared, encoding = content
    text = f'<?xml version="1.0" encoding="{declared}"?><gpx version="1.1">{TRACK}</gpx>'.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    report = Report()
    found = read_tracks(tmp_path / name, name, Location("s.md"), report)
    assert ([stage.name for stage in found.stages], len(found.stages[0].parts[0])) == (["Žižkov"], 3)
    assert not report.problems
