"""Settle which town or country a name means: "Praha", "Paris, Texas", "Springfield, IL", "CZ", "Czechia".

Works on the built-in gazetteer alone; `storymap.geography.gazetteer` asks here once `geo/` knows no such place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.geography.builtin import BuiltinGazetteer, Settlement
from storymap.geography.coordinates import write_coordinates
from storymap.geography.names import normalize_name

_OVERWHELMING = 4.0
"""How many times the weight of the next town of its name the largest must have to be meant by the bare name."""

_OVERWHELMING_VILLAGE = 10.0
_WELL_KNOWN = 50_000
"""Below this weight a town is a village in the eyes of the world, and being four times another village says little."""

_LARGE_CITY = 500_000
"""A city of this size is meant by a name that it shares with a state: Washington, not the state on the Pacific."""

SAME_TOWN_KILOMETRES = 30.0
"""How far from a town a place of `geo/` that bears its name may lie and still be that town."""

_CAPITAL_WEIGHT = 3.0
_ALIAS_WEIGHT = 0.3
_REGIONAL_COUNTRIES = frozenset({"US", "CA", "AU"})
"""Where a town is told from another by its state or province rather than by its country."""

_WITH_ARTICLE = frozenset({"Bahamas", "Comoros", "Gambia", "Isle of Man", "Maldives", "Philippines", "Seychelles"})


@dataclass(frozen=True, slots=True)
class Region:
    """A state or province: its country's ISO code, its own code in GeoNames, and its name."""

    country: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a name may mean: the towns, the likeliest first, and whether the first is so by far.

    `key` is the name in the form in which names are compared, without the state or country after it.
    """

    key: str
    towns: tuple[Settlement, ...]
    is_clear: bool


def find_country_code(reference: str, builtin: BuiltinGazetteer, *, any_case: bool = False) -> str:
    """ISO code of the country that `reference` names by a code or a name; empty where it names none.

    Codes count in capitals only, unless `any_case`: "is" and "no" are words before they are Iceland and Norway.
    """
    written = reference.strip()
    code = written.upper() if any_case else written
    if code in builtin.countries:
        return code
    return builtin.iso3_codes.get(code) or builtin.country_keys.get(normalize_name(written), "")


def match_settlements(reference: str, builtin: BuiltinGazetteer) -> Match:
    """The towns that `reference` may mean: a bare name, or a name with its state or country after a comma."""
    key = normalize_name(reference)
    towns = list(builtin.settlements_named(key)) if key else []
    if not towns and "," in reference:
        name, *qualifiers = (part.strip() for part in reference.split(","))
        key = normalize_name(name)
        towns = [
            town
            for town in (builtin.settlements_named(key) if key else ())
            if all(lies_in(town, qualifier, builtin) for qualifier in qualifiers)
        ]
    return _rank(towns, key)


def is_unlikely(written: str, match: Match, region: Region | None, builtin: BuiltinGazetteer) -> bool:
    """Whether a name that fits a town surely means something else: the state `region`, or a country's code."""
    town = match.towns[0]
    if region and (town.country, town.region) != (region.country, region.code):
        return not match.is_clear or town.population < _LARGE_CITY
    return len(written) == 2 and written.upper() in builtin.countries and town.key != match.key


def means_settlement(spelling: str, town: Settlement, builtin: BuiltinGazetteer) -> bool:
    """Whether `spelling`, where no place of `geo/` bears it, means exactly `town`."""
    if find_country_code(spelling, builtin):
        return False
    match = match_settlements(spelling, builtin)
    if not match.is_clear or match.towns[0] != town:
        return False
    return not is_unlikely(spelling, match, find_region(spelling, builtin), builtin)


def list_spellings(town: Settlement, builtin: BuiltinGazetteer) -> tuple[str, ...]:
    """Spellings of a town with its state, its country or both, those first by which it is told from others."""
    country = builtin.countries.get(town.country)
    region, _ = builtin.regions.get((town.country, town.region), ("", ""))
    by_region = f"{town.name}, {region}" if region else ""
    by_country = f"{town.name}, {country.name}" if country else ""
    both = f"{town.name}, {region}, {country.name}" if region and country else ""
    first, second = (by_region, by_country) if town.country in _REGIONAL_COUNTRIES else (by_country, by_region)
    return tuple(spelling for spelling in (first, second, both) if spelling)


def spell_settlement(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """A spelling that means exactly `town`: with its state or country, or where that does not do, its coordinates."""
    for spelling in list_spellings(town, builtin):
        match = match_settlements(spelling, builtin)
        if match.is_clear and match.towns[0] == town:
            return spelling
    return write_coordinates(town.point)


def describe_settlement(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """A town in full, for people: "Paris, Texas, United States", "Prague, Czechia"."""
    country = builtin.countries.get(town.country)
    region = name_region(town, builtin)
    return ", ".join(
        part for part in (town.name, region if region != town.name else "", country.name if country else "") if part
    )


def find_region(reference: str, builtin: BuiltinGazetteer) -> Region | None:
    """The state or province that `reference` names by its full name."""
    key = normalize_name(reference)
    for (country, code), (name, _) in builtin.regions.items():
        if normalize_name(name) == key:
            return Region(country, code, name)
    return None


def name_region(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """The state or province of a town, in the countries where one belongs to the town's name."""
    if town.country not in _REGIONAL_COUNTRIES:
        return ""
    return builtin.regions.get((town.country, town.region), ("", ""))[0]


def lies_in(town: Settlement, qualifier: str, builtin: BuiltinGazetteer) -> bool:
    """Whether `qualifier` is the town's country or its state or province, by name or code."""
    if find_country_code(qualifier, builtin, any_case=True) == town.country:
        return True
    key = normalize_name(qualifier)
    return any(key == normalize_name(name) for name in builtin.regions.get((town.country, town.region), ()) if name)


def add_article(country: str) -> str:
    """A country's name within a sentence."""
    if country.startswith("The "):
        return f"the {country[4:]}"
    plural = country.startswith(("United ", "Democratic Republic", "Republic of"))
    plural = plural or country.endswith((" Islands", " Republic", " Territory", " Territories"))
    return f"the {country}" if plural or country in _WITH_ARTICLE else country


def _rank(towns: Sequence[Settlement], key: str) -> Match:
    """`towns` by how likely a writer means them."""
    ranked = sorted(towns, key=lambda town: (-_weigh(town, key), town.id))
    if len(ranked) < 2:
        return Match(key, tuple(ranked), is_clear=bool(ranked))
    first, second = _weigh(ranked[0], key), _weigh(ranked[1], key)
    needed = _OVERWHELMING if first >= _WELL_KNOWN else _OVERWHELMING_VILLAGE
    return Match(key, tuple(ranked), is_clear=first >= needed * max(1.0, second))


def _weigh(town: Settlement, key: str) -> float:
    """How likely a town is to be meant: by its people, more for a capital, much less by an alternative name."""
    if town.key != key:
        return town.population * _ALIAS_WEIGHT
    return town.population * (_CAPITAL_WEIGHT if town.is_capital else 1.0)
