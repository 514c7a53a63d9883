"""Every file of `geo/`: its places, or what is wrong with it, with file and line."""

import json
import os
import pickle
import re
import shutil
import struct
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest

from storymap.errors import Location, Report
from storymap.gazetteer.places import load_places
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")


@pytest.fixture
def load(tmp_path):
    """Write files into `geo/` and load them: places and problems."""

    def write(files, settings=NO_SETTINGS):
        folder = tmp_path / "geo"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        report = Report()
        return load_places(folder, tmp_path, report, settings=settings).places, report.problems

    return write


def make_feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def make_point(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return make_feature({"type": "Point", "coordinates": [lon, lat]}, **properties)


def make_collection(*features: dict[str, Any], **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)}, indent=1)


def test_a_feature_becomes_a_place_with_all_it_says(load):
    text = make_collection(
        make_point(
            14.4306, 50.079, id="museum", name="National Museum", description="At the square", category="venue",
            source="by hand", aliases=["Národní muzeum"], country="CZ",
        )
    )  # fmt: skip
    (place,), problems = load({"places.geojson": text})
    assert (place.id, place.name, place.country, place.kind) == ("museum", "National Museum", "CZ", "point")
    assert (place.description, place.category, place.source) == ("At the square", "venue", "by hand")
    assert place.aliases == ("Národní muzeum",)
    assert place.point == (14.4306, 50.079)
    assert place.defined_at.path == "geo/places.geojson"
    assert '"name": "National Museum"' in place.defined_at.excerpt
    assert not problems


def test_the_country_is_found_by_where_a_place_lies(load):
    places, problems = load(
        {"a.geojson": make_collection(make_point(2.35, 48.86, name="A"), make_point(0, -30, name="B"))}
    )
    assert [place.country for place in places] == ["FR", ""]
    assert not problems


def test_a_place_without_an_id_is_called_by_its_name(load):
    places, _ = load(
        {"a.geojson": make_collection(make_point(14, 50, Name="Úřad vlády"), make_point(15, 50, name="東京"))}
    )
    assert places[0].id == "urad-vlady"
    assert places[1].id == "東京"


def test_a_bare_geometry_is_called_by_its_file(load):
    (place,), _ = load({"border.geojson": '{"type": "LineString", "coordinates": [[12, 50], [14, 51]]}'})
    assert (place.name, place.kind) == ("border", "line")


def test_an_unnamed_feature_is_told_with_its_line(load):
    _, (problem,) = load({"a.geojson": make_collection(make_point(14, 50))})
    assert (problem.code, problem.at.line) == ("unnamed-feature", 4)


def test_the_same_id_twice_is_an_error_that_names_both_places(load):
    files = {name: make_collection(make_point(14, 50, id="x", name=name)) for name in ("a.geojson", "b.geojson")}
    _, (problem,) = load(files)
    assert problem.code == "duplicate-place-id"
    assert problem.at.path == "geo/b.geojson"
    assert "geo/a.geojson" in problem.help


def test_the_same_name_twice_is_a_warning_that_gives_the_ids(load):
    places, (problem,) = load(
        {"a.geojson": make_collection(make_point(14, 50, name="X"), make_point(15, 50, name="x"))}
    )
    assert [place.id for place in places] == ["x", "x-2"]
    assert problem.code == "duplicate-place-name"
    assert '"x" and "x-2"' in problem.help


def test_ids_that_programs_or_names_make_give_way_and_never_collide(load):
    places, problems = load(
        {
            "a.geojson": make_collection(make_point(14, 50, id="ID_00000", name="Stone bridge")),
            "b.geojson": make_collection(
                make_point(15, 50, id="ID_00000", name="Old mill"),
                make_point(16, 50, name="castle"),
                make_point(17, 50, id="castle", name="Karlštejn"),
                make_point(18, 50, name="1号館"),
                make_point(19, 50, name="第1会場"),
                make_point(20, 50, name="Con"),
            ),
        }
    )
    ids = ["stone-bridge", "old-mill", "castle-2", "castle", "1号館", "第1会場", "con-1"]
    assert [place.id for place in places] == ids
    assert not problems


