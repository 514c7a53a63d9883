"""Countries as tables write them are joined to their outlines: each name to one country, and all its names to it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from shapely import Point

from storymap.errors import Location, Report
from storymap.gazetteer.builtin import open_builtin
from storymap.gazetteer.outlines import fold_country
from storymap.geodata.features import Feature
from storymap.geodata.joining import Join, Known, join_table
from storymap.geodata.value_tables import ValueTable

DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")

HERE = Location("geo/data/table.csv")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Iran, Islamic Rep.", "IR"),
        ("Bahamas, The", "BS"),
        ("Congo, Dem. Rep.", "CD"),
        ("Congo, Rep.", "CG"),
        ("Korea, Dem. People's Rep.", "KP"),
        ("Netherlands (Kingdom of the)", "NL"),
        ("Germany (until 1990 former territory of the FRG)", "DE"),
        ("Kosovo*", "XK"),
        ("Trinidad & Tobago", "TT"),
        ("EL", "GR"),
        ("Velká Británie", "GB"),
        ("Elfenbeinküste", "CI"),
        ("Georgia", "GE"),
        ("Georgia (US)", ""),
        ("Georgia, US", ""),
        ("Congo", ""),
        ("World", ""),
        ("European Union - 27 countries (from 2020)", ""),
    ],
)
def test_names_of_statistics_and_everyday_names_are_those_of_their_country(written, code):
    assert fold_country(open_builtin(), "en")(written) == code


def join(*rows, features=("CZ", "TR")):
    table = ValueTable(HERE.path, ("country", "year", "value"), tuple(enumerate(rows, start=2)))
    report = Report()
    known = Known("code", fold_country(open_builtin(), "en"))
    made = [Feature(Point(), {"code": code, "name": code}, HERE, HERE, code) for code in features]
    joined = join_table(made, table, Join(Path(HERE.path), HERE.path, "country", "country"), HERE, report, known=known)
    return [(one.properties["code"], one.properties.get("value")) for one in joined], report.problems


def test_a_country_that_changed_its_name_has_its_years_under_both():
    rows = (
        ("Czech Republic", "2015", "1"), ("Turkey", "2015", "2"), ("Czechia", "2020", "3"), ("Türkiye", "2020", "4"),
    )  # fmt: skip
    found, (note,) = join(*rows)
    assert found == [("CZ", "1"), ("CZ", "3"), ("TR", "2"), ("TR", "4")]
    assert note.code == "several-rows"


def test_a_country_that_stands_twice_under_two_names_is_told_and_not_lost():
    found, (warning,) = join(("Czech Republic", "2020", "1"), ("Czechia", "2020", "3"))
    assert found == [("CZ", "1")]
    assert warning.code == "duplicate-row"
