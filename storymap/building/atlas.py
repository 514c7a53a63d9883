"""The pages that list stories beside the map of them, the site's first page among them, and the maps on their cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from storymap.addresses import ATLAS, STORY_INDEX, lead_still, list_still
from storymap.basemap.bake import NO_BASEMAP
from storymap.building.content import ReadyStory
from storymap.building.hook import MapHook
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.runner import Runner
from storymap.building.stills import make_lead_still, make_still
from storymap.building.tasks import Part, Task
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_atlas, list_kinds, write_json
from storymap.errors import Location, Report
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.pages.atlas import make_atlas_page, render_atlas, render_cards
from storymap.resolving.atlas import AtlasStory, make_atlas, show_stories
from storymap.resolving.facets import Facets, find_facets
from storymap.resolving.scenes import sketch_lines
from storymap.resolving.story_lists import PAGE_STORIES, ListPage, list_stories

INDEX_POINTS = 20
"""Most points of a line in the script with all stories: round to the eye, at two thirds of the weight."""


def list_files(
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
    """The pages of every list of stories, their stills and those of cards.

    `places` are those of all steps, as `rank_places` gives them, `ground` and `detail` as in `show_stories`. `look`
    names a `Look`, `guide` says whether the site has the guide for authors.
    """
    outlines = tuple(story.outline for story in ready)
    lists = runner.recall("lists", outlines, lambda: list_stories(outlines))
    facets = runner.recall("facets", outlines, lambda: find_facets(outlines))
    leading: dict[int, None] = {}
    for one in lists:
        if one.leads:
            leading.setdefault(one.stories[0])
        for page, numbers in one.pages:
            members = [ready[number] for number in numbers]
            visited = {place.id for member in members for place in member.outline.visited}
            shown = tuple(place for place in places if place.id in visited)
            named = places if page.here == ATLAS else shown
            offered = facets if page.kind == "all" else Facets()
            inputs = (page, shown, named, ground, offered, look, hook, guide, *(member.on_atlas for member in members))
            yield runner.task(page.here, make_page, *inputs, at=Location("stories"), is_local=hook is not None)
            drawn = (member.shown_on_atlas for member in members)
            yield runner.task(list_still(page.here), make_list_still, shown, ground, detail, lang, palette, *drawn)
    if facets.found and len(ready) > PAGE_STORIES:
        every = (ready[number].on_atlas for number in lists[0].stories)
        yield runner.task(STORY_INDEX, make_index, places, ground, look, *every)
    for number in leading:
        if not outlines[number].cover:
            yield runner.task(lead_still(outlines[number].id), make_lead_still, ready[number].shown, palette)


def make_list_still(
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    detail: GroundDetail,
    lang: str,
    palette: str,
    *stories: AtlasStory,
    report: Report,
) -> bytes:
    """The still of a page that lists `stories`."""
    scenes = [story.scene for story in stories]
    return make_still(show_stories(scenes, places, ground=ground, detail=detail), lang, palette, report=report)


def make_index(
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    look: Look,
    *stories: AtlasStory,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The script with the cards of all `stories` and what the map shows of each: it is loaded when a reader chooses."""
    sketched = [replace(story, scene=sketch_lines(story.scene, most=INDEX_POINTS)) for story in stories]
    atlas = make_atlas(sketched, places, ground=ground, detail=look.detail)
    payload = compose_atlas(atlas, lang=look.site.lang, tiles=None, basemap=NO_BASEMAP)
    index: dict[str, object] = {"stories": payload["stories"], "places": payload["places"]}
    if "signs" in payload:
        index["signs"] = payload["signs"]
    index["cards"] = render_cards(stories, look.site, look.theme)
    return f"window.storymapStories={write_json(index)};\n".encode()


def make_page(
    listed: ListPage,
    places: tuple[Place, ...],
    named: tuple[Place, ...],
    ground: tuple[Place, ...],
    facets: Facets,
    look: Look,
    hook: MapHook | None,
    guide: bool,  # noqa: FBT001 - an input among others
    *stories: AtlasStory,
    report: Report,
) -> bytes:
    """A page that lists `stories`, whose map shows `places` and whose text names those that are `named`."""
    atlas = make_atlas(stories, places, ground=ground, detail=look.detail)
    site, theme, tiles = look.site, look.theme, look.tiles
    scenes = [atlas.scene, *(story.scene for story in atlas.stories)]
    basemap = bake_ground(scenes, site.lang)
    payload = compose_atlas(atlas, here=listed.here, lang=site.lang, tiles=tiles, basemap=basemap)
    view, kinds, closest = atlas.scene.view, list_kinds(payload), payload["maxZoom"]
    root = "../" * listed.here.count("/")
    page = make_atlas_page(
        atlas,
        listed,
        site,
        css=theme.style_page(),
        guide=guide,
        places=named,
        facets=facets,
        payload=payload,
        map_parts=draw_page_map(view, kinds, max_zoom=closest, inset=False, hook=hook, root=root, report=report),
    )
    return render_atlas(page, theme).encode()
