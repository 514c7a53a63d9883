from __future__ import annotations

import builtins
import bz2
import gzip
import random
import re
from collections import Counter
from pathlib import Path

import pytest
import shapely

from storymap.model.place import Bounds
from storymap.streets.features import StreetFeature
from storymap.streets.osm_tags import draw_area, name_point, tell_level
from storymap.streets.sea import fill_sea
from storymap.streets.sources import StreetFileError, open_source

QUAY = Path(__file__).parents[1] / "streets_data" / "quay.osm"
REAL = Path(__file__).resolve().parents[3] / "shared" / "real-data" / "osm"


def read_all(file: Path) -> list[StreetFeature]:
    source = open_source(file, file.name)
    return source.read(source.bounds, 15)


def find(features: list[StreetFeature], kind: str) -> list[StreetFeature]:
    return [feature for feature in features if feature.kind == kind]


def test_an_extract_covers_what_its_header_says_and_is_cut_there() -> None:
    source = open_source(QUAY, "streets/quay.osm")
    assert source.bounds == Bounds(14.0, 50.0, 14.02, 50.01)
    assert source.zooms == (11, 17)
    assert "© OpenStreetMap contributors" in source.credit
    assert "ODbL" in source.credit
    box = shapely.box(14.0, 50.0, 14.02, 50.01)
    features = source.read(source.bounds, 15)
    assert all(box.covers(feature.shape) for feature in features)
    assert "Far away" not in [name for feature in features for _, name in feature.names]


def test_the_sea_lies_on_the_right_of_a_coast() -> None:
    (sea,) = find(read_all(QUAY), "water")
    assert sea.shape.bounds == pytest.approx((14.015, 50.0, 14.02, 50.01))


def test_coasts_that_do_not_meet_leave_the_sea_where_it_is_certain() -> None:
    box = shapely.box(0, 0, 10, 10)
    islands = [shapely.LineString([(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)]), shapely.LineString([(8, 8), (9, 9)])]
    sea = fill_sea(islands, box)
    assert sea.area == pytest.approx(100 - 4)
    assert fill_sea([], box).is_empty


def test_a_multipolygon_keeps_its_court_and_crossing_walls_are_mended() -> None:
    buildings = find(read_all(QUAY), "building")
    (museum,) = [feature for feature in buildings if feature.names]
    (house,) = [feature for feature in buildings if not feature.names]
    assert museum.names == (("", "Museum"),)
    assert len(shapely.get_parts(museum.shape)[0].interiors) == 1
    assert museum.rank == 0
    assert house.shape.is_valid
    assert len(shapely.get_parts(house.shape)) == 2


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"building": "train_station", "layer": "-1", "location": "underground", "station": "subway"}, None),
        ({"building": "train_station", "railway": "station", "layer": "-2"}, None),
        ({"building": "yes", "level": "-3;-2;-1"}, None),
        ({"building": "yes", "location": "underground"}, None),
        ({"building": "yes", "tunnel": "yes"}, None),
        ({"highway": "pedestrian", "area": "yes", "layer": "-1"}, None),
        ({"leisure": "park", "location": "underground"}, None),
        ({"building": "retail", "layer": "-1", "location": "surface"}, "building"),
        ({"building": "transportation", "layer": "-1", "building:levels": "5"}, "building"),
        ({"building": "yes", "level": "-1;0;1"}, "building"),
        ({"building": "train_station", "railway": "station", "station": "subway"}, "building"),
        ({"natural": "water", "layer": "-1"}, "water"),
    ],
)
def test_what_lies_below_the_ground_is_no_area_of_the_map(tags: dict[str, str], kind: str | None) -> None:
    drawn = draw_area(tags, from_line=True)
    assert (drawn.kind if drawn else None) == kind


@pytest.mark.parametrize(
    ("tags", "rank"),
    [
        ({}, 0),
        ({"station": "train"}, 0),
        ({"station": "subway", "train": "yes"}, 0),
        ({"station": "subway"}, 1),
        ({"subway": "yes"}, 1),
        ({"station": "light_rail", "light_rail": "yes"}, 1),
        ({"station": "light_rail", "tram": "yes"}, 2),
    ],
)
def test_stations_of_trains_are_named_before_those_of_cities_and_these_before_stops_of_trams(
    tags: dict[str, str], rank: int
) -> None:
    named = name_point({"railway": "station", **tags})
    assert named
    assert (named.kind, named.rank) == ("station", rank)


