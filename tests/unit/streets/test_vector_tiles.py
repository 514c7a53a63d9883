from __future__ import annotations

import builtins
import gzip
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import brotli
import pytest
import shapely
import zstandard
from pmtiles.tile import Compression, TileType

from storymap.drawing.payload import write_json
from storymap.drawing.still import draw_still
from storymap.drawing.street_payload import write_streets
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.earth.views import view_at
from storymap.model.place import Bounds, LonLat
from storymap.streets.baking.baking import bake_streets
from storymap.streets.features import StreetFeature
from storymap.streets.sources import StreetFileError, open_source

Encode = Callable[..., bytes]
Write = Callable[..., Path]

REAL = Path(__file__).resolve().parents[4] / "shared" / "real-data" / "tiles"

ZOOM, X, Y = 14, 8830, 5550


def box_of(x: int, y: int, columns: int = 1, rows: int = 1) -> Bounds:
    """The box of tiles of zoom 14, a little smaller, so that it meets no others."""
    count, inside = 1 << ZOOM, 0.01
    return Bounds(
        unproject_x((x + inside) / count), unproject_y((y + rows - inside) / count),
        unproject_x((x + columns - inside) / count), unproject_y((y + inside) / count),
    )  # fmt: skip


def read(file: Path, bounds: Bounds | None = None, zoom: int = 15) -> list[StreetFeature]:
    return open_source(file, file.name).read(bounds or box_of(X, Y), zoom)


def find(features: list[StreetFeature], kind: str) -> list[StreetFeature]:
    return [feature for feature in features if feature.kind == kind]


def refuse(file: Path, *, reading: bool = False) -> StreetFileError:
    with pytest.raises(StreetFileError) as caught:
        read(file) if reading else open_source(file, file.name)
    return caught.value


LINE = shapely.LineString([(100, 100), (2000, 2000)])
AREA = shapely.box(1000, 1000, 1200, 1300)
POINT = shapely.Point(500, 500)

ROADS = {
    "roads": [(LINE, {"kind": "major_road", "kind_detail": "primary", "name": "High Street"})],
    "buildings": [(AREA, {"kind": "building"})],
}


def test_a_tile_of_protomaps_is_streets_and_buildings_in_degrees(encode: Encode, write_pmtiles: Write) -> None:
    file = write_pmtiles({(ZOOM, X, Y): encode(ROADS)}, {"attribution": '<a href="#">© OpenStreetMap</a>'})
    source = open_source(file, "streets/city.pmtiles")
    assert source.name == "streets/city.pmtiles"
    assert source.credit == "© OpenStreetMap, ODbL"
    assert source.bounds == Bounds(14.0, 50.0, 14.1, 50.1)
    street, building = sorted(source.read(box_of(X, Y), 15), key=lambda feature: feature.kind, reverse=True)
    assert (street.kind, street.names, street.level) == ("main", (("", "High Street"),), 0)
    count = 1 << ZOOM
    west, north = unproject_x((X + 100 / 4096) / count), unproject_y((Y + 100 / 4096) / count)
    assert street.shape.coords[0] == pytest.approx((west, north), abs=1e-9)
    assert building.kind == "building"
    assert building.shape.bounds[0] == pytest.approx(unproject_x((X + 1000 / 4096) / count), abs=1e-9)


def test_a_map_closer_than_the_tiles_takes_those_of_their_last_zoom(encode: Encode, write_pmtiles: Write) -> None:
    file = write_pmtiles({(ZOOM, X, Y): encode(ROADS)})
    assert open_source(file, "city").zooms == (12, 17)
    assert len(read(file, zoom=17)) == 2


