"""What a reference means: places of `geo/`, coordinates, countries, and the towns of the world."""

import json
from importlib import resources
from typing import Any

import pytest

from storymap.earth.views import fit_view
from storymap.errors import Location, Report, Severity
from storymap.gazetteer.gazetteer import Gazetteer, load_gazetteer
from storymap.model.place import LonLat

AT = Location("stories/a.md", 3, 8, 6, "place: Prague")
DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")


@pytest.fixture(scope="module")
def world():
    return Gazetteer()


@pytest.fixture
def project(tmp_path):
    """A gazetteer of features given as (properties, coordinates of a point)."""

    def load(*features):
        folder = tmp_path / "geo"
        folder.mkdir(exist_ok=True)
        written = [
            {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": coordinates}}
            for properties, coordinates in features
        ]
        text = json.dumps({"type": "FeatureCollection", "features": written}, ensure_ascii=False, indent=1)
        (folder / "places.geojson").write_text(text, encoding="utf-8")
        report = Report()
        gazetteer = load_gazetteer(folder, tmp_path, report)
        assert not report.errors
        return gazetteer

    return load


def find(gazetteer: Gazetteer, reference: str) -> tuple[Any, Report]:
    """The place that a reference means, or None, and what was told."""
    report = Report()
    return gazetteer.find(reference, AT, report), report


@pytest.mark.parametrize(
    ("reference", "name", "country"),
    [
        ("Praha", "Prague", "CZ"),
        ("praha", "Prague", "CZ"),
        ("Tokyo", "Tokyo", "JP"),
        ("東京", "Tokyo", "JP"),
        ("Москва", "Moscow", "RU"),
        ("Lima", "Lima", "PE"),
        ("Washington, D.C.", "Washington", "US"),
        ("Washington, DC", "Washington", "US"),
        ("Paris, Texas", "Paris", "US"),
        ("Paris, TX, USA", "Paris", "US"),
        ("Beijing, China", "Beijing", "CN"),
        ("Springfield, IL", "Springfield", "US"),
        ("London, Ontario", "London", "CA"),
        ("Cambridge, England", "Cambridge", "GB"),
        ("Atlanta, Georgia", "Atlanta", "US"),
        ("Tbilisi, Georgia", "Tbilisi", "GE"),
        ("Luxembourg, LU", "Luxembourg", "LU"),
        ("Saint Petersburg", "Saint Petersburg", "RU"),
    ],
)
def test_towns_are_found_by_name_state_and_country(world, reference, name, country):
    place, report = find(world, reference)
    assert (place.name, place.country, place.kind, place.origin) == (name, country, "point", "gazetteer")
    assert not report.errors


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("CZ", "CZ"),
        ("CZE", "CZ"),
        ("Czechia", "CZ"),
        ("czech republic", "CZ"),
        ("NZ", "NZ"),
        ("USA", "US"),
        ("UK", "GB"),
    ],
)
def test_countries_are_areas_that_frame_themselves(world, reference, code):
    place, report = find(world, reference)
    assert (place.country, place.kind, place.origin) == (code, "area", "country")
    assert fit_view([place]).bounds.contains(place.point)
    assert not report.problems


def test_a_country_is_framed_without_what_lies_oceans_away(world):
    france, _ = find(world, "France")
    assert not france.bounds.contains(LonLat(-53, 4))
    america, _ = find(world, "USA")
    assert not america.bounds.contains(LonLat(-150, 65))
    fiji, _ = find(world, "Fiji")
    assert fiji.bounds.crosses_antimeridian
    assert fiji.bounds.width < 10
    russia, _ = find(world, "RU")
    assert russia.bounds.crosses_antimeridian
    assert russia.bounds.contains(LonLat(20.5, 54.7))


