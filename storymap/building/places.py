"""The files of each place: its page and its still map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from storymap.addresses import place_page, place_still
from storymap.building.collections import ReadyCollection
from storymap.building.digests import Digester
from storymap.building.grounds import Ground, lay_on_grounds
from storymap.building.hook import MapHook
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.place_grounds import PlaceGrounds
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.stills import make_still
from storymap.building.tasks import Digested, Part, Task
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_place, list_kinds
from storymap.errors import Report
from storymap.gazetteer.builtin import open_builtin
from storymap.gazetteer.describe import describe_position
from storymap.language.positions import say_offset, say_position
from storymap.model.ground import GroundDetail
from storymap.model.place import Place
from storymap.pages.frame import Site
from storymap.pages.moved import make_moved_place, render_moved
from storymap.pages.place import make_place_page, render_place
from storymap.resolving.collections import CollectionOutline, choose_collection
from storymap.resolving.editions import choose_editions
from storymap.resolving.former_places import find_former_ids
from storymap.resolving.names import call_in_language
from storymap.resolving.neighbours import Neighbour, find_neighbours
from storymap.resolving.outline import Visit
from storymap.resolving.scenes import show_place

if TYPE_CHECKING:
    pass

NEIGHBOURS = 5
"""How many other places a place's page names."""


def place_files(
    places: tuple[Place, ...],
    ready: Sequence[ReadyStory],
    collections: Sequence[ReadyCollection],
    look: Part,
    palette: str,
    site: Site,
    hook: MapHook | None,
    runner: Runner,
    grounds: PlaceGrounds,
) -> Iterator[Task]:
    """The pages of all `places`, their stills, and pages that lead on from their earlier addresses.

    All of that is there for readers of each language in which `site` has a first page; `places` are called as the
    language of the site calls them. `look` names a `Look`, `grounds` find what maps lie on. A page names those of the
    stories `ready` that come there, and then those, and the `collections`, whose prose only leads there.
    """
    outlines = tuple(story.outline for story in ready)
    grouped = tuple(collection.outline for collection in collections)
    for own in (site, *site.others):
        lang, readers = own.lang, own.readers
        called = places if own is site else runner.recall(("called", lang), places, partial(_call, places, lang))
        near = runner.recall(("neighbours", lang), called, partial(find_neighbours, called, NEIGHBOURS))
        key = (outlines, grouped, lang)
        comers = runner.recall(("comers", lang), key, partial(_find_comers, ready, grouped, lang))
        found = grounds.find(called, lang, readers)
        for place in called:
            scene, zoom, under = found[place.id]
            inputs = (place, look, lang, comers.get(place.id, ()), near[place.id], hook, zoom, *under)
            here = place_page(place.id, readers)
            yield runner.task(here, make_page, *inputs, at=place.defined_at, is_local=hook is not None)
            yield runner.task(place_still(place.id, readers), make_still, scene, lang, palette, *under)
        for former, place in runner.recall(("former", lang), called, partial(find_former_ids, called)).items():
            moved = (former, place.id, place.name, lang, look)
            yield runner.task(place_page(former, readers), make_moved, *moved, at=place.defined_at)


def _call(places: Sequence[Place], lang: str) -> tuple[Place, ...]:
    return tuple(call_in_language(place, lang) for place in places)


def _find_comers(
    ready: Sequence[ReadyStory], collections: Sequence[CollectionOutline], lang: str
) -> dict[str, tuple[Digested[Visit], ...]]:
    """By place id, the visits of all stories that have a step there, and then of those whose prose leads there.

    Of a story that comes there in several languages it is the visit in `lang`, if it can be. Collections come last.
    """
    outlines = [story.outline for story in ready]
    found: dict[str, dict[int, Digested[Visit]]] = {}
    for number, story in enumerate(ready):
        for place, visit in zip(story.outline.visited, story.visits, strict=False):
            found.setdefault(place.id, {})[number] = visit
    for number, story in enumerate(ready):
        for place, visit in zip(story.outline.mentioned, story.visits[len(story.outline.visited) :], strict=True):
            found.setdefault(place.id, {}).setdefault(number, visit)
    comers = {
        place: tuple(visits[number] for number in choose_editions(outlines, lang, among=visits))
        for place, visits in found.items()
    }
    digester = Digester()
    for collection in dict.fromkeys(choose_collection(collections, lang).values()):
        for named in collection.mentioned:
            visit = Digested(named.visit, digester.digest(named.visit))
            comers[named.id] = (*comers.get(named.id, ()), visit)
    return comers


def make_page(
    place: Place,
    look: Look,
    lang: str,
    visits: tuple[Digested[Visit], ...],
    neighbours: tuple[Neighbour, ...],
    hook: MapHook | None,
    zoom: float | None,
    *grounds: Ground,
    report: Report,
) -> bytes:
    """The page of a place for readers of `lang`; its map lies on `grounds`, and `zoom` is as in `show_place`."""
    site, theme, tiles = look.site.speak(lang), look.theme, look.tiles
    scene = lay_on_grounds(show_place(place, look.detail, zoom=zoom), grounds)
    payload = compose_place(
        place,
        [found.place for found in neighbours],
        scene=scene,
        readers=site.readers,
        lang=site.lang,
        tiles=tiles,
        basemap=bake_ground([scene], site.lang),
    )
    root = "../" * place_page(place.id, site.readers).count("/")
    kinds, closest = list_kinds(payload), payload["maxZoom"]
    parts = draw_page_map(scene.view, kinds, max_zoom=closest, hook=hook, root=root, report=report)
    page = make_place_page(
        place,
        site,
        css=theme.style_page(site.lang),
        position=_tell_position(place, look.detail, site.lang),
        visits=[visit.value for visit in visits],
        neighbours=[(found.place, say_offset(found.kilometres, found.azimuth, site.lang)) for found in neighbours],
        payload=payload,
        map_parts=parts,
        opening=scene,
    )
    return render_place(page, theme).encode()


def make_moved(
    former: str,
    place: str,
    name: str,
    lang: str,
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The page at an address that a place had under an earlier name, for readers of `lang`."""
    page = make_moved_place(former, look.site.speak(lang), place=place, name=name, css=look.theme.style_page(lang))
    return render_moved(page, look.theme).encode()


def _tell_position(place: Place, detail: GroundDetail, lang: str) -> str:
    """Where a place is, by the towns and countries of today only where the map names those."""
    if detail.names == "all":
        return describe_position(place, open_builtin(), lang=lang)
    return say_position(place, lang)