def test_lines_and_areas_go_on_over_the_edge_of_a_tile_and_what_lies_beyond_is_cut(
    encode: Encode, write_pmtiles: Write
) -> None:
    street = {"kind": "minor_road", "kind_detail": "residential", "name": "Long Street"}
    other = {**street, "name": "Short Street"}
    house, next_door = {"kind": "building"}, {"kind": "building"}
    left = {
        "roads": [
            (shapely.LineString([(3000, 600), (4176, 600)]), street),
            (shapely.LineString([(3000, 700), (4096, 700)]), other),
        ],
        "buildings": [(shapely.box(4000, 1000, 4150, 1100), house), (shapely.box(4000, 1100, 4150, 1200), next_door)],
        "landuse": [(shapely.box(3000, 2000, 4160, 3000), {"kind": "park"})],
    }  # fmt: skip
    right = {
        "roads": [(shapely.LineString([(-80, 600), (1000, 600)]), street)],
        "buildings": [(shapely.box(-96, 1000, 54, 1100), house), (shapely.box(-96, 1100, 54, 1200), next_door)],
        "landuse": [(shapely.box(-64, 2000, 100, 3000), {"kind": "park"})],
    }
    file = write_pmtiles({(ZOOM, X, Y): encode(left), (ZOOM, X + 1, Y): encode(right)})
    features = read(file, box_of(X, Y, columns=2))
    width = 360 / (1 << ZOOM) / 4096
    streets = {dict(feature.names)[""]: feature.shape for feature in find(features, "minor")}
    assert streets["Long Street"].length == pytest.approx((1096 + 1000) * width)
    assert streets["Short Street"].length == pytest.approx(1096 * width)
    houses = find(features, "building")
    assert [feature.shape.bounds[2] - feature.shape.bounds[0] for feature in houses] == pytest.approx([150 * width] * 2)
    (park,) = find(features, "park")
    assert park.shape.bounds[2] - park.shape.bounds[0] == pytest.approx((1096 + 100) * width)


def test_ends_that_writers_put_a_little_apart_at_an_edge_are_joined(encode: Encode, write_pmtiles: Write) -> None:
    street = {"kind": "minor_road", "kind_detail": "residential"}
    left = {"roads": [(shapely.LineString([(3000, 600), (4096, 600)]), street)], "earth": [(AREA, {})]}
    right = {"roads": [(shapely.LineString([(0, 601), (1000, 640)]), street)]}
    file = write_pmtiles({(ZOOM, X, Y): encode(left), (ZOOM, X + 1, Y): encode(right)})
    assert len(read(file, box_of(X, Y, columns=2))) == 1


def test_tiles_on_both_sides_of_180_degrees_are_read(encode: Encode, write_pmtiles: Write) -> None:
    last = (1 << ZOOM) - 1
    file = write_pmtiles({(ZOOM, last, Y): encode(ROADS), (ZOOM, 0, Y): encode(ROADS)}, box=(-180, 49, 180, 51))
    west, east = box_of(last, Y), box_of(0, Y)
    over = Bounds(west.west, west.south, east.east, west.north)
    assert over.crosses_antimeridian
    assert Counter(feature.kind for feature in read(file, over)) == {"main": 2, "building": 2}


def test_names_of_openmaptiles_lie_on_streets_that_are_drawn_once(encode: Encode, write_mbtiles: Write) -> None:
    street = {"class": "minor", "brunnel": "bridge"}
    long = shapely.LineString([(100, 100), (200, 100), (300, 100), (400, 100)])
    layers = {
        "transportation": [(long, street), (LINE, {"class": "path", "subclass": "steps"})],
        "transportation_name": [
            (shapely.LineString([(300, 100), (200, 100)]), {**street, "name": "Bridge Street", "name_en": "The Bridge"})
        ],
        "poi": [(POINT, {"class": "railway", "subclass": "station", "name": "Central"})],
        "housenumber": [(POINT, {"housenumber": "7"})],
    }
    file = write_mbtiles({(ZOOM, X, Y): gzip.compress(encode(layers))}, {"format": "pbf"})
    features = read(file)
    streets = find(features, "minor")
    assert {feature.level for feature in streets} == {1}
    assert sorted(feature.names for feature in streets) == [
        (), (), (("", "Bridge Street"), ("en", "The Bridge"))
    ]  # fmt: skip
    length = sum(feature.shape.length for feature in streets)
    assert length == pytest.approx(300 * 360 / (1 << ZOOM) / 4096)
    assert [feature.kind for feature in features if feature.kind != "minor"] == ["steps", "station"]


