"""Search names in `geo/` and in the built-in gazetteer: parts of names, other names, and names that are misspelt.

A pure function over what is known, which `storymap places` asks. Every candidate comes with a spelling that, written as
a story's `place`, means exactly it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.candidates import Candidate, Speller
from storymap.gazetteer.fitting import (
    EXACT_OTHER,
    MENTIONED,
    Fit,
    FitName,
    fit_alike,
    fit_name,
    fit_towns,
    fit_towns_alike,
)
from storymap.gazetteer.lookup import find_country_code, lies_in
from storymap.gazetteer.records import Country, NamedRegion, Settlement
from storymap.geodata.naming import index_names
from storymap.model.place import Place
from storymap.text.names import normalize_name

_PER_MAGNITUDE = 4.0
"""What ten times as many people add."""

_OWN, _COUNTRY, _REGION, _CAPITAL = 45.0, 28.0, 18.0, 3.0
"""What it adds to be a place of `geo/`, a country, a region, a capital. A city of ten million people gets 28."""

_SURE = EXACT_OTHER + 5 * _PER_MAGNITUDE
"""An answer that was surely meant, so that no slip of the hand is looked for: a name of a city of 100,000."""

_MOST_TOWNS = 6_000
"""Beyond so many towns, only those that are well known are ranked: what was asked is a letter or two."""


def search_places(
    query: str, *, places: Sequence[Place], builtin: BuiltinGazetteer, limit: int
) -> tuple[Candidate, ...]:
    """The places that `query` may mean, the likeliest first, `limit` of them at most.

    Case, accents and punctuation do not matter. What follows a comma is the country, or the state or province, of a
    town. Names that are only alike are looked for where none is exactly what was asked.
    """
    index = index_names(places)
    search = _Search(query, places, index, builtin)
    speller = Speller(query.strip(), index, builtin)
    ranked = sorted(search.rank(), key=lambda one: (-one.score, one.order))
    found: list[Candidate] = []
    for one in ranked:
        candidate = speller.offer(one.place, one.found_by)
        if candidate is not None and all(candidate.spelling != other.spelling for other in found):
            found.append(candidate)
        if len(found) == limit:
            break
    return tuple(found)


class _Ranked(NamedTuple):
    """A place with its score; `order` settles ties the same way each time."""

    score: float
    order: tuple[int, int, str]
    place: Place | Country | NamedRegion | Settlement
    found_by: str


class _Search:
    """One search: what was asked, and what is known."""

    def __init__(
        self, query: str, places: Sequence[Place], index: Mapping[str, tuple[Place, ...]], builtin: BuiltinGazetteer
    ) -> None:
        self._builtin = builtin
        self._places = places
        name, *qualifiers = (part.strip() for part in query.split(","))
        whole = normalize_name(query)
        qualifiers = [part for part in qualifiers if part]
        towns_bear_it = bool(whole) and bool(builtin.settlements_named(whole))
        self._qualifiers = [] if towns_bear_it or whole in index else qualifiers
        self._key = normalize_name(name) if self._qualifiers else whole
        self._query = query.strip()
        self._whole = whole

    def rank(self) -> list[_Ranked]:
        """Every place that fits, with its score."""
        if not self._key:
            return []
        found = self._rank_all(fit_name, fit_towns(self._key, self._builtin))
        if any(one.score >= _SURE for one in found):
            return found
        return [*found, *self._rank_all(fit_alike, fit_towns_alike(self._key, self._builtin))]

    def _rank_all(self, fit: FitName, towns: Mapping[int, Fit]) -> list[_Ranked]:
        return [*self._rank_own(fit), *self._rank_countries(fit), *self._rank_regions(fit), *self._rank_towns(towns)]

    def _rank_own(self, fit: FitName) -> Iterator[_Ranked]:
        words = re.compile(rf"\b{re.escape(self._whole)}")
        for number, place in enumerate(self._places):
            fits = [fit(self._whole, place.name, is_other=False)]
            fits.extend(fit(self._whole, other, is_other=True) for other in (place.id, *place.aliases))
            if words.search(_normalize_text(place.description)):
                fits.append(Fit(MENTIONED))
            best = max(fits, key=lambda one: one.score)
            if best.score:
                yield _Ranked(best.score + _OWN, (0, number, place.id), place, best.found_by)

    def _rank_countries(self, fit: FitName) -> Iterator[_Ranked]:
        if self._qualifiers:
            return
        best: dict[str, Fit] = {}
        for key, code in self._builtin.country_keys.items():
            is_other = key != normalize_name(self._builtin.countries[code].name)
            best[code] = max(best.get(code, Fit(0.0)), fit(self._key, key, is_other=is_other))
        if code := find_country_code(self._query, self._builtin, any_case=True):
            best[code] = max(best[code], Fit(EXACT_OTHER, self._query))
        for number, (code, one) in enumerate(sorted(best.items())):
            if one.score:
                yield _Ranked(one.score + _COUNTRY, (1, number, code), self._builtin.countries[code], one.found_by)

    def _rank_regions(self, fit: FitName) -> Iterator[_Ranked]:
        if self._qualifiers:
            return
        regions, best = self._builtin.named_regions, dict[int, Fit]()
        for key, bearers in self._builtin.region_names.items():
            for number, _ in bearers:
                is_other = key != normalize_name(regions[number].name)
                best[number] = max(best.get(number, Fit(0.0)), fit(self._key, key, is_other=is_other))
        for number, one in sorted(best.items()):
            if one.score and regions[number].has_outline:
                yield _Ranked(one.score + _REGION, (2, number, ""), regions[number], one.found_by)

    def _rank_towns(self, fits: Mapping[int, Fit]) -> Iterator[_Ranked]:
        ids = fits.keys() if len(fits) <= _MOST_TOWNS else fits.keys() & self._builtin.well_known_ids
        for town in self._builtin.settlements_with(ids):
            if all(lies_in(town, qualifier, self._builtin) for qualifier in self._qualifiers):
                fit = fits[town.id]
                weight = _PER_MAGNITUDE * math.log10(max(1, town.population)) + _CAPITAL * town.is_capital
                yield _Ranked(fit.score + weight, (3, town.id, ""), town, fit.found_by)


def _normalize_text(text: str) -> str:
    """A longer text in the form in which names are compared."""
    return " ".join(normalize_name(text[first : first + 200]) for first in range(0, len(text), 200))
