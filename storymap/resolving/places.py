"""Give every place that stories name its id, in one pass: stories in the order of the atlas, names in that of the text.

What a name means does not depend on the others; which of two places has the id that suits both, and where a note about
a name is told, does. Both are settled here, so that nothing depends on which story is resolved or drawn first. A name
is known by its number in its story, not by its line: most edits move lines and no names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from msgspec import Struct

from storymap.errors import Location, Severity
from storymap.gazetteer.answers import Answer, Remark
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.spots import slug_point
from storymap.model.place import Place
from storymap.text.names import join_words, normalize_name

_NEAR_DEGREES = 0.001
"""How far apart two points are the same for a reader: within about a hundred metres."""


class NameAt(Struct, frozen=True):
    """Which name of the file called `story` is meant: that at `number` of a `part`, both from 0.

    A part is "opening" or "notes", or of the step at `step`: "place", "highlight" or "links". Of "routes" `step` is the
    number of the route.
    """

    story: str
    step: int
    part: str
    number: int


class NameRemark(Struct, frozen=True):
    """Something to tell of a name, and of which."""

    remark: Remark
    at: NameAt


class PlaceFinder:
    """One pass over the names of a site. What is worth telling is added to `remarks`, which a caller takes out."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._own: dict[str, Place] = {place.id: place for place in gazetteer.places}
        self._claimed: dict[str, Place | None] = {}
        self._met: dict[str, tuple[Place | None, tuple[Remark, ...]]] = {}
        self.remarks: list[NameRemark] = []

    @property
    def places(self) -> Mapping[str, Place]:
        """By id, under their own names: the places of `geo/`, and those found, and where each is first named."""
        return self._own

    def find(self, reference: str, where: Callable[[], NameAt]) -> Place | None:
        """The place that `reference`, the name at `where`, means in this site, called as the author writes it."""
        if reference not in self._met:
            self._met[reference] = self._meet(" ".join(reference.split()), where)
        place, errors = self._met[reference]
        for remark in errors:
            self.remarks.append(NameRemark(remark, where()))
        return place

    def find_beside(self, spot: Place) -> Place | None:
        """The place of `geo/` that stands at `spot`."""
        return next((place for place in self._gazetteer.places if _is_near(place, spot)), None)

    def find_country(self, reference: str, where: Callable[[], NameAt]) -> str:
        """ISO code of the country that `reference` means; empty where it means none."""
        answer = self._gazetteer.look_up_country(reference)
        self.remarks += [NameRemark(one, where()) for one in answer.remarks]
        return answer.code

    def _meet(self, written: str, where: Callable[[], NameAt]) -> tuple[Place | None, tuple[Remark, ...]]:
        """The place of a name, and what is to be told wherever it stands; what is told once is told here."""
        answer = self._gazetteer.look_up(written)
        if written not in self._claimed:
            self._claimed[written] = self._claim(answer, where)
            self.remarks += [NameRemark(one, where()) for one in answer.remarks if one.severity is not Severity.ERROR]
        place = self._claimed[written]
        errors = tuple(one for one in answer.remarks if one.severity is Severity.ERROR)
        return (_call_as_written(place, written) if place else None), errors

    def _claim(self, answer: Answer, where: Callable[[], NameAt]) -> Place | None:
        """The place of an answer with the id that it has in this site."""
        place = answer.place
        if place is None or place.origin == "geo":
            return place
        name = self._choose_id(place, answer.second_id)
        self._own.setdefault(name, replace(place, id=name, defined_at=Location(where().story)))
        return place if place.id == name else replace(place, id=name)

    def _choose_id(self, place: Place, second: str) -> str:
        """Its own id, or where another place has that `second`, or the first with a number that is free."""
        slug = place.id or slug_point(place.point)
        numbered = (f"{slug}-{number}" for number in range(2, len(self._own) + 3))
        for candidate in (slug, *([second] if second else []), *numbered):
            holder = self._own.get(candidate)
            if holder is None or (holder.origin, holder.point) == (place.origin, place.point):
                return candidate
        return slug


def _call_as_written(place: Place, written: str) -> Place:
    """`place` by the name that the author wrote, where that is another name than its own: 北京, Praha.

    A name in other letters, accents or blanks, with the country after it, in small letters, a code or an id is none.
    """
    if place.origin == "coordinates" or written in {place.id, *(place.aliases if place.origin == "country" else ())}:
        return place
    name = written
    own, parts = join_words(normalize_name(place.name)), name.partition(",")
    if place.origin != "geo" and parts[2]:
        name = parts[0].strip()
    said = join_words(normalize_name(name))
    is_casual = name == name.lower() != name.upper()
    return place if not said or said == own or is_casual else replace(place, name=name)


def _is_near(place: Place, spot: Place) -> bool:
    apart = abs(place.point.lon - spot.point.lon), abs(place.point.lat - spot.point.lat)
    return place.kind == "point" and max(apart) <= _NEAR_DEGREES
