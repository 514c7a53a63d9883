"""Suggest what a name that nobody knows may have meant: places of `geo/`, countries, towns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import means_settlement, spell_settlement
from storymap.model.place import Place
from storymap.text.names import join_words, normalize_name

_ALIKE = 0.6
"""Likeness below which a suggestion would puzzle rather than help, where 1 is the same.

One minus the letters to add, take out, change or swap with their neighbour, as a share of the longer name.
"""

_NEARLY = 85
"""Likeness from which a spelling was surely meant, where 100 is the same."""

_NEARLY_AS_ALIKE = 0.06
"""How much less like than the likeliest a suggestion may be to stand beside it."""


def suggest_places(
    reference: str, places: Sequence[Place], builtin: BuiltinGazetteer, *, count: int = 3
) -> tuple[str, ...]:
    """Names like `reference`, the likeliest first; those of `geo/` before countries before towns of equal likeness.

    Where some differ from it in blanks and hyphens alone, only they are suggested.
    """
    key = normalize_name(reference)
    if not key:
        return ()
    own = [spelling for place in places for spelling in (place.name, *place.aliases, place.id)]
    countries = [country.name for country in builtin.countries.values()]
    countries += [region.name for region in builtin.named_regions.values() if region.has_outline]
    if same := _list_joined(key, (*own, *countries), builtin):
        return same[:count]
    towns = [name for name, _ in sorted(builtin.well_known_names(key[0]), key=lambda row: (-row[1], row[0]))]
    return _rank_alike(key, (own, countries, towns), count)


def suggest_countries(reference: str, builtin: BuiltinGazetteer, *, count: int = 3) -> tuple[str, ...]:
    """Names of countries like `reference` or begun by it, or the country whose code it is in small letters."""
    code = reference.strip().upper()
    if code in builtin.countries:
        return (code,)
    key, names = normalize_name(reference), [country.name for country in builtin.countries.values()]
    begun = [name for name in names if len(key) > 1 and normalize_name(name).startswith(key)]
    return _rank_alike(key, (names,), count) or tuple(sorted(begun)[:count])


def rank_spellings(reference: str, spellings: Sequence[str], *, count: int) -> tuple[str, ...]:
    """All of `spellings`, those most like `reference` first, `count` of them at most."""
    from rapidfuzz import fuzz

    key = normalize_name(reference)
    return tuple(sorted(spellings, key=lambda spelling: -fuzz.ratio(key, normalize_name(spelling)))[:count])


def is_nearly(reference: str, spelling: str, *, likeness: float = _NEARLY) -> bool:
    """Whether `reference` is surely `spelling` with a slip of the hand in it, or with its parts the other way round.

    `likeness` is the least share of letters in common, in percent.
    """
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(normalize_name(reference), normalize_name(spelling)) >= likeness


def _list_joined(key: str, spellings: Iterable[str], builtin: BuiltinGazetteer) -> tuple[str, ...]:
    """Those of `spellings` that are `key` but for blanks, and the towns whose names are, the largest first."""
    joined = join_words(key)
    same = [spelling for spelling in spellings if join_words(normalize_name(spelling)) == joined]
    towns = builtin.settlements_with(number for _, number in builtin.names_joined(key))
    named = (
        town.name if means_settlement(town.name, town, builtin) else spell_settlement(town, builtin)
        for town in sorted(towns, key=lambda town: (-town.population, town.id))
    )
    return tuple(dict.fromkeys((*same, *named)))


def _rank_alike(key: str, groups: Iterable[Sequence[str]], count: int) -> tuple[str, ...]:
    """The spellings of `groups` most like `key`, an earlier group and an earlier place in it first where they tie."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: dict[str, tuple[float, int, str]] = {}
    order = 0
    for group in groups:
        keys = [normalize_name(spelling) for spelling in group]
        alike = process.extract(key, keys, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=count)
        for match, score, number in alike:
            found.setdefault(match, (-score, order + number, group[number]))
        order += len(group)
    ranked = sorted(found.values())
    return tuple(spelling for score, _, spelling in ranked[:count] if score <= ranked[0][0] + _NEARLY_AS_ALIKE)
