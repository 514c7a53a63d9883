from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import osmium
import pytest
import shapely
from osmium.osm.mutable import Node, Way

from storymap.earth.extent import project_bounds
from storymap.earth.mercator import unproject_x, unproject_y
from storymap.earth.views import view_at
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.streets.baking.extents import list_extents
from storymap.streets.detail import list_covered, merge_overlapping, read_boxes, write_boxes
from storymap.streets.needs import list_needs
from storymap.streets.osm_extracts import Extract, extract_osm
from storymap.streets.sources import open_archive, open_source
from storymap.streets.tile_extracts import extract_tiles

Encode = Callable[..., bytes]
Write = Callable[..., Path]

QUAY = Path(__file__).parents[2] / "streets_data" / "quay.osm"
REAL = Path(__file__).resolve().parents[4] / "shared" / "real-data"

TOWN = Bounds(14.0, 50.0, 14.02, 50.01)
MUSEUM = Bounds(14.0035, 50.0035, 14.0065, 50.0055)
BOXES = {11: (TOWN,), 15: (MUSEUM,)}


def test_an_extract_keeps_what_its_boxes_show_and_all_of_it(tmp_path: Path) -> None:
    kept = extract_osm(QUAY, tmp_path / "cut.osm.pbf", BOXES)
    assert kept == Extract(nodes=15, ways=4, relations=1, boxes=BOXES)
    source = open_source(tmp_path / "cut.osm.pbf", "cut")
    assert source.bounds == TOWN
    named = [(feature.kind, dict(feature.names)) for feature in source.read(TOWN, 15)]
    found = {(kind, names.get("en") or names.get("", "")) for kind, names in named}
    assert found == {
        ("coast", ""), ("water", ""), ("main", "Quay Street"), ("building", "Museum"), ("landmark", "Museum"),
        ("station", "Central Station"), ("plaza", "</script><img src=x onerror=alert(1)>"),
    }  # fmt: skip
    (museum,) = [feature.shape for feature in source.read(MUSEUM, 15) if feature.kind == "building"]
    assert shapely.get_num_interior_rings(shapely.get_parts(museum)).tolist() == [1]


def test_an_extract_says_where_it_has_how_much(tmp_path: Path) -> None:
    extract_osm(QUAY, tmp_path / "cut.osm.pbf", BOXES)
    source = open_source(tmp_path / "cut.osm.pbf", "cut")
    assert source.covers(16) == source.covers(15) == (MUSEUM,)
    assert source.covers(13) == (MUSEUM,)
    assert source.covers(12) == source.covers(11) == (TOWN, MUSEUM)
    assert open_source(QUAY, "whole").covers(15) == (TOWN,)


def test_boxes_beyond_the_border_of_a_country_are_not_covered(tmp_path: Path) -> None:
    empty = Bounds(14.0, 50.02, 14.005, 50.03)
    assert extract_osm(QUAY, tmp_path / "cut.osm.pbf", {11: (empty, TOWN), 15: (empty,)}).boxes == {11: (TOWN,)}
    assert open_source(tmp_path / "cut.osm.pbf", "cut").covers(15) == ()
    assert extract_osm(QUAY, tmp_path / "none.osm.pbf", {15: (empty,)}).boxes == {}
    assert not (tmp_path / "none.osm.pbf").exists()


def test_an_extract_has_no_names_of_who_drew_it_and_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.osm.pbf", tmp_path / "b.osm.pbf"
    for file in (first, second):
        extract_osm(QUAY, file, BOXES)
    assert first.read_bytes() == second.read_bytes()


def test_a_real_extract_loses_nothing_within_its_boxes(tmp_path: Path) -> None:
    file = REAL / "osm" / "monaco.osm.pbf"
    if not file.exists():
        pytest.skip("the extracts of other makers are not here")
    box = Bounds(7.42, 43.735, 7.428, 43.74)
    extract_osm(file, tmp_path / "cut.osm.pbf", {15: (box,)})
    assert (tmp_path / "cut.osm.pbf").stat().st_size < file.stat().st_size / 2
    within = shapely.box(box.west + 1e-4, box.south + 1e-4, box.east - 1e-4, box.north - 1e-4)

    def measure(source: Path) -> dict[str, float]:
        shapes: dict[str, float] = {}
        for feature in open_source(source, "source").read(box, 15):
            part = feature.shape.intersection(within)
            shapes[feature.kind] = shapes.get(feature.kind, 0.0) + part.area + part.length
        return {kind: round(size, 7) for kind, size in shapes.items() if size > 1e-7}

    assert measure(tmp_path / "cut.osm.pbf") == measure(file)


def box_of_tile(zoom: int, x: int, y: int) -> Bounds:
    count = 1 << zoom
    return Bounds(
        unproject_x((x + 0.01) / count), unproject_y((y + 0.99) / count),
        unproject_x((x + 0.99) / count), unproject_y((y + 0.01) / count),
    )  # fmt: skip


ROADS = {"roads": [(shapely.LineString([(9, 9), (99, 9)]), {"kind": "path"})], "earth": [(shapely.box(0, 0, 9, 9), {})]}


