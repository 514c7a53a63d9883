"""Lines between places: from each step to the next, and within a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, TypedDict

from storymap.earth.distance import measure_distance
from storymap.language.numbers import say_distance, say_number
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Run
from storymap.layers.geometry import pack_parts
from storymap.layers.naming import MOST_NAMES, say_some
from storymap.model.layer import Leg, Route
from storymap.model.scene import View

_MOST_STOPS = 4
"""Stops of a way that are named one by one."""


class LegPayload(TypedDict):
    """A line: `parts` are runs of points cut at 180°, as arcs (`storymap.basemap.arcs`) in degrees / 10**`digits`."""

    parts: str
    digits: int
    style: str


class RoutePayload(TypedDict):
    """The lines that a scene brings, in order."""

    kind: Literal["route"]
    legs: list[LegPayload]


class DrawnRoute(Drawn[Route]):
    """Lines between places as they are drawn everywhere."""

    kind: ClassVar[str] = "route"

    def payload(self, index: PageIndex) -> RoutePayload | None:  # noqa: ARG002 - a line knows its own ends
        """Its own lines: those around them are those of other scenes."""
        if not self.layer.own:
            return None
        packed = [(pack_parts(leg.parts), leg.style) for leg in self.layer.own]
        return {
            "kind": "route",
            "legs": [{"parts": parts, "digits": digits, "style": style} for (parts, digits), style in packed],
        }

    def still(self, view: View) -> tuple[Run, ...]:  # noqa: ARG002 - they are as fine as they need be
        """Every line."""
        return tuple(run for leg in self.layer.legs for run in _draw_leg(leg))

    def sentences(self, lang: str) -> tuple[str, ...]:
        """Each way from place to place, with its length on the earth."""
        return tuple(self._tell(run, lang) for run in _list_runs(self.layer.legs)[:MOST_NAMES])

    def _tell(self, run: Sequence[Leg], lang: str) -> str:
        """A way by its stops; a long one by its ends, because the map's places have been named before it."""
        words = interface_words(lang).page
        stops = [leg.start.name for leg in run] + [run[-1].end.name]
        if not self.layer.on_earth:
            return words["picture_line"].format(places=say_some(stops, lang))
        distance = say_distance(sum(map(_measure, run)), lang)
        if len(stops) > _MOST_STOPS:
            ends = {"start": stops[0], "end": stops[-1]}
            return words["map_line_stops"].format(count=say_number(len(stops), lang), distance=distance, **ends)
        return words["map_line"].format(places=say_some(stops, lang), distance=distance)


def _draw_leg(leg: Leg) -> Iterator[Run]:
    last = len(leg.parts) - 1
    for number, part in enumerate(leg.parts):
        yield Run(part, "route", "" if number else leg.start.name, leg.end.name if number == last else "")


def _measure(leg: Leg) -> float:
    """Kilometres along the way that a line follows, or of the shortest way."""
    return measure_distance(leg.start.point, leg.end.point)[0] if leg.kilometres is None else leg.kilometres


def _list_runs(legs: Sequence[Leg]) -> list[list[Leg]]:
    """Lines that go on from one another, put together."""
    runs: list[list[Leg]] = []
    for leg in legs:
        if runs and runs[-1][-1].end == leg.start:
            runs[-1].append(leg)
        else:
            runs.append([leg])
    return runs
