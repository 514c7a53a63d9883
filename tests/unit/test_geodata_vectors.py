"""GPX and shapefiles as programs and hands leave them: names, layers, fields and encodings."""

import shutil
import zipfile
from pathlib import Path

import pytest

from storymap.errors import Report
from storymap.geodata.encodings import advise_encoding, guess_dbf_encoding
from storymap.geodata.file_settings import FileSettings
from storymap.geodata.folder import read_geo_folder
from storymap.geodata.naming_layers import name_features

GPX = '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
TRACK = '<trk>{}<trkseg><trkpt lat="50" lon="14"/><trkpt lat="50.1" lon="14.1"/></trkseg></trk>'


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


def write_shapefile(folder: Path, stem: str, names, encoding: str, *, cpg: bool = False) -> None:
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import Point

    points = [Point(14 + number, 50) for number in range(len(names))]
    frame = geopandas.GeoDataFrame({"name": names}, geometry=points, crs=4326)
    frame.to_file(folder / f"{stem}.shp", encoding=encoding)
    if not cpg:
        (folder / f"{stem}.cpg").unlink()
    table = folder / f"{stem}.dbf"
    data = bytearray(table.read_bytes())
    data[29] = 0  # no language, as most programs leave it
    table.write_bytes(data)


def test_unnamed_tracks_are_called_by_their_file_and_numbered(name_all):
    two = GPX.format('<wpt lat="50" lon="14"><name>Start</name></wpt>' + TRACK.format("") * 2)
    mixed = GPX.format(TRACK.format("<name>Named</name>") + TRACK.format(""))
    names, problems = name_all({"Sunday ride.gpx": two, "walk.gpx": mixed})
    assert names == ["Start", "Sunday ride 1", "Sunday ride 2", "Named", "walk"]
    assert not problems


def test_the_name_of_the_metadata_comes_before_that_of_the_file(name_all):
    text = GPX.format("<metadata><name>To the  mill</name></metadata>" + TRACK.format(""))
    assert name_all({"a.gpx": text}) == (["To the mill"], [])


def test_a_waypoint_alone_is_called_by_its_file_and_many_are_told_once(name_all):
    point = '<wpt lat="50" lon="14"/>'
    names, (problem,) = name_all({"a.gpx": GPX.format(point), "b.gpx": GPX.format(point * 3)})
    assert names == ["a", "", "", ""]
    assert problem.message.startswith('in layer "waypoints" none of 3 features has a name')


@pytest.mark.parametrize("zipped", [False, True])
def test_a_shapefile_that_names_no_encoding_is_read_as_utf_8_or_told_with_a_sample(name_all, tmp_path, zipped):
    made = tmp_path / "made"
    made.mkdir()
    write_shapefile(made, "good", ["Žďár nad Sázavou"], "utf-8")
    write_shapefile(made, "odd", ["Plzeň"], "cp1250")
    if zipped:
        with zipfile.ZipFile(tmp_path / "geo" / "all.zip", "w") as archive:
            for file in made.iterdir():
                archive.write(file, f"shapes/{file.name}")
    else:
        shutil.copytree(made, tmp_path / "geo", dirs_exist_ok=True)
    names, (problem,) = name_all()
    assert names == ["Žďár nad Sázavou", "Plzeò"]
    assert (problem.code, problem.severity) == ("unknown-encoding", "warning")
    assert 'one reads "Plzeò"' in problem.message
    assert 'in windows-1250 it reads "Plzeň"' in problem.help
    file = "all.zip" if zipped else "odd.shp"
    assert f'[geo."{file}"]\nencoding = "windows-1250"' in problem.help
    if not zipped:
        names, problems = name_all(settings={"odd.shp": FileSettings(encoding="windows-1250")})
        assert (names, problems) == (["Žďár nad Sázavou", "Plzeň"], [])


def test_a_name_that_its_column_cuts_within_a_letter_is_read_without_it(name_all, tmp_path):
    write_shapefile(tmp_path / "geo", "cut", ["Ž" * 50], "utf-8")
    table = tmp_path / "geo" / "cut.dbf"
    data = table.read_bytes()
    width = data[32 + 16]
    table.write_bytes(data[: -1 - width] + b"a" + "Ž".encode() * (width // 2) + data[-1:])
    names, problems = name_all()
    assert names == ["a" + "Ž" * ((width - 1) // 2)]
    assert not problems


def test_a_zip_without_a_shapefile_says_what_it_holds(name_all, tmp_path):
    with zipfile.ZipFile(tmp_path / "geo" / "a.zip", "w") as archive:
        archive.writestr("mills.docx", "{}")
    names, (problem,) = name_all()
    assert not names
    assert problem.message == 'the zip file holds no shapefile, but "mills.docx"'


def test_a_table_in_another_encoding_says_which_it_looks_like_and_takes_it_from_the_settings(name_all):
    text = "name,lat,lon\nOld,50,14\nPlzeň,49.7,13.4\n".encode("cp1250")
    names, (problem,) = name_all({"a.csv": text})
    assert not names
    assert (problem.code, problem.at.line) == ("not-utf-8", 3)
    assert 'in windows-1250 it reads "Plzeň", in windows-1252 it reads "Plzeò"' in problem.help
    assert name_all(settings={"a.csv": FileSettings(encoding="windows-1250")}) == (["Old", "Plzeň"], [])


def test_readings_are_words_of_the_usual_encodings():
    assert "Москва" in advise_encoding("Москва".encode("cp1251"), "")
    assert 'encoding = "windows-1251"' in advise_encoding("Москва".encode("cp1251"), "")
    assert advise_encoding(b"\x98\x98", "x").endswith('encoding = "windows-1250"')


@pytest.mark.parametrize("data", [b"", b"\xff" * 20, b"\xff" * 500, bytes(range(256)) * 4])
def test_a_damaged_table_of_a_shapefile_is_judged_without_complaint(data):
    encoding, _ = guess_dbf_encoding(data)
    assert encoding in {"", "utf-8"}


@pytest.mark.parametrize("zipped", [False, True])
def test_a_shapefile_without_its_index_says_which_file_is_missing(name_all, tmp_path, zipped):
    (tmp_path / "made").mkdir()
    write_shapefile(tmp_path / "made", "mills", ["Mill"], "utf-8")
    shapes = (tmp_path / "made" / "mills.shp").read_bytes()
    if zipped:
        with zipfile.ZipFile(tmp_path / "geo" / "a.zip", "w") as archive:
            archive.writestr("mills.shp", shapes)
    _, (problem,) = name_all({} if zipped else {"mills.shp": shapes})
    assert problem.message == '"mills.shx" is missing, without which its shapes cannot be read'
    assert ".shx, .dbf and .prj" in problem.help
