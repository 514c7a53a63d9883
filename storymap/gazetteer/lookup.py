"""Settle which town or country a name means: "Praha", "Paris, Texas", "Springfield, IL", "CZ", "Czechia".

Works on the built-in gazetteer alone; `storymap.gazetteer.gazetteer` asks here once `geo/` knows no such place.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from storymap.earth.coordinates import write_coordinates
from storymap.earth.distance import measure_near
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.records import NamedRegion, Settlement
from storymap.model.place import Place
from storymap.text.names import normalize_name

_OVERWHELMING = 4.0
"""How many times the weight of the next town of its name the largest must have to be meant by the bare name."""

_OVERWHELMING_VILLAGE = 10.0
_WELL_KNOWN = 50_000
"""Below this weight a town is a village in the eyes of the world, and being four times another village says little."""

_CITY = 200_000
"""A town of this size is meant by a name that it shares with a region elsewhere: Norfolk in Virginia."""

_METROPOLIS = 5_000_000
"""A city of this size is meant by another of its names, too: New York."""

_SAME_TOWN_KILOMETRES = 30.0
"""How far from a town a place of `geo/` that bears its name may lie and still be that town."""

_CAPITAL_WEIGHT = 3.0
_ALIAS_WEIGHT = 0.3
_REGIONAL_COUNTRIES = frozenset({"US", "CA", "AU"})
"""Where a town is told from another by its state or province rather than by its country."""

_WITH_ARTICLE = frozenset({"Bahamas", "Comoros", "Gambia", "Isle of Man", "Maldives", "Philippines", "Seychelles"})


class Match(Struct, frozen=True):
    """What a name may mean: the towns, the likeliest first, and whether the first is so by far.

    `key` is the name in the form in which names are compared, without the state or country after it.
    """

    key: str
    towns: tuple[Settlement, ...]
    is_clear: bool


_GENERIC: tuple[tuple[str, tuple[str, ...]], ...] = (
    # What stands before or after a name to say what it is, and the kinds that it says.
    ("river", ("river",)), ("lake", ("lake",)), ("desert", ("desert",)),
    ("peninsula", ("peninsula", "region", "island")),
    ("island", ("island",)), ("islands", ("island", "group of islands")), ("isle of", ("island",)),
    ("island of", ("island",)), ("archipelago", ("group of islands",)), ("mountains", ("mountain range",)),
    ("mount", ("mountain",)), ("mt", ("mountain",)), ("mountain", ("mountain",)),
    ("region", ("region", "historic land")),
    ("continent", ("continent",)), ("state of", ("state",)), ("province of", ("province",)),
)  # fmt: skip
_LANDS = frozenset({"region", "historic land", "island", "group of islands", "peninsula", "state", "province", "part"})
"""Kinds that a town of the same name may lie in, so that naming it leads nowhere else."""


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


def is_unlikely(written: str, match: Match, builtin: BuiltinGazetteer) -> bool:
    """Whether a name that fits a town surely means something else: a country's code."""
    return len(written) == 2 and written.upper() in builtin.countries and match.towns[0].key != match.key


def find_named_regions(reference: str, builtin: BuiltinGazetteer) -> tuple[NamedRegion, ...]:
    """The regions that the world knows by the name `reference`, which may say what they are, or in which country.

    "Corsica", "the Danube", "River Danube", "Sahara Desert" and "Corsica, France" all name one.
    """
    name, *qualifiers = (part.strip() for part in reference.split(","))
    whole = builtin.region_names.get(normalize_name(reference), ())
    if whole or not qualifiers:
        found = whole or _find_generic(normalize_name(reference), builtin)
        return tuple(builtin.named_regions[number] for number in dict.fromkeys(number for number, _ in found))
    codes = {find_country_code(qualifier, builtin, any_case=True) for qualifier in qualifiers}
    return tuple(region for region in find_named_regions(name, builtin) if codes <= set(region.countries))


def _find_generic(key: str, builtin: BuiltinGazetteer) -> tuple[tuple[int, str], ...]:
    """The regions of a normalised name that begins with an article, or says what it names."""
    key = key.removeprefix("the ")
    if found := builtin.region_names.get(key, ()):
        return found
    for word, kinds in _GENERIC:
        bare = key.removesuffix(f" {word}") if key.endswith(f" {word}") else key.removeprefix(f"{word} ")
        if bare != key:
            found = builtin.region_names.get(bare, ())
            if fitting := tuple(one for one in found if builtin.named_regions[one[0]].kind in kinds):
                return fitting
    return ()


def choose_named_regions(reference: str, match: Match, builtin: BuiltinGazetteer) -> tuple[NamedRegion, ...]:
    """The regions that `reference` means rather than the towns of `match`; none where it means a town.

    A village never stands in for a region that the world knows. A city does, if it is spelled just so, and a town that
    lies in the region of its name.
    """
    regions = find_named_regions(reference, builtin)
    if not regions or not match.towns:
        return regions
    town = match.towns[0]
    if not match.is_clear:
        return regions
    if town.key != match.key:
        stands = town.population >= _METROPOLIS and any(_lies_within(town, region) for region in regions)
        return () if stands else regions
    spelled = reference.strip().partition(",")[0].casefold()
    bearers = builtin.region_names.get(normalize_name(reference), ())
    if town.name.casefold() != spelled and any(name.casefold() == spelled for _, name in bearers):
        return regions
    return () if town.population >= _CITY or any(_lies_within(town, region) for region in regions) else regions


def _lies_within(town: Settlement, region: NamedRegion) -> bool:
    """Whether a town lies in the land of its name."""
    if region.kind not in _LANDS or (region.countries and town.country not in region.countries):
        return False
    return region.bounds.contains(town.point)


def means_settlement(spelling: str, town: Settlement, builtin: BuiltinGazetteer) -> bool:
    """Whether `spelling`, where no place of `geo/` bears it, means exactly `town`."""
    if find_country_code(spelling, builtin):
        return False
    match = match_settlements(spelling, builtin)
    if not match.is_clear or match.towns[0] != town or choose_named_regions(spelling, match, builtin):
        return False
    return not is_unlikely(spelling, match, builtin)


def is_same_town(place: Place, town: Settlement) -> bool:
    """Whether a place of `geo/` that bears a town's name is that very town."""
    return place.kind == "point" and measure_near(place.point, town.point) <= _SAME_TOWN_KILOMETRES


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
