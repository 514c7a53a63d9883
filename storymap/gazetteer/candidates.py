"""What a search found, each with a spelling that means exactly it when written as a story's `place`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from storymap.earth.coordinates import CoordinateError, parse_coordinates, write_coordinates
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import (
    choose_named_regions,
    find_country_code,
    is_same_town,
    list_spellings,
    match_settlements,
    means_settlement,
)
from storymap.gazetteer.records import Country, NamedRegion, Settlement
from storymap.model.place import LonLat, Place
from storymap.text.names import normalize_name

CandidateKind = Literal["own", "country", "region", "town"]
"""A place of `geo/`, or a country, a region with an outline, or a town of the built-in gazetteer."""


class Candidate(Struct, frozen=True):
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


class Speller(Struct, frozen=True):
    """Spells what a search for `query` found; `index` are the places of `geo/` by the names that they bear."""

    query: str
    index: Mapping[str, tuple[Place, ...]]
    builtin: BuiltinGazetteer

    def offer(self, found: Place | Country | NamedRegion | Settlement, found_by: str) -> Candidate | None:
        """The candidate of what was found by the name `found_by`; None where no spelling means it."""
        if isinstance(found, Place):
            return self._offer_own(found, found_by)
        if isinstance(found, Country):
            return self._offer_country(found, found_by)
        if isinstance(found, NamedRegion):
            return self._offer_region(found, found_by)
        return self._offer_town(found, found_by)

    def _offer_own(self, place: Place, found_by: str) -> Candidate:
        return Candidate(
            kind="own",
            spelling=_spell_own(place, self.index),
            name=place.name,
            point=place.point,
            source=place.defined_at.path,
            country=place.country,
            country_name=self.builtin.countries[place.country].name if place.country else "",
            found_by=found_by,
        )

    def _offer_country(self, country: Country, found_by: str) -> Candidate | None:
        spelling = next(
            (
                spelling
                for spelling in (country.name, country.iso2, country.iso3)
                if not self._is_taken(spelling) and find_country_code(spelling, self.builtin) == country.iso2
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

    def _offer_region(self, region: NamedRegion, found_by: str) -> Candidate | None:
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
            country_name=self.builtin.countries[code].name if code in self.builtin.countries else "",
            found_by=found_by,
            what=region.kind,
        )

    def _means_region(self, spelling: str, region: NamedRegion) -> bool:
        match = match_settlements(spelling, self.builtin)
        return choose_named_regions(spelling, match, self.builtin) == (region,)

    def _offer_town(self, town: Settlement, found_by: str) -> Candidate | None:
        own = next((place for place in self.index.get(town.key, ()) if is_same_town(place, town)), None)
        if own is not None:  # what the town's name means in this project
            return self._offer_own(own, found_by)
        country = self.builtin.countries.get(town.country)
        return Candidate(
            kind="town",
            spelling=self._spell_town(town, found_by),
            name=town.name,
            point=town.point,
            source="GeoNames",
            country=town.country,
            country_name=country.name if country else town.country,
            region=self.builtin.regions.get((town.country, town.region), ("", ""))[0],
            population=town.population,
            found_by=found_by,
        )

    def _spell_town(self, town: Settlement, found_by: str) -> str:
        """Its name alone where that means it, or with state or country, or another name, or else its coordinates."""
        asked = self.query if normalize_name(self.query) == normalize_name(found_by) else found_by
        for spelling in filter(None, (town.name, *list_spellings(town, self.builtin), asked)):
            if (
                not self._is_taken(spelling)
                and not _is_coordinates(spelling)
                and means_settlement(spelling, town, self.builtin)
            ):
                return spelling
        return write_coordinates(town.point)

    def _is_taken(self, spelling: str) -> bool:
        """Whether a place of `geo/` is what `spelling` means."""
        return (normalize_name(spelling) or spelling) in self.index


def _spell_own(place: Place, index: Mapping[str, tuple[Place, ...]]) -> str:
    """The name of a place of `geo/` if nothing else there bears it, otherwise its id."""
    return place.name if index.get(normalize_name(place.name) or place.name) == (place,) else place.id


def _is_coordinates(spelling: str) -> bool:
    """Whether `spelling` would be read as coordinates."""
    try:
        return parse_coordinates(spelling) is not None
    except CoordinateError:
        return True
