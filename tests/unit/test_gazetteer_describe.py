"""Where a place is, in words."""

from importlib import resources

import pytest

from storymap.gazetteer.describe import describe_position
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.place import Place
from storymap.resolving.names import call_in_language

DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")


@pytest.fixture(scope="module")
def world():
    return Gazetteer()


def find(world: Gazetteer, reference: str) -> Place:
    place = world.look_up(reference).place
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("50.0790, 14.4306", "In Prague, Czechia · 50.08° N, 14.43° E"),
        ("Tokyo", "In Japan · 35.69° N, 139.69° E"),
        ("London", "In the United Kingdom · 51.51° N, 0.13° W"),
        ("Paris, Texas", "In Texas, United States · 33.66° N, 95.56° W"),
        ("Luxembourg, LU", "49.61° N, 6.13° E"),
        ("CZ", "Capital: Prague · 49.8° N, 14.3° E"),
        ("20, -140", "Far out at sea · 20.00° N, 140.00° W"),
        ("-80, 30", "In Antarctica · 80.00° S, 30.00° E"),
    ],
)
def test_a_place_is_told_by_its_town_and_country(world, reference, words):
    told = describe_position(find(world, reference), world.builtin, lang="en")
    assert told.replace("\u00a0", " ") == words


def test_a_spot_in_the_country_is_told_by_the_town_beside_it(world):
    words = describe_position(find(world, "48.50, 14.60"), world.builtin, lang="en")
    assert " km to the " in words
    assert " of " in words
    assert "Austria" in words


@pytest.mark.parametrize(("lang", "words"), [("de", "Tschechien ·"), ("zh", "捷克 ·"), ("uk", "Чехія ·")])
def test_a_town_under_its_name_in_a_language_is_not_said_to_be_in_itself(world, lang, words):
    brno = call_in_language(find(world, "Brno"), lang)
    assert describe_position(brno, world.builtin, lang=lang).replace("\u00a0", " ").startswith(words)
