"""Names on the map, said in a language: countries and the best-known cities as CLDR has them, seas as the catalogues.

What other towns are called was chosen when the package was prepared (`static/city_names/`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from storymap.language.tags import find_locale, primary_language
from storymap.language.words import read_catalogue
from storymap.model.place import LonLat
from storymap.prepared import read_static

_SAME_TOWN = 0.25
"""Degrees between what a map has for the middle of a town and what the list of names has for it."""


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


def say_city(english: str, lang: str, *, at: LonLat, is_big: bool) -> str:
    """The name of a town at a point; what GeoNames calls it, where no other name is known.

    A village may bear the name of a city elsewhere: what CLDR calls a city is taken for one that `is_big`, and what
    the package was prepared with by where the town lies. Names that were chosen there come after those of CLDR.
    """
    language = primary_language(lang)
    if language == "en":
        return english
    known = _list_cities(lang).get(english, "") if is_big else ""
    prepared = _find_town(english, language, at) if _has_usual_script(lang) else ""
    first, second = (prepared, known) if language in _list_prepared()["listed"] else (known, prepared)
    return (first if first != english else "") or second or english


def _find_town(english: str, language: str, at: LonLat) -> str:
    """The name that the town at a point was prepared with; empty without one."""
    near = _read_towns(language).get(english, ())
    for lon, lat, name in zip(near[::3], near[1::3], near[2::3], strict=True):
        if abs(float(lon) - at.lon) < _SAME_TOWN and abs(float(lat) - at.lat) < _SAME_TOWN:
            return str(name)
    return ""


def say_water(english: str, lang: str) -> str:
    """The name of an ocean, a sea or a bay; its English name where the interface has no words in `lang`."""
    return read_catalogue(primary_language(lang)).get("water", {}).get(english, english)


def say_island(english: str, lang: str) -> str:
    """The name of an island or a group of them; its English name where the interface has no words in `lang`."""
    return read_catalogue(primary_language(lang)).get("island", {}).get(english, english)


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
            names[str(known)] = str(words["city"]).partition(" (")[0]  # Tripoli (Libye)
    return names


@lru_cache(maxsize=16)
def _read_towns(language: str) -> Mapping[str, Sequence[float | str]]:
    """What towns are called: longitude, latitude and name, repeated, by the name that GeoNames has."""
    if not any(language in languages for languages in _list_prepared().values()):
        return {}
    towns: dict[str, list[float | str]] = json.loads(read_static(f"city_names/{language}.json"))
    return towns


@lru_cache(maxsize=1)
def _list_prepared() -> Mapping[str, Sequence[str]]:
    """The languages that there are names of towns for: `listed` one by one, or `chosen` by their script.

    Raises FileNotFoundError if the package was not prepared.
    """
    languages: dict[str, list[str]] = json.loads(read_static("city_names/languages.json"))
    return languages


def _has_usual_script(lang: str) -> bool:
    """Whether a text in `lang` is written with the letters that its language usually has, as the names of towns are."""
    locale = find_locale(lang)
    return locale is not None and (locale.script or "") != "Hant" and (locale.territory or "") not in {"TW", "HK", "MO"}
