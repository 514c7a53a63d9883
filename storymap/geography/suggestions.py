"""Suggest what a name that nobody knows may have meant: places of `geo/`, countries, towns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storymap.geography.builtin import BuiltinGazetteer
from storymap.geography.names import normalize_name
from storymap.model import Place

_ALIKE = 72.0
"""Likeness out of 100 below which a suggestion would puzzle rather than help."""


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
    """Names of countries like `reference`, or the country whose code it is in small letters."""
    code = reference.strip().upper()
    if code in builtin.countries:
        return (code,)
    return _rank_alike(normalize_name(reference), ([country.name for country in builtin.countries.values()],), count)


def _rank_alike(key: str, groups: Iterable[Sequence[str]], count: int) -> tuple[str, ...]:
    """The spellings of `groups` most like `key`, an earlier group and an earlier place in it first where they tie."""
    from rapidfuzz import fuzz, process

    found: dict[str, tuple[float, int]] = {}
    order = 0
    for group in groups:
        keys = [normalize_name(spelling) for spelling in group]
        for _, score, number in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=count):
            found.setdefault(group[number], (-score, order + number))
        order += len(group)
    return tuple(sorted(found, key=lambda spelling: found[spelling])[:count])
