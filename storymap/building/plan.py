"""Plan a site: read and resolve the project, and name for every file the task that makes it, without doing any.

The stages, in order::

    read_content     stories and places, resolved; every mistake in one report
    find_theme       how pages look, with the project's own styles and templates
    choose_places    which places have a page: those that stories name
    find_tiles       map tiles from elsewhere, where the site opts in
    story files      page and stills of each story
    place files      page and still of each place
    list files       the first page, and those of collections, tags and authors
    card files       pictures for where a link to a page is shown
    hook files       what the map hook loads, as far as the project keeps it
    tile files       tiles of the author's own that maps show, each once
    media files      what lies beside stories, pictures in several sizes
    site files       runtime, pictures, licences, the page about the map, 404
    feed files       the newest stories, for programs that follow the site, where it knows its address
    search files     what a reader loads who searches
    guide files      the guide for authors, where the settings ask for it
    sitemap files    every page that was planned, for search engines, where it knows its address
    static files     what stands in static/, as it is
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import ATLAS, CREDITS, ROBOTS, atlas_page, for_readers
from storymap.building.assets import site_files
from storymap.building.atlas import list_files
from storymap.building.content import Content, GivenStory, read_content
from storymap.building.hook import MapHook, load_hook
from storymap.building.list_grounds import ListGrounds
from storymap.building.look import Look
from storymap.building.media import make_credits, media_files
from storymap.building.own_theme import find_theme
from storymap.building.page_map import hook_files
from storymap.building.place_grounds import PlaceGrounds
from storymap.building.places import place_files
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.search import search_files
from storymap.building.site_tiles import SiteTiles
from storymap.building.static_files import static_files
from storymap.building.stories import collection_files, story_files
from storymap.building.tasks import Task
from storymap.errors import Report
from storymap.language.tags import write_tag
from storymap.pages.feed_links import FeedLink
from storymap.pages.frame import Site
from storymap.pages.theme import Theme
from storymap.project import Project
from storymap.resolving.atlas import rank_places
from storymap.resolving.collections import Listed
from storymap.resolving.editions import choose_editions, list_languages
from storymap.resolving.names import call_in_language
from storymap.resolving.outline import StoryOutline
from storymap.resolving.tiles import find_tiles
from storymap.resolving.visits import choose_places
from storymap.settings.model import Cards, Settings


class Plan(Struct, frozen=True):
    """A site before its files are made: what was read, and the tasks that make them.

    Files that show the same part of the map stand together, so that making all in this order is quickest. There are no
    tasks where errors were reported.
    """

    content: Content
    tasks: tuple[Task, ...]


def plan_site(
    project: Project,
    report: Report,
    *,
    drafts: bool = False,
    runner: Runner | None = None,
    files: ProjectFiles | None = None,
    given: Sequence[GivenStory] = (),
) -> Plan:
    """The plan of `project`'s site. Mistakes go to `report`, told as the settings want them.

    What `runner` and `files` know from an earlier plan is not read or resolved again. `given` is as in `read_content`.
    """
    runner, files = runner or Runner(), files or ProjectFiles()
    runner.start_over()
    content = read_content(project, report, drafts=drafts, runner=runner, files=files, given=given)
    hook, theme = load_hook(project, report, runner, files), find_theme(project, files, report)
    listed = () if report.errors else _list_files(project, content, hook, theme, files, report)
    tasks = {task.path: task for task in listed}
    if tasks:
        outlines: tuple[Listed, ...] = (
            *(story.outline for story in content.ready),
            *(collection.outline for collection in content.collections),
        )
        own = (project.static_folder / ROBOTS).is_file()  # the author's, who may not want to be found
        if url := project.settings.url:
            from storymap.building.sitemap import sitemap_files

            homes = _list_homes(project.settings, [story.outline for story in content.ready])
            sitemap = sitemap_files(tuple(tasks.values()), outlines, homes, url, runner, robots=not own)
            tasks |= {task.path: task for task in sitemap}
        made = [path for task in tasks.values() for path in task.paths]
        tasks |= {task.path: task for task in static_files(project, made, files, runner, report)}
    return Plan(content, () if report.errors else tuple(tasks.values()))


def _list_files(
    project: Project, content: Content, hook: MapHook | None, theme: Theme, files: ProjectFiles, report: Report
) -> Iterator[Task]:
    settings, runner = project.settings, content.runner
    tiles = find_tiles(settings, project.where("tiles"), report)
    own_tiles = SiteTiles(content.tiles, runner, report) if content.tiles else None
    palette, lang, detail = theme.palette, settings.lang, settings.ground.detail
    stories = tuple(story.outline for story in content.ready)
    collections = content.collections
    grouped = tuple(collection.outline for collection in collections)
    feeds: tuple[FeedLink, ...] = ()
    if settings.url:
        from storymap.building.feeds import feed_files, list_feeds, name_feed_files

        feeds = list_feeds(stories, settings, grouped)
    cards: Cards = settings.cards if settings.url else "none"  # what shows links follows whole addresses alone
    site = Site(settings.title, settings.description, lang, settings.url, feeds, cards, settings.search)
    site = _speak_languages(site, settings, stories)
    others = tuple(one.lang for one in site.others)
    look = runner.share(Look(site, theme, tiles, detail))
    every = settings.pages == "all"
    places = runner.recall(
        "places",
        (stories, grouped, content.names.places, every, lang),
        lambda: tuple(
            call_in_language(place, lang) for place in choose_places((*stories, *grouped), content.names, every=every)
        ),
    )
    ranked = runner.recall("ranked", (places, stories), lambda: rank_places(places, stories, lang))
    ground = () if ranked else content.gazetteer.places
    grounds = ListGrounds(own_tiles, content.streets, ground, detail, runner)
    yield from story_files(content.ready, collections, look, palette, site, hook, runner)
    yield from collection_files(collections, look, runner)
    place_grounds = PlaceGrounds(own_tiles, content.streets, detail, runner)
    yield from place_files(places, content.ready, collections, look, palette, site, hook, runner, place_grounds)
    yield from list_files(
        content.ready,
        collections,
        ranked,
        grounds,
        look,
        palette,
        lang,
        detail,
        hook,
        runner,
        guide=settings.guide,
        others=others,
        has_feeds=bool(feeds),
    )
    yield from _list_tile_files(content, own_tiles)
    if cards != "none":
        # With fonts, which a site without an address does not need.
        from storymap.building.cards import card_files
        from storymap.building.own_fonts import find_letters

        letters = runner.share(find_letters(project, files, report))
        yield from card_files(
            content.ready,
            collections,
            ranked,
            grounds,
            places,
            place_grounds,
            own_tiles,
            site,
            palette,
            detail,
            letters,
            runner,
            report,
        )
    listed: tuple[Listed, ...] = (*stories, *grouped)
    scripts = {*(story.script for story in stories), *(("layers",) if own_tiles else ())}
    rasters = (raster for story in stories for raster in story.rasters if not raster.tileset)
    if pictures := [story.picture for story in stories if story.picture]:
        from storymap.building.picture_maps import picture_files  # with Pillow, which few sites need

        yield from picture_files(pictures, project, runner, files)
    yield from media_files(listed, project, files, runner, report)
    has_media = any(one.has_media for one in listed)
    credited = tuple(one for one in listed if one.rights)
    if credited:
        for own in (site, *site.others):
            told = tuple(credited[number] for number in choose_editions(credited, own.lang))
            yield runner.task(for_readers(own.readers, CREDITS), make_credits, look, own.lang, told)
    tilesets = (*filter(None, [content.tiles]), *content.tilesets)
    credits = dict.fromkeys(runner.load(tileset).attribution for tileset in tilesets)
    credits |= dict.fromkeys(content.streets.credits if content.streets else ())
    yield from site_files(
        rasters,
        look,
        site,
        project,
        hook,
        files,
        runner,
        scripts=scripts,
        has_media=has_media,
        has_credits=bool(credited),
        credits=tuple(filter(None, credits)),
    )
    yield from hook_files(hook, files, runner, report)
    if feeds:
        yield from feed_files(content.ready, feeds, lang, look, runner, collections)
        yield from name_feed_files(content.ready, collections, site, look, runner)
    if settings.search:
        yield from search_files(content.ready, collections, places, site, runner)
    if settings.guide:
        from storymap.building.guide import guide_files  # which few sites want

        yield from guide_files(look, runner)


def _list_tile_files(content: Content, own_tiles: SiteTiles | None) -> Iterator[Task]:
    """The tiles of the author's own that maps show."""
    if not content.tilesets and not own_tiles:
        return
    from storymap.building.tiling import tile_files  # with Pillow, which few sites need

    yield from tile_files(content.ready, content.tilesets, own_tiles, content.runner)


def _list_homes(settings: Settings, stories: Sequence[StoryOutline]) -> tuple[tuple[str, str], ...]:
    """The languages whose readers have a first page, and its path: that of the site, and those of its editions.

    The settings may name more of them.
    """
    others = {*list_languages(stories), *map(write_tag, settings.languages)} - {settings.lang}
    return ((settings.lang, ATLAS), *((lang, atlas_page(lang.lower())) for lang in sorted(others)))


def _speak_languages(site: Site, settings: Settings, stories: Sequence[StoryOutline]) -> Site:
    """`site` with what it is to readers of other languages."""
    told = {write_tag(lang): said for lang, said in settings.languages.items()}

    def speak(lang: str, home: str) -> Site:
        title, description = (told[lang].title, told[lang].description) if lang in told else ("", "")
        return replace(
            site, lang=lang, title=title or site.title, description=description or site.description, home=home
        )

    others = tuple(speak(lang, home) for lang, home in _list_homes(settings, stories)[1:])
    whole = (site, *others)
    known = tuple(replace(one, others=tuple(other for other in whole if other is not one)) for one in others)
    return replace(site, others=known)
