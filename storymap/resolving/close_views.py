"""Find the views of a story that come close enough to show streets."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.model.place import LonLat
from storymap.model.scene import Scene
from storymap.model.story import Story
from storymap.streets.needs import CloseViews, is_close


def find_close_views(story: Story) -> CloseViews:
    """Those of its scenes whose author wants streets, and where the places of these steps are."""
    return CloseViews(
        tuple({scene.view: scene.detail.streets for scene in story.scenes if wants_streets(scene)}.items()),
        tuple(dict.fromkeys(_list_spots(story))),
    )


def wants_streets(scene: Scene) -> bool:
    """Whether its map is close enough for streets, and its author wants some."""
    return is_close(scene) and scene.detail.streets != "none"


def _list_spots(story: Story) -> Iterator[LonLat]:
    return (place.point for step in story.steps if wants_streets(step.scene) for place in step.places)
