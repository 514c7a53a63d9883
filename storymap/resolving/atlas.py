"""What the atlas tells of all stories: each without its prose, the places of their steps, and a view of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.model.layer import Leg
from storymap.model.place import Place
from storymap.model.scene import View
from storymap.model.story import Story
from storymap.model.time import When
from storymap.resolving.views import frame_places
from storymap.text.ordering import order_naturally


@dataclass(frozen=True, slots=True)
class AtlasStory:
    """A story without its prose.

    `steps` counts its steps; `cover` is a picture in the stories folder, or empty; `legs` are all its lines, and `view`
    frames it.
    """

    id: str
    title: str
    summary: str
    lang: str
    when: When | None
    cover: str
    steps: int
    places: tuple[Place, ...]
    legs: tuple[Leg, ...]
    view: View
    draft: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every story of a site on one map.

    `places` are those of steps, the ones with the most steps first: where names are short of room, they win. `view`
    frames them all.
    """

    stories: tuple[AtlasStory, ...]
    places: tuple[Place, ...]
    view: View


def make_atlas(stories: Sequence[Story], places: Sequence[Place], *, ground: Sequence[Place]) -> Atlas:
    """The atlas of `stories`.

    `places` are those that have a page, by the names that they have there. Without a place in any story the map shows
    the `ground`.
    """
    steps = Counter(place.id for story in stories for step in story.steps for place in step.places)
    visited = {place.id: place for story in stories for place in story.places}
    return Atlas(
        stories=tuple(_describe(story) for story in stories),
        places=tuple(
            sorted(
                (place for place in places if place.id in steps),
                key=lambda place: (-steps[place.id], order_naturally(place.id)),
            )
        ),
        view=frame_places(tuple(visited.values()) or ground),
    )


def _describe(story: Story) -> AtlasStory:
    return AtlasStory(
        id=story.id,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        when=story.when,
        cover=story.cover,
        steps=len(story.steps),
        places=story.places,
        legs=story.legs,
        view=story.view,
        draft=story.draft,
    )