def test_shortbread_and_old_protomaps_are_recognised_by_their_layers(encode: Encode, write_pmtiles: Write) -> None:
    shortbread = {
        "streets": [(LINE, {"kind": "trunk", "link": True, "tunnel": True})],
        "street_labels": [(shapely.LineString([(9, 9), (99, 9)]), {"kind": "residential", "name": "Lane"})],
        "water_polygons": [(AREA, {"kind": "river"})],
        "streets_polygons_labels": [(POINT, {"kind": "pedestrian", "name": "Market"})],
    }
    found = {feature.kind: feature for feature in read(write_pmtiles({(ZOOM, X, Y): encode(shortbread)}))}
    assert found.keys() == {"major", "minor", "water", "plaza"}
    assert (found["major"].level, found["major"].rank) == (-1, 1)
    old = {
        "roads": [(LINE, {"pmap:kind": "other", "highway": "footway", "bridge": "yes"})],
        "landuse": [(AREA, {"pmap:kind": "other", "landuse": "forest"})],
        "buildings": [(AREA, {"layer": -1}), (AREA, {"layer": 1})],
        "places": [(POINT, {"pmap:kind": "neighbourhood", "place": "suburb", "name": "North", "name:cs": "Sever"})],
    }
    features = read(write_pmtiles({(ZOOM, X, Y): encode(old)}, name="old.pmtiles"))
    assert [feature.kind for feature in features].count("building") == 1, "a hall below the ground is none"
    found = {feature.kind: feature for feature in features}
    assert found.keys() == {"path", "wood", "building", "suburb"}
    assert found["suburb"].names == (("", "North"), ("cs", "Sever"))


def test_layers_of_no_known_schema_are_named(encode: Encode, write_pmtiles: Write) -> None:
    error = refuse(write_pmtiles({(ZOOM, X, Y): encode({"trees": [(POINT, {})], "fields": [(AREA, {})]})}))
    assert error.code == "unreadable-streets"
    assert "their layers are fields, trees" in error.message


def test_pictures_and_maplibre_tiles_are_told(encode: Encode, write_pmtiles: Write, write_mbtiles: Write) -> None:
    tiles = {(ZOOM, X, Y): b"\x89PNG"}
    assert "its tiles are pictures (PNG)" in refuse(write_pmtiles(tiles, tile_type=TileType.PNG)).message
    assert "its tiles are pictures (png)" in refuse(write_mbtiles(tiles, {"format": "png"})).message
    assert "its tiles are pictures (PNG)" in refuse(write_mbtiles(tiles, name="other.mbtiles")).message
    assert "MapLibre" in refuse(write_pmtiles(tiles, tile_type=TileType.MLT)).message


def test_tiles_that_end_before_streets_begin_are_told(encode: Encode, write_pmtiles: Write) -> None:
    error = refuse(write_pmtiles({(9, 276, 173): encode(ROADS)}))
    assert "its tiles are those of zoom 9 to 9" in error.message
    assert "down to zoom 14" in error.help


@pytest.mark.parametrize(
    ("compression", "pack"),
    [
        (Compression.NONE, bytes),
        (Compression.BROTLI, brotli.compress),
        (Compression.ZSTD, zstandard.compress),
        (Compression.UNKNOWN, gzip.compress),
    ],
)
def test_tiles_are_unpacked(encode: Encode, write_pmtiles: Write, compression: Compression, pack: Any) -> None:
    assert len(read(write_pmtiles({(ZOOM, X, Y): encode(ROADS)}, compression=compression, pack=pack))) == 2


@pytest.mark.parametrize(
    ("compression", "pack"),
    [(Compression.GZIP, gzip.compress), (Compression.BROTLI, brotli.compress), (Compression.ZSTD, zstandard.compress)],
)
def test_a_tile_that_unpacks_to_too_much_is_told(write_pmtiles: Write, compression: Compression, pack: Any) -> None:
    layers = [{"id": "roads", "fields": {"kind": "String"}}, {"id": "buildings"}]
    file = write_pmtiles(
        {(ZOOM, X, Y): bytes(17_000_000)}, {"vector_layers": layers}, compression=compression, pack=pack
    )
    assert refuse(file, reading=True).message == f"its tile {ZOOM}/{X}/{Y} unpacks to more than 16 MB"


