"""Suggest what a name that nobody knows may have meant: places of `geo/`, countries, towns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.geography.builtin import BuiltinGazetteer
from storymap.geography.names import normalize_name
from storymap.model import Place

_ALIKE = 0.6
"""Likeness below which a suggestion would puzzle rather than help, where 1 is the same.

One minus the letters to add, take out, change or swap with their neighbour, as a share of the longer name.
"""

_NEARLY_AS_ALIKE = 0.06
"""How much less like than the likeliest a suggestion may be to stand beside it."""


def suggest_places(
    reference: str, places: Sequence[Place], builtin: BuiltinGazetteer, *, count: int = 3
) -> tuple[str, ...]:
    """Names like `reference`, the likeliest first; those of `geo/` before countries before towns of equal likeness."""
    key = normalize_name(reference)
    if not key:
        return ()
    own = [spelling for place in places for spelling in (place.name, *place.aliases, place.id)]
    countries = [country.name for country in builtin.countries.values()]
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