def test_a_column_that_is_plainly_the_name_is_taken_with_a_note(load):
    places, (note,) = load({"a.geojson": make_collection(*(make_point(14, lat, nazev=f"P{lat}") for lat in (50, 51)))})
    assert [place.name for place in places] == ["P50", "P51"]
    assert (note.code, note.severity) == ("taken-for-name", "note")
    assert 'so "nazev" is taken for it' in note.message


def test_a_layer_without_names_is_told_once_with_its_columns_and_the_nearest(load):
    features = [make_point(14, lat, kod=7, jmeno_reky="Labe", typ="A") for lat in (50, 51, 52)]
    places, (problem,) = load({"a.geojson": make_collection(*features)})
    assert not places
    assert problem.message == "none of 3 features has a name, so no story can go there"
    assert problem.help == (
        'did you mean "jmeno_reky"? its columns are "kod", "jmeno_reky", "typ"\n'
        'call it "name", or write in storymap.toml:\n[geo."a.geojson"]\nname = "jmeno_reky"'
    )


def test_some_features_without_names_are_told_at_once(load):
    features = [make_point(14, 50 + number / 10, **({"name": "A"} if number == 0 else {})) for number in range(6)]
    places, (problem,) = load({"a.geojson": make_collection(*features)})
    assert [place.name for place in places] == ["A"]
    assert problem.message == "feature 2, feature 3, feature 4 and 2 more have no name, so no story can go there"