@pytest.mark.parametrize(
    ("compression", "pack"),
    [(Compression.GZIP, gzip.compress), (Compression.BROTLI, brotli.compress), (Compression.ZSTD, zstandard.compress)],
)
def test_a_tile_that_is_cut_short_is_told(
    encode: Encode, write_pmtiles: Write, compression: Compression, pack: Any
) -> None:
    layers = [{"id": "roads", "fields": {"kind": "String"}}, {"id": "buildings"}]
    tile = encode({"roads": [(shapely.LineString([(n, n), (n + 3, 4 * n)]), {"n": n}) for n in range(999)]})
    file = write_pmtiles(
        {(ZOOM, X, Y): tile}, {"vector_layers": layers}, compression=compression, pack=lambda data: pack(data)[:-20]
    )
    assert f"its tile {ZOOM}/{X}/{Y}" in refuse(file, reading=True).message


def test_a_broken_tile_and_one_with_too_many_features_are_told(
    encode: Encode, write_pmtiles: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = [{"id": "roads", "fields": {"kind": "String"}}, {"id": "buildings"}]
    broken = write_pmtiles({(ZOOM, X, Y): encode(ROADS)[:-9]}, {"vector_layers": layers})
    assert refuse(broken, reading=True).message == f"its tile {ZOOM}/{X}/{Y} is broken, or is no vector tile"
    monkeypatch.setattr("storymap.streets.tile_layers.MOST_FEATURES", 100)
    crowd = {"buildings": [(shapely.box(n, 0, n + 9, 9), {"kind": "building"}) for n in range(101)]}
    file = write_pmtiles({(ZOOM, X, Y): encode(crowd)}, {"vector_layers": layers}, name="crowd.pmtiles")
    assert "has more than 100 features" in refuse(file, reading=True).message


def test_what_is_no_pmtiles_or_cut_short_is_told(encode: Encode, write_pmtiles: Write, tmp_path: Path) -> None:
    whole = write_pmtiles({(ZOOM, X, Y): encode(ROADS)}).read_bytes()
    file = tmp_path / "short.pmtiles"
    for length in (8, 90, 127, 140, 300, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert refuse(file).code == "unreadable-streets"
    file.write_bytes(whole[:7] + b"\x02" + whole[8:])
    assert "version 3" in refuse(file).message
    for at in range(8, 102):
        file.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        try:
            read(file)
        except StreetFileError as error:
            assert error.code == "unreadable-streets"  # noqa: PT017 - most of these bytes break the file, not all


def test_a_directory_that_unpacks_to_too_much_is_told(encode: Encode, write_pmtiles: Write) -> None:
    file = write_pmtiles({(ZOOM, X, Y): encode(ROADS)}, {"vector_layers": [{"id": "transportation"}]})
    whole = bytearray(file.read_bytes())
    bomb = gzip.compress(bytes(9_000_000))
    whole[8:24] = len(whole).to_bytes(8, "little") + len(bomb).to_bytes(8, "little")
    file.write_bytes(bytes(whole) + bomb)
    assert "a directory in it is too large" in refuse(file, reading=True).message


def test_a_directory_that_leads_to_itself_leads_to_no_tile(encode: Encode, write_pmtiles: Write) -> None:
    from pmtiles.tile import Entry, serialize_directory

    file = write_pmtiles({(ZOOM, X, Y): encode(ROADS)}, {"vector_layers": [{"id": "transportation"}]})
    whole = bytearray(file.read_bytes())
    loop = serialize_directory([Entry(0, 0, 31, 0)])
    assert len(loop) < 40
    loop = serialize_directory([Entry(0, 0, len(loop), 0)])
    place = len(whole).to_bytes(8, "little") + len(loop).to_bytes(8, "little")
    whole[8:24] = place
    whole[40:56] = place
    file.write_bytes(bytes(whole) + loop)
    assert read(file) == []


def test_a_database_may_say_little_or_count_its_rows_from_the_north(encode: Encode, write_mbtiles: Write) -> None:
    tile = encode(ROADS)
    bare = open_source(write_mbtiles({(ZOOM, X, Y): tile, (ZOOM, X + 1, Y): tile}), "bare")
    box = box_of(X, Y, columns=2)
    assert bare.bounds.west == pytest.approx(box.west, abs=1e-3)
    assert bare.bounds.north == pytest.approx(box.north, abs=1e-3)
    assert len(bare.read(box_of(X, Y), 15)) == 2
    flipped = (1 << ZOOM) - 1 - Y
    assert len(read(write_mbtiles({(ZOOM, X, flipped): tile}, {"scheme": "xyz"}, name="xyz.mbtiles"))) == 2


def test_a_database_whose_tiles_are_a_view_is_read(encode: Encode, write_mbtiles: Write) -> None:
    file = write_mbtiles({(ZOOM, X, Y): encode(ROADS)})
    with sqlite3.connect(file) as database:
        database.execute("ALTER TABLE tiles RENAME TO images")
        database.execute("CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM images")
    database.close()
    assert len(read(file)) == 2


@pytest.mark.parametrize(
    "view",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS zoom_level, 0 AS tile_data FROM n",
        "SELECT 14 AS zoom_level, 0 AS tile_column, 0 AS tile_row, load_extension('/tmp/evil.so') AS tile_data",
        "SELECT 14 AS zoom_level, 0 AS tile_column, 0 AS tile_row, zeroblob(900000000) AS tile_data",
        "SELECT 14 AS zoom_level, 'x' AS tile_column, 0 AS tile_row, 7 AS tile_data",
        "SELECT 99 AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'' AS tile_data",
    ],
)
def test_a_database_that_was_prepared_does_nothing_else(
    tmp_path: Path, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storymap.tilesets.mbtiles._PATIENCE", 20)
    file = tmp_path / "evil.mbtiles"
    with sqlite3.connect(file) as database:
        database.execute(f"CREATE VIEW tiles AS {view}")
    database.close()
    assert refuse(file, reading=True).code == "unreadable-streets"


def test_a_database_without_tiles_and_one_that_is_none_are_told(tmp_path: Path, write_mbtiles: Write) -> None:
    file = tmp_path / "other.mbtiles"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    database.close()
    assert "no such table: tiles" in refuse(file).message
    assert "there are no tiles in it" in refuse(write_mbtiles({})).message
    file.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 9)
    assert refuse(file).code == "unreadable-streets"


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        (b"PK\x03\x04", "zip archive"),
        (b"\xfd7zXZ\x00", "packed with xz"),
        (b'{"version": 0.6, "elements": []}', "this is JSON"),
        (b"\n<!doctype html><title>404", "a web page"),
        (b"", "no street data"),
    ],
)
def test_what_people_put_there_instead_is_told(tmp_path: Path, start: bytes, told: str) -> None:
    file = tmp_path / "city.osm.pbf"
    file.write_bytes(start)
    assert told in refuse(file).message


