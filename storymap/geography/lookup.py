"""Settle which town or country a name means: "Praha", "Paris, Texas", "Springfield, IL", "CZ", "Czechia".

Works on the built-in gazetteer alone; `storymap.geography.gazetteer` asks here once `geo/` knows no such place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.geography.builtin import BuiltinGazetteer, Country, Settlement
from storymap.geography.coordinates import write_coordinates
from storymap.geography.names import normalize_name

_OVERWHELMING = 4.0
"""How many times the weight of the next town of its name the largest must have to be meant by the bare name."""

_OVERWHELMING_VILLAGE = 10.0
_WELL_KNOWN = 50_000
"""Below this weight a town is a village in the eyes of the world, and being four times another village says little."""

_CAPITAL_WEIGHT = 3.0
_ALIAS_WEIGHT = 0.3
_REGIONAL_COUNTRIES = frozenset({"US", "CA", "AU"})
"""Where a town is told from another by its state or province rather than by its country."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name may mean: the towns, the likeliest first, and whether the first is so by far."""

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
    by_iso3 = {country.iso3: country.iso2 for country in builtin.countries.values()}
    return by_iso3.get(code) or builtin.country_keys.get(normalize_name(written), "")


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
            if all(_lies_in(town, qualifier, builtin) for qualifier in qualifiers)
        ]
    return _rank(towns, key)


def spell_settlement(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """A spelling that means exactly `town`: with its state or country, or where that does not do, its coordinates."""
    country = builtin.countries.get(town.country)
    region, _ = builtin.regions.get((town.country, town.region), ("", ""))
    by_region = f"{town.name}, {region}" if region else ""
    by_country = f"{town.name}, {country.name}" if country else ""
    both = f"{town.name}, {region}, {country.name}" if region and country else ""
    first, second = (by_region, by_country) if town.country in _REGIONAL_COUNTRIES else (by_country, by_region)
    for spelling in (first, second, both):
        match = match_settlements(spelling, builtin) if spelling else None
        if match and match.is_clear and match.towns[0] == town:
            return spelling
    return write_coordinates(town.point)


def describe_settlement(town: Settlement, builtin: BuiltinGazetteer) -> str:
    """A town in full, for people: "Paris, Texas, United States", "Prague, Czechia"."""
    country = builtin.countries.get(town.country)
    region, _ = builtin.regions.get((town.country, town.region), ("", ""))
    shown = region if town.country in _REGIONAL_COUNTRIES and region != town.name else ""
    return ", ".join(part for part in (town.name, shown, country.name if country else "") if part)


def describe_region(reference: str, builtin: BuiltinGazetteer) -> tuple[str, Country] | None:
    """The state or province, and its country, where `reference` names one by its full name."""
    key = normalize_name(reference)
    for (country, _), (name, _) in builtin.regions.items():
        if normalize_name(name) == key:
            return name, builtin.countries[country]
    return None


def _lies_in(town: Settlement, qualifier: str, builtin: BuiltinGazetteer) -> bool:
    """Whether `qualifier` is the town's country or its state or province, by name or code."""
    if find_country_code(qualifier, builtin, any_case=True) == town.country:
        return True
    key = normalize_name(qualifier)
    return any(key == normalize_name(name) for name in builtin.regions.get((town.country, town.region), ()) if name)


def _rank(towns: Sequence[Settlement], key: str) -> Match:
    """`towns` by how likely a writer means them."""
    ranked = sorted(towns, key=lambda town: (-_weigh(town, key), town.id))
    if len(ranked) < 2:
        return Match(tuple(ranked), is_clear=bool(ranked))
    first, second = _weigh(ranked[0], key), _weigh(ranked[1], key)
    needed = _OVERWHELMING if first >= _WELL_KNOWN else _OVERWHELMING_VILLAGE
    return Match(tuple(ranked), is_clear=first >= needed * max(1.0, second))


def _weigh(town: Settlement, key: str) -> float:
    """How likely a town is to be meant: by its people, more for a capital, much less by an alternative name."""
    if town.key != key:
        return town.population * _ALIAS_WEIGHT
    return town.population * (_CAPITAL_WEIGHT if town.is_capital else 1.0)
