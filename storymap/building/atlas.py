"""The pages that list stories beside the map of them, the first of the site and of each collection among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from storymap.addresses import card_still, lead_still, list_still, name_feed, story_index, story_page
from storymap.basemap.bake import NO_BASEMAP
from storymap.building.collections import ReadyCollection
from storymap.building.grounds import Ground, lay_on_grounds, part_grounds
from storymap.building.hook import MapHook
from storymap.building.list_grounds import ListGrounds, WantedMap
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.stills import make_lead_still, make_still
from storymap.building.tasks import Part, Task, join
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_atlas, list_kinds, write_json
from storymap.drawing.stills import draw_card, draw_lead
from storymap.errors import Location, Report
from storymap.model.collection import Collection
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.model.prose import plays_media
from storymap.model.scene import View
from storymap.pages.atlas import make_atlas_page, render_atlas, render_cards
from storymap.resolving.atlas import AtlasStory, make_atlas, show_stories
from storymap.resolving.editions import Edition, group_editions
from storymap.resolving.facets import Facets, find_facets
from storymap.resolving.names import call_in_language
from storymap.resolving.scenes import sketch_lines
from storymap.resolving.story_lists import PAGE_STORIES, ListPage, StoryList, list_stories, list_told

INDEX_POINTS = 20
"""Most points of a line in the script with all stories: round to the eye, at two thirds of the weight."""


def list_files(
    ready: Sequence[ReadyStory],
    collections: Sequence[ReadyCollection],
    places: tuple[Place, ...],
    grounds: ListGrounds,
    look: Part,
    palette: str,
    lang: str,
    detail: GroundDetail,
    hook: MapHook | None,
    runner: Runner,
    *,
    guide: bool,
    others: tuple[str, ...] = (),
    has_feeds: bool = False,
) -> Iterator[Task]:
    """The pages of every list of stories, their stills and those of cards.

    `places` are those of all steps, as `rank_places` gives them, `detail` as in `show_stories`, `grounds` find what
    maps lie on. `look` names a `Look`, `guide` says whether the site has the guide for authors, `others` are the
    languages besides `lang` whose readers have a first page of their own. Where the site `has_feeds`, each tag and each
    author has one.
    """
    entries: tuple[ReadyStory | ReadyCollection, ...] = (*ready, *collections)
    outlines = tuple(story.outline for story in ready)
    grouped = tuple(collection.outline for collection in collections)
    key = (outlines, lang, others, grouped)
    lists = runner.recall("lists", key, lambda: list_stories(outlines, lang, others, grouped))
    editions = runner.recall("editions", (outlines, grouped), lambda: group_editions((*outlines, *grouped)))
    leading: dict[int, None] = {}
    known_ways: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in lists:
        if one.kind in ("tag", "author"):
            known_ways.setdefault((one.kind, one.first.rpartition("/")[2]), []).append((one.lang or lang, one.first))
    found = grounds.find(_list_maps(lists, places, entries, lang))
    for one in lists:
        if one.leads:
            leading.setdefault(one.stories[0])
        facets = Facets()
        # A list of a tag or an author that goes on is chosen from on the first page, by that tag or author.
        if one.kind in ("all", "collection") or len(one.stories) <= PAGE_STORIES:
            listed = tuple(entries[number].outline for number in one.stories)
            known = (listed, tuple(editions.get(entry.id, ()) for entry in listed))
            facets = runner.recall(("facets", one.first), known, partial(find_facets, listed, editions))
            facets = facets.without(one.title if one.kind in ("tag", "author") else "")
        own = collections[one.collection] if one.collection >= 0 else None
        followed = has_feeds and one.kind in ("tag", "author") and list_told(one, outlines)
        feed = name_feed(one.first) if followed else ""
        for listed_page, numbers in one.pages:
            page = replace(listed_page, feed=feed)
            members = [entries[number] for number in numbers]
            parts = tuple(one.order.index(number) + 1 for number in numbers) if one.order else ()
            shown = _choose_visited(places, members)
            named = places if page.here == page.first and page.kind == "all" else shown
            at, front = (own.outline.at, own.whole) if own and page.number == 1 else (Location("stories"), None)
            spoken = tuple(editions.get(member.outline.id, ()) for member in members)
            if page.lang:
                shown, named = (
                    tuple(call_in_language(place, page.lang) for place in known) for known in (shown, named)
                )
            fronts = editions.get(own.outline.id, ()) if own and front else ()
            ways = tuple((one.lang, story_page(one.id)) for one in fronts)
            if page.number == 1:
                ways = ways or tuple(known_ways.get((page.kind, page.first.rpartition("/")[2]), ()))
            ground = found[page.here]
            opens = (ground.view, ground.closest)
            inputs = (page, shown, named, *opens, facets, look, hook, guide, front, parts, ways, spoken)
            told = (member.on_atlas for member in members)
            yield runner.task(page.here, make_page, *inputs, *ground.parts, *told, at=at, is_local=hook is not None)
            shapes = (member.shown_on_atlas for member in members)
            still = list_still(page.here)
            drawn = (shown, ground.view, detail, page.lang or lang, palette)
            yield runner.task(still, make_list_still, *drawn, *ground.parts, *shapes)
        if facets.found and len(one.stories) > PAGE_STORIES:
            every = [entries[number] for number in one.stories]
            parts = tuple(one.order.index(number) + 1 for number in one.stories) if one.order else ()
            spoken = tuple(editions.get(entry.outline.id, ()) for entry in every)
            shown, opens = _choose_visited(places, every), (found[one.first].view, found[one.first].closest)
            whole = (one.first, one.lang, shown, *opens, look, parts, spoken)
            yield runner.task(story_index(one.first), make_index, *whole, *(entry.on_atlas for entry in every))
    for number in leading:
        if number < len(ready) and not outlines[number].cover:
            yield runner.task(lead_still(outlines[number].id), make_lead_still, ready[number].shown, palette)
    for number, collection in enumerate(collections, len(ready)):
        page_id, leads = collection.outline.id, number in leading and not collection.outline.cover
        stills = (card_still(page_id), *([lead_still(page_id)] if leads else []))
        ground = found[page_id]
        inputs_of = (ground.view, detail, palette, leads, collection.shown_on_atlas)
        yield runner.task(stills[0], make_collection_stills, *inputs_of, *ground.parts, files=stills)


def _list_maps(
    lists: Sequence[StoryList],
    places: Sequence[Place],
    entries: Sequence[ReadyStory | ReadyCollection],
    lang: str,
) -> Iterator[WantedMap]:
    """The maps of the pages of `lists`, and those of the cards of collections, by the ids of these."""
    for one in lists:
        for page, numbers in one.pages:
            members = [entries[number] for number in numbers]
            shown = _choose_visited(places, members)
            yield WantedMap(page.here, page.lang or lang, shown, tuple(member.on_atlas for member in members))
    for entry in entries:
        if isinstance(entry, ReadyCollection):
            yield WantedMap(entry.outline.id, entry.outline.lang, _choose_visited(places, [entry]))


def _choose_visited(places: Sequence[Place], entries: Sequence[ReadyStory | ReadyCollection]) -> tuple[Place, ...]:
    """Those of `places` at which `entries` have steps."""
    visited = {place.id for entry in entries for place in entry.outline.visited}
    return tuple(place for place in places if place.id in visited)


def make_collection_stills(
    view: View,
    detail: GroundDetail,
    palette: str,
    leads: bool,  # noqa: FBT001 - an input among others
    collection: AtlasStory,
    *grounds: Ground,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The maps of a collection: the small one for its card and for the search and, where it `leads`, a wide one."""
    scene = show_stories([collection.scene], collection.places, view=view, detail=detail)
    scene = lay_on_grounds(scene, grounds)
    stills = [draw_card(scene, collection.lang, palette=palette)]
    if leads:
        stills.append(draw_lead(scene, collection.lang, palette=palette))
    return join(still.encode() for still in stills)