def test_names_are_clean_and_hostile_shapes_do_no_harm(encode: Encode, write_pmtiles: Write) -> None:
    script = "</script><img src=x onerror=alert(1)>"
    named = [script, "two\nlines\x00\u202e", "x" * 500, " "]
    far = shapely.LineString([(-2_000_000, 5), (2_000_000, 5)])
    layers = {
        "roads": [(far, {"kind": "path", "name": name}) for name in named],
        "buildings": [(shapely.Polygon([(0, 0), (900, 900), (900, 0), (0, 900)]), {"kind": "building"})],
    }
    features = read(write_pmtiles({(ZOOM, X, Y): encode(layers)}))
    names = {feature.names for feature in find(features, "path")}
    assert names == {(), (("", script),), (("", "two lines"),)}
    assert all(feature.shape.length == pytest.approx(360 / (1 << ZOOM)) for feature in find(features, "path"))
    assert all(feature.shape.is_valid for feature in features)


def test_hostile_names_of_tiles_stay_text_on_a_still_and_in_the_data_of_a_page(
    encode: Encode, write_pmtiles: Write
) -> None:
    said = [
        "</script><svg onload=alert(1)>",
        "]]></style>&amp;<!--",
        "{{ 7*7 }} ${x}",
        "שדרות\u202e evil \u2066x\u2069",
        "nul\x00l",
    ]
    unsaid = ["x" * 10_000, "\u202e\u061c", "\x00", "\U000e0041\U000e0042"]
    rows = [
        (shapely.LineString([(60, 60 + 180 * row), (4000, 60 + 180 * row)]), {"kind": "major_road", "name": name})
        for row, name in enumerate([*said, *unsaid])
    ]
    file = write_pmtiles({(ZOOM, X, Y): encode({"roads": rows, "earth": [(AREA, {})]})})
    box = box_of(X, Y)
    view = view_at(LonLat((box.west + box.east) / 2, (box.south + box.north) / 2), 15)
    streets = bake_streets([open_source(file, "city")], {view: 1.0})
    assert streets is not None
    clean = {"</script><svg onload=alert(1)>", "]]></style>&amp;<!--", "{{ 7*7 }} ${x}", "שדרות evil x", "nul"}
    assert set(streets.names) == clean
    svg = draw_still(view, width=1400, height=1400, streets=streets, stylesheet="")
    texts = {"".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}
    assert clean <= texts
    assert not any(node.tag.endswith(("script", "}svg")) for node in list(ET.fromstring(svg).iter())[1:])
    data = write_json(write_streets(streets, []))
    assert "<" not in data
    assert set(json.loads(data)["names"]) == clean


