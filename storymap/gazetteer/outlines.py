"""The outlines of all countries as features, so that a map of numbers by country needs no file but the numbers."""

from __future__ import annotations

from collections.abc import Callable

from storymap.errors import Location
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.country_spellings import find_everyday, simplify_country
from storymap.gazetteer.lookup import find_country_code
from storymap.geodata.features import Feature
from storymap.language.map_names import say_country
from storymap.text.names import normalize_name

COUNTRIES = "countries"
"""What an author writes for the file of a layer to get them."""

NAME = "name"
"""The first column, by which a country is called where the author says nothing else: in the language of the story."""

CODE = "code"
"""The column of the two letters of ISO 3166; "iso3" has the three."""


def list_outlines(builtin: BuiltinGazetteer, lang: str) -> list[Feature]:
    """Every country with its land, by its code."""
    nowhere = Location(COUNTRIES)
    return [
        Feature(
            builtin.outlines[code],
            {NAME: say_country(code, lang, english=country.name), CODE: code, "iso3": country.iso3},
            nowhere,
            nowhere,
            f'"{country.name}"',
        )
        for code, country in sorted(builtin.countries.items())
    ]


def fold_country(builtin: BuiltinGazetteer, lang: str) -> Callable[[str], str]:
    """What brings a code or a name of a country, in `lang` or as it is known, into its code; empty where it is none."""
    names = {
        normalize_name(say_country(code, lang, english=country.name)): code
        for code, country in builtin.countries.items()
    }

    def find(written: str) -> str:
        key = normalize_name(written)
        return find_country_code(written, builtin, any_case=True) or names.get(key, "") or find_everyday(written)

    def fold(written: str) -> str:
        if code := find(written):
            return code
        for name, beside in simplify_country(written):
            if (code := find(name)) and find(beside) in {"", code}:
                return code
        return ""

    return fold
