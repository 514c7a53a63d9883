"""Tables as spreadsheets and services write them: where their rows lie."""

import pytest

from storymap.errors import Report
from storymap.geodata.columns import LATITUDES, LONGITUDES, find_column, holds_pair, puts_longitude_first
from storymap.geodata.reprojecting import bring_to_degrees
from storymap.geodata.tables import read_table
from storymap.geodata.typed_numbers import read_number

HERE = (14.5, 50.1)


def read_points(text):
    report = Report()
    features = read_table(text, "geo/a.csv", report)
    assert not report.problems
    return [(one.geometry.x, one.geometry.y) for one in features]


@pytest.mark.parametrize(
    "text",
    [
        "name;lat;lon\nA;50,1;14,5\n",
        'name,lat,lon\nA,"50,1","14,5"\n',
        "name\tlat\tlon\nA\t50,1\t14,5\n",
        "name|lat|lon\nA|50.1|14.5\n",
        "\ufeffsep=;\nname;lat;lon\nA;50,1;14,5\n",
        "\n;;\nname;lat;lon\n;;\nA;50,1;14,5\n",
        "Mills of the district;;\n;;\nname;lat;lon\nA;50,1;14,5\n",
        " name , lat , lon \nA, 50.1 , 14.5 \n",
        "name,lat,lon,,\nA,50.1,14.5,,,,\n",
        '"name";"lat";"lon"\n"A";"50.1";"14.5"\n',
        "name;lat;lon\nA;50,1\u00a0°;\u202f14,5\u2009°\n",
        "name,lat,lon\nA,50.1 N,E 14.5\n",
        "name;lat;lon\nA;50,1 s. š.;14,5° v. d.\n",
        "name;lat;lon\nA;50 06 00 N;14°30'\n",
        'name;lat;lon\nA;="50,1";1,45E+01\n',
        "name,lat (WGS84),lon (WGS84)\nA,50.1,14.5\n",
        "name,decimalLatitude,decimalLongitude\nA,50.1,14.5\n",
        "name,x,y\nA,14.5,50.1\n",
        "name,N,E\nA,50.1,14.5\n",
        "name ; lat ; lon\nA ; 50 , 1 ; 14 , 5\n",
        "name;lat;lon;note;more\nA;50,1;14,5\n",
        "name;link\nA;https://www.google.com/maps/@50.1,14.5,15z\n",
        "name;link\nA;https://mapy.cz/zakladni?x=14.5&y=50.1&z=15\n",
        "name;north;east\nA;50°06';14°30'\n",
        "Název;Zeměpisná šířka;Zeměpisná délka\nA;50,1;14,5\n",
        "Ort;Geogr. Breite [°];Geogr. Länge [°]\nA;50,1;14,5\n",
        "nombre,latitud,longitud\nA,50.1,14.5\n",
        "nazwa;szerokość geograficzna;długość geograficzna\nA;50,1;14,5\n",
        "название;широта;долгота\nA;50,1;14,5\n",
        "名称,緯度,経度\nA,50.1,14.5\n",
        'name,lat/lon\nA,"50.1, 14.5"\n',
        'name,"latitude, longitude"\nA,"50.1, 14.5"\n',
        "name;lat, lon\nA;50,1 14,5\n",
        "name;coordinates\nA;50,1; 14,5\n".replace("1; 14", "1, 14"),
        'name,lon/lat\nA,"14.5, 50.1"\n',
        'name,GPS souřadnice\nA,"50.1N, 14.5E"\n',
        "name,coord\nA,Point(14.5 50.1)\n",
        "name,anything\nA,POINT Z (14.5 50.1 200)\n",
        "name,geom\nA,SRID=4326;POINT(14.5 50.1)\n",
        "name,location,geom\nA,a mill in Bohemia,POINT(14.5 50.1)\n",
        'name,place,geo_point_2d\nA,here,"50.1, 14.5"\n',
    ],
)
def test_a_position_is_read_as_spreadsheets_and_services_write_it(text):
    (point,) = read_points(text)
    assert point == pytest.approx(HERE)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("LINESTRING(14 50, 15 51)", "LineString"),
        ("multipolygon(((14 50, 15 50, 15 51, 14 50)))", "MultiPolygon"),
        ('{""type"": ""Polygon"", ""coordinates"": [[[14, 50], [15, 50], [15, 51], [14, 50]]]}', "Polygon"),
        ("0101000020E61000000000000000002D40CDCCCCCCCC0C4940", "Point"),
    ],
)
def test_any_shape_may_stand_in_a_cell(cell, kind):
    (feature,) = read_table(f'name,geometry\nA,"{cell}"\n', "geo/a.csv", Report())
    assert feature.geometry.geom_type == kind
    assert feature.crs == "EPSG:4326"


