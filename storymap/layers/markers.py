"""Places: numbered markers and dots with names, and the lines and areas that some of them are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, NotRequired, TypedDict

from storymap.earth.distance import earth
from storymap.earth.simplifying import simplify_shape
from storymap.earth.views import is_settlement
from storymap.language.numbers import say_distance
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, Ground, PageIndex, StillPart
from storymap.layers.geometry import has_shape
from storymap.model.layer import Markers
from storymap.model.place import Place
from storymap.model.scene import View

_CLOSER = 3.0
"""Zooms that a still may be closer than its view is in the reference frame, or be enlarged in print."""


class MarkersPayload(TypedDict):
    """The places that a scene is about, as indexes of `places`, and what stands in their markers if anything does."""

    kind: Literal["markers"]
    places: list[int]
    numbers: NotRequired[list[int]]


@dataclass(frozen=True, slots=True)
class DrawnMarkers(Drawn):
    """Places as they are drawn everywhere."""

    kind: ClassVar[str] = "markers"
    layer: Markers

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

    def still(self, view: View) -> StillPart:
        """Each with its number, and its name where the scene is about it."""
        own, zoom = len(self.layer.own), view.zoom + _CLOSER
        marks = self.layer.marks
        return StillPart(
            marks=tuple(
                (mark.place.point, mark.place.name if at < own else "", "" if mark.number is None else str(mark.number))
                for at, mark in enumerate(marks)
            ),
            shapes=tuple(simplify_shape(mark.place.geometry, zoom) for mark in marks if has_shape(mark.place)),
        )

    def names(self, lang: str) -> tuple[str, ...]:
        """Their names."""
        return tuple(_tell_place(mark.place, lang) for mark in self.layer.marks)


def _tell_place(place: Place, lang: str) -> str:
    """The name of a place; of a line with its length, of an area with that it is one."""
    if not has_shape(place):
        return place.name
    words = interface_words(lang).page
    if place.kind == "area":
        return words["map_area"].format(place=place.name)
    kilometres = earth().geometry_length(place.geometry) / 1000
    return words["map_course"].format(place=place.name, distance=say_distance(kilometres, lang))
