"""The files of one story: its page, its earlier addresses, and a still map of the whole and of each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from storymap.addresses import (
    atlas_page,
    card_still,
    oembed_file,
    page_code,
    split_edition,
    step_still,
    story_card,
    story_page,
    story_still,
    whole_address,
)
from storymap.basemap.bake import NO_BASEMAP
from storymap.building.collections import ReadyCollection
from storymap.building.downloads import download_files, list_downloads
from storymap.building.hook import MapHook
from storymap.building.look import Look
from storymap.building.page_map import draw_page_map
from storymap.building.ready_stories import ReadyStory
from storymap.building.runner import Runner
from storymap.building.search import collection_text_files, text_files
from storymap.building.stills import make_stills
from storymap.building.tasks import Part, Task
from storymap.drawing.contract import StoryPayload
from storymap.drawing.ground import bake_ground
from storymap.drawing.payload import compose_story, list_kinds
from storymap.errors import Report
from storymap.layers.backdrop import Backdrop
from storymap.layers.kinds import choose_styles
from storymap.layers.tiles import Tiles
from storymap.model.prose import plays_media
from storymap.model.story import Story
from storymap.pages.frame import Site
from storymap.pages.moved import make_moved_page, render_moved
from storymap.pages.sharing import CARD_SIZE
from storymap.pages.story import (
    OnwardStory,
    SharedPlace,
    StepElsewhere,
    lead_elsewhere,
    lead_on,
    list_shared,
    make_story_page,
    render_story,
)
from storymap.resolving.collections import CollectionOutline, choose_collection
from storymap.resolving.editions import Edition, choose_editions, group_editions
from storymap.resolving.outline import StoryOutline
from storymap.resolving.visits import find_visits


def story_files(
    ready: Sequence[ReadyStory],
    collections: Sequence[ReadyCollection],
    look: Part,
    palette: str,
    site: Site,
    hook: MapHook | None,
    runner: Runner,
) -> Iterator[Task]:
    """The pages of all stories of `site`, their stills and the files that they offer. `look` names a `Look`."""
    outlines = tuple(story.outline for story in ready)
    grouped = tuple(collection.outline for collection in collections)
    around = runner.recall("around", (outlines, grouped, site), lambda: _find_around(outlines, grouped, site))
    for own in ready:
        inputs = (own, around[own.outline.id], look, palette, site.url, hook)
        yield from runner.recall(("files of", own.outline.id), inputs, partial(_list_files, *inputs, runner))


def collection_files(collections: Sequence[ReadyCollection], look: Part, runner: Runner) -> Iterator[Task]:
    """What a collection has beside its front page: its text for the search, and pages at its earlier addresses."""
    for collection in collections:
        told = collection.outline
        yield from collection_text_files(collection, runner)
        for alias in told.aliases:
            inputs = (alias, told.id, told.title, told.lang, look)
            yield runner.task(story_page(alias), make_moved_front, *inputs)


class Around(Struct, frozen=True):
    """What stands around a story for a reader of its language: the stories before and after it, places, editions.

    Those before and after it are of its collection, or of none as it is; it is the `part` of that number, from 1, of so
    many, or zeros. `shared` are its places to which others come too, `editions` all of it, where there are several.
    """

    before: StoryOutline | None
    after: StoryOutline | None
    part: tuple[int, int]
    shared: tuple[SharedPlace, ...]
    editions: tuple[Edition, ...]


def _find_around(
    stories: Sequence[StoryOutline], collections: Sequence[CollectionOutline], site: Site
) -> dict[str, Around]:
    """For each story what stands around it; each other one is there once, in the language of the story if it can."""
    editions = group_editions(stories)
    found: dict[str, Around] = {}
    for lang in dict.fromkeys(story.lang for story in stories):
        others = [stories[number] for number in choose_editions(stories, lang)]
        belongs = choose_collection(collections, lang)
        rows: dict[CollectionOutline | None, list[StoryOutline]] = {}
        for story in others:
            rows.setdefault(belongs.get(story.id), []).append(story)
        visits = find_visits(others)
        elsewhere: dict[str, dict[str, tuple[tuple[str, StepElsewhere], ...]]] = {}
        for collection, row in rows.items():
            for number, own in enumerate(row):
                if own.lang != lang:
                    continue
                folder = split_edition(own.id)[1]
                if folder not in elsewhere:
                    elsewhere[folder] = lead_elsewhere(visits, here=atlas_page(folder))
                found[own.id] = Around(
                    row[number - 1] if number else None,
                    row[number + 1] if number + 1 < len(row) else None,
                    (number + 1, len(row)) if collection else (0, 0),
                    list_shared(own, elsewhere[folder], site.speak(lang).readers),
                    editions.get(own.id, ()),
                )
    return found


def _list_files(
    own: ReadyStory,
    near: Around,
    look: Part,
    palette: str,
    url: str,
    hook: MapHook | None,
    runner: Runner,
) -> tuple[Task, ...]:
    """The page of the story, its earlier addresses, its stills; `near` is what stands around it."""
    story = own.outline
    here = story_page(story.id)
    around = tuple(lead_on(other, here=here) if other else None for other in (near.before, near.after))
    inputs = (own.whole, look, *around, near.part, near.shared, near.editions, hook)
    stills = (story_still(story.id), *(step_still(story.id, step) for step in story.steps), card_still(story.id))
    return (
        runner.task(here, make_page, *inputs, at=story.at, is_local=hook is not None),
        *text_files(own, runner),
        *(runner.task(story_page(alias), make_moved, alias, own.whole, look) for alias in story.aliases),
        runner.task(stills[0], make_stills, own.shown, palette, files=stills),
        *download_files(own, url, runner),
        *(
            [
                runner.task(oembed_file(story.id), make_oembed, story.id, story.title, story.authors, story.lang, look),
                runner.task(page_code(story.id), make_page_code, whole_address(url, here)),
            ]
            if url and not story.draft
            else []
        ),
    )


def map_story(story: Story, tiles: Tiles | None, report: Report | None = None, *, readers: str = "") -> StoryPayload:
    """The payload of a story's map, its basemap baked to every view that it shows.

    `readers` are as in `storymap.addresses.for_readers`.
    """
    links = (*story.opening_links, *(link for step in story.steps for link in step.links))
    if backdrops := story.scene.find(Backdrop):
        titles = [backdrop.title for backdrop in backdrops if backdrop.title != story.title]
        return compose_story(story, tiles=None, basemap={**NO_BASEMAP, "credits": titles}, readers=readers)
    basemap = bake_ground(story.scenes, story.lang, glances=[link.view for link in links])
    return compose_story(story, tiles=tiles, basemap=basemap, readers=readers, report=report)


def make_page(
    story: Story,
    look: Look,
    before: OnwardStory | None,
    after: OnwardStory | None,
    part: tuple[int, int],
    shared: tuple[SharedPlace, ...],
    editions: tuple[Edition, ...],
    hook: MapHook | None,
    *,
    report: Report,
) -> bytes:
    """The page of a story."""
    payload = map_story(story, look.tiles, report, readers=look.site.speak(story.lang).readers)
    kinds, closest = list_kinds(payload), payload["maxZoom"]
    page = make_story_page(
        story,
        look.site,
        css=look.theme.style_story(story.lang, choose_styles(kinds)),
        media_css=look.theme.style_media(is_played=plays_media(story.prose)),
        before=before,
        after=after,
        shared=shared,
        downloads=list_downloads(story),
        editions=editions,
        part=part,
        payload=payload,
        map_parts=draw_page_map(
            story.view,
            kinds,
            max_zoom=closest,
            inset=story.picture is None,
            story=story,
            hook=hook,
            root="../" * story_page(story.id).count("/"),
            report=report,
        ),
    )
    return render_story(page, look.theme).encode()


def make_oembed(
    story: str,
    title: str,
    authors: tuple[str, ...],
    lang: str,
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """What tells how to show the story with the id `story`, in `lang`, within a page of somebody else."""
    site = look.site.speak(lang)
    url, home = whole_address(site.url, story_page(story)), whole_address(site.url, site.home)
    card = (whole_address(site.url, story_card(story)), *CARD_SIZE) if site.cards != "none" else None
    from storymap.outputs.oembed import write_oembed  # which a site without an address can do without

    return write_oembed(title=title, url=url, authors=authors, site=site.title, home=home, thumbnail=card)


def make_page_code(url: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The picture of the QR code that leads to the story at `url`."""
    from storymap.outputs.qr_code import draw_qr_code  # which a site without an address can do without

    return draw_qr_code(url)


def make_moved(
    alias: str,
    story: Story,
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The page at an address that a story once had."""
    steps = [(step.id, step.title) for step in story.steps]
    css = look.theme.style_page(story.lang)
    page = make_moved_page(alias, look.site, story=story.id, title=story.title, lang=story.lang, css=css, steps=steps)
    return render_moved(page, look.theme).encode()


def make_moved_front(
    alias: str,
    page: str,
    title: str,
    lang: str,
    look: Look,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The front page at an address that a collection once had; `alias` and `page` name it then and now."""
    moved = make_moved_page(alias, look.site, story=page, title=title, lang=lang, css=look.theme.style_page(lang))
    return render_moved(moved, look.theme).encode()
