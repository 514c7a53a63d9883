"""Look up the place that a name means: `geo/` first, then coordinates, countries and the towns of the world.

A pure question: the same name has the same answer, whatever was asked before.
"""

from __future__ import annotations

from msgspec.structs import replace

from storymap.earth.coordinates import CoordinateError, parse_coordinates
from storymap.gazetteer.answers import Answer, CountryAnswer, refuse
from storymap.gazetteer.builtin import BuiltinGazetteer, open_builtin
from storymap.gazetteer.countries import SHARED_NAMES, look_up_country, place_country
from storymap.gazetteer.lookup import (
    choose_named_regions,
    find_country_code,
    is_same_town,
    is_unlikely,
    match_settlements,
)
from storymap.gazetteer.places import ProjectPlaces
from storymap.gazetteer.refusals import refuse_countries, refuse_lost, refuse_twins, refuse_unknown, refuse_unread
from storymap.gazetteer.regions import place_region
from storymap.gazetteer.spots import place_coordinates
from storymap.gazetteer.towns import place_town, refuse_towns
from storymap.geodata.naming import index_names
from storymap.model.place import Place
from storymap.text.names import normalize_name

_NO_PLACES = ProjectPlaces()


class Gazetteer:
    """The places of a project, and behind them the world's. Answers are kept, so asking twice costs nothing."""

    def __init__(self, own: ProjectPlaces = _NO_PLACES, builtin: BuiltinGazetteer | None = None) -> None:
        self.own = own
        self.builtin = builtin or open_builtin()
        self._index = index_names(own.places)
        self._lost = index_names(own.lost)
        self._answers: dict[str, Answer] = {}

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of `geo/`, in the order of their files."""
        return self.own.places

    def look_up(self, reference: str) -> Answer:
        """What `reference` means.

        It may be an id, name or alias of `geo/`, coordinates, a `geo:` URI, a country, or a town such as "Praha" or
        "Paris, Texas". A town of the built-in gazetteer comes with a note that says which one it is.
        """
        answer = self._answers.get(reference)
        if answer is None:
            answer = self._answers[reference] = self._resolve(" ".join(reference.split()))
        return answer

    def look_up_country(self, reference: str) -> CountryAnswer:
        """The country that `reference` names."""
        return look_up_country(reference, self.builtin)

    def _resolve(self, written: str) -> Answer:
        if not written:
            return refuse("unknown-place", "no place is named", "name a place, a country or coordinates")
        own = self._index.get(normalize_name(written), ()) or self._index.get(written, ())
        lost = self._lost.get(normalize_name(written), ()) or self._lost.get(written, ())
        for double in lost:
            if double.flaw.code == "duplicate-place-id" and double.id == written:
                return refuse_lost(written, double)
        if len(own) == 1:
            return Answer(own[0])
        if own:
            exact = [place for place in own if place.id == written]
            return Answer(exact[0]) if exact else refuse_twins(written, own)
        if lost:
            return self._offer_known(written, refuse_lost(written, lost[0]))
        try:
            if coordinates := parse_coordinates(written):
                return place_coordinates(coordinates, self.builtin)
        except CoordinateError as error:
            return refuse(error.code, error.message, error.help)
        if file := next((file for file in self.own.unread if not file.is_read and file.may_hold(written)), None):
            return self._offer_known(written, refuse_unread(written, file))
        return self._resolve_builtin(written)

    def _offer_known(self, written: str, refused: Answer) -> Answer:
        """`refused`, with what to write if a town or a country of that name is meant and none of `geo/`."""
        known = self._resolve_builtin(written).place
        country = self.builtin.countries.get(known.country) if known else None
        if known is None or country is None or "," in written:
            return refused
        spelled = f"{written}, {country.name}"
        if self._resolve_builtin(spelled).place != known:
            return refused
        (remark,) = refused.remarks
        help = f'{remark.help}\nor write "{spelled}" if that is meant'
        return replace(refused, remarks=(replace(remark, help=help),))

    def _resolve_builtin(self, written: str) -> Answer:
        """A country, a region or a town of the built-in gazetteer."""
        if code := find_country_code(written, self.builtin):
            return place_country(code, written, self.builtin)
        if codes := SHARED_NAMES.get(normalize_name(written)):
            return refuse_countries(written, codes, self.builtin)
        return self._resolve_settlement(written)

    def _resolve_settlement(self, written: str) -> Answer:
        """A region or a town of the built-in gazetteer, if the name means one and no other as well."""
        match = match_settlements(written, self.builtin)
        if regions := choose_named_regions(written, match, self.builtin):
            return place_region(written, regions, match, self.builtin)
        if not match.towns or is_unlikely(written, match, self.builtin):
            return refuse_unknown(written, self.own, self._index, self.builtin)
        if not match.is_clear:
            return refuse_towns(written, match.towns, self.builtin)
        town = match.towns[0]
        own = next((place for place in self._index.get(town.key, ()) if is_same_town(place, town)), None)
        return Answer(own) if own else place_town(written, match, self.builtin)
