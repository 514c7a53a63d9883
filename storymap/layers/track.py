"""A track: the stage that a scene goes, what lies behind it and what is still to come."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired, TypedDict

import shapely
from msgspec import Struct

from storymap.earth.cutting import cut_path, straight_in_degrees, unwrap_path
from storymap.earth.simplifying import simplify_shape
from storymap.earth.tracks import measure_effort
from storymap.language.efforts import say_effort
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Run, RunLook
from storymap.layers.geometry import pack_parts
from storymap.layers.profile import sample_heights
from storymap.model.layer import Layer
from storymap.model.place import LonLat
from storymap.model.scene import Scene, View
from storymap.model.track import Stage

_CLOSER = 2.0
"""Zooms that a map may be closer than its view is in the reference frame."""


class Track(Struct, Layer, frozen=True):
    """A recorded way: the `stage` that the scene goes (None where it only stands there), and those of other scenes.

    `behind` are the stages before it, `ahead` those to come. `zoom` is the closest of the views that show it.
    """

    stage: Stage | None
    behind: tuple[Stage, ...] = ()
    ahead: tuple[Stage, ...] = ()
    zoom: float = 0.0


class TrackPayload(TypedDict):
    """The stage that a scene goes: `parts` are its runs as arcs (`storymap.basemap.arcs`) in degrees / 10**`digits`.

    `heights` are metres above the sea at equal distances from its start to its end, as its profile shows them.
    """

    kind: Literal["track"]
    parts: str
    digits: int
    heights: NotRequired[list[int]]


class DrawnTrack(Drawn[Track]):
    """A track as it is drawn everywhere."""

    kind: ClassVar[str] = "track"

    def payload(self, index: PageIndex) -> TrackPayload | None:  # noqa: ARG002 - a track knows its own points
        """Its own stage: the others are those of other scenes."""
        stage = self.layer.stage
        if stage is None:
            return None
        parts, digits = pack_parts(_simplify(stage, self.layer.zoom + _CLOSER))
        payload: TrackPayload = {"kind": "track", "parts": parts, "digits": digits}
        if heights := sample_heights(stage):
            payload["heights"] = heights
        return payload

    def still(self, view: View) -> tuple[Run, ...]:
        """Its own stage over those behind it, and faintly what is to come."""
        zoom = view.zoom + _CLOSER
        looks: tuple[tuple[RunLook, tuple[Stage, ...]], ...] = (
            ("ahead", self.layer.ahead),
            ("behind", self.layer.behind),
            ("own", (self.layer.stage,) if self.layer.stage else ()),
        )
        return tuple(Run(run, look) for look, stages in looks for stage in stages for run in _simplify(stage, zoom))

    def sentences(self, lang: str) -> tuple[str, ...]:
        """What it takes to follow it."""
        stage = self.layer.stage
        if stage is None:
            return ()
        told = say_effort(measure_effort(stage), lang)
        words = interface_words(lang).page
        name = "map_track_named" if stage.name else "map_track"
        return (words[name].format(name=stage.name, effort=told),)


def find_stage(scene: Scene) -> Stage | None:
    """The stage that a scene goes itself."""
    return next((track.stage for track in scene.find(Track)), None)


def _simplify(stage: Stage, zoom: float) -> tuple[tuple[LonLat, ...], ...]:
    """The runs of `stage` as a map at `zoom` can show them, cut at 180°."""
    ways = (unwrap_path([point[:2] for point in part]) for part in stage.parts)
    runs = (run for way in ways for run in cut_path(way, straight_in_degrees) if len(set(run)) > 1)
    lines = (simplify_shape(shapely.LineString(run), zoom) for run in runs)
    return tuple(tuple(LonLat(x, y) for x, y in line.coords) for line in lines)
