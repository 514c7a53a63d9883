"""Dates are said in the language of the page, in CLDR's patterns."""

import pytest

from storymap.language.dates import say_when
from storymap.reading.dates import read_date


@pytest.mark.parametrize(
    ("lang", "written", "text"),
    [
        ("en-US", "2020-05-06", "May 6, 2020"),
        ("en-US", "2020-05-05/2020-05-06", "May 5 – 6, 2020"),
        ("cs", "2020-05-06", "6. května 2020"),
        ("cs", "2020-05-05/2020-05-06", "5.–6. května 2020"),
        ("cs", "2020-04-30/2020-05-02", "30. dubna – 2. května 2020"),
        ("cs-CZ", "2020-05", "květen 2020"),
        ("cs", "2020-05/..", "od května 2020"),
        ("cs", "../1918", "do roku 1918"),
        ("cs", "-0043-03-15", "15. března 44 př. n. l."),
        ("cs", "2020-21", "jaro 2020"),
        ("cs", "1900~", "kolem roku 1900"),
        ("cs", "2020-21~", "kolem jara 2020"),
        ("cs", "2020-24/..", "od zimy 2020"),
        ("cs", "../156X", "do let 1560–1569"),
        ("cs", "-0050/-0043", "51–44 př. n. l."),
        ("cs", "2020-05-06T14:30", "6. května 2020, 14:30"),
        ("cs", "156X", "1560–1569"),
        ("de", "2020-05-06", "6. Mai 2020"),
        ("de", "2019-05/2019-08", "Mai–August 2019"),
        ("fr", "2020-05-05/2020-05-06", "5–6 mai 2020"),
        ("fr", "2020-05-01", "1er mai 2020"),
        ("fr", "2020-05-11", "11 mai 2020"),
        ("fr", "1844-12-30/1845-01-01", "30 décembre 1844 – 1er janvier 1845"),
        ("fr", "../1918-11-01", "jusqu’au 1er novembre 1918"),
        ("fr", "../1918-11-11", "jusqu’au 11 novembre 1918"),
        ("fr", "../2020-22", "jusqu’à l’été 2020"),
        ("de", "../1918-11-11", "bis zum 11. November 1918"),
        ("es", "-0043-03-15", "15 de marzo de 44 a. C."),
        ("es", "2020-21/..", "desde la primavera de 2020"),
        ("es", "2020-05-06", "6 de mayo de 2020"),
        ("ar", "2020-05-06", "6 مايو 2020"),
        ("ar", "2020-05/..", "منذ مايو 2020"),
        ("he", "2020-05-06", "6 במאי 2020"),
        ("zh", "2020-05-06", "2020年5月6日"),
        ("zh", "2020-05-05/2020-05-06", "2020年5月5日–6日"),
        ("zh", "-0043", "公元前44年"),
        ("zh", "1914/1918", "1914–1918年"),
        ("ja", "2020-05-06", "2020年5月6日"),
        ("ja", "1900~", "1900年頃"),
        ("pl", "2020-05-05/2020-05-06", "5–6 maja 2020"),
        ("pl", "../1918-11", "do listopada 1918"),
        ("pl", "1900~", "ok. 1900"),
        ("uk", "2020-05-06", "6 травня 2020\u202fр."),
        ("uk", "-0043-03-15", "15 березня 44\u202fр. до н. е."),
        ("uk", "2020/..", "з 2020 року"),
        ("zh", "-0043/-0040", "公元前44–41年"),
        ("uk", "2020-05/..", "з травня 2020\u202fр."),
        ("fi", "2020-05-06", "6. toukokuuta 2020"),
        ("fi", "2020-21", "maaliskuu–toukokuu 2020"),
        ("fi", "1900~", "≈ 1900"),
        ("fi", "../1918", "… – 1918"),
        ("x-unknown", "2020-05-06", "2020-05-06"),
        ("x-unknown", "2020-05", "2020-05"),
        ("x-unknown", "../1918", "… – 1918"),
    ],
)
def test_dates_follow_the_language(lang, written, text):
    assert say_when(read_date(written), lang) == text


def test_every_language_of_cldr_says_a_date_an_interval_and_a_season():
    from babel.localedata import locale_identifiers

    for name in sorted({identifier.partition("_")[0] for identifier in locale_identifiers()}):
        for written in ("2020-05-06", "2020-05-05/2020-05-06", "2020-04/2020-05", "2020-21", "-0043", "1914/1918"):
            assert say_when(read_date(written), name)
