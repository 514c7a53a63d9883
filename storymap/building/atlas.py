"""The files of the atlas: the site's first page, with every story and every place on one map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storymap.addresses import ATLAS, ATLAS_STILL
from storymap.building.content import ReadyStory
from storymap.building.hook import MapHook
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.runner import Runner
from storymap.building.stills import make_still
from storymap.building.tasks import Part, Task
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_atlas, list_kinds
from storymap.errors import Location, Report
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.pages.atlas import make_atlas_page, render_atlas
from storymap.resolving.atlas import AtlasStory, make_atlas, show_stories


def atlas_files(
    ready: Sequence[ReadyStory],
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    look: Part,
    palette: str,
    lang: str,
    detail: GroundDetail,
    hook: MapHook | None,
    runner: Runner,
    *,
    guide: bool,
) -> Iterator[Task]:
    """The atlas and its still; `places`, `ground` and `detail` as in `show_stories`.

    `look` names a `Look`, `guide` says whether the site has the guide for authors.
    """
    inputs = (places, ground, look, hook, guide, *(story.on_atlas for story in ready))
    yield runner.task(ATLAS, make_page, *inputs, at=Location("stories"), is_local=hook is not None)
    shown = (story.shown_on_atlas for story in ready)
    yield runner.task(ATLAS_STILL, make_atlas_still, places, ground, detail, lang, palette, *shown)


def make_atlas_still(
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    detail: GroundDetail,
    lang: str,
    palette: str,
    *stories: AtlasStory,
    report: Report,
) -> bytes:
    """The still of the site's first page."""
    scenes = [story.scene for story in stories]
    return make_still(show_stories(scenes, places, ground=ground, detail=detail), lang, palette, report=report)


def make_page(
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    look: Look,
    hook: MapHook | None,
    guide: bool,  # noqa: FBT001 - an input among others
    *stories: AtlasStory,
    report: Report,
) -> bytes:
    """The site's first page."""
    atlas = make_atlas(stories, places, ground=ground, detail=look.detail)
    site, theme, tiles = look.site, look.theme, look.tiles
    scenes = [atlas.scene, *(story.scene for story in atlas.stories)]
    basemap = bake_ground(scenes, site.lang)
    payload = compose_atlas(atlas, lang=site.lang, tiles=tiles, basemap=basemap)
    view, kinds, closest = atlas.scene.view, list_kinds(payload), payload["maxZoom"]
    page = make_atlas_page(
        atlas,
        site,
        css=theme.page_css,
        guide=guide,
        payload=payload,
        map_parts=draw_page_map(view, kinds, max_zoom=closest, inset=False, hook=hook, report=report),
    )
    return render_atlas(page, theme).encode()