def test_the_settings_say_which_column_is_the_name(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.csv").write_text("name,river,lat,lon\nX,Labe,50,14\nY,,51,14\n")
    wanted = {"geo/a.csv": FileSettings(names=("River",)), "geo/b.csv": FileSettings(names=("x",))}
    report = Report()
    places = load_places(tmp_path / "geo", tmp_path, report, settings=wanted).places
    assert [place.name for place in places] == ["Labe", "Y"]
    assert [problem.message for problem in report.problems] == ['there is no file "b.csv" in geo/']


def test_a_column_that_there_is_none_of_is_told_where_the_settings_say_it(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.csv").write_text("name,river,lat,lon\nX,Labe,50,14\n")
    at = Location("storymap.toml", 3)
    report = Report()
    load_places(tmp_path / "geo", tmp_path, report, settings={"geo/a.csv": FileSettings(("rivers",), at=at)})
    ((problem),) = report.problems
    assert (problem.code, problem.at, problem.help) == ("unknown-column", at, 'did you mean "river"?')


def test_a_swapped_place_is_told_by_the_country_it_claims(load):
    _, (problem,) = load({"a.geojson": make_collection(make_point(50.08, 14.43, name="Prague", country="CZ"))})
    assert problem.code == "swapped-coordinates"
    assert "[14.43, 50.08]" in problem.help


def test_a_swapped_place_is_told_by_the_others(load):
    others = [make_point(14 + number / 10, 50, name=f"P{number}") for number in range(4)]
    _, (problem,) = load({"a.geojson": make_collection(*others, make_point(50.08, 14.43, name="Lost"))})
    assert problem.code == "swapped-coordinates"
    assert '"Lost"' in problem.message


def test_a_place_in_another_country_than_it_claims_is_told(load):
    _, (problem,) = load({"a.geojson": make_collection(make_point(2.35, 48.86, name="Paris", country="Czechia"))})
    assert problem.code == "country-mismatch"
    assert "in France, not in Czechia" in problem.message


def test_a_reference_system_from_before_rfc_7946_is_understood(load):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    (place,), problems = load({"a.geojson": make_collection(make_point(1606396.5, 6461462.1, name="Prague"), crs=crs)})
    assert place.point == pytest.approx((14.43, 50.09), abs=0.01)
    assert place.country == "CZ"
    assert not problems


def test_a_table_may_have_any_usual_separator_and_names_of_columns(load):
    places, problems = load(
        {
            "a.csv": "name,lat,lon\nPrague,50.08,14.42\n",
            "b.csv": "\ufeffTitle;Longitude;Latitude;Country\nParis;2.35;48.86;FR\n",
            "c.tsv": "label\tcoordinates\nRome\t41.9 N, 12.5 E\n",
        }
    )
    assert [(place.name, place.country) for place in places] == [("Prague", "CZ"), ("Paris", "FR"), ("Rome", "IT")]
    assert not problems


def test_mistakes_of_a_table_are_told_with_their_lines(load):
    text = 'name;lat;lon\n"two\nlines";50;14\nComma;"50,08";"14,42"\nShort\nEmpty;;\nOff;116;39\n'
    places, problems = load({"a.csv": text})
    assert [place.name for place in places] == ["two lines", "Comma"]
    assert [(problem.at.line, problem.code) for problem in problems] == [
        (5, "bad-csv"),
        (6, "no-geometry"),
        (7, "coordinate-out-of-range"),
    ]


@pytest.fixture
def frame():
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import Point

    return geopandas.GeoDataFrame(
        {"name": ["Národní muzeum", "Úřad vlády"]}, geometry=[Point(14.4306, 50.079), Point(14.413, 50.0922)], crs=4326
    )


DRIVERS = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".kml": "KML", ".shp": "ESRI Shapefile"}


@pytest.mark.parametrize(
    ("name", "crs"), [("a.gpkg", 5514), ("a.fgb", 4326), ("a.kml", 4326), ("a.zip", 3857), ("a.shp", 32633)]
)
def test_other_formats_are_read_and_brought_to_degrees(load, frame, tmp_path, name, crs):
    folder = tmp_path / "made"
    folder.mkdir()
    written = frame.to_crs(crs)
    if name == "a.zip":
        (folder / "shape").mkdir()
        written.to_file(folder / "shape" / "a.shp")
        shutil.make_archive(str(folder / "a"), "zip", folder / "shape")
        shutil.rmtree(folder / "shape")
    else:
        written.to_file(folder / name, driver=DRIVERS[Path(name).suffix])
    places, problems = load({file.name: file.read_bytes() for file in folder.iterdir()})
    assert [place.id for place in places] == ["narodni-muzeum", "urad-vlady"]
    assert places[0].point == pytest.approx((14.4306, 50.079), abs=1e-5)
    assert {place.country for place in places} == {"CZ"}
    assert not problems


def test_waypoints_and_tracks_of_a_gpx_file_are_places_but_not_their_points(load):
    text = (
        '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="50" lon="14"><name>Start</name></wpt><trk><name>Walk</name><trkseg>'
        '<trkpt lat="50" lon="14"/><trkpt lat="50.1" lon="14.1"/></trkseg></trk></gpx>'
    )
    places, problems = load({"walk.gpx": text})
    assert [(place.name, place.kind) for place in places] == [("Start", "point"), ("Walk", "line")]
    assert not problems


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.gpkg", b"nothing", "unreadable-file"),
        ("a.kml", b"<kml><x>", "unreadable-file"),
        ("a.zip", b"PK nothing", "unreadable-file"),
        ("a.csv", b"", "empty-file"),
        ("a.csv", b"name,where\nPrague,here\n", "no-coordinate-columns"),
        ("a.csv", b'name,lat,lon\n"open,50,14\n', "bad-csv"),
        ("a.csv", "name,lat,lon\nPlzeň,49.7,13.4\n".encode("iso8859-2"), "not-utf-8"),
        ("a.geojson", b"  \n", "empty-file"),
        ("a.geojson", b"null", "bad-geojson"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [}', "bad-json"),
        ("a.geojson", b'"' + b'\\"' * 200_000, "bad-json"),
        ("a.docx", b"PK", "unknown-format"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(load, name, content, code):
    places, problems = load({name: content})
    assert not places
    assert [problem.code for problem in problems] == [code]
    assert problems[0].at.path == f"geo/{name}"
    assert problems[0].help


@pytest.mark.parametrize("name", ["a.kml", "a.gpx", "a.gpkg", "a.shp", "a.fgb"])
def test_a_file_that_orders_gdal_to_read_others_is_refused(load, tmp_path, name):
    secret = tmp_path / "secret.csv"
    secret.write_text("name,lat,lon\nSecret,50,14\n")
    order = (
        f'<OGRVRTDataSource><!-- <kml <gpx --><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        '<GeometryType>wkbPoint</GeometryType><GeometryField encoding="PointFromColumns" x="lon" y="lat"/>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    places, (problem,) = load({name: order})
    assert not places
    assert problem.code == "unreadable-file"


def test_what_no_page_can_hold_is_taken_out_of_names(load):
    text = make_collection(make_point(1, 2, name="A\ud800\0\aB"))
    (place,), _ = load({"a.geojson": text})
    assert place.name == "A?\ufffd\ufffdB"
    assert place.name.encode()


def test_aliases_may_be_a_list_or_parted_by_semicolons(load):
    written = [["One", "Two"], "One; Two", "One|Two", '["One", "Two"]', "[One;Two"]
    features = [make_point(14, 50 + number, name=f"P{number}", aliases=value) for number, value in enumerate(written)]
    places, _ = load({"a.geojson": make_collection(*features)})
    assert {place.aliases for place in places} == {("One", "Two")}


def test_companions_and_hidden_files_are_left_alone(load):
    assert load({"README.md": "words", ".DS_Store": b"\x00", "a.qmd": "x"}) == ((), [])


def test_folders_within_geo_are_read_in_order(load):
    places, _ = load({f"{name}.csv": f"name,lat,lon\n{name},50,14\n" for name in ("b", "a", "sub/c")})
    assert [place.name for place in places] == ["a", "b", "sub/c"]


def test_a_link_out_of_the_project_is_refused(load, tmp_path_factory, tmp_path):
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text("name,lat,lon\nSecret,50,14\n")
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "link.csv").symlink_to(outside)
    (tmp_path / "geo" / "folder").symlink_to(outside.parent)
    places, problems = load({})
    assert not places
    assert [problem.code for problem in problems] == ["outside-project", "outside-project"]


def test_a_project_without_geo_has_no_places(tmp_path):
    report = Report()
    assert load_places(tmp_path / "geo", tmp_path, report).places == ()
    assert not report.problems


OWN_VERDICTS = {
    "antimeridian_line": "line", "antimeridian_polygon": "area", "bom": "point", "pole_polygon": "area",
    "script_in_property": "point", "big_int": "bad-coordinates", "bowtie": "invalid-geometry area",
    "crs_3857": "unnamed-feature", "deep_collection": "deep-nesting", "deep_json": "deep-nesting",
    "dup_keys": "duplicate-key line", "empty_coords": "no-geometry", "empty_fc": "no-features",
    "html_error_page": "bad-geojson", "infinity": "bad-coordinates", "krovak": "coordinate-out-of-range",
    "lat_out_of_range": "coordinate-out-of-range", "lfs_pointer": "lfs-pointer", "nan": "bad-coordinates",
    "null_geometry": "no-geometry", "string_numbers": "bad-geometry", "swapped": "coordinate-out-of-range",
    "topojson": "unreadable-file", "trailing": "bad-json",
}  # fmt: skip
"""What each file of the project's own corpus comes to: the code of its problem, the kind of its place, or both."""


def list_files(*patterns: str) -> list[Any]:
    files = sorted(file for pattern in patterns for file in CORPORA.glob(pattern))
    if not files:
        return [pytest.param(None, marks=pytest.mark.skip(reason="the corpora are not beside this checkout"))]
    return [pytest.param(file, id=f"{file.parent.name}-{file.stem}") for file in files]


@pytest.mark.parametrize("file", list_files("own/geojson/*"))
def test_every_vice_of_the_own_corpus_has_its_verdict(load, file):
    places, problems = load({file.name: file.read_bytes()})
    verdict = OWN_VERDICTS[file.stem]
    assert [problem.code for problem in problems] + [place.kind for place in places] == verdict.split()


@pytest.mark.parametrize(
    "file",
    list_files(
        "geojsonhint/*/*.geojson", "geojson-validator/*/*.geojson", "csv-spectrum/*.csv", "antimeridian/*/*.json"
    ),
)
def test_every_file_of_the_public_corpora_is_a_place_or_a_clear_problem(load, file):
    places, problems = load({file.name: file.read_bytes()})
    assert places or problems
    for problem in problems:
        assert problem.at.path == f"geo/{file.name}"
        assert problem.help or problem.message
        assert "Traceback" not in str(problem)
    for place in places:
        assert place.geometry.is_valid
        assert -180 <= place.point.lon <= 180


@pytest.mark.parametrize("file", list_files("geojsonhint/good/*.geojson", "geojson-validator/valid/*.geojson"))
def test_good_files_have_no_errors(load, file):
    _, problems = load({file.name: file.read_bytes()})
    allowed = {"coordinate-out-of-range"} if file.stem == "issue82" else set()  # its latitude is -107
    assert {problem.code for problem in problems if problem.severity == "error"} <= allowed


def test_what_is_no_file_or_may_not_be_read_is_told_and_the_rest_is_read(tmp_path, monkeypatch):
    geo = tmp_path / "geo"
    (geo / "closed").mkdir(parents=True)
    (geo / "places.geojson").write_text(make_collection(make_point(14.4, 50.1, name="Prague")))
    os.mkfifo(geo / "pipe.geojson")
    (geo / "circle.geojson").symlink_to("circle.geojson")
    (geo / "nowhere.geojson").symlink_to("gone.geojson")
    listed = Path.iterdir

    def refuse(folder):
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    report = Report()
    assert [place.name for place in load_places(geo, tmp_path, report).places] == ["Prague"]
    assert {(problem.at.path, problem.code) for problem in report.problems} == {
        ("geo/closed", "unreadable-file"),
        ("geo/pipe.geojson", "unreadable-file"),
        ("geo/circle.geojson", "outside-project"),
        ("geo/nowhere.geojson", "unreadable-file"),
    }


def test_escapes_bring_nothing_into_texts_that_is_refused_when_written_plainly(load):
    text = make_collection(make_point(1.0, 2.0, name="One", description="A\u0001b\r\nc", category="x\u202ey"))
    (place,), problems = load({"a.geojson": text})
    assert [(problem.code, str(problem.severity)) for problem in problems] == [
        ("control-character", "warning"),
        ("direction-override", "warning"),
    ]
    assert "\u0001" not in place.description


def test_places_are_a_plain_value_of_the_files_and_settings_alone(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.csv").write_text("name,lat,lon\nMill,50,14\n,51,14\nLost,,\n")
    (tmp_path / "geo" / "b.geojson").write_text("{")
    quiet = Report(policy={"unnamed-feature": "off", "bad-json": "off", "no-geometry": "off"})
    one, other = (load_places(tmp_path / "geo", tmp_path, report) for report in (Report(), quiet))
    assert one == other
    assert [file.problem.at.path for file in one.unread] == ["geo/b.geojson", "geo/a.csv"]
    assert pickle.loads(pickle.dumps(one)) == one


def test_files_of_data_make_no_places(load):
    places, problems = load(
        {"data/a.geojson": "no JSON", "places.csv": "name,lat,lon\nA,1,2\n", "b/data/c.csv": "name,lat,lon\nC,1,2\n"}
    )
    assert [place.name for place in places] == ["C", "A"]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("名称,纬度,经度\n天安门,39.9087,116.3975\n", "gb18030"),
        ("名称,緯度,経度\n東京タワー,35.6586,139.7454\n", "shift_jis"),
        ("이름,위도,경도\n남산타워,37.5512,126.9882\n", "euc-kr"),
        ("名稱,緯度,經度\n臺北車站,25.0478,121.5170\n", "big5"),
        ("Название;Широта;Долгота\nМельница;55,75;37,61\n", "windows-1251"),
        ("Název;Šířka;Délka\nŽižkov;50,08;14,45\n", "windows-1250"),
    ],
)
def test_the_encoding_that_a_table_is_in_is_found_and_told(load, text, encoding):
    (place,), (problem, *_) = load({"a.csv": text.encode(encoding)})
    assert place.name == re.split("[,;]", text.splitlines()[1])[0]
    assert (problem.code, problem.severity) == ("unknown-encoding", "warning")
    assert f'in {encoding} it reads "{text[:2]}' in problem.message
    assert problem.help.endswith(f'encoding = "{encoding}"')


def write_spreadsheet(file, **sheets):
    for name, rows in sheets.items():
        pyogrio.write_dataframe(pd.DataFrame(rows), file, layer=name, append=file.exists())
    return file.read_bytes()


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_every_sheet_of_a_spreadsheet_that_says_where_things_are_is_one_of_places(load, tmp_path, suffix):
    book = write_spreadsheet(
        tmp_path / f"a.{suffix}",
        Mills={"name": ["Old mill"], "lat": ["50.1"], "lon": ["14.5"]},
        Notes={"who": ["Eva"], "says": ["nothing"]},
        Wells={"name": ["Well"], "lat": ["50.2"], "lon": ["14.6"]},
    )
    places, problems = load({f"places.{suffix}": book})
    assert [(place.name, place.point) for place in places] == [("Old mill", (14.5, 50.1)), ("Well", (14.6, 50.2))]
    assert not problems


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name;x;y\nMill;-743 000,5;-1 043 000,5\n"),
        ("a.csv", "northing,easting,name\n-1043000.5,-743000.5,Mill\n"),
        ("a.csv", 'name,wkt\nMill,"POINT (-743000.5 -1043000.5)"\n'),
        ("a.geojson", None),
    ],
)
def test_the_reference_system_of_a_file_that_does_not_say_it_stands_in_the_settings(load, name, content):
    text = content or make_collection(make_point(-743000.5, -1043000.5, name="Mill"))
    (place,), problems = load({name: text}, settings={f"geo/{name}": FileSettings(crs="EPSG:5514")})
    assert place.point == pytest.approx((14.41859, 50.08734), abs=1e-4)
    assert problems == []
    _, (problem,) = load({name: text})
    assert problem.help.endswith(f'below [geo."{name}"]: crs = "EPSG:5514"')


