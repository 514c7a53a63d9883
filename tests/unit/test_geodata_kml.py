"""KML as programs and hands leave it: placemarks, folders, fields, shapes and links."""

import zipfile

import pytest

from storymap.errors import Report
from storymap.geodata.folder import read_geo_folder
from storymap.geodata.kml import read_kml
from storymap.geodata.naming_layers import name_features

KML = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>D</name>{}</Document></kml>'
RING = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
HOLE = f"<innerBoundaryIs>{RING.format('5,1 6,1 6,2 5,1')}</innerBoundaryIs>"
POINT = "<Point><coordinates>14,50</coordinates></Point>"


@pytest.fixture
def name_all(tmp_path):
    """Write files into `geo/` and name what they hold: the names, and the problems."""
    (tmp_path / "geo").mkdir()

    def read(files=(), **settings):
        for name, content in dict(files).items():
            (tmp_path / "geo" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        wanted = {f"geo/{name}": one for name, one in settings.get("settings", {}).items()}
        report = Report()
        features = read_geo_folder(tmp_path / "geo", tmp_path, report, settings=wanted).features
        return [naming.name for naming in name_features(features, wanted, report)], report.problems

    return read


@pytest.fixture
def read(tmp_path):
    """The features of a KML document with this content, and what is told."""

    def read_text(content):
        (tmp_path / "a.kml").write_text(KML.format(content), encoding="utf-8")
        report = Report()
        return read_kml(tmp_path / "a.kml", "geo/a.kml", report), report.problems

    return read_text


def place(shape, name="A"):
    return f"<Placemark><name>{name}</name>{shape}</Placemark>"


def test_fields_without_a_schema_are_read_in_every_folder(name_all):
    data = (
        '<Placemark><ExtendedData><Data name="Nombre"><value>{}</value></Data></ExtendedData>' + POINT + "</Placemark>"
    )
    folders = "".join(
        f"<Folder><name>F{number}</name>{data.format(f'A{number}')}{data.format(f'B{number}')}</Folder>"
        for number in range(2)
    )
    names, problems = name_all({"a.kml": KML.format(folders)})
    assert names == ["A0", "B0", "A1", "B1"]
    assert [problem.code for problem in problems] == ["taken-for-name"] * 2


def test_a_placemark_whose_coordinates_are_empty_is_nowhere(tmp_path):
    point = "<Placemark><name>{}</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    written = point.format("Mill", "14.4,50.1") + point.format("Lost", " \n ") + point.format("Island", "0,0")
    (tmp_path / "a.kml").write_text(KML.format(written), encoding="utf-8")
    mill, lost, island = read_kml(tmp_path / "a.kml", "geo/a.kml", Report())
    assert lost.lost is not None
    assert (lost.lost.code, lost.geometry.is_empty) == ("no-geometry", True)
    assert (mill.lost, island.lost) == (None, None)
    assert not island.geometry.is_empty


def test_a_kml_that_links_and_holds_places_keeps_its_places(name_all):
    link = "<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink>"
    text = KML.format(link + f"<Placemark><name>Mill</name>{POINT}</Placemark>")
    names, (problem,) = name_all({"a.kml": text})
    assert names == ["Mill"]
    assert (problem.code, problem.severity) == ("network-link", "note")


def test_a_kml_that_only_links_is_told(name_all):
    link = "<NetworkLink><Url><href>https://example.org/a.kml</href></Url></NetworkLink>"
    names, (problem,) = name_all({"a.kml": KML.format(link)})
    assert not names
    assert (problem.code, "https://example.org/a.kml" in problem.message) == ("network-link", True)


@pytest.mark.parametrize(
    ("shape", "wkt"),
    [
        ("<Point><coordinates>\n 14 , 50 , 300 </coordinates></Point>", "POINT (14 50)"),
        ("<LineString><coordinates>1,2,3\n\n3,4\t5,6</coordinates></LineString>", "LINESTRING (1 2, 3 4, 5 6)"),
        (
            f"<Polygon><outerBoundaryIs>{RING.format('0,0 9,0 9,9 0,0')}</outerBoundaryIs>{HOLE}</Polygon>",
            "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1))",
        ),
        (f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", "MULTIPOINT ((14 50), (14 50))"),
        (
            f"<MultiGeometry>{POINT}<LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>",
            "GEOMETRYCOLLECTION (POINT (14 50), LINESTRING (1 2, 3 4))",
        ),
        ("<gx:Track><when>2010</when><gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord></gx:Track>",
         "LINESTRING (1 2, 3 4)"),
    ],
)  # fmt: skip
def test_shapes_are_read_whatever_their_spaces_and_undeclared_prefixes(read, shape, wkt):
    (feature,), problems = read(place(shape))
    assert feature.geometry.wkt == wkt
    assert (feature.lost, problems) == (None, [])


def test_a_ground_overlay_is_the_area_that_it_covers(read):
    box = "<LatLonBox><north>51</north><south>50</south><east>15</east><west>14</west></LatLonBox>"
    (feature,), _ = read(f"<GroundOverlay><name>Plan</name>{box}</GroundOverlay>")
    assert (feature.geometry.bounds, feature.properties["Name"]) == ((14, 50, 15, 51), "Plan")


@pytest.mark.parametrize("written", ["14.5;50", "abc", "14,5,50,1", "nan,50", "14"])
def test_a_position_that_is_none_is_told_and_not_taken_for_another(read, written):
    (bad, good), _ = read(place(f"<Point><coordinates>{written}</coordinates></Point>") + place(POINT))
    assert bad.lost is not None
    assert bad.lost.message == f'"{written}" is no position'
    assert good.lost is None


def test_features_stand_folder_by_folder_under_their_names(read):
    features, _ = read(f"{place(POINT)}<Folder>{place(POINT)}<name>F</name></Folder>{place(POINT)}")
    assert [(one.layer, one.label) for one in features] == [
        ("D", 'feature 1 of layer "D"'),
        ("D", 'feature 2 of layer "D"'),
        ("F", 'feature 1 of layer "F"'),
    ]


def test_placemarks_that_are_called_by_their_schema_are_read(read):
    schema = '<Schema name="Mill" parent="Placemark"><SimpleField type="string" name="river"/></Schema>'
    (feature,), _ = read(f"{schema}<Mill><name>Old mill</name><river>Labe</river>{POINT}</Mill>")
    assert feature.properties == {"Name": "Old mill", "river": "Labe"}


def test_damaged_xml_is_told_with_its_line(name_all):
    _, (problem,) = name_all({"a.kml": KML.format("\n<Placemark>")})
    assert (problem.code, problem.at.line) == ("unreadable-file", 2)
    assert problem.message == "the file cannot be read: mismatched tag"


def test_the_main_file_of_a_kmz_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("files/other.kml", KML.format(place(POINT, "Other")))
        archive.writestr("doc.kml", KML.format(place(POINT, "Main")))
    (feature,) = read_kml(tmp_path / "a.kmz", "geo/a.kmz", Report())
    assert feature.properties["Name"] == "Main"


def test_entities_neither_grow_without_end_nor_fetch_anything(tmp_path):
    grown = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for name, entities in {
        "bomb": f'<!ENTITY l0 "lol">{grown}',
        "file": f'<!ENTITY l9 SYSTEM "{secret.as_uri()}">',
    }.items():
        text = f"<!DOCTYPE kml [{entities}]><kml>{place(POINT, 'A&l9;')}</kml>"
        (tmp_path / f"{name}.kml").write_text(text, encoding="utf-8")
    report = Report()
    assert read_kml(tmp_path / "bomb.kml", "geo/bomb.kml", report) is None
    assert [problem.code for problem in report.problems] == ["unreadable-file"]
    (feature,) = read_kml(tmp_path / "file.kml", "geo/file.kml", Report())
    assert feature.properties["Name"] == "A"


def test_what_is_nested_without_end_is_read_without_harm(read):
    features, _ = read(
        "<Folder>" * 50_000 + "</Folder>" * 50_000 + place("<MultiGeometry>" * 9_000 + "</MultiGeometry>" * 9_000)
    )
    assert [feature.lost is not None for feature in features] == [True]
