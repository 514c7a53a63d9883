"""What all pages of one site share: its settings, stories and places, and who comes where.

Made once per build, before the first page; passed to everything that renders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.model import Place, Step, Story, View
from storymap.rendering.payload import TilesPayload
from storymap.settings import Settings


@dataclass(frozen=True, slots=True)
class Visit:
    """One story's steps at one place, in order; a link in its prose counts as no step."""

    story: Story
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One site about to be rendered.

    `css` is the stylesheet that stands in every page, `palette` the part of it that stills carry. `places` are the
    places that have a page: those of `geo/` and every one that a story names. `visits` tells by place id which stories
    come there. `view` frames every story.
    """

    settings: Settings
    tiles: TilesPayload | None
    max_zoom: float
    css: str
    palette: str
    stories: tuple[Story, ...]
    places: tuple[Place, ...]
    visits: dict[str, tuple[Visit, ...]]
    view: View


def find_visits(stories: Sequence[Story]) -> dict[str, tuple[Visit, ...]]:
    """By place id, every story that has a step there, in the order of `stories`."""
    visits: dict[str, list[Visit]] = {}
    for story in stories:
        for place in story.places:
            steps = tuple(step for step in story.steps if place in step.places)
            visits.setdefault(place.id, []).append(Visit(story, steps))
    return {place: tuple(found) for place, found in visits.items()}


def visited_places(edition: Edition) -> tuple[Place, ...]:
    """The places of the stories' steps, those with the most steps first: where names are short of room, they win."""
    steps = {place: sum(len(visit.steps) for visit in visits) for place, visits in edition.visits.items()}
    visited = [place for place in edition.places if place.id in steps]
    return tuple(sorted(visited, key=lambda place: (-steps[place.id], place.id)))


def linked_places(story: Story) -> tuple[Place, ...]:
    """The places that the story's prose links to, in order, once each."""
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    return tuple({place.id: place for link in links for place in link.places}.values())
