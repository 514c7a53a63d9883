"""What exported files tell of stories: steps in order with their places and texts, and ways, as plain values.

Every exporter of places is a function of a tuple of these; none of them looks into a story.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import lead_from_site, place_page, story_page
from storymap.earth.mercator import wrap_longitude
from storymap.layers.branches import Branches
from storymap.layers.track import find_stage
from storymap.model.layer import Route
from storymap.model.place import Place
from storymap.model.story import Step, Story
from storymap.model.time import When
from storymap.model.track import TrackPoint
from storymap.pages.plain import say_plainly
from storymap.text.unwanted import blot_out


class StepRecord(Struct, frozen=True):
    """A step: `text` is its prose without markup, `url` its address, empty where the site's is not known."""

    number: int
    id: str
    title: str
    when: When | None
    text: str
    places: tuple[Place, ...]
    url: str

    @property
    def date(self) -> str:
        """When it happens, in EDTF, or empty."""
        return self.when.edtf if self.when else ""


class WayRecord(Struct, frozen=True):
    """A line that somebody went: `parts` are runs of at least two points in lon/lat, none of which crosses 180°.

    `step` is the number of the step that goes it, 0 where it is the way of the whole story.
    """

    name: str
    step: int
    parts: tuple[tuple[TrackPoint, ...], ...]


class StoryRecord(Struct, frozen=True):
    """A story: `text` is its opening without markup, `url` its address, empty where the site's is not known."""

    id: str
    title: str
    summary: str
    lang: str
    authors: tuple[str, ...]
    text: str
    steps: tuple[StepRecord, ...]
    ways: tuple[WayRecord, ...]
    url: str

    @property
    def visits(self) -> tuple[tuple[StepRecord, Place], ...]:
        """Each step at each of its places, in order."""
        return tuple((step, place) for step in self.steps for place in step.places)

    def without_times(self) -> StoryRecord:
        """The same, its ways without the times at which they were recorded."""
        ways = (
            replace(way, parts=tuple(tuple(point._replace(time=None) for point in part) for part in way.parts))
            for way in self.ways
        )
        return replace(self, ways=tuple(ways))


def record_story(story: Story, *, url: str = "") -> StoryRecord:
    """What files tell of `story`; `url` is that of its site, empty where it is not known."""
    page = lead_from_site(url, story_page(story.id)) if url else ""
    return StoryRecord(
        id=story.id,
        title=blot_out(story.title),
        summary=blot_out(story.summary),
        lang=story.lang,
        authors=tuple(map(blot_out, story.authors)),
        text=say_plainly(story.opening, story.lang),
        steps=tuple(
            StepRecord(
                number=step.number,
                id=step.id,
                title=blot_out(step.title),
                when=step.when,
                text=say_plainly(step.prose, story.lang),
                places=tuple(map(_blot_out, step.places)),
                url=f"{page}#{step.id}" if page else "",
            )
            for step in story.steps
        ),
        ways=tuple(dict.fromkeys(_list_ways(story))),
        url=page,
    )


def list_places(stories: Sequence[StoryRecord]) -> dict[str, tuple[Place, list[tuple[StoryRecord, StepRecord]]]]:
    """By id each place of `stories` in order of first appearance, and the steps that come there."""
    found: dict[str, tuple[Place, list[tuple[StoryRecord, StepRecord]]]] = {}
    for story in stories:
        for step, place in story.visits:
            found.setdefault(place.id, (place, []))[1].append((story, step))
    return found


def lead_to_place(place: Place, url: str) -> str:
    """The address of a place's page on the site that stands at `url`; a relative one without."""
    path = place_page(place.id)
    return lead_from_site(url, path) if url else path


def _blot_out(place: Place) -> Place:
    """`place` with texts that any file may hold."""
    return dataclasses.replace(
        place,
        name=blot_out(place.name),
        description=blot_out(place.description),
        category=blot_out(place.category),
        source=blot_out(place.source),
        aliases=tuple(map(blot_out, place.aliases)),
    )


def _list_ways(story: Story) -> Iterator[WayRecord]:
    """The recorded and the named ways of a story: lines that a map only draws between places are none."""
    for branches in story.scene.find(Branches):
        for branch in branches.branches:
            yield _make_way(branch.name, 0, [[TrackPoint(*point) for point in run] for run in branch.parts])
    for step in story.steps:
        if stage := find_stage(step.scene):
            yield _make_way(stage.name or step.title, step.number, stage.parts)
        yield from _list_legs(step)


def _list_legs(step: Step) -> Iterator[WayRecord]:
    """The lines of a step that follow a track."""
    for route in step.scene.find(Route):
        for leg in route.own:
            if leg.style == "route":
                name = f"{leg.start.name} – {leg.end.name}"
                yield _make_way(name, step.number, [[TrackPoint(*point) for point in run] for run in leg.parts])


def _make_way(name: str, step: int, parts: Sequence[Sequence[TrackPoint]]) -> WayRecord:
    cut = (run for part in parts for run in _cut(part))
    return WayRecord(blot_out(name), step, tuple(tuple(run) for run in cut if len(run) > 1))


def _cut(part: Sequence[TrackPoint]) -> Iterator[list[TrackPoint]]:
    """A run of points in runs that do not cross 180°, each of which but the last ends there (RFC 7946, 3.1.9)."""
    run = [part[0]]
    for here, following in pairwise(part):
        step = following.lon - here.lon
        if abs(step) > 180:
            edge = 180.0 if here.lon > 0 else -180.0
            share = (edge - here.lon) / (wrap_longitude(step) or 1.0)
            cut = TrackPoint(
                edge,
                here.lat + (following.lat - here.lat) * share,
                _between(here.elevation, following.elevation, share),
                _between(here.time, following.time, share),
            )
            yield run if run[-1].lon == edge else [*run, cut]
            run = [] if following.lon == -edge else [cut._replace(lon=-edge)]
        run.append(following)
    yield run


def _between(here: float | None, following: float | None, share: float) -> float | None:
    return None if here is None or following is None else here + (following - here) * share