@pytest.mark.parametrize("reference", ["Washington", "Paris", "London"])
def test_the_overwhelmingly_larger_town_is_meant_and_told_with_a_spelling_for_others(world, reference):
    place, report = find(Gazetteer(), reference)
    assert place.name == reference
    (note,) = report.problems
    assert (note.code, note.severity) == ("built-in-place", Severity.NOTE)
    assert note.message.startswith(f'"{reference}" is ')
    assert "for another, write " in note.help
    for spelling in note.help.split('"')[1::2]:
        other, _ = find(world, spelling)
        assert other is not None
        assert other.point != place.point


def test_the_note_is_given_once_and_an_error_at_every_place():
    gazetteer, report = Gazetteer(), Report()
    for line in (1, 2):
        gazetteer.find("Tokyo", Location("stories/a.md", line), report)
        gazetteer.find("Springfield", Location("stories/a.md", line), report)
    assert [problem.code for problem in report.problems].count("built-in-place") == 1
    assert [problem.at.line for problem in report.errors] == [1, 2]


@pytest.mark.parametrize("reference", ["Springfield", "Cambridge", "Lidice", "Granada", "Texas City, Nowhere"])
def test_spellings_that_are_suggested_work(world, reference):
    place, report = find(world, reference)
    assert place is None
    (problem,) = report.errors
    for spelling in problem.help.split('"')[1::2]:
        found, about = find(world, spelling)
        assert found is not None, spelling
        assert not about.errors


def test_springfield_lists_its_spellings(world):
    _, report = find(world, "Springfield")
    (problem,) = report.errors
    assert problem.code == "ambiguous-place"
    assert '"Springfield, Illinois"' in problem.help
    points = {find(world, spelling)[0].point for spelling in problem.help.split('"')[1::2]}
    assert len(points) == 4


def test_georgia_is_the_country_and_says_so():
    place, report = find(Gazetteer(), "Georgia")
    assert place.country == "GE"
    (note,) = report.problems
    assert note.severity is Severity.NOTE
    assert '"Georgia, US"' in note.help


@pytest.mark.parametrize("reference", ["Bavaria", "Wales"])
def test_a_state_is_no_place_but_its_towns_are(world, reference):
    place, report = find(world, reference)
    assert place is None
    (problem,) = report.errors
    spelling = problem.help.split('"')[1]
    assert find(world, spelling)[0] is not None


@pytest.mark.parametrize(
    ("reference", "suggestion"),
    [("Prauge", "Prague"), ("Czeckia", "Czechia"), ("cz", "CZ"), ("no", "NO"), ("Paris, Ontaro", "Paris, Ontario")],
)
def test_a_slip_is_answered_with_what_was_meant(world, reference, suggestion):
    place, report = find(world, reference)
    assert place is None
    (problem,) = report.errors
    assert problem.code == "unknown-place"
    assert problem.message == f'no place "{reference}"'
    assert f'"{suggestion}"' in problem.help


def test_a_name_like_nothing_is_answered_with_what_to_do(world):
    _, report = find(world, "Qwxzkj Vbnm")
    assert "geo/" in report.errors[0].help


@pytest.mark.parametrize("reference", ["50.0790, 14.4306", "geo:50.0790,14.4306"])
def test_coordinates_are_a_place_in_their_country(world, reference):
    place, report = find(world, reference)
    assert place.point == (14.4306, 50.0790)
    assert (place.name, place.id) == ("50.0790° N, 14.4306° E", "50-0790n-14-4306e")
    assert (place.country, place.origin) == ("CZ", "coordinates")
    assert not report.problems


def test_coordinates_that_cannot_be_are_errors_and_odd_ones_warnings(world):
    place, report = find(world, "116.4, 39.9")
    assert place is None
    assert "swapped" in report.errors[0].help
    place, report = find(Gazetteer(), "90, 0")
    assert place is not None
    assert [problem.severity for problem in report.problems] == [Severity.WARNING]


def test_geo_comes_first_by_id_name_and_alias_whatever_the_accents(project):
    gazetteer = project(({"id": "museum", "name": "Národní muzeum", "aliases": ["National Museum"]}, [14.43, 50.08]))
    for reference in ("museum", "narodni MUZEUM", "National Museum"):
        place, report = find(gazetteer, reference)
        assert place is gazetteer.places[0]
        assert not report.problems