def test_a_shape_names_its_reference_system():
    (feature,) = read_table("name,wkt\nA,SRID=3857;POINT(1614000 6460000)\n", "geo/a.csv", Report())
    assert (feature.crs, feature.geometry.x) == ("EPSG:3857", 1614000)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("POLYGON((14 50, 15", "bad-geometry"),
        ("Point(14 500)", "coordinate-out-of-range"),
        ("<http://www.wikidata.org/entity/Q405> Point(14 50)", "bad-coordinates"),
    ],
)
def test_a_damaged_shape_is_told_by_its_line(cell, code):
    fine, damaged = read_table(f'name,wkt\nA,Point(1 2)\nB,"{cell}"\n', "geo/a.csv", Report())
    assert fine.lost is None
    assert damaged.lost is not None
    assert (damaged.lost.code, damaged.geometry_at.line, damaged.label) == (code, 3, '"B"')


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("POLYGON ((14 50, 15 50, 15 51))", "POLYGON ((14 50, 15 50, 15 51, 14 50))"),
        ("MULTILINESTRING ((14 50), (15 50, 15 51))", "MULTILINESTRING ((15 50, 15 51))"),
        ("LINESTRING Z (14 50 200)", "LINESTRING EMPTY"),
    ],
)
def test_a_degenerate_shape_is_mended(cell, kept):
    (feature,) = read_table(f'name,wkt\nA,"{cell}"\n', "geo/a.csv", Report())
    assert feature.geometry.wkt == kept
    assert len(feature.mended) == (not feature.geometry.is_empty)
    assert (feature.lost is not None) == feature.geometry.is_empty


def test_words_in_a_column_called_location_are_no_positions():
    report = Report()
    assert read_table("name,location\nA,Prague\n", "geo/a.csv", report) == []
    assert [problem.code for problem in report.problems] == ["no-coordinate-columns"]


def test_the_names_of_columns_are_compared_by_the_words_that_matter():
    assert find_column(["Place", "GPS latitude"], LATITUDES) == 1
    assert find_column(["platform", "longest"], (*LATITUDES, *LONGITUDES)) is None
    assert holds_pair("Lat/Lng")
    assert not holds_pair("name lat lon")
    assert not puts_longitude_first("lat lon")
    assert puts_longitude_first("longitude;latitude")


@pytest.mark.parametrize("text", ["", "n/a", "50,1,2", "1.234,5", "5E+400", "x" * 10_000])
def test_what_is_no_number_stays_as_it_is(text):
    assert read_number(text) == text


@pytest.mark.parametrize(
    "header",
    ["title,reprLat,reprLong", "title,SITE_LATITUDE_DD,SITE_LONGITUDE_DD", "title,venue latitude,venue longitude"],
)
def test_a_latitude_and_a_longitude_with_the_same_words_beside_them_are_a_position(header):
    assert read_points(f"{header}\nA,50.1,14.5\n") == [HERE]


def test_two_ends_of_a_way_are_no_position():
    report = Report()
    assert not read_table("name,start_lat,start_lon,end_lat,end_lon\nA,50.1,14.5,51,15\n", "geo/a.csv", report)
    assert [problem.code for problem in report.problems] == ["no-coordinate-columns"]


def test_of_two_columns_with_one_name_neither_is_lost():
    (feature,) = read_table("name,name,lat,lon,Note,note\nMill,Mühle,50.1,14.5,a,b\n", "geo/a.csv", Report())
    assert dict(feature.properties) == {
        "name": "Mill", "name (2)": "Mühle", "lat": "50.1", "lon": "14.5", "Note": "a", "note": "b",
    }  # fmt: skip
    assert feature.label == '"Mill"'


ROW = "A,458000,5548000"


@pytest.mark.parametrize(
    "text",
    [
        f"name,easting,northing,zone\n{ROW},33U\n",
        f"name,x,y,utm_zone\n{ROW},33 N\n",
        "name;UTM E;UTM N;Zone\nA;458 000,0;5 548 000,0;33U\n",
        f"name,east,north,zone,hemisphere\n{ROW},33,North\n",
        f"name,x,y,crs\n{ROW},EPSG:32633\n",
        f"name,E (UTM 33N),N (UTM 33N)\n{ROW}\n",
        f"name,x_epsg32633,y_epsg32633\n{ROW}\n",
        "name,utm\nA,33U 458000 5548000\n",
        "name,UTM coordinates\nA,458000 E 5548000 N 33N\n",
        "name,MGRS\nA,33UVR 58000 48000\n",
        'name,position\nA,"UTM 33N 458000, 5548000"\n',
    ],
)
def test_a_position_in_the_utm_or_the_military_grid_is_read(text):
    report = Report()
    (place,) = bring_to_degrees(read_table(text, "geo/a.csv", report))
    assert (place.geometry.x, place.geometry.y) == pytest.approx((14.41295, 50.08278), abs=1e-5)
    assert (place.mended, place.lost, report.problems) == ((), None, [])


def test_rows_of_several_zones_lie_each_in_its_own():
    table = "name,easting,northing,zone\nA,458000,5548000,33U\nB,334873,6252266,56H\nC,458000,5548000,no\n"
    first, second, lost = bring_to_degrees(read_table(table, "geo/a.csv", Report()))
    assert (first.geometry.x, first.geometry.y) == pytest.approx((14.41295, 50.08278), abs=1e-5)
    assert (second.geometry.x, second.geometry.y) == pytest.approx((151.215, -33.857), abs=1e-3)
    assert lost.lost.message == '"no" is no zone of UTM'


def test_a_zone_without_its_hemisphere_is_told():
    (place,) = read_table("name,easting,northing,zone\nA,458000,5548000,33\n", "geo/a.csv", Report())
    (flaw,) = place.mended
    assert (place.crs, flaw.code) == ("EPSG:32633", "unknown-crs")
    assert "north is assumed" in flaw.message


def test_a_zone_beside_degrees_is_a_column_as_others():
    assert read_points("name,lat,lon,zone\nA,50.1,14.5,centre\n") == [HERE]


def test_a_table_that_does_not_name_its_columns_is_told():
    report = Report()
    assert not read_table("50.079;14.4306;Home\n49.195;16.608;School\n", "geo/a.csv", report)
    assert report.problems[0].message.startswith("the table does not name its columns")