def test_tiles_are_kept_that_boxes_show_each_at_its_zoom(encode: Encode, write_pmtiles: Write, tmp_path: Path) -> None:
    tile = encode(ROADS)
    places = [(11, 1103, 693), (13, 4415, 2775), (14, 8830, 5550), (14, 8831, 5550), (14, 8900, 5550)]
    file = write_pmtiles(dict.fromkeys(places, tile), {"attribution": "© Us", "secret": "x"}, box=(13.9, 49, 15, 51))
    archive = open_archive(file, "city")
    assert archive is not None
    near, wide = box_of_tile(14, 8830, 5550), box_of_tile(11, 1103, 693)
    kept = extract_tiles(archive, tmp_path / "cut.pmtiles", {11: (wide,), 15: (near,)})
    assert kept.tiles == 2
    far = box_of_tile(14, 8850, 5550)
    assert extract_tiles(archive, tmp_path / "part.pmtiles", {15: (near, far)}).boxes == {15: (near,)}
    assert extract_tiles(archive, tmp_path / "none.pmtiles", {15: (far,)}).tiles == 0
    cut = open_source(tmp_path / "cut.pmtiles", "cut")
    assert cut.credit == "© Us"
    assert [feature.kind for feature in cut.read(near, 15)] == ["path"]
    assert cut.read(box_of_tile(14, 8831, 5550), 15) == []
    assert cut.covers(15)[0].west == pytest.approx(near.west, abs=1e-6)
    left = open_archive(tmp_path / "cut.pmtiles", "cut")
    assert left is not None
    assert "secret" not in left.metadata


def test_tiles_of_a_database_become_pmtiles(encode: Encode, write_mbtiles: Write, tmp_path: Path) -> None:
    layers = {"transportation": [(shapely.LineString([(9, 9), (99, 9)]), {"class": "service"})]}
    file = write_mbtiles({(14, 8830, 5550): encode(layers)}, {"attribution": "© OpenStreetMap"})
    archive = open_archive(file, "city")
    assert archive is not None
    near = box_of_tile(14, 8830, 5550)
    extract_tiles(archive, tmp_path / "cut.pmtiles", {15: (near,)})
    cut = open_source(tmp_path / "cut.pmtiles", "cut")
    assert [feature.kind for feature in cut.read(near, 15)] == ["service"]
    assert cut.credit == "© OpenStreetMap, ODbL"


def test_boxes_are_written_and_read_back() -> None:
    assert read_boxes(write_boxes(BOXES)) == BOXES
    assert list_covered(BOXES, 12) == (TOWN, MUSEUM)
    flat, backwards = {"11": [[1, 2]]}, {"11": [[3, 2, 1, 4]]}
    for given in (None, 7, "{", '{"11": 7}', flat, {"x": [[1, 2, 3, 4]]}, backwards, "[" * 99_999):
        assert read_boxes(given) == {}


def test_boxes_that_overlap_become_one() -> None:
    one, two, three = Bounds(0, 0, 2, 2), Bounds(1, 1, 3, 3), Bounds(5, 5, 6, 6)
    assert merge_overlapping([one, three, two]) == (Bounds(0, 0, 3, 3), three)
    assert merge_overlapping([one, three, Bounds(1, 1, 5.5, 5.5)]) == (Bounds(0, 0, 6, 6),)


@pytest.mark.parametrize("zoom", [11, 12.4, 13, 14.6, 15, 16, 16.5, 17])
def test_what_is_cut_holds_all_that_is_drawn(zoom: float) -> None:
    views = [view_at(LonLat(14.42, 50.08), zoom, closest=18), view_at(LonLat(-77.04, 38.9), zoom, closest=18)]
    needs = list_needs(views)
    for scale, extents in zip(LOOK.streets.scales, list_extents(views), strict=True):
        for drawn in extents:
            shape = shapely.box(drawn.west, drawn.north, drawn.east, drawn.south)
            kept = [project_bounds(box) for box in list_covered(needs, scale.min_zoom)]
            assert shapely.union_all([shapely.box(*box) for box in kept]).covers(shape)


def test_names_that_are_no_text_are_left_out_and_all_else_is_there(tmp_path: Path) -> None:
    forged = tmp_path / "forged.osm.pbf"
    with osmium.SimpleWriter(osmium.io.File(str(forged), "pbf,pbf_compression=none")) as writer:
        for number, (lon, lat) in enumerate([(14.0, 50.0), (14.01, 50.005), (14.02, 50.01)], 1):
            writer.add_node(Node(id=number, location=(lon, lat)))
        for number, name in enumerate(["NO-TEXT", "Good Street"], 10):
            writer.add_way(Way(id=number, nodes=[1, 2, 3], tags={"highway": "residential", "name": name}))
    written = forged.read_bytes()
    assert written.count(b"NO-TEXT") == 1
    forged.write_bytes(written.replace(b"NO-TEXT", b"N\xed\xa0\x80TXT"))
    extract_osm(forged, tmp_path / "cut.osm.pbf", BOXES)
    for file in (forged, tmp_path / "cut.osm.pbf"):
        features = open_source(file, file.name).read(TOWN, 15)
        assert sorted(feature.names for feature in features) == [(), (("", "Good Street"),)]
