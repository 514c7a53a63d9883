"""Places: numbered markers and dots with names, and the lines and areas that some of them are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, NotRequired, TypedDict

from msgspec import Struct

from storymap.earth.distance import earth
from storymap.earth.simplifying import simplify_shape
from storymap.earth.views import is_settlement
from storymap.figures import FIGURES
from storymap.language.map_names import say_country_of
from storymap.language.numbers import say_distance
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, Ground, Key, KeyEntry, PageIndex
from storymap.layers.figures import Paint, PlaceMark, PlaceShape
from storymap.layers.geometry import has_shape
from storymap.model.layer import Layer
from storymap.model.place import Place
from storymap.model.scene import View
from storymap.model.sign import Sign
from storymap.text.ordering import order_naturally

_CLOSER = 3.0
"""Zooms that a still may be closer than its view is in the reference frame, or be enlarged in print."""


class Mark(Struct, frozen=True):
    """A place with a marker: `number` is that of the step which the marker stands for, None for a dot."""

    place: Place
    number: int | None = None


class Markers(Struct, Layer, frozen=True):
    """Places: `own` are those that the scene is about, each with its name; `around` others, which stand there unnamed.

    A place that is a line or an area is drawn as one.
    """

    own: tuple[Mark, ...] = ()
    around: tuple[Mark, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every marker."""
        return (*self.own, *self.around)


class MarkersPayload(TypedDict):
    """The places that a scene is about, as indexes of `places`, and what stands in their markers if anything does."""

    kind: Literal["markers"]
    places: list[int]
    numbers: NotRequired[list[int]]


class DrawnMarkers(Drawn[Markers]):
    """Places as they are drawn everywhere."""

    kind: ClassVar[str] = "markers"

    def ground(self) -> Ground:
        """The town that a place lies in is named before others."""
        points = (mark.place for mark in self.layer.own if mark.place.kind == "point")
        return Ground(spots=tuple(place.point for place in points if not is_settlement(place)))

    def payload(self, index: PageIndex) -> MarkersPayload | None:
        """Those that the scene is about: every place of the page has a marker in any case."""
        own = self.layer.own
        if not own:
            return None
        payload: MarkersPayload = {"kind": "markers", "places": [index.places[mark.place.id] for mark in own]}
        numbers = [mark.number for mark in own if mark.number is not None]
        if numbers:
            payload["numbers"] = numbers
        return payload

    def still(self, view: View) -> tuple[PlaceShape | PlaceMark, ...]:
        """Each with its number, and its name where the scene is about it."""
        own, zoom = len(self.layer.own), view.zoom + _CLOSER
        marks = self.layer.marks
        return (
            *(PlaceShape(simplify_shape(mark.place.geometry, zoom)) for mark in marks if has_shape(mark.place)),
            *(
                PlaceMark(
                    at=mark.place.point,
                    name=mark.place.name if number < own else "",
                    text="" if mark.number is None else str(mark.number),
                    sign=mark.place.sign,
                )
                for number, mark in enumerate(marks)
            ),
        )

    def keys(self, lang: str) -> tuple[Key, ...]:  # noqa: ARG002 - the author calls them so
        """The categories of its places."""
        signs = {mark.place.sign for mark in self.layer.marks if mark.place.sign}
        pins = FIGURES.pins
        entries = (
            KeyEntry(Paint(), sign.title, radius=pins.symbol if sign.symbol else pins.dot, sign=sign)
            for sign in order_signs(signs)
        )
        return (Key("", tuple(entries)),) if signs else ()

    def names(self, lang: str) -> tuple[str, ...]:
        """Their names, the last of several points in a country with that: "Prague, Brno (Czechia)"."""
        names: list[str] = []
        country = ""  # of the point that follows
        for place in reversed([mark.place for mark in self.layer.marks]):
            if has_shape(place):
                names.append(_tell_shape(place, lang))
            else:
                names.append(place.name if place.country == country else name_in_country(place, lang))
                country = place.country
        return tuple(reversed(names))


def order_signs(signs: Iterable[Sign]) -> list[Sign]:
    """Signs, each once, in the order of their titles."""
    return sorted(set(signs), key=lambda sign: (order_naturally(sign.title), sign.title))


def name_in_country(place: Place, lang: str) -> str:
    """The name of a place with its country: "Brno (Czechia)"; alone where it has none, or is one."""
    country = say_country_of(place.country, lang) if place.country and place.origin != "country" else ""
    if not country or country == place.name:
        return place.name
    return interface_words(lang).page["value_of"].format(value=place.name, name=country)


def _tell_shape(place: Place, lang: str) -> str:
    """The name of a line with its length, or of an area with that it is one."""
    words = interface_words(lang).page
    if place.kind == "area":
        return words["map_area"].format(place=place.name)
    kilometres = earth().geometry_length(place.geometry) / 1000
    return words["map_course"].format(place=place.name, distance=say_distance(kilometres, lang))
