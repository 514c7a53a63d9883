"""The outline of a story: what other pages of a site ask of it, and the list of the site's files.

Pages take from here what they show of other stories, so that an edit of a story leaves those pages as they were that do
not show what was edited. The outlines of all stories of a site are held at once, the stories are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from storymap.errors import Location
from storymap.layers.profile import StageSummary
from storymap.layers.track import find_stage
from storymap.model.place import Place
from storymap.model.prose import Picture, ScaledPicture
from storymap.model.raster import PictureMap, Raster
from storymap.model.story import Right, Step, Story
from storymap.model.tileset import CutTile
from storymap.model.time import When


class VisitedStep(Struct, frozen=True):
    """A step as the page of its place names it; `stage` is the part of a track that it goes."""

    number: int
    id: str
    title: str
    when: When | None
    stage: StageSummary | None

    @classmethod
    def of(cls, step: Step) -> VisitedStep:
        """The step without its prose."""
        stage = find_stage(step.scene)
        return cls(step.number, step.id, step.title, step.when, StageSummary.of(stage) if stage else None)


class Visit(Struct, frozen=True):
    """One story's steps at one place, in order; a link in its prose counts as no step."""

    story: str
    title: str
    lang: str
    steps: tuple[VisitedStep, ...]


class NamedPlace(Struct, frozen=True):
    """A place that a story names: its id, the `name` that it has there, and the visit that its page tells of."""

    id: str
    name: str
    visit: Visit


class StoryOutline(Struct, frozen=True):
    """What is asked of a story beside its own page.

    `steps` are the ids of its steps. `visited` are the places of its steps, in order of first appearance; `mentioned`
    are those to which only its prose leads, with the steps in which the links stand, none where they stand in the
    opening or in a note. `spots` are those places among them that have no name but what the story calls them. `years`
    are the first and the last of which it tells, astronomical; None where nothing in it has a date. The rest is that of
    `Story`.
    """

    id: str
    title: str
    summary: str
    lang: str
    steps: tuple[str, ...]
    visited: tuple[NamedPlace, ...]
    mentioned: tuple[NamedPlace, ...]
    spots: tuple[Place, ...]
    files: tuple[str, ...]
    scaled: tuple[ScaledPicture, ...]
    rights: tuple[Right, ...]
    cover: Picture | None
    rasters: tuple[Raster, ...]
    picture: PictureMap | None
    cuts: tuple[tuple[str, tuple[CutTile, ...]], ...]
    aliases: tuple[str, ...]
    script: str
    has_media: bool
    downloads: bool
    draft: bool
    when: When | None
    published: str
    updated: str
    authors: tuple[str, ...]
    at: Location
    tags: tuple[str, ...]
    leads: bool
    has_order: bool
    years: tuple[int, int] | None

    @property
    def last_change(self) -> str:
        """The last day on which it is known to have been published or changed, in ISO 8601, or empty."""
        return max(self.published, self.updated)

    @property
    def named(self) -> tuple[NamedPlace, ...]:
        """Every place that the story names: each of them has a page."""
        return (*self.visited, *self.mentioned)


def outline_story(story: Story) -> StoryOutline:
    """The outline of `story`."""
    named = {place.id: place for place in reversed(story.named_places)}
    return StoryOutline(
        id=story.id,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        steps=tuple(step.id for step in story.steps),
        # A spot of a picture is no place of the earth, and has no page.
        visited=() if story.picture else tuple(_name_places(story, _find_visited(story), named)),
        mentioned=() if story.picture else tuple(_name_places(story, _find_mentioned(story), named)),
        spots=tuple(place for place in named.values() if place.origin == "coordinates"),
        files=story.files,
        scaled=story.scaled,
        rights=story.rights,
        cover=story.cover,
        rasters=story.rasters,
        picture=story.picture,
        cuts=story.cuts,
        aliases=story.aliases,
        script=story.script,
        has_media=story.has_media,
        downloads=story.downloads,
        draft=story.draft,
        when=story.when,
        published=story.published,
        updated=story.updated,
        authors=story.authors,
        at=story.at,
        tags=story.tags,
        leads=story.leads,
        has_order=story.has_order,
        years=find_years(story),
    )


def find_years(story: Story) -> tuple[int, int] | None:
    """The first and the last year of a story's date, or else of its steps; of an open span the one that is known."""
    whens = [story.when] if story.when else [step.when for step in story.steps if step.when]
    days = [day for when in whens for day in (when.start or when.end, when.end or when.start) if day]
    if not days:
        return None
    return min(day.first_day[0] for day in days), max(day.last_day[0] for day in days)


def _name_places(story: Story, found: dict[str, list[VisitedStep]], named: dict[str, Place]) -> Iterator[NamedPlace]:
    for place, steps in found.items():
        yield NamedPlace(place, named[place].name, Visit(story.id, story.title, story.lang, tuple(steps)))


def _find_visited(story: Story) -> dict[str, list[VisitedStep]]:
    found: dict[str, list[VisitedStep]] = {}
    for step in story.steps:
        for place in step.places:
            found.setdefault(place.id, []).append(VisitedStep.of(step))
    return found


def _find_mentioned(story: Story) -> dict[str, list[VisitedStep]]:
    visited = {place.id for place in story.places}
    found: dict[str, list[VisitedStep]] = {}
    parts = [(story.opening_links, None), *((step.links, step) for step in story.steps), (story.notes_links, None)]
    for links, step in parts:
        for place in dict.fromkeys(place.id for link in links for place in link.places):
            if place not in visited:
                found.setdefault(place, []).extend([VisitedStep.of(step)] if step else [])
    return found
