"""What a reference means: places of `geo/`, coordinates, countries, and the towns of the world."""

import json
import pickle
from importlib import resources
from typing import Any

import pytest

from storymap.earth.views import fit_view
from storymap.errors import Report, Severity
from storymap.gazetteer.answers import Remark
from storymap.gazetteer.countries import country_at, name_country
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.model.place import LonLat

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
        gazetteer = Gazetteer(load_places(folder, tmp_path, report))
        assert not report.errors
        return gazetteer

    return load


def has_errors(remarks: tuple[Remark, ...]) -> bool:
    return any(remark.severity is Severity.ERROR for remark in remarks)


def find(gazetteer: Gazetteer, reference: str) -> tuple[Any, tuple[Remark, ...]]:
    """The place that a reference means, or None, and what is to be told."""
    answer = gazetteer.look_up(reference)
    return answer.place, answer.remarks


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
    place, remarks = find(world, reference)
    assert (place.name, place.country, place.kind, place.origin) == (name, country, "point", "gazetteer")
    assert not has_errors(remarks)


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
    place, remarks = find(world, reference)
    assert (place.country, place.kind, place.origin) == (code, "area", "country")
    assert fit_view([place]).bounds.contains(place.point)
    assert not remarks


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
    place, remarks = find(Gazetteer(), reference)
    assert place.name == reference
    (note,) = remarks
    assert (note.code, note.severity) == ("built-in-place", Severity.NOTE)
    assert note.message.startswith(f'"{reference}" is ')
    assert "for another, write " in note.help
    for spelling in note.help.split('"')[1::2]:
        other, _ = find(world, spelling)
        assert other is not None
        assert other.point != place.point


@pytest.mark.parametrize("reference", ["Springfield", "Cambridge", "Lidice", "Granada", "Texas City, Nowhere"])
def test_spellings_that_are_suggested_work(world, reference):
    place, remarks = find(world, reference)
    assert place is None
    (problem,) = remarks
    for spelling in problem.help.split('"')[1::2]:
        found, about = find(world, spelling)
        assert found is not None, spelling
        assert not has_errors(about)


def test_springfield_lists_its_spellings(world):
    _, remarks = find(world, "Springfield")
    (problem,) = remarks
    assert problem.code == "ambiguous-place"
    assert '"Springfield, Illinois"' in problem.help
    points = {find(world, spelling)[0].point for spelling in problem.help.split('"')[1::2]}
    assert len(points) == 4


def test_georgia_is_the_country_and_says_so():
    place, remarks = find(Gazetteer(), "Georgia")
    assert place.country == "GE"
    (note,) = remarks
    assert note.severity is Severity.NOTE
    assert '"Georgia, US"' in note.help


@pytest.mark.parametrize("reference", ["Bavaria", "Wales"])
def test_a_state_is_no_place_but_its_towns_are(world, reference):
    place, remarks = find(world, reference)
    assert place is None
    (problem,) = remarks
    spelling = problem.help.split('"')[1]
    assert find(world, spelling)[0] is not None


@pytest.mark.parametrize(
    ("reference", "suggestion"),
    [("Prauge", "Prague"), ("Czeckia", "Czechia"), ("cz", "CZ"), ("no", "NO"), ("Paris, Ontaro", "Paris, Ontario")],
)
def test_a_slip_is_answered_with_what_was_meant(world, reference, suggestion):
    place, remarks = find(world, reference)
    assert place is None
    (problem,) = remarks
    assert problem.code == "unknown-place"
    assert problem.message == f'no place "{reference}"'
    assert f'"{suggestion}"' in problem.help


def test_a_name_like_nothing_is_answered_with_what_to_do(world):
    _, remarks = find(world, "Qwxzkj Vbnm")
    assert "geo/" in remarks[0].help


@pytest.mark.parametrize("reference", ["50.0790, 14.4306", "geo:50.0790,14.4306"])
def test_coordinates_are_a_place_in_their_country(world, reference):
    place, remarks = find(world, reference)
    assert place.point == (14.4306, 50.0790)
    assert (place.name, place.id) == ("50.079°\u00a0N,\u00a014.4306°\u00a0E", "50-0790n-14-4306e")
    assert (place.country, place.origin) == ("CZ", "coordinates")
    assert not remarks


def test_coordinates_that_cannot_be_are_errors_and_odd_ones_warnings(world):
    place, remarks = find(world, "116.4, 39.9")
    assert place is None
    assert "swapped" in remarks[0].help
    place, remarks = find(Gazetteer(), "90, 0")
    assert place is not None
    assert [problem.severity for problem in remarks] == [Severity.WARNING]


def test_geo_comes_first_by_id_name_and_alias_whatever_the_accents(project):
    gazetteer = project(({"id": "museum", "name": "Národní muzeum", "aliases": ["National Museum"]}, [14.43, 50.08]))
    for reference in ("museum", "narodni MUZEUM", "National Museum"):
        place, remarks = find(gazetteer, reference)
        assert place is gazetteer.places[0]
        assert not remarks