def test_ways_below_the_ground_are_drawn_as_tunnels() -> None:
    assert tell_level({"highway": "steps", "location": "underground"}) == -1


def test_names_are_kept_by_language_and_as_they_are_written() -> None:
    features = read_all(QUAY)
    (station,) = find(features, "station")
    assert station.names == (("", "Nádraží"), ("en", "Central Station"))
    (square,) = find(features, "plaza")
    assert square.names == (("", "</script><img src=x onerror=alert(1)>"),)
    (bridge,) = find(features, "minor")
    assert bridge.level == 1
    assert bridge.names == (("", "$(rm -rf) {{ 7*7 }} ]]>"),)
    assert not find(features, "path"), "a pavement is drawn with its street"


@pytest.mark.parametrize(("suffix", "pack"), [(".osm.gz", gzip.compress), (".osm.bz2", bz2.compress)])
def test_packed_extracts_are_read_like_others(tmp_path: Path, suffix: str, pack) -> None:
    packed = tmp_path / f"quay{suffix}"
    packed.write_bytes(pack(QUAY.read_bytes()))
    assert read_all(packed) == read_all(QUAY)


def test_an_extract_whose_things_are_in_no_order_is_sorted(tmp_path: Path) -> None:
    text = QUAY.read_text("utf-8")
    things = re.findall(r"  <(?:node|way|relation)\b.*?</(?:node|way|relation)>\n|  <node [^>]*/>\n", text, re.DOTALL)
    nodes, ways = [one for one in things if "<node" in one], [one for one in things if "<way" in one]
    shuffled = [*random.Random(3).sample(nodes, len(nodes)), *reversed(ways), *things[len(nodes) + len(ways) :]]
    file = tmp_path / "shuffled.osm"
    head = text[: text.index("<!--")]
    file.write_text(f"{head}{''.join(shuffled)}</osm>", "utf-8")
    assert Counter(f.kind for f in read_all(file)) == Counter(f.kind for f in read_all(QUAY))


def test_an_extract_without_bounds_covers_its_points(tmp_path: Path) -> None:
    file = tmp_path / "quay.osm"
    file.write_text(re.sub("<bounds.*/>", "", QUAY.read_text("utf-8")), "utf-8")
    assert open_source(file, "quay.osm").bounds == Bounds(13.95, 49.99, 14.015, 50.5)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no map", b"<osm version='0.6'><node id='1' lat='x'", b"BZh9xx"])
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.osm"
    file.write_bytes(content)
    with pytest.raises(StreetFileError) as caught:
        read_all(file)
    assert caught.value.code == "unreadable-streets"
    assert caught.value.help
    assert str(tmp_path) not in caught.value.message


def test_without_osmium_it_is_asked_for_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args, **kwargs):
        if name == "osmium":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(StreetFileError, match="osmium is needed") as caught:
        open_source(QUAY, "quay.osm")
    assert caught.value.code == "missing-extra"
    assert "pip install osmium" in caught.value.help


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not here")
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("monaco.osm.pbf", {"building": 1200, "coast": 10, "steps": 300, "collector": 90, "minor": 250}),
        ("prague-nove-mesto-2011.osm", {"building": 10, "tram": 5}),
        ("beijing-tsinghua-2017.osm.bz2", {"building": 500, "main": 70}),
        ("berlin-siegessaeule.osm.gz", {"path": 80, "wood": 5}),
    ],
)
def test_real_extracts_are_read_whole(name: str, wanted: dict[str, int]) -> None:
    features = read_all(REAL / name)
    kinds = Counter[str](feature.kind for feature in features)
    assert {kind: kinds[kind] >= count for kind, count in wanted.items()} == dict.fromkeys(wanted, True)
    assert all(feature.shape.is_valid for feature in features)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not here")
def test_the_harbour_of_monaco_is_water_and_its_rock_is_land() -> None:
    features = read_all(REAL / "monaco.osm.pbf")
    water = shapely.union_all([feature.shape for feature in find(features, "water")])
    assert water.contains(shapely.Point(7.4250, 43.7355))
    assert not water.contains(shapely.Point(7.4256, 43.7306))
