"""The words of the interface, one gettext catalogue per language in `catalogues/`.

A catalogue's `msgid` is the name of a word and its `msgstr` the word; `msgctxt` says where it is used. English
(`en.po`) is complete. A language that lacks a word takes the English one; of a date it takes the sign that `und.po` has
for all languages.

Of a date a language may have more words than English, where it declines or needs an article: `year_within` is a year
within a phrase ("od roku 2020"), `until_day` the phrase `until` for a day ("jusqu’au 6 mai 2020").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.language.prepared_words import FILE_NAME, WITHOUT_LANGUAGE, Words, digest_catalogue, parse_catalogue
from storymap.language.tags import primary_language
from storymap.prepared import STATIC

ENGLISH = "en"

_CATALOGUES = Path(__file__).with_name("catalogues")


class InterfaceWords(Struct, frozen=True):
    """Every word that a page shows and its author did not write, by its name; `{slots}` are filled where it is used.

    `page` is for templates and pictures, `browser` for the browser runtime, `search` for the dialog of the search,
    `date` and `position` for what is said of times and places, `licences` for what is said of what others made.
    """

    page: Mapping[str, str]
    browser: Mapping[str, str]
    search: Mapping[str, str]
    date: Mapping[str, str]
    position: Mapping[str, str]
    licences: Mapping[str, str]


@lru_cache(maxsize=64)
def interface_words(lang: str) -> InterfaceWords:
    """The words for the BCP 47 tag `lang`."""
    own = primary_language(lang)

    def collect(context: str, *languages: str) -> dict[str, str]:
        return {name: word for other in languages for name, word in read_catalogue(other).get(context, {}).items()}

    return InterfaceWords(
        page=collect("page", ENGLISH, own),
        browser=collect("browser", ENGLISH, own),
        search=collect("search", ENGLISH, own),
        date=collect("date", WITHOUT_LANGUAGE, own),  # an English word within a date of another language helps nobody
        position=collect("position", ENGLISH, own),
        licences=collect("licences", ENGLISH, own),
    )


def list_words(context: str) -> dict[str, Mapping[str, str]]:
    """The words of one context in every language that has some, by language; for scripts that serve all of them."""
    languages = sorted(file.stem for file in _CATALOGUES.glob("*.po"))
    return {language: words for language in languages if (words := read_catalogue(language).get(context))}


@lru_cache(maxsize=64)
def read_catalogue(language: str) -> Words:
    """The words of one catalogue by context and name; empty for a language without one."""
    file = _CATALOGUES / f"{language}.po"
    if not language.isalpha() or not file.is_file():
        return {}
    data, prepared = file.read_bytes(), _read_prepared().get(language)
    if prepared and prepared["of"] == digest_catalogue(data):
        words: Words = prepared["words"]
        return words
    return parse_catalogue(data, language)


@lru_cache(maxsize=1)
def _read_prepared() -> dict[str, Any]:
    """What `write_words` prepared; nothing where the package was not."""
    file = STATIC / FILE_NAME
    found: dict[str, Any] = json.loads(file.read_bytes()) if file.is_file() else {}
    return found