def test_geo_shadows_the_world(project):
    gazetteer = project(({"name": "Tokyo"}, [14.43, 50.08]))
    place, remarks = find(gazetteer, "Tokyo")
    assert place.country == "CZ"
    assert not remarks
    elsewhere, _ = find(gazetteer, "Tokyo, Japan")
    assert elsewhere.country == "JP"


def test_another_spelling_of_a_town_in_geo_is_that_town(project):
    gazetteer = project(({"name": "Prague", "category": "city"}, [14.42, 50.09]))
    for reference in ("Prague", "Praha", "Prague, Czechia"):
        assert find(gazetteer, reference)[0] is gazetteer.places[0]


def test_spellings_of_one_town_are_one_place(world):
    assert find(world, "Praha")[0] == find(world, "Prague")[0]
    assert find(world, "Prague, Czechia")[0].id == "prague"


def test_ids_say_which_town(world):
    assert find(world, "Paris")[0].id == "paris"
    assert find(world, "Paris, Texas")[0].id == "paris-texas"
    assert find(world, "Luxembourg")[0].id == "luxembourg"
    assert find(world, "Luxembourg, LU")[0].id == "luxembourg-luxembourg"


def test_a_name_that_two_places_bear_is_ambiguous_until_an_id_is_written(project):
    gazetteer = project(({"name": "Museum", "id": "a"}, [14, 50]), ({"name": "Museum", "id": "b"}, [15, 50]))
    place, remarks = find(gazetteer, "Museum")
    assert place is None
    assert remarks[0].help == 'write one of their ids: "a" or "b"'
    assert find(gazetteer, "b")[0].point == (15, 50)


def test_countries_are_found_for_highlights(world):
    found = [world.look_up_country(name).code for name in ("CZ", "cz", "USA", "Czech Republic", "Türkiye")]
    assert found == ["CZ", "CZ", "US", "CZ", "TR"]
    answer = world.look_up_country("Prusia")
    assert answer.code == ""
    assert answer.remarks[0].code == "unknown-country"
    assert '"Russia"' in answer.remarks[0].help


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
    assert country_at(point, world.builtin) == code


def test_the_nearest_town_is_found_and_none_far_out_at_sea(world):
    nearest = world.builtin.nearest_settlements
    assert nearest(LonLat(-109.42, -27.15))[0][0].name == "Hanga Roa"
    assert nearest(LonLat(-140, 20)) == ()
    assert nearest(LonLat(-179.99, -16.8))[0][0].country == "FJ"


def test_names_of_countries_are_told(world):
    assert name_country("CZ", world.builtin) == "Czechia"
    assert name_country("", world.builtin) == ""


@pytest.mark.parametrize(
    "reference", ["", "   ", "x" * 5000, "%s", "'; DROP TABLE settlement; --", "\x00", "{{7*7}}", ",", ", ,"]
)
def test_nothing_that_is_written_breaks_the_search(world, reference):
    place, remarks = find(world, reference)
    assert place is None
    assert len(remarks) == 1


def test_answers_do_not_depend_on_what_was_asked_before():
    forwards, backwards = Gazetteer(), Gazetteer()
    references = ["Paris", "Paris, Texas", "Luxembourg", "Luxembourg, LU", "Praha", "Prague", "50, 14", "Springfield"]
    first = [forwards.look_up(reference) for reference in references]
    second = [backwards.look_up(reference) for reference in reversed(references)]
    assert first == second[::-1]
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize(
    ("reference", "help"),
    [
        ("50.0755 / 14.4378", "write 50.0755, 14.4378"),
        ("50.0755, 14.4378, 235", "write 50.0755, 14.4378"),
        ("ca. 50.1, 14.4", "write 50.1, 14.4"),
        ("50.1, 14.4 ± 100 m", "write 50.1, 14.4"),
        ("５０．０７５５、１４．４３７８", "write 50.0755, 14.4378"),
        ("Brno (CZ)", 'write "Brno, CZ"'),
        ("Brno (the old town)", 'write "Brno"'),
        ("Prague; Brno", "for two places write a list"),
        ("Prague and Brno", "for two places write a list"),
        ("Prague → Brno → Vienna", "for several places write a list"),
        ("Prague – Brno", "for two places write a list"),
        ("[Prague, Brno]", "write the list without quotation marks"),
    ],
)
def test_what_is_written_beside_a_place_is_told_to_be_too_much(world, reference, help):
    place, (remark,) = find(world, reference)
    assert place is None
    assert (remark.code, remark.help.partition(":")[0]) == ("unknown-place", help)


def test_towns_that_are_known_by_another_name_are_suggested_last_unless_one_is_the_likeliest(world):
    _, (cambridge,) = find(world, "Cambridge")
    assert "Newton" not in cambridge.help
    _, (derry,) = find(world, "Londonderry")
    assert derry.help.startswith('write "Derry, United Kingdom" or "Londonderry, New Hampshire"')
