"""Searching for places: what is found, in which order, and that every spelling shown means what it stands beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from storymap.errors import Report
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.candidates import Candidate
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.gazetteer.searching import search_places
from storymap.model.place import LonLat, Place

BUILTIN = BuiltinGazetteer()
NAMES = BUILTIN.settlement_keys.split("\n")
WORLD = Gazetteer(builtin=BUILTIN)
COUNTRIES = sorted(country.name for country in BUILTIN.countries.values())

OWN: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": name, **more},
            "geometry": {"type": "Point", "coordinates": position},
        }
        for name, position, more in list[tuple[str, list[float], dict[str, Any]]](
            [
                ("Prague", [14.42, 50.09], {"aliases": ["Praha"], "country": "CZ"}),
                ("National Museum", [14.43, 50.08], {"description": "At the top of Wenceslas Square.", "id": "museum"}),
                ("Paris", [13.0, 50.0], {}),
                ("France", [2.0, 46.0], {}),
                ("Twins", [1.0, 1.0], {}),
                ("Twins", [2.0, 2.0], {}),
                ("Springfield, Illinois", [3.0, 3.0], {}),
                ("北京飯店", [116.4, 39.9], {}),
            ]
        )
    ],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "geo").mkdir()
    (root / "geo" / "places.geojson").write_text(json.dumps(OWN), encoding="utf-8")
    (root / "geo" / "more.csv").write_text("name,lat,lon\nBerlin station,52.5,13.4\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def own(project: Path) -> tuple[Place, ...]:
    return load_places(project / "geo", project, Report()).places


@pytest.fixture(scope="module")
def gazetteer(project: Path) -> Gazetteer:
    return Gazetteer(load_places(project / "geo", project, Report()), builtin=BUILTIN)


def search(query: str, places: tuple[Place, ...] = (), limit: int = 10) -> tuple[Candidate, ...]:
    return search_places(query, places=places, builtin=BUILTIN, limit=limit)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Praha", "Prague"),
        ("PRAGUE", "Prague"),
        ("plzen", "Pilsen"),
        ("munchen", "Munich"),
        ("København", "Copenhagen"),
        ("Берлин", "Berlin"),
        ("北京", "Beijing"),
        ("sao paulo", "São Paulo"),
        ("st petersburg", "Saint Petersburg"),
        ("Beijing, China", "Beijing"),
        ("Paris, Texas", "Paris, Texas"),
        ("paris, tx", "Paris, Texas"),
        ("Georgia", "Georgia"),
        ("Holland", "The Netherlands"),
        ("cz", "Czechia"),
        ("Prauge", "Prague"),
        ("Sydny", "Sydney"),
        ("Wasington", "Washington"),
        ("Chechia", "Czechia"),
        ("Bejing", "Beijing"),
        ("Buenos Aries", "Buenos Aires"),
        ("new yor", "New York City"),
        ("janeiro", "Rio de Janeiro"),
    ],
)
def test_the_likeliest_place_comes_first(query: str, first: str) -> None:
    assert search(query)[0].spelling == first


def test_a_candidate_says_what_and_where_it_is_and_by_which_name_it_was_found() -> None:
    prague, *_ = search("praha")
    assert (prague.kind, prague.name, prague.country, prague.country_name) == ("town", "Prague", "CZ", "Czechia")
    assert prague.population > 1_000_000
    assert prague.found_by == "praha"
    assert prague.source == "GeoNames"
    assert abs(prague.point.lat - 50.09) < 0.1
    assert search("Prague")[0].found_by == ""
    assert search("Springfield")[0].region == "Missouri"


def test_a_bare_name_that_several_bear_is_spelled_so_that_each_is_meant() -> None:
    spellings = [candidate.spelling for candidate in search("Springfield", limit=5)]
    assert len(set(spellings)) == 5
    assert "Springfield, Illinois" in spellings
    assert "Springfield" not in spellings


def test_no_more_than_asked_are_given_and_the_same_each_time() -> None:
    assert len(search("San", limit=7)) == 7
    assert search("San", limit=7) == search("san", limit=7)
    assert search("San", limit=3) == search("San", limit=7)[:3]


@pytest.mark.parametrize("query", ["", "  ", "?!", ",", "qqqqzzz", "\u0000", "%", "_", "*", "😀"])
def test_what_names_nothing_finds_nothing(query: str) -> None:
    assert search(query) == ()


def test_places_of_the_project_come_before_the_worlds(own: tuple[Place, ...]) -> None:
    assert search("museum", own)[0].name == "National Museum"
    assert search("Wenceslas", own)[0].name == "National Museum", "a description counts, too"
    assert search("station", own)[0].name == "Berlin station"
    assert [one.name for one in search("berlin", own)][:2] == ["Berlin", "Berlin station"], "first the capital"
    assert search("Natoinal Museum", own)[0].name == "National Museum"
    assert search("飯店", own)[0].name == "北京飯店"


def test_a_town_that_geo_has_is_that_place_and_not_there_twice(own: tuple[Place, ...]) -> None:
    found = search("Prag", own)
    assert [(one.kind, one.spelling) for one in found if one.name == "Prague" and one.country == "CZ"] == [
        ("own", "Prague")
    ]


def test_names_that_geo_has_taken_are_spelled_in_full(own: tuple[Place, ...]) -> None:
    spelled = {(one.name, one.country): one.spelling for one in search("Paris", own)}
    assert spelled["Paris", "FR"] == "Paris, France"
    assert spelled["Paris", "CZ"] == "Paris"
    assert [one.spelling for one in search("France", own) if one.kind == "country"] == ["FR"]


def test_places_of_one_name_are_told_by_their_ids(own: tuple[Place, ...]) -> None:
    assert [one.spelling for one in search("Twins", own)][:2] == ["Twins", "twins-2"]


def check_spellings(query: str, places: tuple[Place, ...], gazetteer: Gazetteer) -> None:
    for candidate in search(query, places, limit=12):
        answer = gazetteer.look_up(candidate.spelling)
        place = answer.place
        assert place is not None, (candidate, answer.remarks)
        assert place.point.lon == pytest.approx(candidate.point.lon, abs=1e-6), candidate
        assert place.point.lat == pytest.approx(candidate.point.lat, abs=1e-6), candidate
        if candidate.kind != "town" or place.origin != "coordinates":
            assert place.name == candidate.name


NAMES_TO_TRY = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(COUNTRIES),
    st.sampled_from(NAMES).map(lambda name: name[:4]),
    st.sampled_from(NAMES).map(lambda name: name[:2] + name[3:]),
    st.sampled_from(NAMES).map(lambda name: f"{name}, United States"),
    st.sampled_from([*BUILTIN.countries, "twins", "museum", "springfield", "washington", "la", "congo", "monaco"]),
)


@given(NAMES_TO_TRY)
@settings(max_examples=25)
def test_every_spelling_means_the_very_place(query: str) -> None:
    check_spellings(query, (), WORLD)


@given(query=NAMES_TO_TRY)
@settings(max_examples=12)
def test_every_spelling_means_the_very_place_in_a_project(
    query: str, own: tuple[Place, ...], gazetteer: Gazetteer
) -> None:
    check_spellings(query, own, gazetteer)


def test_a_line_or_an_area_is_found_where_its_marker_stands(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    feature = {"type": "Feature", "properties": {"name": "Field"}, "geometry": square}
    (tmp_path / "geo" / "a.geojson").write_text(json.dumps(feature))
    (candidate, *_) = search("Field", load_places(tmp_path / "geo", tmp_path, Report()).places)
    assert (candidate.point, candidate.source) == (LonLat(1, 1), "geo/a.geojson")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    for name, data in {
        "a.geojson": b"{",
        "b.csv": b"name\nA\n",
        "c.geojson": b"\xff\xfe\x00",
        "d.geojson": b'{"type": "FeatureCollection", "features": [1, '
        b'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"name": "Kept"}}]}',
        "e.txt": b"words",
        "f.geojson": b"[" * 100_000,
    }.items():
        (tmp_path / "geo" / name).write_bytes(data)
    own = load_places(tmp_path / "geo", tmp_path, Report())
    assert [place.name for place in own.places] == ["Kept"]
    assert own.unread_paths == ("geo/a.geojson", "geo/b.csv", "geo/c.geojson", "geo/f.geojson")