MILLS = [("Brno, Mill Street", 49.19, 16.6), ("Olomouc", 49.59, 17.25), ("The old mill", 50.0, 14.4)]


@pytest.mark.parametrize("named", [{"region": "CZ064"}, {"land": "Czechia"}, {"town": "Olomouc"}, {}])
def test_a_file_that_is_swapped_as_a_whole_is_told_once_by_what_its_records_name(load, named):
    points = [make_point(lat, lon, name=name, **named) for name, lat, lon in MILLS]
    places, (problem,) = load({"a.geojson": make_collection(*points)})
    assert len(places) == 3
    assert problem.code == "swapped-coordinates"
    assert "of this file seem to be swapped: the other way round, " in problem.message
    right = [make_point(lon, lat, name=name, **named) for name, lat, lon in MILLS]
    assert load({"a.geojson": make_collection(*right)})[1] == []


def test_a_swapped_table_is_told_with_what_to_exchange(load):
    rows = "".join(f'"{name}",{lon},{lat}\n' for name, lat, lon in MILLS)
    (problem,) = load({"a.csv": f"name,lat,lon\n{rows}"})[1]
    assert (problem.code, problem.at.line) == ("swapped-coordinates", 2)
    assert problem.help == "exchange the names of the two columns"


def test_positions_at_sea_that_turned_round_lie_in_one_country_seem_swapped(load):
    points = [make_point(lat, 13.5 + lat / 100, name=f"Point {lat}") for lat in (49.3, 49.5, 50.2)]
    (problem,) = load({"a.geojson": make_collection(*points)})[1]
    assert problem.message.endswith("they lie at sea, and the other way round all lie in Czechia")
    lights = [make_point(lon, lat, name=f"Light {lat}") for lon, lat in ((8.1, 39.2), (9.75, 40.3), (8.3, 40.95))]
    assert load({"a.geojson": make_collection(*lights)})[1] == []  # Sardinia, and the other way round Ethiopia
    buoys = [make_point(15.0 + lat / 100, lat, name=f"Buoy {lat}") for lat in (54.6, 55.5, 56.2)]
    assert load({"a.geojson": make_collection(*buoys)})[1] == []


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        ("ships.geojson", {}),
        ("a.geojson", {"mmsi": 2}),
        ("a.geojson", {"magnitude": 5.1}),
        ("a.geojson", {"kind": "Wreck of a steamer"}),
    ],
)
def test_what_speaks_of_the_sea_may_lie_there(load, name, properties):
    spots = [make_point(50 + number / 9, 27 + number / 20, name=f"No. {number}", **properties) for number in range(9)]
    assert load({name: make_collection(*spots)})[1] == []


