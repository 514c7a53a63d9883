"""The stories of a site as other pages tell of them, its places, and who comes where.

A page takes from here only what it shows of others, so that an edit elsewhere leaves it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.model.layer import Leg
from storymap.model.place import Place
from storymap.model.scene import View
from storymap.model.story import Step, Story
from storymap.model.time import When
from storymap.text.ordering import order_naturally


@dataclass(frozen=True, slots=True)
class StoryOutline:
    """A story without its prose: what its card, the atlas and its neighbours show of it."""

    id: str
    title: str
    summary: str
    lang: str
    authors: tuple[str, ...]
    when: When | None
    cover: str
    steps: int
    places: tuple[Place, ...]
    legs: tuple[Leg, ...]
    view: View
    draft: bool

    @classmethod
    def of(cls, story: Story) -> StoryOutline:
        """The outline of `story`."""
        return cls(
            id=story.id,
            title=story.title,
            summary=story.summary,
            lang=story.lang,
            authors=story.authors,
            when=story.when,
            cover=story.cover,
            steps=len(story.steps),
            places=story.places,
            legs=story.legs,
            view=story.view,
            draft=story.draft,
        )


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


@dataclass(frozen=True, slots=True)
class Collection:
    """Every story and every place of a site.

    `places` are the places that have a page, by id: every one that a story names, and all of `geo/` where the settings
    ask for them. `visits` tells by place id which stories come there, `mentions` which only lead there from their
    prose. `view` frames every story.
    """

    stories: tuple[StoryOutline, ...]
    places: tuple[Place, ...]
    visits: dict[str, tuple[Visit, ...]]
    mentions: dict[str, tuple[Visit, ...]]
    view: View

    @property
    def visited(self) -> tuple[Place, ...]:
        """The places of steps, those with the most steps first: where names are short of room, they win."""
        steps = {place: sum(len(visit.steps) for visit in visits) for place, visits in self.visits.items()}
        visited = [place for place in self.places if place.id in steps]
        return tuple(sorted(visited, key=lambda place: (-steps[place.id], order_naturally(place.id))))


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


def linked_places(story: Story) -> tuple[Place, ...]:
    """The places that the story's prose links to, in order, once each."""
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    return tuple({place.id: place for link in links for place in link.places}.values())


def named_places(story: Story) -> tuple[Place, ...]:
    """Every place that the story names, in a step, in its prose or in a note: each of them has a page."""
    noted = (place for link in story.notes_links for place in link.places)
    return (*story.places, *linked_places(story), *noted)


def _steps_by_place(story: Story) -> dict[str, tuple[VisitedStep, ...]]:
    found: dict[str, list[VisitedStep]] = {}
    for step in story.steps:
        for place in step.places:
            found.setdefault(place.id, []).append(VisitedStep.of(step))
    return {place: tuple(steps) for place, steps in found.items()}
