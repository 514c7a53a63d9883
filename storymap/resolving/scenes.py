"""Make scenes: what the map of a story, of a step, of the atlas and of a place shows.

Everything that is derived from a scene, for whichever reader, shows the same because it is settled here. `detail` is
everywhere how much of today's world the drawn map shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from storymap.earth.lines import MOST_POINTS, draw_way
from storymap.earth.views import INHABITED, fit_view, is_settlement, view_at, view_of_bounds
from storymap.layers.branches import Branches
from storymap.layers.highlight import Highlight
from storymap.layers.markers import Mark, Markers
from storymap.layers.track import Track
from storymap.model.ground import TODAY, GroundDetail
from storymap.model.layer import Layer, Leg, Route
from storymap.model.place import LonLat, Place
from storymap.model.scene import Scene, View

MAP_EDGE = 85.05
"""The latitude at which the map ends, as views have it."""


STREETS_ZOOMS = (15.0, 16.0)
"""How close the page of a spot comes where there are streets: a square and the streets around it, or but the square."""

NO_TRACK = Track(None)
NO_BRANCHES = Branches((), ())


def number_places(places_of_steps: Sequence[Sequence[Place]]) -> tuple[Mark, ...]:
    """Every place of a story's steps in order, once each, with the number of the first step there."""
    found: dict[str, Mark] = {}
    for number, places in enumerate(places_of_steps, 1):
        for place in places:
            found.setdefault(place.id, Mark(place, number))
    return tuple(found.values())


def show_story(
    view: View,
    marks: tuple[Mark, ...],
    legs: tuple[Leg, ...],
    *,
    laid: Iterable[Layer] = (),
    detail: GroundDetail = TODAY,
) -> Scene:
    """The opening of a story: all its places, the lines of all its steps, and what else is `laid` on the ground."""
    return _make_scene(view, *laid, Route(around=legs), Markers(marks), detail=detail)


def show_step(
    view: View,
    *,
    number: int,
    places: Sequence[Place],
    arrival: tuple[Leg, ...],
    legs: tuple[Leg, ...],
    fill: Sequence[str],
    laid: Iterable[Layer] = (),
    detail: GroundDetail = TODAY,
    came_from: Place | None = None,
) -> Scene:
    """A step at `places`: numbered, lines to and between them, countries to `fill`, and what else is `laid` there.

    `came_from` is the last place of the steps before, if there is one.
    """
    marks = tuple(Mark(place, number) for place in places)
    scene = _make_scene(view, Highlight(tuple(fill)), *laid, Route(arrival, legs), Markers(marks), detail=detail)
    return replace(scene, came_from=came_from)


def show_passage(
    view: View,
    *,
    marks: Sequence[Mark],
    legs: Iterable[Leg],
    fill: Sequence[str],
    is_overview: bool,
    laid: Iterable[Layer] = (),
    detail: GroundDetail = TODAY,
) -> Scene:
    """A step without a place: those of the whole story that its view shows, and the lines as far as the story has come.

    `marks` are the story's places, `legs` the lines up to this step, `laid` what else lies on the ground. An overview
    names the places, as the opening does; a step that only left the map where it was, or looks elsewhere, has them
    stand there.
    """
    seen = tuple(mark for mark in marks if _is_in(view, mark.place.point))
    drawn = tuple(leg for leg in legs if any(_is_in(view, point) for part in leg.parts for point in part))
    markers = Markers(own=seen) if is_overview else Markers(around=seen)
    return _make_scene(view, Highlight(tuple(fill)), *laid, Route(around=drawn), markers, detail=detail)


def show_on_atlas(story: Scene, legs: tuple[Leg, ...], detail: GroundDetail = TODAY) -> Scene:
    """A story on the atlas: its places and lines, without numbers, which belong to steps."""
    marks = tuple(Mark(mark.place) for markers in story.find(Markers) for mark in markers.own)
    lines = tuple(_draw_coarsely(leg) if leg.style == "route" else leg for leg in legs)
    return _make_scene(story.view, Route(within=lines), Markers(marks), detail=detail)


def show_collection(
    view: View, places: Sequence[Place], stories: Iterable[Scene], detail: GroundDetail = TODAY
) -> Scene:
    """Several stories on the atlas as one: all `places`, and the lines of each of `stories` as it stands there."""
    legs = tuple(leg for story in stories for route in story.find(Route) for leg in route.within)
    return _make_scene(view, Route(within=legs), Markers(tuple(map(Mark, places))), detail=detail)


def show_nothing(detail: GroundDetail = TODAY) -> Scene:
    """A story that is told on a picture, on the map of all stories: it lies nowhere on the earth."""
    return Scene(view_of_bounds(INHABITED), (), detail)


def show_atlas(
    view: View, places: Sequence[Place], stories: Sequence[Scene] | None, detail: GroundDetail = TODAY
) -> Scene:
    """The atlas: every one of `places`, and the lines of every story around them; without `stories` places alone."""
    marks = tuple(map(Mark, places))
    if stories is None:
        return _make_scene(view, Markers(around=marks), detail=detail)
    legs = tuple(leg for story in stories for route in story.find(Route) for leg in route.within)
    return _make_scene(view, Route(around=legs), Markers(marks), detail=detail)


def show_place(place: Place, detail: GroundDetail = TODAY, *, zoom: float | None = None) -> Scene:
    """A place by itself; `zoom` is how close, where that is not left to what it is."""
    view = fit_view([place]) if zoom is None else view_at(place.point, zoom)
    return _make_scene(view, Markers((Mark(place),)), detail=detail)


def list_close_zooms(place: Place) -> tuple[float | None, ...]:
    """How close a place may be shown on streets: a point that is no town closer than elsewhere, the closest last."""
    return STREETS_ZOOMS if place.kind == "point" and not is_settlement(place) else (None,)


def sketch_lines(scene: Scene, *, most: int) -> Scene:
    """A story on the atlas with at most `most` points to a line."""
    layers = (
        replace(layer, within=tuple(_draw_coarsely(leg, most=most) for leg in layer.within))
        if isinstance(layer, Route)
        else layer
        for layer in scene.layers
    )
    return replace(scene, layers=tuple(layers))


def _draw_coarsely(leg: Leg, *, most: int = MOST_POINTS) -> Leg:
    """A line as the map of all stories shows it: one along a way with as few points as one along none."""
    budget = max(2, most // max(1, len(leg.parts)))
    return replace(leg, parts=tuple(part for run in leg.parts for part in draw_way(list(run), most=budget)))


def _make_scene(view: View, *layers: Layer, detail: GroundDetail) -> Scene:
    """The scene of those `layers` that show anything."""
    return Scene(view, tuple(layer for layer in layers if layer not in _EMPTY), detail)


_EMPTY = (Markers(), Route(), Highlight(()), NO_TRACK, NO_BRANCHES)


def _is_in(view: View, point: LonLat) -> bool:
    """Whether a view shows a point; one beyond the map stands on its edge."""
    return view.bounds.contains(LonLat(point.lon, max(-MAP_EDGE, min(MAP_EDGE, point.lat))))