def make_list_still(
    places: tuple[Place, ...],
    view: View,
    detail: GroundDetail,
    lang: str,
    palette: str,
    *given: Ground | AtlasStory,
    report: Report,
) -> bytes:
    """The still of a page that lists the stories among what is `given`; its map lies on the grounds among it."""
    grounds, stories = part_grounds(given)
    scene = show_stories([story.scene for story in stories], places, view=view, detail=detail)
    return make_still(scene, lang, palette, *grounds, report=report)


def make_index(
    here: str,
    lang: str,
    places: tuple[Place, ...],
    view: View,
    closest: float,
    look: Look,
    parts: tuple[int, ...],
    editions: tuple[tuple[Edition, ...], ...],
    *stories: AtlasStory,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The script with the cards of all `stories` and what the map shows of each: it is loaded when a reader chooses.

    The page `here` loads it, `lang` is that of the list, and `editions` are those of each story. `view`, `closest` and
    `parts` are as in `make_page`.
    """
    site = look.site.speak(lang) if lang else look.site
    sketched = [replace(story, scene=sketch_lines(story.scene, most=INDEX_POINTS)) for story in stories]
    atlas = make_atlas(sketched, places, view=view, detail=look.detail, closest=closest)
    payload = compose_atlas(
        atlas, here=here, readers=site.readers, lang=lang or site.lang, tiles=None, basemap=NO_BASEMAP
    )
    index: dict[str, object] = {"stories": payload["stories"], "places": payload["places"]}
    if "signs" in payload:
        index["signs"] = payload["signs"]
    index["cards"] = render_cards(stories, editions, parts, site, look.theme, here=here, lang=lang or site.lang)
    return f"window.storymapStories={write_json(index)};\n".encode()


def make_page(
    listed: ListPage,
    places: tuple[Place, ...],
    named: tuple[Place, ...],
    view: View,
    closest: float,
    facets: Facets,
    look: Look,
    hook: MapHook | None,
    guide: bool,  # noqa: FBT001 - an input among others
    collection: Collection | None,
    parts: tuple[int, ...],
    ways: tuple[tuple[str, str], ...],
    editions: tuple[tuple[Edition, ...], ...],
    *given: Ground | AtlasStory,
    report: Report,
) -> bytes:
    """A page that lists stories, whose map shows `places` and whose text names those that are `named`.

    On the first page of a `collection`, which it tells of, each story says which part it is: `parts` are the numbers of
    its stories, or empty. `editions` are those of each story, `ways` the languages and paths of that page. The map
    opens with `view` and shows a story no closer than `closest`; `given` are the grounds that it lies on, and the
    stories.
    """
    grounds, stories = part_grounds(given)
    atlas = make_atlas(stories, places, view=view, detail=look.detail, closest=closest)
    atlas = replace(atlas, scene=lay_on_grounds(atlas.scene, grounds))
    site, theme, tiles = look.site.speak(listed.lang) if listed.lang else look.site, look.theme, look.tiles
    lang = listed.lang or site.lang
    scenes = [atlas.scene, *(story.scene for story in atlas.stories)]
    basemap = bake_ground(scenes, lang)
    payload = compose_atlas(atlas, here=listed.here, readers=site.readers, lang=lang, tiles=tiles, basemap=basemap)
    kinds, most = list_kinds(payload), payload["maxZoom"]
    root = "../" * listed.here.count("/")
    css = theme.style_page(lang)
    if collection and collection.has_media:
        css = theme.style_media(is_played=plays_media(collection.prose)) + css
    page = make_atlas_page(
        atlas,
        listed,
        site,
        css=css,
        guide=guide,
        places=named,
        facets=facets,
        editions=editions,
        collection=collection,
        parts=parts,
        ways=ways,
        payload=payload,
        map_parts=draw_page_map(view, kinds, max_zoom=most, inset=False, hook=hook, root=root, report=report),
    )
    return render_atlas(page, theme).encode()
