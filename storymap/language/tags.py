"""What a BCP 47 tag says of a language: its own name for itself, its direction, and its CLDR data (Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary language subtags whose usual script runs from right to left (Unicode CLDR, characterOrder)."""

_WORLD_ENGLISH = "en_001"
"""English that is of no country: day before month, commas in large numbers. `en-US` is read as it says."""


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
"""Language, script and region: as much of a BCP 47 tag as the name of a file may say."""


def split_language(stem: str) -> tuple[str, str]:
    """The name of a story's file without its ending, parted: `("declaration", "cs")`; the tag may be empty.

    The tag comes back as it is usually written. What stands behind a dot and is no language that CLDR has a name for
    belongs to the name: `report.v2`.
    """
    name, dot, tag = stem.rpartition(".")
    return (name, write_tag(tag)) if dot and name and is_language(tag) else (stem, "")


def is_language(tag: str) -> bool:
    """Whether `tag` is one of a language that CLDR has a name for, perhaps with a script and a region."""
    return bool(_TAG.fullmatch(tag)) and primary_language(tag) in _list_languages()


def write_tag(tag: str) -> str:
    """A BCP 47 tag in the letters in which it is usually written: `pt-BR`, `zh-Hant`."""
    first, *others = tag.split("-")
    spelled = (one.title() if len(one) == 4 else one.upper() if len(one) == 2 else one.lower() for one in others)
    return "-".join((first.lower(), *spelled))


def primary_language(lang: str) -> str:
    """The first subtag of a BCP 47 tag, in lower case."""
    return lang.partition("-")[0].lower()


def text_direction(lang: str) -> str:
    """`"rtl"` or `"ltr"`, for the `dir` attribute of a text in `lang`."""
    if "latn" in lang.lower().split("-"):
        return "ltr"
    return "rtl" if primary_language(lang) in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def has_latin_script(lang: str) -> bool:
    """Whether the language of a BCP 47 tag is written in Latin letters (likely subtags); True of unknown ones."""
    locale = find_locale(lang)
    if locale is None:
        return True
    return (locale.script or str(get_global("likely_subtags").get(locale.language, "_Latn_")).split("_")[1]) == "Latn"


def name_language(lang: str) -> str:
    """What the language of the BCP 47 tag `lang` calls itself: "čeština"; the tag where CLDR does not know it."""
    locale = find_locale(lang)
    return (locale.get_language_name(locale) if locale else None) or lang


@lru_cache(maxsize=64)
def name_variety(lang: str) -> str:
    """What the language of a tag calls itself, with the country or script that it says: "português (Brasil)"."""
    locale = find_locale(lang) if lang.lower() != "en" else Locale.parse("en")
    return (locale.get_display_name() if locale else None) or lang


@lru_cache(maxsize=64)
def write_locale(lang: str) -> str:
    """The BCP 47 tag `lang` with its country, as Open Graph writes it: `cs_CZ`; empty of a language CLDR does not know.

    Of a tag without a country it is the one where most speak the language (CLDR's likely subtags).
    """
    locale = find_locale(lang)
    if locale is None:
        return ""
    country = locale.territory or ""
    if not country.isalpha():  # none, or a part of the world
        likely = get_global("likely_subtags")
        script = f"{locale.language}_{locale.script}"
        country = str(likely.get(script) or likely.get(locale.language, "")).rpartition("_")[2]
    return f"{locale.language}_{country}" if country else ""


@lru_cache(maxsize=64)
def find_locale(lang: str) -> Locale | None:
    """What CLDR knows of the language of the BCP 47 tag `lang`; None of a language that it does not know.

    A region or script that it does not know is left aside: `cs-Latn-XX` is Czech.
    """
    if lang.lower() == "en":
        return Locale.parse(_WORLD_ENGLISH)
    for tag in (lang, primary_language(lang)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


@lru_cache(maxsize=1)
def _list_languages() -> frozenset[str]:
    """The languages that CLDR has an English name for."""
    return frozenset(Locale.parse("en").languages)