def test_geo_shadows_the_world(project):
    gazetteer = project(({"name": "Tokyo"}, [14.43, 50.08]))
    place, report = find(gazetteer, "Tokyo")
    assert place.country == "CZ"
    assert not report.problems
    elsewhere, _ = find(gazetteer, "Tokyo, Japan")
    assert elsewhere.country == "JP"
    assert elsewhere.id != place.id


def test_another_spelling_of_a_town_in_geo_is_that_town(project):
    gazetteer = project(({"name": "Prague", "category": "city"}, [14.42, 50.09]))
    for reference in ("Prague", "Praha", "Prague, Czechia"):
        assert find(gazetteer, reference)[0] is gazetteer.places[0]


def test_spellings_of_one_town_are_one_place(world):
    assert find(world, "Praha")[0] is find(world, "Prague")[0]
    assert find(world, "Prague, Czechia")[0].id == "prague"


def test_ids_say_which_town(world):
    assert find(world, "Paris")[0].id == "paris"
    assert find(world, "Paris, Texas")[0].id == "paris-texas"
    assert find(world, "Luxembourg")[0].id == "luxembourg"
    assert find(world, "Luxembourg, LU")[0].id == "luxembourg-luxembourg"


def test_a_name_that_two_places_bear_is_ambiguous_until_an_id_is_written(project):
    gazetteer = project(({"name": "Museum", "id": "a"}, [14, 50]), ({"name": "Museum", "id": "b"}, [15, 50]))
    place, report = find(gazetteer, "Museum")
    assert place is None
    assert report.errors[0].help == 'write one of their ids: "a" or "b"'
    assert find(gazetteer, "b")[0].point == (15, 50)


def test_countries_are_found_for_highlights(world):
    report = Report()
    found = [
        world.find_country(reference, AT, report) for reference in ("CZ", "cz", "USA", "Czech Republic", "Türkiye")
    ]
    assert found == ["CZ", "CZ", "US", "CZ", "TR"]
    assert not report.problems
    assert world.find_country("Prusia", AT, report) is None
    assert report.errors[0].code == "unknown-country"
    assert '"Russia"' in report.errors[0].help


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (LonLat(14.42, 50.09), "CZ"),
        (LonLat(-53.0, 4.0), "GF"),
        (LonLat(178.44, -18.14), "FJ"),
        (LonLat(0, 0), ""),
        (LonLat(0, -90), "AQ"),
        (LonLat(20.96, 42.66), "XK"),
        (LonLat(7.5886, 47.5596), "CH"),
        (LonLat(7.62, 47.5933), "DE"),
        (LonLat(12.4534, 41.9033), "VA"),
    ],
)
def test_a_point_lies_in_its_country_also_along_borders(world, point, code):
    assert world.country_at(point) == code


def test_the_nearest_town_is_found_and_none_far_out_at_sea(world):
    assert world.nearest_settlement(LonLat(-109.42, -27.15)).name == "Hanga Roa"
    assert world.nearest_settlement(LonLat(-140, 20)) is None
    assert world.nearest_settlement(LonLat(-179.99, -16.8)).country == "FJ"


def test_names_of_countries_are_told(world):
    assert world.country_name("CZ") == "Czechia"
    assert world.country_name("") == ""


@pytest.mark.parametrize(
    "reference", ["", "   ", "x" * 5000, "%s", "'; DROP TABLE settlement; --", "\x00", "{{7*7}}", ",", ", ,"]
)
def test_nothing_that_is_written_breaks_the_search(world, reference):
    place, report = find(world, reference)
    assert place is None
    assert len(report.errors) == 1


def test_answers_do_not_depend_on_what_was_asked_before():
    forwards, backwards = Gazetteer(), Gazetteer()
    references = ["Paris", "Paris, Texas", "Luxembourg", "Luxembourg, LU", "Praha", "50, 14"]
    first = [find(forwards, reference)[0] for reference in references]
    second = [find(backwards, reference)[0] for reference in reversed(references)]
    assert first == second[::-1]
