"""Picture tiles of the author's own: what is read as such, which of them a map needs, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from storymap.earth.extent import Extent
from storymap.earth.views import view_at
from storymap.errors import Location, Report
from storymap.model.place import LonLat
from storymap.model.tileset import TileAddress, TileSource
from storymap.tilesets import mbtiles
from storymap.tilesets.choosing import choose_tiles, cut_for_views
from storymap.tilesets.cutting import TileCutter, list_covering, name_tile
from storymap.tilesets.opening import describe_tileset, open_tileset
from storymap.tilesets.reading import TilesetError

AT = Location("storymap.toml", 2)
PRAGUE = LonLat(14.42, 50.09)
PYRAMID = [(10, 553, 346), (11, 1106, 693), (11, 1105, 693), (12, 2212, 1387)]
"""Tiles over Prague: zoom, column, and row from the north."""


def draw(color: str | tuple[int, ...] = "tan", side: int = 256, kind: str = "PNG", mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (side, side), color).save(written, kind)
    return written.getvalue()


def write_folder(root: Path, tiles: Mapping[tuple[int, int, int], bytes], *, from_south: bool = False) -> Path:
    for (zoom, column, row), data in tiles.items():
        file = root / str(zoom) / str(column) / f"{(1 << zoom) - 1 - row if from_south else row}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root


def write_mbtiles(file: Path, tiles: Mapping[tuple[int, int, int], bytes], **metadata: str) -> Path:
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE metadata (name text, value text)")
        database.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        database.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        rows = [(zoom, column, (1 << zoom) - 1 - row, data) for (zoom, column, row), data in tiles.items()]
        database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        database.commit()
    return file


def write_pmtiles(
    file: Path, tiles: Mapping[tuple[int, int, int], bytes], kind: TileType = TileType.PNG, **metadata: str
) -> Path:
    with file.open("wb") as opened:
        writer = Writer(opened)
        for address in sorted(tiles, key=lambda address: zxy_to_tileid(*address)):
            writer.write_tile(zxy_to_tileid(*address), tiles[address])
        header = {
            "tile_type": kind,
            "tile_compression": Compression.NONE,
            "min_lon_e7": 143_000_000,
            "min_lat_e7": 500_000_000,
            "max_lon_e7": 146_000_000,
            "max_lat_e7": 502_000_000,
            "center_zoom": 11,
            "center_lon_e7": 144_000_000,
            "center_lat_e7": 501_000_000,
        }
        writer.finalize(header, metadata)
    return file


def read(source: TileSource, address: tuple[int, int, int]) -> bytes | None:
    reader = open_tileset(source)
    try:
        return reader.read(TileAddress(*address))
    finally:
        reader.close()


def refuse(path: Path, pattern: str = "") -> TilesetError:
    with pytest.raises(TilesetError) as raised:
        describe_tileset(path, path.name, AT, pattern)
    return raised.value


WRITERS: dict[str, Callable[[Path, Mapping[tuple[int, int, int], bytes]], Path]] = {
    "folder": lambda root, tiles: write_folder(root / "alte Karte č", tiles),
    "mbtiles": lambda root, tiles: write_mbtiles(root / "karte.MBTILES", tiles),
    "pmtiles": lambda root, tiles: write_pmtiles(root / "karte.pmtiles", tiles),
}


@pytest.mark.parametrize("form", WRITERS)
def test_every_form_gives_the_same_tiles_at_the_same_places(form: str, tmp_path: Path) -> None:
    tiles = {address: draw((number, 0, 0)) for number, address in enumerate(PYRAMID)}
    source = describe_tileset(WRITERS[form](tmp_path, tiles), "karte", AT)
    assert (source.form, source.first, source.last, source.side) == (form, 10, 12, 256)
    assert source.bounds.contains(PRAGUE)
    assert {address: read(source, address) for address in PYRAMID} == tiles
    assert read(source, (12, 0, 0)) is None


@pytest.mark.parametrize(
    ("beside", "text"),
    [
        ("tilemapresource.xml", '<TileMap><SRS>EPSG:3857</SRS><TileSets profile="mercator"></TileSets></TileMap>'),
        ("openlayers.html", "url: './{z}/{x}/{-y}.png'"),
        ("leaflet.html", "L.tileLayer('./{z}/{x}/{y}.png', {tms: true})"),
        ("metadata.json", '{"scheme": "tms", "attribution": "<b>City</b> archive"}'),
    ],
)
def test_rows_that_count_from_the_south_are_known_by_what_lies_beside(beside: str, text: str, tmp_path: Path) -> None:
    tiles = dict.fromkeys(PYRAMID, draw())
    (write_folder(tmp_path, tiles, from_south=True) / beside).write_text(text)
    for pattern in ("", "{z}/{x}/{y}.png", "{z}/{x}/{-y}.png"):
        assert read(describe_tileset(tmp_path, "plan", AT, pattern), PYRAMID[-1]) == tiles[PYRAMID[-1]]


def test_rows_count_from_the_south_where_the_pattern_says_so(tmp_path: Path) -> None:
    write_folder(tmp_path, dict.fromkeys(PYRAMID, draw()), from_south=True)
    assert read(describe_tileset(tmp_path, "plan", AT, "{z}/{x}/{-y}.png"), PYRAMID[0]) is not None
    assert read(describe_tileset(tmp_path, "plan", AT, "{z}/{x}/{y}.png"), PYRAMID[0]) is None


def test_endings_count_whatever_their_case_and_other_files_do_not(tmp_path: Path) -> None:
    write_folder(tmp_path, {PYRAMID[0]: draw()})
    (tmp_path / "10" / "553" / "346.png").rename(tmp_path / "10" / "553" / "346.PNG")
    (tmp_path / "10" / "553" / "347.png.aux.xml").write_text("<PAMDataset/>")
    (tmp_path / "10" / "553" / "99999.png").write_bytes(draw())
    assert list(describe_tileset(tmp_path, "plan", AT, "{z}/{x}/{y}.png").files) == [TileAddress(*PYRAMID[0])]


@pytest.mark.parametrize(
    ("side", "name", "shown"), [(512, "346.png", 512), (512, "346@2x.png", 256), (300, "346.png", 256)]
)
def test_a_tile_is_shown_as_wide_as_it_is_unless_it_is_of_double_fineness(
    side: int, name: str, shown: int, tmp_path: Path
) -> None:
    (tmp_path / "10" / "553").mkdir(parents=True)
    (tmp_path / "10" / "553" / name).write_bytes(draw(side=side))
    pattern = "{z}/{x}/{y}{r}.png"
    assert describe_tileset(tmp_path, "plan", AT, pattern).side == shown


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("form", WRITERS)
def test_tiles_of_several_sizes_are_shown_as_wide_as_the_smallest(form: str, tmp_path: Path) -> None:
    tiles = {
        PYRAMID[0]: draw(side=512),
        PYRAMID[1]: draw(side=256, kind="JPEG"),
        PYRAMID[3]: draw(side=512, kind="WEBP"),
    }
    assert describe_tileset(WRITERS[form](tmp_path, tiles), "plan", AT).side == 256


def test_an_archive_that_says_so_has_rows_that_count_from_the_north(tmp_path: Path) -> None:
    flipped = {(zoom, column, (1 << zoom) - 1 - row): draw() for zoom, column, row in PYRAMID}
    source = describe_tileset(write_mbtiles(tmp_path / "plan.mbtiles", flipped, scheme="xyz"), "plan", AT)
    plain = describe_tileset(write_mbtiles(tmp_path / "south.mbtiles", dict.fromkeys(PYRAMID, draw())), "plan", AT)
    assert source.bounds == plain.bounds
    assert read(source, PYRAMID[3])
    assert read(source, (12, 2212, (1 << 12) - 1 - 1387)) is None


def test_pictures_that_an_archive_packs_once_more_are_unpacked(tmp_path: Path) -> None:
    packed = {address: gzip.compress(draw("green")) for address in PYRAMID}
    source = describe_tileset(write_pmtiles(tmp_path / "plan.pmtiles", packed), "plan", AT)
    assert read(source, PYRAMID[3]) == draw("green")


def test_an_archive_that_does_not_say_what_it_covers_covers_its_closest_tiles(tmp_path: Path) -> None:
    file = write_pmtiles(tmp_path / "plan.pmtiles", dict.fromkeys(PYRAMID, draw()))
    data = bytearray(file.read_bytes())
    data[102:118] = bytes(16)
    file.write_bytes(data)
    bounds = describe_tileset(file, "plan", AT).bounds
    expected = describe_tileset(write_folder(tmp_path / "plan", dict.fromkeys(PYRAMID, draw())), "plan", AT).bounds
    assert bounds == expected


def test_where_zooms_are_missing_in_the_middle_a_map_gets_the_nearest_farther_tiles(tmp_path: Path) -> None:
    tiles = {(8, 138, 86): draw("red"), **{(15, 17696 + number, 11096): draw("green") for number in range(9)}}
    cutter = TileCutter(describe_tileset(write_folder(tmp_path, tiles), "plan", AT), Report())
    cut = cut_for_views(cutter.tileset, [view_at(PRAGUE, 12, closest=18)], [], cutter)
    assert [tile.address for tile in cut.tiles] == [(8, 138, 86)]
    assert cut.mosaics[0] is not None


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "plan", {PYRAMID[0]: draw()})
    (tmp_path / "secret.png").write_bytes(draw("red"))
    (folder / "10" / "553" / "347.png").symlink_to(tmp_path / "secret.png")
    (folder / "11").symlink_to(folder / "10")
    assert list(describe_tileset(folder, "plan", AT).files) == [TileAddress(*PYRAMID[0])]


def test_who_made_it_is_plain_text(tmp_path: Path) -> None:
    said = '<a href="javascript:alert(1)">&copy; City &amp; archive</a>\x00<script>x</script>'
    archive = write_mbtiles(tmp_path / "a.mbtiles", {PYRAMID[0]: draw()}, attribution=said)
    assert describe_tileset(archive, "a", AT).attribution == "© City & archive x"
    archive = write_pmtiles(tmp_path / "a.pmtiles", {PYRAMID[0]: draw()}, attribution="x" * 5000)
    assert len(describe_tileset(archive, "a", AT).attribution) == 300


def test_vector_tiles_are_told_from_pictures_whatever_their_archive_says(tmp_path: Path) -> None:
    packed = {PYRAMID[0]: b"\x1f\x8b\x08\x00data"}
    assert refuse(write_mbtiles(tmp_path / "a.mbtiles", {PYRAMID[0]: draw()}, format="pbf")).code == "vector-tiles"
    assert refuse(write_mbtiles(tmp_path / "b.mbtiles", packed, format="png")).code == "vector-tiles"
    assert refuse(write_pmtiles(tmp_path / "c.pmtiles", packed, TileType.MVT)).code == "vector-tiles"
    assert refuse(write_pmtiles(tmp_path / "d.pmtiles", packed, TileType.MLT)).code == "vector-tiles"


def test_svg_and_web_pages_are_no_tiles(tmp_path: Path) -> None:
    for data in (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<!DOCTYPE html>"):
        assert refuse(write_folder(tmp_path, {PYRAMID[-1]: data})).code == "unreadable-tiles"


def test_other_projections_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "plan", {PYRAMID[0]: draw()})
    for name, text in (
        ("tilemapresource.xml", '<TileSets profile="raster">'),
        ("metadata.json", '{"crs": "EPSG:5514"}'),
    ):
        (folder / name).write_text(text)
        assert refuse(folder).code == "tiles-projection"
        (folder / name).unlink()
    archive = write_mbtiles(tmp_path / "a.mbtiles", {PYRAMID[0]: draw()}, crs="EPSG:4326")
    assert refuse(archive).code == "tiles-projection"
    mercator = write_mbtiles(tmp_path / "b.mbtiles", {PYRAMID[0]: draw()}, crs="EPSG:3857")
    assert describe_tileset(mercator, "b", AT).last == 10


@pytest.mark.parametrize("name", ["a.mbtiles", "a.pmtiles"])
def test_what_is_cut_off_or_something_else_is_told(name: str, tmp_path: Path) -> None:
    write = write_mbtiles if name.endswith(".mbtiles") else write_pmtiles
    whole = write(
        tmp_path / name, {(12, 2200 + column, 1386): draw((column, 0, 0)) for column in range(60)}
    ).read_bytes()
    for data in (b"", b"version https://git-lfs.github.com/spec/v1\n", whole[:100], whole[:200], bytes(2000)):
        (tmp_path / name).write_bytes(data)
        assert refuse(tmp_path / name).code in {"unreadable-tiles", "missing-tiles"}


def test_an_archive_without_tiles_is_told(tmp_path: Path) -> None:
    assert refuse(write_mbtiles(tmp_path / "a.mbtiles", {})).code == "missing-tiles"
    with closing(sqlite3.connect(tmp_path / "b.mbtiles")) as database:
        database.execute("CREATE TABLE other (name)")
    assert refuse(tmp_path / "b.mbtiles").code == "unreadable-tiles"


def test_a_query_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbtiles, "_PATIENCE", 5)
    with closing(sqlite3.connect(tmp_path / "a.mbtiles")) as database:
        database.execute("CREATE TABLE metadata (name, value)")
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
        database.execute(
            f"CREATE VIEW tiles AS {endless} i AS zoom_level, i AS tile_column, i AS tile_row, '' AS tile_data FROM n"
        )
    assert refuse(tmp_path / "a.mbtiles").code == "unreadable-tiles"


def test_a_directory_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = write_pmtiles(tmp_path / "a.pmtiles", {(12, column, 1386): draw() for column in range(0, 900, 7)})
    monkeypatch.setattr("storymap.tilesets.pmtiles._LARGEST_DIRECTORY", 200)
    assert "too large" in str(refuse(archive))


def test_tiles_over_the_date_line_are_beside_each_other() -> None:
    assert list(list_covering(Extent(0.95, 0.44, 1.05, 0.45), 4)) == [(4, 15, 7), (4, 0, 7)]


def test_of_thousands_of_tiles_a_map_needs_those_that_it_shows(tmp_path: Path) -> None:
    columns, rows = range(17660, 17730), range(11080, 11147)
    source = describe_tileset(
        write_folder(
            tmp_path, {(15, column, row): b"" for column in columns for row in rows} | {(15, 17660, 11080): draw()}
        ),
        "plan",
        AT,
    )
    assert len(source.files) == 4690
    view = view_at(PRAGUE, 15, closest=18)
    wanted = choose_tiles(source, [view], farthest=view.zoom) & source.files.keys()
    assert 30 <= len(wanted) <= 70
    farther = describe_tileset(write_folder(tmp_path / "far", dict.fromkeys(PYRAMID, draw())), "far", AT)
    assert {address.zoom for address in choose_tiles(farther, [view], farthest=7.0)} == {10, 11, 12}


def test_equal_tiles_are_one_file_and_damaged_ones_are_told(tmp_path: Path) -> None:
    sea, whole = draw("navy"), draw("tan", kind="WEBP")
    tiles = {PYRAMID[0]: whole, PYRAMID[1]: sea, PYRAMID[2]: sea, PYRAMID[3]: whole, (12, 2213, 1387): whole[:80]}
    report = Report()
    cutter = TileCutter(describe_tileset(write_folder(tmp_path, tiles), "plan", AT), report)
    cut = cutter.cut(TileAddress(*address) for address in [*tiles, (12, 2214, 1387)])
    cutter.close()
    assert [tile.address for tile in cut] == sorted(PYRAMID)
    assert {tile.file for tile in cut} == {name_tile(sea), name_tile(whole)}
    assert name_tile(whole).endswith(".webp")  # by what it is, not by its name
    (problem,) = report.problems
    assert (problem.code, problem.at) == ("broken-tile", AT)
    assert "12/2213/1387" in problem.message


def test_a_still_shows_the_tiles_and_a_farther_one_where_one_is_missing(tmp_path: Path) -> None:
    view = view_at(PRAGUE, 12, closest=18)
    for gap, whole in (((12, 2212, 1387), True), ((10, 553, 346), False)):
        tiles = {(12, column, row): draw("green") for column in range(2205, 2220) for row in range(1380, 1395)}
        tiles |= {(10, column, row): draw("red") for column in range(551, 556) for row in range(345, 349)}
        for address in [gap, (12, 2212, 1387)]:
            tiles.pop(address, None)
        root = tmp_path / f"{whole}"
        cutter = TileCutter(describe_tileset(write_folder(root, tiles), "plan", AT), Report())
        (mosaic,) = cut_for_views(cutter.tileset, [view], [], cutter).mosaics
        assert mosaic is not None
        assert mosaic.whole == whole
        picture = Image.open(io.BytesIO(mosaic.data)).convert("RGB")
        reds, greens = (picture.getchannel(band).tobytes() for band in "RG")
        assert {green > red for red, green in zip(reds, greens, strict=True)} == {True, False}


def test_a_still_far_from_the_tiles_has_none(tmp_path: Path) -> None:
    cutter = TileCutter(describe_tileset(write_folder(tmp_path, dict.fromkeys(PYRAMID, draw())), "plan", AT), Report())
    cut = cut_for_views(cutter.tileset, [view_at(LonLat(-77.0, 38.9), 12, closest=18)], [], cutter)
    assert cut.tiles == ()
    assert cut.mosaics == (None,)


def test_the_metadata_of_an_archive_may_be_anything(tmp_path: Path) -> None:
    archive = write_mbtiles(
        tmp_path / "a.mbtiles", {PYRAMID[0]: draw()}, json="[" * 10000, bounds="nan", attribution=""
    )
    assert describe_tileset(archive, "a", AT).attribution == ""
    folder = write_folder(tmp_path / "plan", {PYRAMID[0]: draw()})
    for text in ("[" * 100_000, json.dumps({"scheme": 7, "crs": [1]}), "null"):
        (folder / "metadata.json").write_text(text)
        assert describe_tileset(folder, "plan", AT).last == 10