def test_other_extents_are_the_same_place(encode: Encode, write_pmtiles: Write) -> None:
    def scale(extent: int) -> list[StreetFeature]:
        line = shapely.LineString([(0, 0), (extent, extent)])
        layers = {"roads": [(line, {"kind": "path"})], "earth": [(AREA, {})]}
        return read(write_pmtiles({(ZOOM, X, Y): encode(layers, extent=extent)}, name=f"{extent}.pmtiles"))

    assert [scale(extent)[0].shape.bounds for extent in (512, 65_536)] == [scale(4096)[0].shape.bounds] * 2


def test_a_missing_extra_is_told(encode: Encode, write_pmtiles: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse_import(name: str, *arguments: Any, **named: Any) -> Any:
        if name.partition(".")[0] in {"pmtiles", "brotli"}:
            raise ImportError(name)
        return real(name, *arguments, **named)

    file = write_pmtiles({(ZOOM, X, Y): encode(ROADS)})
    monkeypatch.setattr(builtins, "__import__", refuse_import)
    error = refuse(file)
    assert error.code == "missing-extra"
    assert "pip install pmtiles" in error.help


@pytest.mark.parametrize(
    ("name", "center", "credit", "least"),
    [
        ("firenze-protomaps-v2.pmtiles", (43.7731, 11.2558), "Protomaps, © OpenStreetMap, ODbL",
         {"building": 8000, "minor": 900, "path": 2000, "landmark": 100, "river": 1}),
        ("firenze-centre-no-vector_layers.pmtiles", (43.7731, 11.2558), "Protomaps, © OpenStreetMap, ODbL",
         {"building": 5000, "minor": 700}),
        ("perth-protomaps-v4.pmtiles", (-31.920, 115.8055), "© OpenStreetMap, ODbL",
         {"building": 700, "minor": 90, "suburb": 1, "water": 4}),
        ("andorra-la-vella-shortbread.pmtiles", (42.5063, 1.5218), "© OpenStreetMap contributors, ODbL",
         {"building": 900, "minor": 200, "plaza": 5, "river": 50}),
        ("paris-z14-openmaptiles.mbtiles", (48.8792, 2.3401), "© OpenMapTiles, © OpenStreetMap contributors, ODbL",
         {"building": 7000, "minor": 500, "station": 10, "suburb": 2}),
    ],
)  # fmt: skip
def test_real_tiles_are_streets(name: str, center: tuple[float, float], credit: str, least: dict[str, int]) -> None:
    if not (REAL / name).exists():
        pytest.skip("the tiles of other makers are not here")
    source = open_source(REAL / name, name)
    assert source.credit == credit
    lat, lon = center
    features = source.read(Bounds(lon - 0.008, lat - 0.005, lon + 0.008, lat + 0.005), 15)
    kinds = Counter[str](feature.kind for feature in features)
    assert {kind: min(kinds[kind], number) for kind, number in least.items()} == least
    assert all(feature.shape.is_valid for feature in features)
    streets = [feature for feature in features if feature.kind in {"main", "minor"}]
    assert sum(bool(feature.names) for feature in streets) > len(streets) / 3


def test_real_maplibre_tiles_are_refused() -> None:
    file = REAL / "edge-mlt-tiletype.pmtiles"
    if not file.exists():
        pytest.skip("the tiles of other makers are not here")
    assert "MapLibre Tiles" in refuse(file).message
