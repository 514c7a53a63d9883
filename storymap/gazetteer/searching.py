"""Search names in `geo/` and in the built-in gazetteer: parts of names, other names, and names that are misspelt.

A pure function over what is known, which `storymap places` asks. Every candidate comes with a spelling that, written as
a story's `place`, means exactly it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from storymap.earth.coordinates import CoordinateError, parse_coordinates, write_coordinates
from storymap.gazetteer.builtin import BuiltinGazetteer, Country, NamedRegion, Settlement
from storymap.gazetteer.lookup import (
    choose_named_regions,
    find_country_code,
    is_same_town,
    lies_in,
    list_spellings,
    match_settlements,
    means_settlement,
)
from storymap.geodata.naming import index_names
from storymap.model.place import LonLat, Place
from storymap.text.names import join_words, normalize_name

CandidateKind = Literal["own", "country", "region", "town"]
"""A place of `geo/`, or a country, a region with an outline, or a town of the built-in gazetteer."""

_EXACT, _EXACT_OTHER = 100.0, 96.0
_JOINED, _JOINED_OTHER = 92.0, 88.0
_BEGINNING, _BEGINNING_OTHER = 75.0, 66.0
_WORD, _WORD_OTHER = 62.0, 54.0
_ALL_WORDS, _INSIDE, _ALIKE, _MENTIONED = 48.0, 40.0, 60.0, 25.0
"""How well a name answers a search: it is the name, another name, the name but for blanks, the beginning of one, and so
on. A name alike counts by its likeness. To this comes how well known the place is."""

_PER_MAGNITUDE = 4.0
"""What ten times as many people add."""

_OWN, _COUNTRY, _REGION, _CAPITAL = 45.0, 28.0, 18.0, 3.0
"""What it adds to be a place of `geo/`, a country, a region, a capital. A city of ten million people gets 28."""

_SURE = _EXACT_OTHER + 5 * _PER_MAGNITUDE
"""An answer that was surely meant, so that no slip of the hand is looked for: a name of a city of 100,000."""

_SHORTEST_INSIDE = 4
"""Letters that a part within a word must have: "gue" is in too many names to say anything."""

_FIRST_EAST_ASIAN = "\u2e80"
_MOST_TOWNS = 6_000
"""Beyond so many towns, only those that are well known are ranked: what was asked is a letter or two."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a search may mean.

    `spelling` means it when written as a `place`. `country` is an ISO code and `country_name` its name, both empty
    where none is known; `region` is its state or province; `population` is 0 where unknown. `found_by` is the other
    name, in the form in which names are compared, by which it was found; empty where its own name fits. `source` is the
    path of its file in `geo/`, "GeoNames" or "Natural Earth". `what` says what a region is, as "island".
    """

    kind: CandidateKind
    spelling: str
    name: str
    point: LonLat
    source: str
    country: str = ""
    country_name: str = ""
    region: str = ""
    population: int = 0
    found_by: str = ""
    what: str = ""


class _Fit(NamedTuple):
    """How well a name fits, and the name; it is empty for a place's own one."""

    score: float
    found_by: str = ""


def search_places(
    query: str, *, places: Sequence[Place], builtin: BuiltinGazetteer, limit: int
) -> tuple[Candidate, ...]:
    """The places that `query` may mean, the likeliest first, `limit` of them at most.

    Case, accents and punctuation do not matter. What follows a comma is the country, or the state or province, of a
    town. Names that are only alike are looked for where none is exactly what was asked.
    """
    search = _Search(query, places, builtin)
    ranked = sorted(search.rank(), key=lambda one: (-one.score, one.order))
    found: list[Candidate] = []
    for one in ranked:
        candidate = search.settle(one)
        if candidate is not None and all(candidate.spelling != other.spelling for other in found):
            found.append(candidate)
        if len(found) == limit:
            break
    return tuple(found)


class _Fitting(Protocol):
    """Says how well a name fits what was asked; the score is 0 where it does not."""

    def __call__(self, key: str, name: str, *, is_other: bool) -> _Fit: ...


class _Ranked(NamedTuple):
    """A place with its score; `order` settles ties the same way each time."""

    score: float
    order: tuple[int, int, str]
    place: Place | Country | NamedRegion | Settlement
    found_by: str


