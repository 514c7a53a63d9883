"""The files of the atlas: the site's first page, with every story and every place on one map."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.addresses import ATLAS, ATLAS_STILL
from storymap.basemap.bake import bake_basemap
from storymap.building.hook import MapHook, finish_map
from storymap.building.recipe import Recipe
from storymap.building.stills import still_recipe
from storymap.building.weighing import weigh_page
from storymap.drawing.contract import TilesPayload
from storymap.drawing.folium_map import draw_map
from storymap.drawing.payload import compose_atlas
from storymap.drawing.stills import Still
from storymap.errors import Location, Report
from storymap.pages.atlas import make_atlas_page, render_atlas
from storymap.pages.frame import Site
from storymap.pages.theme import Theme
from storymap.resolving.atlas import Atlas


def atlas_files(
    atlas: Atlas, site: Site, theme: Theme, tiles: TilesPayload | None, hook: MapHook | None, *, guide: bool
) -> Iterator[tuple[str, Recipe]]:
    """The atlas and its still, as paths and recipes; `guide` says whether the site has the guide for authors."""
    yield ATLAS, Recipe(_make_page, (atlas, site, theme, tiles, hook, guide))
    yield ATLAS_STILL, still_recipe(Still.of_atlas(atlas, site.lang), theme.palette)


def _make_page(
    atlas: Atlas,
    site: Site,
    theme: Theme,
    tiles: TilesPayload | None,
    hook: MapHook | None,
    guide: bool,  # noqa: FBT001 - an input among others
    *,
    report: Report,
) -> bytes:
    basemap = bake_basemap([atlas.view, *(story.view for story in atlas.stories)], lang=site.lang)
    payload = compose_atlas(atlas, lang=site.lang, tiles=tiles, basemap=basemap)
    story_map = draw_map(atlas.view, max_zoom=payload["maxZoom"], tiled=tiles is not None, inset=False)
    page = make_atlas_page(
        atlas,
        site,
        css=theme.page_css,
        guide=guide,
        payload=payload,
        map_parts=finish_map(story_map, None, hook, report),
        opening=Still.of_atlas(atlas, site.lang),
    )
    return weigh_page(render_atlas(page, theme), Location("stories"), report)
