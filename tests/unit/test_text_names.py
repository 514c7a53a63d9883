"""Names in one form, and as ids."""

import pytest
from hypothesis import given, strategies as st

from storymap.text.names import normalize_name, slugify_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plzeň", "PLZEN"),
        ("Washington, D.C.", "washington dc"),
        ("Saint-Denis", "saint denis"),
        ("Straße", "strasse"),
        ("Łódź", "Lodz"),
        ("Tromsø", "tromso"),
        ("Xi'an", "Xi’an"),
        ("İstanbul", "istanbul"),
        ("Москва", "МОСКВА"),
        ("Plzen\u030c", "Plzeň"),
        ("  New   York ", "new_york"),
    ],
)
def test_spellings_of_one_name_meet(one, other):
    assert normalize_name(one) == normalize_name(other)


@pytest.mark.parametrize(("one", "other"), [("दिल्ली", "दल्ल"), ("東京", "京都"), ("Brno", "Bern")])
def test_names_that_differ_stay_apart(one, other):
    assert normalize_name(one) != normalize_name(other)


def test_an_id_is_small_letters_of_any_script():
    assert slugify_name("Národní muzeum (Praha)") == "narodni-muzeum-praha"
    assert slugify_name("../../etc/passwd") == "etc-passwd"
    assert slugify_name("1号館") == "1号館"
    assert slugify_name("第２会場・大理石") == "第2会場-大理石"
    assert slugify_name("Чайковский Ёлка") == "чайковский-ёлка"
    assert slugify_name("हिन्दी भवन") == "हिन्दी-भवन"
    assert slugify_name("🏰!") == ""


def test_a_name_that_never_ends_is_cut():
    assert len(normalize_name("a" * 100_000)) == 200


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_a_name_in_plain_letters_is_brought_into_the_form_of_any_other(name):
    assert normalize_name(f"{name} é") == f"{normalize_name(name)} e".strip()
