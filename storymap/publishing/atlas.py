"""The files of the atlas: the site's first page, with every story and every place on one map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from storymap.basemap.bake import bake_basemap
from storymap.rendering.addresses import ATLAS, ATLAS_STILL
from storymap.rendering.compose import compose_atlas
from storymap.rendering.edition import Edition
from storymap.rendering.figure import MapParts
from storymap.rendering.maps import StoryMap, draw_map
from storymap.rendering.pages import render_atlas_page
from storymap.rendering.stills import Still, draw_picture


def atlas_files(edition: Edition, *, finish: Callable[[StoryMap], MapParts]) -> Iterator[tuple[str, bytes]]:
    """The atlas and its still, as paths and bytes; `finish` renders its map."""
    basemap = bake_basemap([edition.view, *(story.view for story in edition.stories)])
    still = Still.of_atlas(edition)
    page = render_atlas_page(
        edition,
        payload=compose_atlas(edition, basemap=basemap),
        map_parts=finish(
            draw_map(edition.view, max_zoom=edition.max_zoom, tiled=edition.tiles is not None, inset=False)
        ),
        opening=still,
    )
    yield ATLAS, page.encode()
    yield ATLAS_STILL, draw_picture(still, palette=edition.palette).encode()
