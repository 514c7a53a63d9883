"""The files of the atlas: the site's first page, with every story and every place on one map."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.addresses import ATLAS, ATLAS_STILL
from storymap.basemap.bake import bake_basemap
from storymap.building.hook import MapHook, finish_map
from storymap.building.recipe import Recipe
from storymap.building.stills import still_recipe
from storymap.building.weighing import weigh_page
from storymap.drawing.edition import Edition
from storymap.drawing.folium_map import draw_map
from storymap.drawing.payload import compose_atlas
from storymap.drawing.stills import Still
from storymap.errors import Location, Report
from storymap.pages.pages import render_atlas_page
from storymap.resolving.collection import Collection


def atlas_files(collection: Collection, edition: Edition, hook: MapHook | None) -> Iterator[tuple[str, Recipe]]:
    """The atlas and its still, as paths and recipes."""
    yield ATLAS, Recipe(_make_page, (collection, edition, hook))
    yield ATLAS_STILL, still_recipe(Still.of_atlas(collection, edition.settings.lang), edition)


def _make_page(collection: Collection, edition: Edition, hook: MapHook | None, *, report: Report) -> bytes:
    basemap = bake_basemap([collection.view, *(story.view for story in collection.stories)], lang=edition.settings.lang)
    payload = compose_atlas(collection, edition, basemap=basemap)
    story_map = draw_map(collection.view, max_zoom=payload["maxZoom"], tiled=edition.tiles is not None, inset=False)
    page = render_atlas_page(
        collection,
        edition,
        payload=payload,
        map_parts=finish_map(story_map, None, hook, report),
        opening=Still.of_atlas(collection, edition.settings.lang),
    )
    return weigh_page(page, Location("stories"), report)
