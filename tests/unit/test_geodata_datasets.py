"""A file of an author's data becomes features with values, a table joined to them; what is lost or odd is told."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from storymap.errors import Location, Report
from storymap.geodata import features as limits
from storymap.geodata.datasets import DataSource, gather_dataset, read_features
from storymap.geodata.features import DATA
from storymap.geodata.joining import Join, Known
from storymap.model.data import Dataset

SQUARES = [("CZ010", "Praha", 0), ("CZ020", "Středočeský kraj", 2), ("CZ041", "Karlovarský kraj", 4)]
PRICES = [("Praha", 1), ("Středočeský kraj", 2), ("Karlovarský kraj", 3)]


def make_regions(**more: Any) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, **more},
            "geometry": shapely.geometry.mapping(shapely.box(west, 0, west + 1, 1)),
        }
        for code, name, west in SQUARES
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def read_dataset(source: DataSource, report: Report) -> Dataset | None:
    features = read_features(source, report)
    return gather_dataset("a", features, source, at=lambda *_: Location("stories/a.md", 5), report=report)


@pytest.fixture
def read(tmp_path):
    """Write files, read the first, join the second to it: the dataset, and what is told."""

    def read_files(
        files: dict[str, str | bytes], on: tuple[str, str] = ("code", "code"), layer: str = "", part: str = ""
    ) -> tuple[Dataset | None, list[str]]:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        first, *others = files or [next(tmp_path.iterdir()).name]
        join = Join(tmp_path / others[0], others[0], *on, part) if others else None
        report = Report()
        source = DataSource(tmp_path / first, first, layer, join)
        found = read_dataset(source, report)
        return found, list(map(str, report.problems))

    return read_files


def list_values(dataset: Dataset | None, column: str) -> list[Any]:
    assert dataset is not None
    number = dataset.find_column(column)
    assert number is not None, dataset.columns
    return [feature.values[number] for feature in dataset.features]


# Files


def test_a_file_has_its_columns_as_they_are_written(read) -> None:
    found, told = read(
        {"a.csv": 'Name,Počet obyvatel (tis.),lat,lon\nPraha,"1 397,5",50.1,14.4\nBrno,"402,7",49.2,16.6\n'}
    )
    assert told == []
    assert [(column.name, column.unit) for column in found.columns[:2]] == [
        ("Name", ""),
        ("Počet obyvatel (tis.)", "tis."),
    ]
    assert list_values(found, "Počet obyvatel (tis.)") == [1397.5, 402.7]
    assert found.features[0].shape == shapely.Point(14.4, 50.1)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "shp"])
def test_any_format_and_reference_system_will_do(tmp_path, read, suffix) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["A"], "price": [1.5]}, geometry=[shapely.Point(14.4, 50.1)], crs="EPSG:4326"
    ).to_crs("EPSG:5514" if suffix != "geojson" else "EPSG:4326")
    frame.to_file(tmp_path / f"a.{suffix}")
    report = Report()
    found = read_dataset(DataSource(tmp_path / f"a.{suffix}", "a"), report)
    assert report.problems == []
    assert found is not None
    assert found.features[0].shape.distance(shapely.Point(14.4, 50.1)) < 1e-5
    assert found.features[0].values == ("A", 1.5)


def test_one_layer_of_several_is_named_or_the_first(tmp_path, read) -> None:
    for layer, lon in (("regions", 1), ("districts", 2)):
        frame = geopandas.GeoDataFrame({"name": [layer]}, geometry=[shapely.Point(lon, 0)], crs="EPSG:4326")
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    first, told = read({}, layer="")
    assert list_values(first, "name") == ["regions"]
    assert "warning[several-file-layers]" in told[0]
    assert "a.gpkg#regions" in told[0]
    second, told = read({}, layer="Districts")
    assert (list_values(second, "name"), told) == (["districts"], [])
    none, told = read({}, layer="distrikts")
    assert none is None
    assert len(told) == 1
    assert 'error[unknown-file-layer]: the file has no layer "distrikts"\n  help: did you mean "districts"?' in told[0]


@pytest.mark.parametrize("name", ["a.parquet", "a.feather"])
def test_columnar_files_are_read_with_an_extra(tmp_path, read, name) -> None:
    pytest.importorskip("pyarrow")
    frame = geopandas.GeoDataFrame(
        {"name": ["A", "B", None], "price": [1, 2, None]},
        geometry=shapely.from_wkt(["POINT (1600000 6400000)", "POINT (1700000 6400000)", None]),
        crs="EPSG:3857",
    )
    (frame.to_parquet if name == "a.parquet" else frame.to_feather)(tmp_path / name)
    found, told = read({})
    assert [feature.values for feature in found.features] == [("A", 1), ("B", 2)]
    assert found.features[0].shape.distance(shapely.Point(14.373, 49.732)) < 0.01
    assert [f"{name}: warning[no-geometry]" in line for line in told] == [True]


def test_a_columnar_file_without_a_reference_system_is_told(tmp_path, read) -> None:
    pytest.importorskip("pyarrow")
    geopandas.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(14, 50)]).to_parquet(tmp_path / "a.parquet")
    found, told = read({})
    assert found.features[0].shape == shapely.Point(14, 50)
    assert "warning[unknown-crs]" in told[0]


def test_a_columnar_file_asks_for_the_extra_where_it_is_missing(tmp_path, read, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found, told = read({"a.parquet": b"PAR1 PAR1"})
    assert found is None
    assert "pip install pyarrow" in told[0]


def test_a_damaged_columnar_file_is_told(read) -> None:
    pytest.importorskip("pyarrow")
    found, told = read({"a.parquet": b"PAR1 and nothing that follows"})
    assert found is None
    assert "a.parquet: error[unreadable-file]" in told[0]


TOPOLOGY = {
    "type": "Topology",
    "objects": {
        "squares": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"name": "A"}}],
        },
        "spots": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Point", "coordinates": [5, 5], "properties": {"name": "B"}}],
        },
    },
    "arcs": [[[0, 0], [0, 10], [10, 0], [0, -10], [-10, 0]]],
    "transform": {"scale": [0.1, 0.1], "translate": [14, 50]},
}


@pytest.mark.parametrize("name", ["a.topojson", "a.json"])
def test_topojson_is_read_by_its_objects(read, name) -> None:
    found, told = read({name: json.dumps(TOPOLOGY)}, layer="squares")
    assert (list_values(found, "name"), told) == (["A"], [])
    assert found.features[0].shape.bounds == (14, 50, 15, 51)
    found, told = read({name: json.dumps(TOPOLOGY)}, layer="spots")
    assert (list_values(found, "name"), told) == (["B"], [])


@pytest.mark.parametrize(
    "more",
    [
        {"objects": {}},
        {"arcs": [[[0, 0]] * 3]},
        {"arcs": []},
        {"objects": {"a": {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}}},
    ],
)
def test_topojson_that_is_damaged_or_hostile_is_told(read, more) -> None:
    found, told = read({"a.topojson": json.dumps(TOPOLOGY | more)})
    assert told
    assert found is None or len(found.features) < 2


def test_a_layer_of_a_file_that_has_none_is_told(read) -> None:
    found, told = read({"a.geojson": make_regions()}, layer="regions")
    assert found is None
    assert "leave out #regions" in told[0]


def test_features_that_are_nowhere_are_left_out_and_told(read) -> None:
    data = json.loads(make_regions())
    data["features"][0]["geometry"] = None
    data["features"][1]["geometry"]["coordinates"] = [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]
    data["features"][2]["geometry"]["coordinates"] = [[[179, 0], [181, 0], [181, 1], [179, 1], [179, 0]]]
    found, told = read({"a.geojson": json.dumps(data)})
    assert [feature.shape.is_valid for feature in found.features] == [True, True]
    assert list(found.features[1].shape.bounds) == [-180, 0, 180, 1]
    assert [line.split("[")[1].split("]")[0] for line in told] == ["no-geometry", "invalid-geometry"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.geojson", "<!doctype html>", "bad-geojson"),
        ("a.geojson", "[" * 100_000, "deep-nesting"),
        ("a.gpkg", "no database", "unreadable-file"),
        ("a.kml", '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><kml>&b;', "unreadable-file"),
        ("a.pdf", "%PDF", "unknown-format"),
        ("a.csv", "code,price\nCZ010,5\n", "no-coordinate-columns"),
        ("a.csv", "", "empty-file"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_mistake_in_it(read, name, content, code) -> None:
    found, told = read({name: content})
    assert found is None
    assert told[0].startswith(f"{name}:")
    assert f"[{code}]" in told[0]


def test_a_table_without_coordinates_is_to_be_joined(read) -> None:
    _, told = read({"a.csv": "code,price\nCZ010,5\n"})
    assert "join it to the shapes" in told[0]


def test_a_huge_file_is_told_before_it_is_read(tmp_path, read) -> None:
    with (tmp_path / "a.geojson").open("wb") as file:
        file.truncate(2_000_000_000)
    found, told = read({})
    assert found is None
    assert "the file has 2,000 MB" in told[0]


def test_data_may_have_more_features_than_places_and_not_without_end(read) -> None:
    lines = "".join(f"{number},0,0\n" for number in range(limits.MOST_FEATURES + 1))
    found, _ = read({"a.csv": f"n,lat,lon\n{lines}"})
    assert len(found.features) == limits.MOST_FEATURES + 1
    assert DATA.most_features == 200_000


def test_a_zip_bomb_is_refused(tmp_path, read) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\x00\x00\x27\x0a" + bytes(250_000_000))
    found, told = read({})
    assert found is None
    assert "it unpacks to 250 MB" in told[0]


def test_hostile_texts_stay_texts(read) -> None:
    texts = ["{{ 7*7 }}", "<script>alert(1)</script>", "=HYPERLINK(1)"]
    rows = "".join(f'"{text}",0,{number}\n' for number, text in enumerate(texts))
    found, told = read({"a.csv": f"name,lat,lon\n{rows}"})
    assert (list_values(found, "name"), told) == (texts, [])


def test_control_characters_in_values_are_told(read) -> None:
    found, told = read({"a.geojson": make_regions(remark="a\u0007b")})
    assert list_values(found, "remark") == ["a\ufffdb"] * 3
    assert "error[control-character]" in told[0]


def test_points_may_stand_in_a_spreadsheet(tmp_path, read) -> None:
    import pandas as pd
    import pyogrio

    frame = pd.DataFrame({"Name": ["A", "B", "C"], "lat": [50.1, 49.2, 95], "lon": [14.4, 16.6, 1], "t": [1, 2.5, 3]})
    pyogrio.write_dataframe(frame, tmp_path / "a.xlsx", layer="spots")
    found, told = read({})
    assert (list_values(found, "Name"), list_values(found, "t")) == (["A", "B"], [1, 2.5])
    assert len(told) == 1
    assert "a.xlsx:4:" in told[0]
    assert read({}, layer="spots")[0] is not None
    found, told = read({}, layer="spot")
    assert found is None
    assert 'did you mean "spots"?' in told[0]


# Joining


def test_rows_are_joined_by_the_column_that_both_have(read) -> None:
    table = "code;price (CZK/GJ)\nCZ010;812,5\nCZ020;790\nCZ041;n/a\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table})
    assert told == []
    assert [column.name for column in found.columns] == ["code", "name", "price (CZK/GJ)"]
    assert found.columns[2].unit == "CZK/GJ"
    assert list_values(found, "price (CZK/GJ)") == [812.5, 790, None]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("b.tsv", "name\tprice\nPraha\t1\nStředočeský kraj\t2\nKarlovarský kraj\t3\n"),
        ("b.csv", "Prices of heat\n\nname,price\nPraha,1\nStředočeský kraj,2\nKarlovarský kraj,3\n,\n"),
        ("b.csv", "sep=;\nname;price\nPraha;1\nStředočeský kraj;2\nKarlovarský kraj;3\n"),
        ("b.csv", "\ufeffName,price\nPraha,1\nStředočeský kraj,2\nKarlovarský kraj,3\n"),
        ("b.json", json.dumps([{"name": name, "price": price} for name, price in PRICES])),
        ("b.json", json.dumps([["name", "price"], *PRICES])),
        ("b.json", json.dumps({"meta": {"source": "x"}, "rows": {name: {"price": price} for name, price in PRICES}})),
    ],
)  # fmt: skip
def test_tables_are_read_in_many_forms(read, name, table) -> None:
    found, told = read({"a.geojson": make_regions(), name: table}, on=("name", "name"))
    assert told == []
    assert list_values(found, "price") == [1, 2, 3]


def test_an_object_of_numbers_is_a_table_by_keys(read) -> None:
    table = json.dumps({"CZ010": 1, "CZ020": {"a": {"b": 5}}, "CZ041": None})
    found, told = read({"a.geojson": make_regions(), "b.json": table})
    assert told == []
    assert list_values(found, "value") == [1, None, None]
    assert list_values(found, "a.b") == [None, 5, None]
    assert found.find_column("key") is None


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_sheet_of_a_spreadsheet_is_a_table(tmp_path, read, suffix) -> None:
    import pandas as pd
    import pyogrio

    for sheet, price in (("2023", 5.5), ("2024", 6.5)):
        frame = pd.DataFrame({"code": ["CZ010", "CZ020"], "price": [price, price + 1]})
        pyogrio.write_dataframe(frame, tmp_path / f"b.{suffix}", layer=sheet, append=sheet == "2024")
    book = (tmp_path / f"b.{suffix}").read_bytes()
    files = {"a.geojson": make_regions(), f"b.{suffix}": book}
    found, told = read(files, part="2024")
    assert list_values(found, "price") == [6.5, 7.5, None]
    assert ["unmatched-features" in line for line in told] == [True]
    _, told = read(files, part="2042")
    assert f'b.{suffix}: error[unknown-file-layer]: the file has no sheet "2042"' in told[0]


@pytest.mark.parametrize("cell", ["A1048576", "XFD1"])
def test_a_spreadsheet_that_would_fill_the_memory_is_refused(tmp_path, read, cell) -> None:
    import pandas as pd
    import pyogrio

    pyogrio.write_dataframe(pd.DataFrame({"code": ["CZ010"], "price": [1]}), tmp_path / "plain.xlsx", layer="a")
    sheet = f'<worksheet><sheetData><row><c r="A1"/><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as bomb:
        for name in plain.namelist():
            bomb.writestr(name, sheet if "worksheets/" in name else plain.read(name))
    found, told = read({"a.geojson": make_regions(), "b.xlsx": (tmp_path / "b.xlsx").read_bytes()})
    assert found is None
    assert "b.xlsx: error[too-many-columns]: a sheet has cells beyond row 200,000 or column 500" in told[0]


def test_a_spreadsheet_that_is_none_is_told(read) -> None:
    found, told = read({"a.geojson": make_regions(), "b.xlsx": b"PK\x03\x04 no"})
    assert found is None
    assert "b.xlsx: error[unreadable-file]" in told[0]


def test_what_is_not_joined_is_told_by_name_with_what_may_be_meant(read) -> None:
    table = "name,price\nPraha,1\nStredocesky kraj,2\nKarlovorský kraj,3\nČeská republika,9\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table}, on=("name", "name"))
    assert list_values(found, "price") == [1, 2, None]
    assert "\n".join(told) == (
        'stories/a.md:5: note[joined-loosely]: the table has other spellings of values of "name": '
        '"Stredocesky kraj" for "Středočeský kraj"\n'
        "  help: nothing needs to be done, unless one of them is another\n"
        'stories/a.md:5: warning[unmatched-features]: 1 of 3 features have no row in "b.csv": "Karlovarský kraj" '
        '(did you mean "Karlovorský kraj"?)\n'
        "  help: write both the same way, or add rows for them\n"
        'b.csv:4: warning[unmatched-rows]: 2 of 4 rows belong to no feature: "Karlovorský kraj", "Česká republika"\n'
        "  help: write both the same way; rows that the map does not show may stay"
    )


def test_lost_zeros_are_found(read) -> None:
    data = json.loads(make_regions())
    for feature, code in zip(data["features"], ("010", "020", "141"), strict=True):
        feature["properties"]["code"] = code
    found, told = read({"a.geojson": json.dumps(data), "b.csv": "code,price\n10,1\n20,2\n141,3\n"})
    assert list_values(found, "price") == [1, 2, 3]
    assert '"10" for "010", "20" for "020"' in told[0]
    assert list_values(found, "code") == ["010", "020", "141"]


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (("kode", "code"), '"a.geojson" has no column "kode"\n  help: did you mean "code"?'),
        (("code", "kode"), '"b.csv" has no column "kode"\n  help: did you mean "code"?'),
    ],
)
def test_a_column_that_is_not_there_is_told_with_the_nearest(read, on, message) -> None:
    found, told = read({"a.geojson": make_regions(), "b.csv": "code,price\nCZ010,1\n"}, on=on)
    assert found is None
    assert told == [f"stories/a.md:5: error[unknown-column]: {message}"]


def test_a_table_of_which_nothing_fits_is_a_mistake(read) -> None:
    found, told = read({"a.geojson": make_regions(), "b.csv": "code,price\nAT11,1\n"})
    assert found is None
    assert (
        'error[nothing-joined]: no row of "b.csv" fits: there are "CZ010", "CZ020", "CZ041" in the features' in told[0]
    )


def test_columns_that_hold_the_same_are_suggested(read) -> None:
    table = "region,kod,price\nPraha,CZ010,1\nStřední Čechy,CZ020,2\nKarlovarsko,CZ041,3\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table}, on=("name", "region"))
    assert list_values(found, "price") == [1, None, None]
    assert "help: did you mean on: {code: kod}?" in told[0]
    _, told = read({"a.geojson": make_regions(), "b.csv": table}, on=("code", "region"))
    assert "help: did you mean on: {code: kod}?" in told[0]


def test_a_table_with_a_row_for_each_year_makes_a_feature_for_each(read) -> None:
    rows = "".join(f"{code},{year},{year - 2000 + west}\n" for code, _, west in SQUARES for year in (2023, 2024))
    found, told = read({"a.geojson": make_regions(), "b.csv": f"code,year,price\n{rows}"})
    assert list_values(found, "code") == ["CZ010", "CZ010", "CZ020", "CZ020", "CZ041", "CZ041"]
    assert list_values(found, "price") == [23, 24, 25, 26, 27, 28]
    assert len(told) == 1
    assert "note[several-rows]" in told[0]
    assert "where: {year: 2024}" in told[0]


def test_a_row_that_stands_twice_counts_once_and_is_told(read) -> None:
    table = "code,price\nCZ010,1\nCZ020,2\nCZ010,5\nCZ041,3\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table})
    assert list_values(found, "price") == [1, 2, 3]
    assert 'b.csv:4: warning[duplicate-row]: several rows are for "CZ010" in lines 2, 4' in told[0]


def test_a_row_with_too_many_values_is_left_out_and_told(read) -> None:
    table = "code,price\nCZ010,1\nCZ020,2,5\nCZ041,3\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table})
    assert list_values(found, "price") == [1, None, 3]
    assert "b.csv:3: warning[bad-csv]" in told[0]


@pytest.mark.parametrize(
    ("name", "table", "code"),
    [
        ("b.csv", "", "empty-file"),
        ("b.csv", "code,price\n", "no-values"),
        ("b.csv", 'code,price\nCZ010,"1\n', "bad-csv"),
        ("b.csv", "code,price\nPlzeň,1\n".encode("windows-1250"), "not-utf-8"),
        ("b.json", "[]", "no-values"),
        ("b.json", "[1, 2]", "no-values"),
        ("b.json", '{"a": [', "bad-json"),
        ("b.json", "[" * 100_000, "deep-nesting"),
        ("b.json", json.dumps([{f"k{number}": 1} for number in range(1000)]), "too-many-columns"),
        ("b.xlsb", "", "unknown-format"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_mistake_in_it(read, name, table, code) -> None:
    found, told = read({"a.geojson": make_regions(), name: table})
    assert found is None
    assert len(told) == 1
    assert told[0].startswith(name)
    assert f"error[{code}]" in told[0]


@pytest.mark.parametrize("total", ["Celkem", "Celkem ČR", "Deutschland gesamt", "Total"])
def test_rows_of_totals_and_lines_below_a_table_are_no_rows_that_fit_nothing(read, total) -> None:
    table = f"code;price\nCZ010;1\nCZ020;2\n{total};3\n\nZdroj: ČSÚ;\n* estimate;\n"
    found, told = read({"a.geojson": make_regions(), "b.csv": table})
    assert list_values(found, "price")[:2] == [1, 2]
    assert not [line for line in told if "unmatched-rows" in line]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Vysočina 1)", "Vysočina"),
        ("Kraj Vysočina*", "Vysočina"),
        ("Görlitz [2]", "Landkreis Görlitz"),
        ("10.0", "010"),
    ],
)
def test_names_join_without_marks_and_without_the_kind_of_region(read, theirs, ours) -> None:
    regions = make_regions().replace('"CZ010"', json.dumps(ours))
    found, told = read({"a.geojson": regions, "b.csv": f"code;price\n{theirs};1\nCZ020;2\n"})
    assert list_values(found, "price")[:2] == [1, 2]
    assert f'"{theirs}" for "{ours}"' in told[0]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("code,2023,,2024\n,price,share,price\n", "2023 share"),
        ("Prices of heat,,,\n,price,share,price 2\n", "share"),
        ("code,,,\n,price,share,price 2\n", "share"),
        ("code,price,share,more\n", "share"),
    ],
)
def test_a_head_of_two_lines_names_its_columns_by_both(read, head, column) -> None:
    key = "code" if head.startswith(("code,2", "code,price")) else "column 1"
    table = f"{head}CZ010,1,2,3\nCZ020,4,5,6\n"
    found, _ = read({"a.geojson": make_regions(), "b.csv": table}, on=("code", key))
    assert list_values(found, column)[:2] == [2, 5]


def test_a_code_with_a_point_is_no_other_without_it(read) -> None:
    regions = make_regions().replace('"CZ010"', '"15"')
    found, told = read({"a.geojson": regions, "b.csv": "code;price\n1.5;1\nCZ020;2\n"})
    assert list_values(found, "price")[:2] == [None, 2]
    assert any("unmatched-rows" in line for line in told)


def test_a_table_with_rows_for_each_year_and_each_subject_names_both(read) -> None:
    rows = "".join(
        f"{code},{year},{subject},{year - 2000 + west}\n"
        for code, _, west in SQUARES
        for year in (2023, 2024)
        for subject in ("heat", "rent")
    )
    found, told = read({"a.geojson": make_regions(), "b.csv": f"code,year,subject,price\n{rows}"})
    assert len(list_values(found, "code")) == 12
    assert 'have several rows, one for each "year" and "subject"' in told[0]
    assert "where: {year: 2024, subject: rent}" in told[0]


def test_a_value_of_the_table_stands_before_that_of_the_feature(read) -> None:
    found, _ = read({"a.geojson": make_regions(price=0), "b.csv": "code,price\nCZ010,1\nCZ020,\n"})
    assert list_values(found, "price") == [1, 0, 0]


# Countries


def test_numbers_by_country_need_no_outlines(tmp_path) -> None:
    from storymap.gazetteer.builtin import open_builtin
    from storymap.gazetteer.outlines import CODE, COUNTRIES, fold_country, list_outlines

    builtin, report = open_builtin(), Report()
    (tmp_path / "b.csv").write_text("country;share\nCzech Republic;12,5\nNěmecko;3\nfr;7\nWorld;5\n", encoding="utf-8")
    source = DataSource(None, COUNTRIES, join=Join(tmp_path / "b.csv", "b.csv", "country", "country"))
    known = Known(CODE, fold_country(builtin, "cs"))
    features = list_outlines(builtin, "cs")
    found = gather_dataset("a", features, source, at=lambda *_: Location(""), report=report, known=known)
    assert list_values(found, "name") == ["Česko", "Německo", "Francie"]
    assert list_values(found, "share") == [12.5, 3, 7]
    assert [problem.message for problem in report.problems] == ['1 of 4 rows belong to no feature: "World"']
    assert found is not None
    assert all(feature.shape.is_valid for feature in found.features)


# Real data

REAL = Path(__file__).resolve().parents[3] / "shared" / "real-data"


@pytest.mark.skipif(not REAL.is_dir(), reason="the files of real data are not beside this checkout")
def test_figures_of_the_czech_regions_are_joined_by_name() -> None:
    join = Join(REAL / "regions/cz-hdp_populace_kraje.json", "figures.json", "nazev", "nazev")
    report = Report()
    source = DataSource(REAL / "regions/cz-kraje.geojson", "regions.geojson", join=join)
    found = read_dataset(source, report)
    assert found is not None
    assert len(found.features) == 14
    assert all(isinstance(value, float) for value in list_values(found, "hdp_mil_kc.2024"))
    assert [problem.code for problem in report.problems] == ["invalid-geometry"]
