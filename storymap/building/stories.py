"""The files of one story: its page, its earlier addresses, and a still map of the whole and of each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storymap.addresses import step_still, story_page, story_still
from storymap.basemap.bake import bake_basemap
from storymap.building.hook import MapHook, finish_map
from storymap.building.recipe import Recipe
from storymap.building.stills import still_recipe
from storymap.building.weighing import weigh_page
from storymap.drawing.contract import Payload, TilesPayload
from storymap.drawing.folium_map import StoryMap, draw_map
from storymap.drawing.payload import compose_story
from storymap.drawing.stills import Still, list_spots
from storymap.errors import Report
from storymap.model.story import Story
from storymap.pages.frame import Site
from storymap.pages.moved import make_moved_page, render_moved
from storymap.pages.story import OnwardStory, SharedPlace, lead_on, list_shared, make_story_page, render_story
from storymap.pages.theme import Theme
from storymap.resolving.visits import Visit


def story_files(
    stories: Sequence[Story],
    visits: Mapping[str, Sequence[Visit]],
    site: Site,
    theme: Theme,
    tiles: TilesPayload | None,
    hook: MapHook | None,
) -> Iterator[tuple[str, Recipe]]:
    """The pages of all `stories` and their stills, as paths and recipes."""
    for number, story in enumerate(stories):
        here = story_page(story.id)
        before = lead_on(stories[number - 1], here=here) if number else None
        after = lead_on(stories[number + 1], here=here) if number + 1 < len(stories) else None
        shared = list_shared(story, visits)
        yield here, Recipe(_make_page, (story, site, theme, tiles, before, after, shared, hook))
        for alias in story.aliases:
            yield story_page(alias), Recipe(_make_moved_page, (alias, story.id, story.title, story.lang, site, theme))
        yield story_still(story.id), still_recipe(Still.of_story(story), theme.palette)
        for step in story.steps:
            yield step_still(story.id, step.id), still_recipe(Still.of_step(story, step), theme.palette)


def map_story(story: Story, tiles: TilesPayload | None) -> tuple[StoryMap, Payload]:
    """The Folium map of a story and the payload that feeds it, its basemap baked to every view that it shows."""
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    basemap = bake_basemap(
        (story.view, *(step.view for step in story.steps)),
        glances=[link.view for link in links],
        highlight={country for step in story.steps for country in step.highlight},
        places=list_spots(story.places),
        lang=story.lang,
    )
    payload = compose_story(story, tiles=tiles, basemap=basemap)
    return draw_map(story.view, max_zoom=payload["maxZoom"], tiled=tiles is not None), payload


def _make_page(
    story: Story,
    site: Site,
    theme: Theme,
    tiles: TilesPayload | None,
    before: OnwardStory | None,
    after: OnwardStory | None,
    shared: tuple[SharedPlace, ...],
    hook: MapHook | None,
    *,
    report: Report,
) -> bytes:
    story_map, payload = map_story(story, tiles)
    page = make_story_page(
        story,
        site,
        css=theme.story_css,
        before=before,
        after=after,
        shared=shared,
        payload=payload,
        map_parts=finish_map(story_map, story, hook, report),
        opening=Still.of_story(story),
    )
    return weigh_page(render_story(page, theme), story.at, report)


def _make_moved_page(
    alias: str,
    story: str,
    title: str,
    lang: str,
    site: Site,
    theme: Theme,
    *,
    report: Report,  # noqa: ARG001 - a recipe's
) -> bytes:
    page = make_moved_page(alias, site, story=story, title=title, lang=lang, css=theme.page_css)
    return render_moved(page, theme).encode()