def test_descriptions_that_programs_lay_beside_files_are_passed_over(load):
    files = {"a.shp.xml": "<metadata/>", "a.tif.aux.xml": "<PAMDataset/>", "a.csv": "name,lat,lon\nA,50,14\n"}
    (place,), problems = load(files)
    assert (place.name, problems) == ("A", [])


def test_what_would_lie_in_antarctica_if_turned_round_is_not_taken_for_swapped(load):
    spots = [make_point(-89.9 + number / 99, 29.3, name=f"No. {number}") for number in range(4)]  # below New Orleans
    assert load({"a.geojson": make_collection(*spots)})[1] == []


def test_a_name_in_a_file_of_another_encoding_is_found_there(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.csv").write_bytes("name,lat,lon\nPlzeň,49.7,13.4\n".encode("windows-1250"))
    (unread,) = load_places(tmp_path / "geo", tmp_path, Report()).unread
    assert unread.may_hold("Plzeň")
    assert not unread.may_hold("Plzeňka")


def test_xml_of_an_encoding_that_is_not_known_says_how_to_save_it(load):
    text = '<?xml version="1.0" encoding="no-such"?><gpx xmlns="http://www.topografix.com/GPX/1/1"></gpx>'
    _, (problem,) = load({"a.gpx": text})
    assert (problem.code, problem.help.partition(" in ")[0]) == ("unreadable-file", "save it as UTF-8")


def write_old_spreadsheet(rows):
    """A sheet as Excel 2 wrote it: a record for each cell, after its row, its column and three bytes of its look."""
    records = [(0x09, struct.pack("<HH", 2, 0x10))]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            cell = struct.pack("<HH3x", row, column)
            text = value.encode("cp1252") if isinstance(value, str) else b""
            kind, content = (4, bytes([len(text)]) + text) if isinstance(value, str) else (3, struct.pack("<d", value))
            records.append((kind, cell + content))
    records.append((0x0A, b""))
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in records)


def test_a_spreadsheet_of_excel_before_2003_is_read_as_those_after_it(load):
    book = write_old_spreadsheet([["Mills of the valley"], ["name", "lat", "lon", "year"], ["Mlýn", 50.1, 14.5, 1900]])
    (place,), problems = load({"places.xls": book})
    assert (place.name, place.point) == ("Mlýn", (14.5, 50.1))
    assert not problems


def test_a_spreadsheet_without_positions_is_told_like_a_table(load, tmp_path):
    book = write_spreadsheet(tmp_path / "a.xlsx", Mills={"name": ["Old mill", "New mill"], "year": ["1900", "1950"]})
    places, (problem,) = load({"places.xlsx": book})
    assert not places
    assert problem.code == "no-coordinate-columns"


def test_a_text_is_words_about_the_data_unless_it_is_a_table_of_places(load):
    table = "gbifID\tname\tdecimalLatitude\tdecimalLongitude\n1\tLynx\t50.1\t14.5\n"
    places, problems = load({"occurrence.txt": table, "readme.txt": "Where it is: lat, lon\n50.1, 14.5\n"})
    assert [(place.name, place.point) for place in places] == [("Lynx", (14.5, 50.1))]
    assert not problems
