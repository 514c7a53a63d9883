"""The files of one story: its page, and a still map of the whole and of each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from storymap.basemap.bake import bake_basemap
from storymap.model import Story
from storymap.rendering.addresses import step_still, story_page, story_still
from storymap.rendering.compose import compose_story
from storymap.rendering.edition import Edition
from storymap.rendering.figure import MapParts
from storymap.rendering.maps import StoryMap, draw_map
from storymap.rendering.pages import render_moved_page, render_story_page
from storymap.rendering.payload import Payload
from storymap.rendering.stills import Still, draw_picture


def story_files(
    story: Story,
    edition: Edition,
    *,
    before: Story | None,
    after: Story | None,
    finish: Callable[[StoryMap, Story], MapParts],
) -> Iterator[tuple[str, bytes]]:
    """The page of `story`, which stands between `before` and `after`, and its stills, as paths and bytes.

    `finish` renders its map.
    """
    story_map, payload = map_story(story, edition)
    still = Still.of_story(story)
    page = render_story_page(
        story,
        edition,
        before=before,
        after=after,
        payload=payload,
        map_parts=finish(story_map, story),
        opening=still,
    )
    yield story_page(story.id), page.encode()
    for alias in story.aliases:
        yield story_page(alias), render_moved_page(story, edition).encode()
    yield story_still(story), draw_picture(still, palette=edition.palette).encode()
    for step in story.steps:
        yield step_still(story, step), draw_picture(Still.of_step(story, step), palette=edition.palette).encode()


def map_story(story: Story, edition: Edition) -> tuple[StoryMap, Payload]:
    """The Folium map of a story and the payload that feeds it, its basemap baked to every view that it shows."""
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    basemap = bake_basemap(
        (story.view, *(step.view for step in story.steps)),
        glances=[link.view for link in links],
        highlight={country for step in story.steps for country in step.highlight},
    )
    payload = compose_story(story, edition, basemap=basemap)
    return draw_map(story.view, max_zoom=edition.max_zoom, tiled=edition.tiles is not None), payload
