"""The named routes of a story: where each goes, and how far along it every step has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from storymap.earth.course import LEAST_OFF, MOST_OFF, Course
from storymap.earth.cutting import unwrap_path
from storymap.earth.distance import measure_distance
from storymap.earth.lines import draw_line, draw_way
from storymap.earth.tracks import measure_along
from storymap.errors import Report
from storymap.layers.branches import Branch, Branches
from storymap.model.place import LonLat, Place
from storymap.model.track import Stage, TrackFile, TrackPoint
from storymap.reading.route_fields import RouteFields
from storymap.reading.source import StorySource
from storymap.resolving.names import StoryNames
from storymap.resolving.scenes import NO_BRANCHES
from storymap.resolving.tracks import choose_stage
from storymap.symbology.lines import LineInk, ink_lines

Parts = tuple[tuple[LonLat, ...], ...]


def draw_branches(
    source: StorySource, names: StoryNames, tracks: Mapping[str, TrackFile], report: Report
) -> tuple[Branches, ...]:
    """What the opening shows of the story's routes, and each step; nothing of a route that cannot be had, as was told.

    `tracks` are the files of tracks by their names as written.
    """
    written, front = source.front.routes, source.front
    inks = ink_lines(
        [fields.color for fields in written.values()],
        [front.where("routes", name, "color") for name in written],
        report,
    )
    branches, shares = [], []
    for (name, fields), stops, ink in zip(written.items(), names.routes, inks, strict=True):
        branch = _draw(name, fields, stops, ink, source, tracks, report)
        if branch is None or not branch.parts:
            continue
        branches.append(branch)
        shares.append(_follow(branch, stops, [named.places for named in names.steps]))
    if not branches:
        return (NO_BRANCHES,) * (1 + len(source.steps))
    whole = Branches(tuple(branches), (1.0,) * len(branches), is_opening=True)
    return (whole, *(Branches(tuple(branches), gone) for gone in zip(*shares, strict=True)))


def _draw(
    name: str,
    fields: RouteFields,
    stops: Sequence[Place],
    ink: LineInk,
    source: StorySource,
    tracks: Mapping[str, TrackFile],
    report: Report,
) -> Branch | None:
    if fields.track is None:
        legs = [(start.point, end.point) for start, end in pairwise(stops)]
        kilometres = sum(measure_distance(*leg)[0] for leg in legs)
        return Branch(name, ink.color, ink.dark, _join([draw_line(*leg, fields.line) for leg in legs]), kilometres)
    stage = choose_stage(fields.track, lambda *keys: source.front.where("routes", name, "track", *keys), tracks, report)
    if stage is None:
        return None
    paths = (unwrap_path([(point.lon, point.lat) for point in part]) for part in stage.parts)
    parts = tuple(run for path in paths for run in draw_way(path))
    return Branch(name, ink.color, ink.dark, parts, float(measure_along(stage)[-1]))


def _join(legs: Sequence[Parts]) -> Parts:
    """The runs of successive lines, each put together with the one that goes on from its end."""
    runs: list[tuple[LonLat, ...]] = []
    for run in (run for leg in legs for run in leg):
        if runs and runs[-1][-1] == run[0]:
            runs[-1] = (*runs[-1], *run[1:])
        else:
            runs.append(run)
    return tuple(runs)


def _follow(branch: Branch, stops: Sequence[Place], steps: Sequence[Sequence[Place]]) -> tuple[float, ...]:
    """The share of a branch that is gone at the end of each step.

    A step at one of its `stops`, or at a place on its track, has come as far as that; between such steps, and to the
    end of the story, it goes on evenly.
    """
    points = tuple(TrackPoint(point.lon, point.lat) for run in branch.parts for point in run)
    course = Course.of(Stage("", (points,)))
    most = max(LEAST_OFF, branch.kilometres * MOST_OFF)
    ids = {stop.id for stop in stops}
    reached, last = {0: 0.0}, 0.0
    for number, places in enumerate(steps, 1):
        for place in places:
            spot = course.locate(place.point, last)
            if (place.id in ids if ids else spot.off <= most) and spot.at >= last:
                last = spot.at
                reached[number] = _leave_out_gaps(branch.parts, last)
    reached.setdefault(len(steps), 1.0)
    shares = np.interp(range(1, len(steps) + 1), list(reached), list(reached.values()))
    return tuple(map(float, shares))


def _leave_out_gaps(parts: Parts, at: float) -> float:
    """The share of the runs up to a point of the course through them, which bridges what lies between."""
    lengths = [_measure(run) for run in parts]
    gaps = [_measure((run[-1], following[0])) for run, following in pairwise(parts)]
    gone = 0.0
    for length, gap in zip(lengths, (*gaps, 0.0), strict=True):
        gone += min(at, length)
        at = max(0.0, at - length - gap)
    return min(1.0, gone / sum(lengths))


def _measure(run: Sequence[LonLat]) -> float:
    """The length of a run in the plane."""
    return float(Course.of(Stage("", (tuple(TrackPoint(point.lon, point.lat) for point in run),))).line.length)
