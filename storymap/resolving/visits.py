"""Who comes where: which stories have steps at a place or lead there, and which places have a page for that.

Pages take from here what they show of other stories, so that an edit of a story leaves those pages as they were that do
not show what was edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.model.place import Place
from storymap.model.story import Step, Story
from storymap.model.time import When
from storymap.resolving.names import SiteNames


@dataclass(frozen=True, slots=True)
class VisitedStep:
    """A step as the page of its place names it."""

    number: int
    id: str
    title: str
    when: When | None

    @classmethod
    def of(cls, step: Step) -> VisitedStep:
        """The step without its prose."""
        return cls(step.number, step.id, step.title, step.when)


@dataclass(frozen=True, slots=True)
class Visit:
    """One story's steps at one place, in order; a link in its prose counts as no step."""

    story: str
    title: str
    lang: str
    steps: tuple[VisitedStep, ...]


def choose_places(stories: Sequence[Story], names: SiteNames, *, every: bool) -> tuple[Place, ...]:
    """The places that have a page, ordered by id: those that stories name, and with `every` all others of `geo/`."""
    places = {key: place for key, place in names.places.items() if every and place.origin == "geo"}
    for story in stories:
        for place in story.named_places:
            places.setdefault(place.id, names.call_by_own_name(place))
    return tuple(places[name] for name in sorted(places))


def find_visits(stories: Sequence[Story]) -> dict[str, tuple[Visit, ...]]:
    """By place id, every story that has a step there, in the order of `stories`."""
    visits: dict[str, list[Visit]] = {}
    for story in stories:
        for place, steps in _steps_by_place(story).items():
            visits.setdefault(place, []).append(Visit(story.id, story.title, story.lang, steps))
    return {place: tuple(found) for place, found in visits.items()}


def find_mentions(stories: Sequence[Story]) -> dict[str, tuple[Visit, ...]]:
    """By place id, every story whose prose leads there though none of its steps is there, in the order of `stories`.

    The steps are those in which the links stand; none where they stand in the opening or in a note.
    """
    mentions: dict[str, list[Visit]] = {}
    for story in stories:
        visited = {place.id for place in story.places}
        found: dict[str, list[VisitedStep]] = {}
        parts = [(story.opening_links, None), *((step.links, step) for step in story.steps), (story.notes_links, None)]
        for links, step in parts:
            for place in {place.id for link in links for place in link.places} - visited:
                found.setdefault(place, []).extend([VisitedStep.of(step)] if step else [])
        for place, steps in found.items():
            mentions.setdefault(place, []).append(Visit(story.id, story.title, story.lang, tuple(steps)))
    return {place: tuple(visits) for place, visits in mentions.items()}


def _steps_by_place(story: Story) -> dict[str, tuple[VisitedStep, ...]]:
    found: dict[str, list[VisitedStep]] = {}
    for step in story.steps:
        for place in step.places:
            found.setdefault(place.id, []).append(VisitedStep.of(step))
    return {place: tuple(steps) for place, steps in found.items()}
