"""The lines of a story: between the places of one step, and from each step to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from storymap.earth.course import LEAST_OFF, MOST_OFF, Course
from storymap.earth.lines import draw_line, draw_way
from storymap.earth.mercator import wrap_longitude
from storymap.errors import Report
from storymap.model.layer import Leg, LineStyle
from storymap.model.place import Place
from storymap.model.track import Stage, TrackFile
from storymap.reading.source import StorySource
from storymap.resolving.names import StoryNames
from storymap.resolving.tracks import choose_stage


def find_route(
    source: StorySource, names: StoryNames, style: LineStyle, tracks: Mapping[str, TrackFile], report: Report
) -> Stage | None:
    """The way that lines of a story follow, which it joins in `style`; None where there is none, which is told.

    `tracks` are the files of tracks by their names as written. Places that do not lie on the way are told, too.
    """
    front = source.front
    route = choose_stage(front.track, partial(front.where, "track"), tracks, report)
    asked = [front.where("line")] if front.line == "route" else []
    asked += [step.fields.where("line") for step in source.steps if step.fields.line == "route"]
    if asked and front.track is None:
        help = "name it in the front matter: track: ride.gpx"
        report.error("no-route", "the line has no track to follow", asked[0], help=help)
    if route is None:
        return None
    course = Course.of(route)
    most = max(LEAST_OFF, course.kilometres * MOST_OFF)
    for step, named in zip(source.steps, names.steps, strict=True):
        for place in named.places if (step.fields.line or style) == "route" and not step.fields.track else ():
            off = course.locate(place.point).off
            if off > most:
                message = f'"{place.name}" lies {off:.0f} km from the track that the line follows'
                help = "name a place on the way, or join this step otherwise: line: straight"
                report.warning("off-the-route", message, step.fields.where("place"), help)
    return route


class Walk:
    """The lines of a story along a course, one after another: each goes on where the one before it ended."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._last: tuple[Place, float] | None = None

    def draw(self, start: Place, end: Place) -> Leg:
        """The line from `start` to `end`, with what lies between each of them and the course."""
        is_onward = self._last is not None and self._last[0] == start
        begin = self._last[1] if self._last and is_onward else self._course.locate(start.point).at
        finish = self._course.locate(end.point, begin).at
        self._last = end, finish
        way, kilometres = self._course.between(begin, finish)
        (first, _), (last, _) = way[0], way[-1]
        path = [
            (first + wrap_longitude(start.point.lon - first), start.point.lat),
            *way,
            (last + wrap_longitude(end.point.lon - last), end.point.lat),
        ]
        return Leg(start, end, "route", draw_way(path), kilometres)


def draw_legs(places: Sequence[Place], style: LineStyle, walk: Walk | None = None) -> tuple[Leg, ...]:
    """Lines between successive `places` of a step; none where the style is `none`."""
    return tuple(leg for start, end in pairwise(places) for leg in draw_arrival([start], [end], style, walk))


def draw_arrival(
    before: Sequence[Place], here: Sequence[Place], style: LineStyle, walk: Walk | None = None
) -> tuple[Leg, ...]:
    """The line from the last place of the step before to the first place of this one; none if it is the same place.

    Where it follows a route it is part of `walk`; without one, which was told, there is none.
    """
    if style == "none" or not before or not here or before[-1] == here[0]:
        return ()
    start, end = before[-1], here[0]
    if style == "route":
        return (walk.draw(start, end),) if walk else ()
    return (Leg(start, end, style, draw_line(start.point, end.point, style)),)