class _Search:
    """One search: what was asked, and what is known."""

    def __init__(self, query: str, places: Sequence[Place], builtin: BuiltinGazetteer) -> None:
        self._builtin = builtin
        self._places = places
        self._index = index_names(places)
        name, *qualifiers = (part.strip() for part in query.split(","))
        whole = normalize_name(query)
        qualifiers = [part for part in qualifiers if part]
        towns_bear_it = bool(whole) and bool(builtin.settlements_named(whole))
        self._qualifiers = [] if towns_bear_it or whole in self._index else qualifiers
        self._key = normalize_name(name) if self._qualifiers else whole
        self._query = query.strip()
        self._whole = whole

    def rank(self) -> list[_Ranked]:
        """Every place that fits, with its score."""
        if not self._key:
            return []
        found = self._rank_all(_fit, self._fit_parts())
        if any(one.score >= _SURE for one in found):
            return found
        return [*found, *self._rank_all(_fit_alike, self._fit_alike())]

    def settle(self, one: _Ranked) -> Candidate | None:
        """The candidate of a ranked place; None where no spelling means it."""
        if isinstance(one.place, Place):
            return self._settle_own(one.place, one.found_by)
        if isinstance(one.place, Country):
            return self._settle_country(one.place, one.found_by)
        if isinstance(one.place, NamedRegion):
            return self._settle_region(one.place, one.found_by)
        return self._settle_town(one.place, one.found_by)

    def _rank_all(self, fit: _Fitting, towns: Mapping[int, _Fit]) -> list[_Ranked]:
        return [*self._rank_own(fit), *self._rank_countries(fit), *self._rank_regions(fit), *self._rank_towns(towns)]

    def _rank_own(self, fit: _Fitting) -> Iterator[_Ranked]:
        words = re.compile(rf"\b{re.escape(self._whole)}")
        for number, place in enumerate(self._places):
            fits = [fit(self._whole, place.name, is_other=False)]
            fits.extend(fit(self._whole, other, is_other=True) for other in (place.id, *place.aliases))
            if words.search(_normalize_text(place.description)):
                fits.append(_Fit(_MENTIONED))
            best = max(fits, key=lambda one: one.score)
            if best.score:
                yield _Ranked(best.score + _OWN, (0, number, place.id), place, best.found_by)

    def _rank_countries(self, fit: _Fitting) -> Iterator[_Ranked]:
        if self._qualifiers:
            return
        best: dict[str, _Fit] = {}
        for key, code in self._builtin.country_keys.items():
            is_other = key != normalize_name(self._builtin.countries[code].name)
            best[code] = max(best.get(code, _Fit(0.0)), fit(self._key, key, is_other=is_other))
        if code := find_country_code(self._query, self._builtin, any_case=True):
            best[code] = max(best[code], _Fit(_EXACT_OTHER, self._query))
        for number, (code, one) in enumerate(sorted(best.items())):
            if one.score:
                yield _Ranked(one.score + _COUNTRY, (1, number, code), self._builtin.countries[code], one.found_by)

    def _rank_regions(self, fit: _Fitting) -> Iterator[_Ranked]:
        if self._qualifiers:
            return
        regions, best = self._builtin.named_regions, dict[int, _Fit]()
        for key, bearers in self._builtin.region_names.items():
            for number, _ in bearers:
                is_other = key != normalize_name(regions[number].name)
                best[number] = max(best.get(number, _Fit(0.0)), fit(self._key, key, is_other=is_other))
        for number, one in sorted(best.items()):
            if one.score and regions[number].has_outline:
                yield _Ranked(one.score + _REGION, (2, number, ""), regions[number], one.found_by)

    def _rank_towns(self, fits: Mapping[int, _Fit]) -> Iterator[_Ranked]:
        ids = fits.keys() if len(fits) <= _MOST_TOWNS else fits.keys() & self._builtin.well_known_ids
        for town in self._builtin.settlements_with(ids):
            if all(lies_in(town, qualifier, self._builtin) for qualifier in self._qualifiers):
                fit = fits[town.id]
                weight = _PER_MAGNITUDE * math.log10(max(1, town.population)) + _CAPITAL * town.is_capital
                yield _Ranked(fit.score + weight, (3, town.id, ""), town, fit.found_by)

    def _fit_parts(self) -> dict[int, _Fit]:
        """Ids of the towns in whose names the key stands: as a whole, at the beginning, as a word, within one."""
        builtin, key = self._builtin, self._key
        fits = {town.id: _Fit(_EXACT_OTHER, key) for town in builtin.settlements_named(key)}
        fits.update((town.id, _Fit(_EXACT)) for town in builtin.settlements_named(key) if town.key == key)
        text = f"\n{builtin.settlement_keys}\n"
        joined = builtin.names_joined(key)
        own_keys = {town.id: town.key for town in builtin.settlements_with(number for _, number in joined)}
        for name, number in joined:
            _keep_best(fits, number, _fit(key, name, is_other=name != own_keys[number]))
        for mark, score in (("\n", _BEGINNING), (" ", _WORD), ("", _INSIDE)):
            if mark or _may_stand_within(key):
                for number in _find_lines(text, mark + key):
                    _keep_best(fits, number, _Fit(score))
        if not fits and " " in key:
            longest = max(key.split(), key=len)
            names = text.split("\n")
            for number in _find_lines(text, longest):
                if set(key.split()) <= set(names[number].split()):
                    _keep_best(fits, number, _Fit(_ALL_WORDS))
        others = builtin.aliases_containing(key) if _may_stand_within(key) else builtin.aliases_beginning(key)
        for other, number in others:
            _keep_best(fits, number, _fit(key, other, is_other=True))
        return fits

    def _fit_alike(self) -> dict[int, _Fit]:
        """Ids of the towns whose names differ from the key by a slip or two of the hand."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        key = self._key
        slips = _count_slips(key)
        if not slips:
            return {}
        fits: dict[int, _Fit] = {}
        names = self._builtin.settlement_keys.split("\n")
        for name, distance, number in process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=None):
            _keep_best(fits, number + 1, _Fit(_ALIKE * (1 - distance / max(len(key), len(name)))))
        others = self._builtin.aliases_beginning(key[0])
        found = process.extract(
            key, [other for other, _ in others], scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        for other, distance, number in found:
            score = _ALIKE * _EXACT_OTHER / _EXACT * (1 - distance / max(len(key), len(other)))
            _keep_best(fits, others[number][1], _Fit(score, other))
        return fits

    def _settle_own(self, place: Place, found_by: str) -> Candidate:
        return Candidate(
            kind="own",
            spelling=_spell_own(place, self._index),
            name=place.name,
            point=place.point,
            source=place.defined_at.path,
            country=place.country,
            country_name=self._builtin.countries[place.country].name if place.country else "",
            found_by=found_by,
        )

    def _settle_country(self, country: Country, found_by: str) -> Candidate | None:
        spelling = next(
            (
                spelling
                for spelling in (country.name, country.iso2, country.iso3)
                if not self._is_taken(spelling) and find_country_code(spelling, self._builtin) == country.iso2
            ),
            "",
        )
        if not spelling:
            return None
        return Candidate(
            kind="country",
            spelling=spelling,
            name=country.name,
            point=country.point,
            source="Natural Earth",
            country=country.iso2,
            country_name=country.name,
            found_by=found_by,
        )

    def _settle_region(self, region: NamedRegion, found_by: str) -> Candidate | None:
        spellings = (region.name, *(f"{region.name}, {code}" for code in region.countries[:1]))
        spelling = next((one for one in spellings if not self._is_taken(one) and self._means_region(one, region)), "")
        if not spelling:
            return None
        code = region.countries[0] if len(region.countries) == 1 else ""
        return Candidate(
            kind="region",
            spelling=spelling,
            name=region.name,
            point=region.point,
            source="Natural Earth",
            country=code,
            country_name=self._builtin.countries[code].name if code in self._builtin.countries else "",
            found_by=found_by,
            what=region.kind,
        )

    def _means_region(self, spelling: str, region: NamedRegion) -> bool:
        match = match_settlements(spelling, self._builtin)
        return choose_named_regions(spelling, match, self._builtin) == (region,)

    def _settle_town(self, town: Settlement, found_by: str) -> Candidate | None:
        own = next((place for place in self._index.get(town.key, ()) if is_same_town(place, town)), None)
        if own is not None:  # what the town's name means in this project
            return self._settle_own(own, found_by)
        country = self._builtin.countries.get(town.country)
        return Candidate(
            kind="town",
            spelling=self._spell_town(town, found_by),
            name=town.name,
            point=town.point,
            source="GeoNames",
            country=town.country,
            country_name=country.name if country else town.country,
            region=self._builtin.regions.get((town.country, town.region), ("", ""))[0],
            population=town.population,
            found_by=found_by,
        )

    def _spell_town(self, town: Settlement, found_by: str) -> str:
        """Its name alone where that means it, or with state or country, or another name, or else its coordinates."""
        asked = self._query if normalize_name(self._query) == normalize_name(found_by) else found_by
        for spelling in filter(None, (town.name, *list_spellings(town, self._builtin), asked)):
            if (
                not self._is_taken(spelling)
                and not _is_coordinates(spelling)
                and means_settlement(spelling, town, self._builtin)
            ):
                return spelling
        return write_coordinates(town.point)

    def _is_taken(self, spelling: str) -> bool:
        """Whether a place of `geo/` is what `spelling` means."""
        return (normalize_name(spelling) or spelling) in self._index


def _spell_own(place: Place, index: Mapping[str, tuple[Place, ...]]) -> str:
    """The name of a place of `geo/` if nothing else there bears it, otherwise its id."""
    return place.name if index.get(normalize_name(place.name) or place.name) == (place,) else place.id


def _normalize_text(text: str) -> str:
    """A longer text in the form in which names are compared."""
    return " ".join(normalize_name(text[first : first + 200]) for first in range(0, len(text), 200))


def _fit(key: str, name: str, *, is_other: bool) -> _Fit:
    """How well `name` fits what was asked; the score is 0 where it does not."""
    whole = normalize_name(name)
    found_by = whole if is_other else ""
    if whole == key:
        return _Fit(_EXACT_OTHER if is_other else _EXACT, found_by)
    if join_words(whole) == join_words(key):
        return _Fit(_JOINED_OTHER if is_other else _JOINED, found_by)
    if whole.startswith(key):
        return _Fit(_BEGINNING_OTHER if is_other else _BEGINNING, found_by)
    if f" {key}" in whole:
        return _Fit(_WORD_OTHER if is_other else _WORD, found_by)
    if set(key.split()) <= set(whole.split()):
        return _Fit(_ALL_WORDS, found_by)
    if _may_stand_within(key) and key in whole:
        return _Fit(_INSIDE, found_by)
    return _Fit(0.0)


def _fit_alike(key: str, name: str, *, is_other: bool) -> _Fit:
    """How well `name` fits if what was asked is misspelt."""
    from rapidfuzz.distance import OSA

    whole = normalize_name(name)
    slips = _count_slips(key)
    distance = OSA.distance(key, whole, score_cutoff=slips)
    if distance > slips or not slips:
        return _Fit(0.0)
    score = _ALIKE * (1 - distance / max(len(key), len(whole)))
    return _Fit(score * _EXACT_OTHER / _EXACT, whole) if is_other else _Fit(score)


def _may_stand_within(key: str) -> bool:
    """Whether a part of a word says something: one of a few letters, or of two signs that are words themselves."""
    return len(key) >= _SHORTEST_INSIDE or (len(key) > 1 and min(key) >= _FIRST_EAST_ASIAN)


def _count_slips(key: str) -> int:
    """How many letters of a name may be wrong, missing, too many or swapped: none in a name of two."""
    return 0 if len(key) < 3 else 1 if len(key) <= 4 else 2 if len(key) <= 9 else 3


def _find_lines(text: str, part: str) -> Iterator[int]:
    """The numbers of the lines of `text` in which `part` stands; `text` begins with a line end, which counts as 1."""
    number = counted = 0
    position = text.find(part)
    while position >= 0:
        end = position + len(part)
        number += text.count("\n", counted, end)
        counted = end
        yield number
        position = text.find(part, end)


def _keep_best(fits: dict[int, _Fit], number: int, fit: _Fit) -> None:
    if fit.score > fits.get(number, _Fit(0.0)).score:
        fits[number] = fit


def _is_coordinates(spelling: str) -> bool:
    """Whether `spelling` would be read as coordinates."""
    try:
        return parse_coordinates(spelling) is not None
    except CoordinateError:
        return True
