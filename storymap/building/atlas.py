"""The pages that list stories beside the map of them, the site's first page among them, and the maps on their cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from storymap.addresses import lead_still, list_still, story_index
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
from storymap.resolving.editions import Edition, group_editions
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
    others: tuple[str, ...] = (),
) -> Iterator[Task]:
    """The pages of every list of stories, their stills and those of cards.

    `places` are those of all steps, as `rank_places` gives them, `ground` and `detail` as in `show_stories`. `look`
    names a `Look`, `guide` says whether the site has the guide for authors, `others` are the languages besides `lang`
    whose readers have a first page of their own.
    """
    outlines = tuple(story.outline for story in ready)
    key = (outlines, lang, others)
    lists = runner.recall("lists", key, lambda: list_stories(outlines, lang, others))
    editions = runner.recall("editions", outlines, lambda: group_editions(outlines))
    told_once = [outlines[number] for number in lists[0].stories]
    facets = runner.recall("facets", key, lambda: find_facets(told_once, editions))
    leading: dict[int, None] = {}
    for one in lists:
        if one.leads:
            leading.setdefault(one.stories[0])
        for page, numbers in one.pages:
            members = [ready[number] for number in numbers]
            visited = {place.id for member in members for place in member.outline.visited}
            shown = tuple(place for place in places if place.id in visited)
            named = places if page.here == page.first and page.kind == "all" else shown
            offered = facets if page.kind == "all" else Facets()
            spoken = tuple(editions.get(member.outline.id, ()) for member in members)
            told = (member.on_atlas for member in members)
            inputs = (page, shown, named, ground, offered, look, hook, guide, spoken, *told)
            yield runner.task(page.here, make_page, *inputs, at=Location("stories"), is_local=hook is not None)
            drawn = (member.shown_on_atlas for member in members)
            still = list_still(page.here)
            yield runner.task(still, make_list_still, shown, ground, detail, page.lang or lang, palette, *drawn)
        if one.kind == "all" and facets.found and len(one.stories) > PAGE_STORIES:
            spoken = tuple(editions.get(outlines[number].id, ()) for number in one.stories)
            every = (ready[number].on_atlas for number in one.stories)
            path = story_index(one.lang.lower())
            yield runner.task(path, make_index, one.lang, places, ground, look, spoken, *every)
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
    lang: str,
    places: tuple[Place, ...],
    ground: tuple[Place, ...],
    look: Look,
    editions: tuple[tuple[Edition, ...], ...],
    *stories: AtlasStory,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The script with the cards of all `stories` and what the map shows of each: it is loaded when a reader chooses.

    `lang` is that of the list, and `editions` are those of each story.
    """
    site = look.site.speak(lang) if lang else look.site
    sketched = [replace(story, scene=sketch_lines(story.scene, most=INDEX_POINTS)) for story in stories]
    atlas = make_atlas(sketched, places, ground=ground, detail=look.detail)
    payload = compose_atlas(atlas, here=site.home, lang=site.lang, tiles=None, basemap=NO_BASEMAP)
    index: dict[str, object] = {"stories": payload["stories"], "places": payload["places"]}
    if "signs" in payload:
        index["signs"] = payload["signs"]
    index["cards"] = render_cards(stories, editions, site, look.theme)
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
    editions: tuple[tuple[Edition, ...], ...],
    *stories: AtlasStory,
    report: Report,
) -> bytes:
    """A page that lists `stories`, whose map shows `places` and whose text names those that are `named`.

    `editions` are those of each story.
    """
    atlas = make_atlas(stories, places, ground=ground, detail=look.detail)
    site, theme, tiles = look.site.speak(listed.lang) if listed.lang else look.site, look.theme, look.tiles
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
        editions=editions,
        payload=payload,
        map_parts=draw_page_map(view, kinds, max_zoom=closest, inset=False, hook=hook, root=root, report=report),
    )
    return render_atlas(page, theme).encode()
