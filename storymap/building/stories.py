"""The files of one story: its page, its earlier addresses, and a still map of the whole and of each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storymap.addresses import step_still, story_page, story_still
from storymap.building.content import ReadyStory
from storymap.building.hook import MapHook
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.runner import Runner
from storymap.building.stills import make_still
from storymap.building.tasks import Part, Task
from storymap.drawing.contract import StoryPayload
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_story, list_kinds
from storymap.errors import Report
from storymap.model.layer import Tiles
from storymap.model.story import Story
from storymap.pages.moved import make_moved_page, render_moved
from storymap.pages.story import (
    OnwardStory,
    SharedPlace,
    lead_elsewhere,
    lead_on,
    list_shared,
    make_story_page,
    render_story,
)
from storymap.resolving.visits import Visit


def story_files(
    ready: Sequence[ReadyStory],
    visits: Mapping[str, Sequence[Visit]],
    look: Part,
    palette: str,
    hook: MapHook | None,
    runner: Runner,
) -> Iterator[Task]:
    """The pages of all stories and their stills; `look` names a `Look`."""
    elsewhere = lead_elsewhere(visits)
    for number, own in enumerate(ready):
        story = own.outline
        here = story_page(story.id)
        before = lead_on(ready[number - 1].outline, here=here) if number else None
        after = lead_on(ready[number + 1].outline, here=here) if number + 1 < len(ready) else None
        inputs = (own.whole, look, before, after, list_shared(story, elsewhere), hook)
        yield runner.task(here, make_page, *inputs, at=story.at, is_local=hook is not None)
        for alias in story.aliases:
            yield runner.task(story_page(alias), make_moved, alias, story.id, story.title, story.lang, look)
        opening, *scenes = own.scenes
        yield runner.task(story_still(story.id), make_still, opening, story.lang, palette)
        for step, scene in zip(story.steps, scenes, strict=True):
            yield runner.task(step_still(story.id, step.id), make_still, scene, story.lang, palette)


def map_story(story: Story, tiles: Tiles | None) -> StoryPayload:
    """The payload of a story's map, its basemap baked to every view that it shows."""
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    scenes = (story.scene, *(step.scene for step in story.steps))
    basemap = bake_ground(scenes, story.lang, glances=[link.view for link in links])
    return compose_story(story, tiles=tiles, basemap=basemap)


def make_page(
    story: Story,
    look: Look,
    before: OnwardStory | None,
    after: OnwardStory | None,
    shared: tuple[SharedPlace, ...],
    hook: MapHook | None,
    *,
    report: Report,
) -> bytes:
    """The page of a story."""
    payload = map_story(story, look.tiles)
    kinds, closest = list_kinds(payload), payload["maxZoom"]
    page = make_story_page(
        story,
        look.site,
        css=look.theme.story_css,
        before=before,
        after=after,
        shared=shared,
        payload=payload,
        map_parts=draw_page_map(story.view, kinds, max_zoom=closest, story=story, hook=hook, report=report),
    )
    return render_story(page, look.theme).encode()


def make_moved(
    alias: str,
    story: str,
    title: str,
    lang: str,
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The page at an address that a story once had."""
    page = make_moved_page(alias, look.site, story=story, title=title, lang=lang, css=look.theme.page_css)
    return render_moved(page, look.theme).encode()
