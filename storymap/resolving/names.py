"""Find what the names of all stories mean: places of steps and links, countries to fill.

The part of resolving that asks the gazetteer; everything after it follows from the plain values that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import unquote

from storymap.errors import Problem
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.place import Place
from storymap.model.time import When
from storymap.reading.source import StepSource, StorySource
from storymap.reading.written import WrittenMapLink
from storymap.resolving.photographs import Photographs, names_photograph
from storymap.resolving.places import PlaceFinder

MAP_LINK = re.compile(r"(geo|place):", re.IGNORECASE)
"""How the address of a link begins that moves the map."""

_NO_PHOTOGRAPHS: Photographs = {}


@dataclass(frozen=True, slots=True)
class StepNames:
    """What the names of one step mean: its places, once each, its countries as ISO codes, the place of each link.

    `when` is the time of the first photograph among its places that notes one.
    """

    places: tuple[Place, ...]
    highlight: tuple[str, ...]
    links: tuple[Place, ...]
    when: When | None = None


@dataclass(frozen=True, slots=True)
class StoryNames:
    """What the names of a whole story mean; the tuples of links have one entry per link unless one was reported."""

    opening_links: tuple[Place, ...]
    steps: tuple[StepNames, ...]
    notes_links: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SiteNames:
    """What the names of all stories mean, in the order of the atlas.

    `problems` are, for each of `stories`, what is to be told of its names: those that mean nothing, and what an author
    should know. `places` are those of `geo/` and those that stories name, by id, under their own names; one that no
    file of the project defines is `defined_at` where it is first named. `photographs` are those that stand for places,
    by the names that steps give them.
    """

    stories: tuple[StoryNames, ...]
    problems: tuple[tuple[Problem, ...], ...]
    places: Mapping[str, Place]
    photographs: Photographs = field(default_factory=dict)

    def call_by_own_name(self, place: Place) -> Place:
        """`place`, which a story may call otherwise, by its own name; a spot has none but what a story calls it."""
        return place if place.origin == "coordinates" else self.places.get(place.id, place)


def find_names(
    sources: Iterable[StorySource], gazetteer: Gazetteer, photographs: Photographs = _NO_PHOTOGRAPHS
) -> SiteNames:
    """What the names of `sources` mean. The unknown and the ambiguous are left out, and are among the problems.

    `photographs` are those that are named as places; one that is not among them has been told.
    """
    finder = PlaceFinder(gazetteer)
    stories: list[StoryNames] = []
    problems: list[tuple[Problem, ...]] = []
    for source in sources:
        stories.append(_find_story_names(source, finder, photographs))
        problems.append(tuple(finder.problems))
        finder.problems.clear()
    return SiteNames(tuple(stories), tuple(problems), finder.places, photographs)


def _find_story_names(source: StorySource, finder: PlaceFinder, photographs: Photographs) -> StoryNames:
    return StoryNames(
        opening_links=_find_links(source.opening_links, finder),
        steps=tuple(_find_step_names(step, finder, photographs) for step in source.steps),
        notes_links=_find_links(source.notes_links, finder),
    )


def _find_step_names(step: StepSource, finder: PlaceFinder, photographs: Photographs) -> StepNames:
    fields = step.fields
    places: dict[str, Place] = {}
    shown = [photographs[name] for name in fields.place or () if name in photographs]
    for number, name in enumerate(fields.place or ()):
        if name not in photographs and names_photograph(name):
            continue
        reference = photographs[name].coordinates if name in photographs else name
        if place := finder.find(reference, partial(fields.where, "place", number)):
            places.setdefault(place.id, place)
    countries = [
        finder.find_country(name, partial(fields.where, "highlight", number))
        for number, name in enumerate(fields.highlight or ())
    ]
    return StepNames(
        places=tuple(places.values()),
        highlight=tuple(dict.fromkeys(filter(None, countries))),
        links=_find_links(step.links, finder),
        when=next((photograph.when for photograph in shown if photograph.when), None),
    )


def _find_links(links: Iterable[WrittenMapLink], finder: PlaceFinder) -> tuple[Place, ...]:
    """The places that links of prose name, in order; one that is not known is told and left out."""
    return tuple(place for link in links if (place := _find_link(link, finder)))


def _find_link(link: WrittenMapLink, finder: PlaceFinder) -> Place | None:
    """The place that a link names. Bare coordinates are the place of `geo/` there, or called by the link's text."""
    is_position = link.target.lower().startswith("geo:")
    reference = link.target if is_position else unquote(MAP_LINK.sub("", link.target, count=1))
    place = finder.find(reference, lambda: link.at)
    if place is None or place.origin != "coordinates" or not link.text.strip():
        return place
    return finder.find_beside(place) or replace(place, name=link.text.strip())
