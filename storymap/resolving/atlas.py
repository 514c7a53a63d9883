"""What the atlas tells of all stories: each without its prose, the places of their steps, and a view of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.model.layer import Markers
from storymap.model.place import Place
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.model.time import When
from storymap.resolving.scenes import show_atlas, show_on_atlas
from storymap.resolving.views import frame_places
from storymap.text.ordering import order_naturally


@dataclass(frozen=True, slots=True)
class AtlasStory:
    """A story without its prose.

    `steps` counts its steps; `cover` is a picture in the stories folder, or empty; `scene` shows all its places and
    lines.
    """

    id: str
    title: str
    summary: str
    lang: str
    when: When | None
    cover: str
    steps: int
    scene: Scene
    draft: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of its steps."""
        return _list_places(self.scene)


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every story of a site on one map: its `scene` frames them all."""

    stories: tuple[AtlasStory, ...]
    scene: Scene

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of steps, those with the most steps first: where names are short of room, they win."""
        return _list_places(self.scene)


def make_atlas(stories: Sequence[Story], places: Sequence[Place], *, ground: Sequence[Place]) -> Atlas:
    """The atlas of `stories`.

    `places` are those that have a page, by the names that they have there. Without a place in any story the map shows
    the `ground`.
    """
    steps = Counter(place.id for story in stories for step in story.steps for place in step.places)
    visited = {place.id: place for story in stories for place in story.places}
    ranked = sorted(
        (place for place in places if place.id in steps),
        key=lambda place: (-steps[place.id], order_naturally(place.id)),
    )
    described = tuple(_describe(story) for story in stories)
    view = frame_places(tuple(visited.values()) or ground)
    return Atlas(described, show_atlas(view, ranked, [story.scene for story in described]))


def _describe(story: Story) -> AtlasStory:
    return AtlasStory(
        id=story.id,
        title=story.title,
        summary=story.summary,
        lang=story.lang,
        when=story.when,
        cover=story.cover,
        steps=len(story.steps),
        scene=show_on_atlas(story.scene, story.legs),
        draft=story.draft,
    )


def _list_places(scene: Scene) -> tuple[Place, ...]:
    return tuple(mark.place for markers in scene.find(Markers) for mark in markers.own)
