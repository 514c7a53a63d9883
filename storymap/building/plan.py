"""Plan a site: read and resolve the project, and say of every file how it is made, without making any.

The stages, in order::

    read_content     stories and places, resolved; every mistake in one report
    find_visits      which stories come to which places, for the pages of both
    find_tiles       map tiles from elsewhere, where the site opts in
    story files      page and stills of each story
    place files      page and still of each place
    atlas files      the first page
    hook files       what the map hook loads, as far as the project keeps it
    site files       runtime, pictures, licences, the page about the map, 404
    guide files      the guide for authors, where the settings ask for it
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storymap.building.assets import site_files
from storymap.building.atlas import atlas_files
from storymap.building.content import Content, read_content
from storymap.building.guide import guide_files
from storymap.building.hook import MapHook, hook_files, load_hook
from storymap.building.memory import Memory
from storymap.building.places import place_files
from storymap.building.recipe import Recipe
from storymap.building.stories import story_files
from storymap.drawing.tiles import find_tiles
from storymap.errors import Report
from storymap.pages.frame import Site
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import Project
from storymap.resolving.atlas import make_atlas
from storymap.resolving.visits import choose_places, find_mentions, find_visits


@dataclass(frozen=True, slots=True)
class Plan:
    """A site before its files are made: what was read, and a recipe for each path.

    Files that show the same part of the map stand together, so that making all in this order is quickest. There are no
    recipes where errors were reported.
    """

    content: Content
    recipes: dict[str, Recipe]


def plan_site(project: Project, report: Report, *, drafts: bool = False, memory: Memory | None = None) -> Plan:
    """The plan of `project`'s site. Mistakes go to `report`, told as the settings want them.

    With the `memory` of an earlier plan only what changed since is read and resolved.
    """
    memory = memory or Memory()
    content = read_content(project, report, drafts=drafts, memory=memory)
    hook = load_hook(project, report, memory)
    recipes = {} if report.errors else dict(_list_files(project, content, hook, memory, report))
    memory.turn()
    return Plan(content, {} if report.errors else recipes)


def _list_files(
    project: Project, content: Content, hook: MapHook | None, memory: Memory, report: Report
) -> Iterator[tuple[str, Recipe]]:
    settings, theme = project.settings, builtin_theme()
    site = Site(settings.title, settings.description, settings.lang)
    tiles = memory.recall(("tiles",), find_tiles, settings, project.where("tiles"), report=report)
    stories = content.stories
    places = choose_places(stories, content.names, every=settings.pages == "all")
    visits = find_visits(stories)
    atlas = make_atlas(stories, places, ground=content.gazetteer.places)
    yield from story_files(stories, visits, site, theme, tiles, hook)
    yield from place_files(places, visits, find_mentions(stories), site, theme, tiles, hook, memory)
    yield from atlas_files(atlas, site, theme, tiles, hook, guide=settings.guide)
    yield from site_files(stories, site, theme, project, memory.shelf, report)
    yield from hook_files(hook, memory.shelf, report)
    if settings.guide:
        yield from guide_files(site, theme)
