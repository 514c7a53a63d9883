"""Names on the map, said in a language: countries and cities as CLDR has them, seas as the catalogues have them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from storymap.language.tags import find_locale, primary_language
from storymap.language.words import read_catalogue


def say_country(code: str, lang: str, *, english: str) -> str:
    """The name of the country of an ISO 3166-1 alpha-2 `code`; `english` where CLDR has no other name for it."""
    locale = find_locale(lang)
    if locale is None or primary_language(lang) == "en":
        return english
    return str(locale.territories.get(code, english))


def say_country_of(code: str, lang: str) -> str:
    """The name of the country of an ISO 3166-1 alpha-2 `code`, as CLDR has it; the code where it has none."""
    english = find_locale("en")
    assert english is not None, "CLDR has English"
    return say_country(code, lang, english=str(english.territories.get(code, code)))


def say_city(english: str, lang: str) -> str:
    """The name of a big city; its English name where CLDR, which names one city of each time zone, has no other."""
    return english if primary_language(lang) == "en" else _list_cities(lang).get(english, english)


def say_water(english: str, lang: str) -> str:
    """The name of an ocean, a sea or a bay; its English name where the interface has no words in `lang`."""
    return read_catalogue(primary_language(lang)).get("water", {}).get(english, english)


@lru_cache(maxsize=16)
def _list_cities(lang: str) -> Mapping[str, str]:
    """The names of cities in `lang` by their English ones."""
    locale, english = find_locale(lang), Locale.parse("en")
    if locale is None:
        return {}
    names = {}
    for zone, words in locale.time_zones.items():
        known = english.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in words:
            names[str(known)] = str(words["city"])
    return names
