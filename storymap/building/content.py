"""Read everything that a site is made of: every story, every place and every picture, as resolved values.

The first half of `build_site`. Every mistake of every file goes into one report.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from storymap.building.collections import (
    Collections,
    ReadyCollection,
    check_folders,
    is_draft,
    name_for_story,
    order_stories,
    read_collections,
    ready_collections,
)
from storymap.building.geo_places import read_gazetteer
from storymap.building.project_files import ProjectFiles
from storymap.building.ready_stories import ReadyStory, make_story, name_parts
from storymap.building.runner import Runner
from storymap.building.tasks import Part
from storymap.building.written_stories import WrittenStory, read_written
from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.model.close_ground import CloseGround
from storymap.model.data import Dataset
from storymap.model.story import Story
from storymap.model.tileset import TileSource
from storymap.project import Project
from storymap.reading.collection import CollectionSource
from storymap.reading.outline import outline_source
from storymap.reading.site_fields import SiteFields, read_site_fields
from storymap.reading.source import StorySource
from storymap.reading.story_files import find_folder
from storymap.resolving.collections import find_collection_aliases
from storymap.resolving.files import find_files
from storymap.resolving.links import LinkedStep, StoryIndex, find_aliases, find_story_links
from storymap.resolving.names import SiteNames, StoryNames, find_names, tell_remarks
from storymap.resolving.photographs import find_photographs, name_photographs
from storymap.resolving.story import StoryDefaults
from storymap.resolving.story_file import StoryFile
from storymap.resolving.story_names import check_names
from storymap.symbology.categories import read_signs

if TYPE_CHECKING:
    from storymap.building.streets import SiteStreets


class Content(Struct, frozen=True):
    """The stories of a site in the order of the atlas, as written and as resolved, and what their names mean.

    `described` are its collections as written, `collections` those that have stories, as resolved. `tiles` are those of
    the author's own under all maps, if any, and `tilesets` all sets of them that maps show, each a `TileSource`.
    `streets` are the project's street data, if it has any.
    """

    written: tuple[Part, ...]
    ready: tuple[ReadyStory, ...]
    gazetteer: Gazetteer
    names: SiteNames
    runner: Runner
    described: tuple[CollectionSource, ...] = ()
    collections: tuple[ReadyCollection, ...] = ()
    tiles: Part | None = None
    tilesets: tuple[Part, ...] = ()
    streets: SiteStreets | None = None

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, whole."""
        return tuple(self.runner.load(story.whole) for story in self.ready)

    @property
    def sources(self) -> tuple[StorySource, ...]:
        """Every story as it is written."""
        return tuple(map(self.runner.load, self.written))


class GivenStory(Struct, frozen=True):
    """A story that a program wrote: its source, and the data of the layers in its front matter, which no file has."""

    source: StorySource
    datasets: tuple[Dataset, ...]


def read_content(
    project: Project,
    report: Report,
    *,
    drafts: bool = False,
    runner: Runner | None = None,
    files: ProjectFiles | None = None,
    given: Sequence[GivenStory] = (),
    streets: bool = True,
    grounds: Sequence[CloseGround] = (),
) -> Content:
    """Read and resolve the whole project; `drafts` says whether stories marked as drafts belong to the site.

    Without `streets` no street data is read, whatever lies in the project; `grounds` stand for it, where maps may come
    closer by themselves.

    Mistakes go to `report`, told as the settings want them. What comes back is complete only if it has no errors.
    What `runner` and `files` know from an earlier round is not read or resolved again. With any stories `given` by a
    program, they are those of the site, and not those of the project's folder.
    """
    report.follow(project.settings.checks)
    runner, files = runner or Runner(), files or ProjectFiles()
    signs = read_signs(project.settings.categories, project.where, report) if project.settings.categories else {}
    gazetteer = read_gazetteer(project, runner, files, signs, report)
    written = (
        [WrittenStory(outline_source(one.source), runner.share(one.source)) for one in given]
        if given
        else read_written(project, runner, files, report)
    )
    datasets = {one.source.id: one.datasets for one in given}
    collections = {} if given else read_collections(project, runner, files, report)
    check_folders(collections, [story.outline for story in written], project.settings.languages, report)
    written = _order(written, collections)
    left_out = [] if drafts else _leave_out_drafts(written, collections, runner, report)
    hidden = {story.outline.name for story in left_out}
    shown = [story for story in written if story.outline.name not in hidden]
    sheets: dict[str, tuple[Part, Part]] = {}
    if any(story.outline.is_on_picture for story in shown):
        # Imported here, because few stories are told on one.
        from storymap.building.picture_maps import lay_on_pictures

        shown, sheets = lay_on_pictures(shown, project, runner, files, report)
    fronts = {story.outline.name: story for story in shown}
    outlines = [story.outline for story in shown]
    described = tuple(one for own in collections.values() for one in own if drafts or not is_draft(one, collections))
    check_names(outlines, lambda one: fronts[one.name].load(runner).front, report, collections=described)
    others = tuple(one for own in collections.values() for one in own if one not in described)
    index = _index_stories(shown, left_out, described, others, project.settings.lang, runner)
    names, collection_names = _find_names(shown, described, gazetteer, project, runner, report)
    site = read_site_fields(project.settings.layers, project.where, report)
    tiles = _read_site_tiles(project, runner, report)
    street_data = _find_streets(project, runner, files, report) if streets and not given else None
    grounds = (*grounds, *(street_data.grounds if street_data else ()), *(_reach_tiles(tiles, runner) if tiles else ()))
    defaults = runner.settle("defaults", StoryDefaults.of(project.settings, site, signs, grounds))
    tasks = []
    for story, own, remarks in zip(shown, names.stories, names.remarks, strict=True):
        needs, own_data = _Needs(), datasets.get(story.outline.id, ())
        sheet = sheets.get(story.outline.name, ())
        if remarks or own_data or story.outline.needs_more:
            source = story.load(runner)
            for problem in tell_remarks(source, remarks):
                report.add(problem)
            needs = _Needs(
                find_files(source, project=project, report=report),
                *runner.recall_found(
                    ("leads", source.name), (story.whole.key, index), partial(_find_leads, source, index), report
                ),
                (
                    *map(runner.share, own_data),
                    *_read_data(_leave_out(source, own_data), site, project, runner, files, report),
                ),
            )
        is_searched = project.settings.search
        belongs = name_for_story(story.outline, described, project.settings.lang)
        found = (needs.files, needs.links, needs.aliases)
        inputs = (story.whole, own, *found, defaults, is_searched, belongs, *needs.data, *sheet)
        tasks.append(runner.task(story.outline.name, make_story, *inputs))
    del written, shown
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    ready = tuple(name_parts(task, runner) for task in tasks)
    packing = (project.settings.search, defaults.detail)
    if street_data:
        from storymap.building.streets import lay_streets

        ready = lay_streets(ready, street_data, packing, runner, report)
    tilesets: dict[str, Part] = {}
    if tiles or any(raster.tileset for one in ready for raster in one.outline.rasters):
        from storymap.building.tiled_stories import lay_tiles  # with Pillow, which few sites need

        ready = tuple(lay_tiles(one, tiles, packing, tilesets, runner, report) for one in ready)
    grouped = ready_collections(
        [
            (
                source,
                own,
                find_files(source, project=project, report=report),
                find_story_links(source, index, report),
                find_collection_aliases(source, described, report),
            )
            for source, own in zip(described, collection_names, strict=True)
        ],
        ready,
        project.settings.lang,
        project.settings.ground.detail,
        runner,
        report,
        is_searched=project.settings.search,
        embeds=defaults.embeds,
    )
    sources = tuple(task.inputs[0] for task in tasks)
    sets = tuple(tilesets.values())
    return Content(sources, ready, gazetteer, names, runner, described, grouped, tiles, sets, street_data)


def _find_streets(project: Project, runner: Runner, files: ProjectFiles, report: Report) -> SiteStreets | None:
    """The street data of the project, if it has any."""
    if not project.streets_folder.is_dir():
        return None
    from storymap.building.streets import find_streets  # with Shapely's set operations, which few sites need

    return find_streets(project, files, runner, report)


def _reach_tiles(tiles: Part, runner: Runner) -> tuple[CloseGround, ...]:
    """How close maps may come on tiles of the author's own."""
    source: TileSource = runner.load(tiles)
    return (source.ground,)


def _order(written: Sequence[WrittenStory], collections: Collections) -> list[WrittenStory]:
    """`written` in the order of the atlas."""
    if not collections:
        return list(written)
    stories = {story.outline.name: story for story in written}
    return [stories[one.name] for one in order_stories((story.outline for story in written), collections)]


def _leave_out_drafts(
    written: Sequence[WrittenStory], collections: Collections, runner: Runner, report: Report
) -> list[WrittenStory]:
    """The drafts among the stories, and all stories of those collections that are drafts; each is told once."""
    hidden = {folder for folder, (original, *_) in collections.items() if original.front.draft}
    for folder in hidden:
        one = collections[folder][0]
        message = f'"{one.title}" is a draft and left out with all its stories; --drafts builds it'
        report.note("draft", message, one.front.where("draft"))
    left_out = []
    for story in written:
        is_hidden = find_folder(story.outline.name) in hidden
        if story.outline.is_draft and not is_hidden:
            at = story.load(runner).front.where("draft")
            report.note("draft", f'"{story.outline.title}" is a draft and left out; --drafts builds it', at)
        if story.outline.is_draft or is_hidden:
            left_out.append(story)
    return left_out


def _index_stories(
    shown: Sequence[WrittenStory],
    left_out: Sequence[WrittenStory],
    collections: Sequence[CollectionSource],
    others: Sequence[CollectionSource],
    lang: str,
    runner: Runner,
) -> StoryIndex:
    """Where links between the stories may lead; `others` are collections left out, `lang` is the site's language."""
    known, hidden = (tuple(story.outline for story in stories) for stories in (shown, left_out))
    pages, drafts = (tuple((one.id, one.name, one.lang) for one in group) for group in (collections, others))
    return runner.recall(
        "index",
        (known, hidden, pages, drafts, lang),
        lambda: StoryIndex.of(known, hidden, pages, left_out=drafts, lang=lang),
    )


def _find_names(
    stories: Sequence[WrittenStory],
    collections: Sequence[CollectionSource],
    gazetteer: Gazetteer,
    project: Project,
    runner: Runner,
    report: Report,
) -> tuple[SiteNames, tuple[StoryNames, ...]]:
    """What the names of all stories mean, and those of the collections, of which what is wrong is told here.

    Photographs that stand for places are looked into each time.
    """
    references = (*(story.outline.references for story in stories), *(one.references for one in collections))
    placing = runner.recall("placing", references, lambda: frozenset(filter(name_photographs, references)))
    found = [story.load(runner) for story in stories if story.outline.references in placing] if placing else ()
    photographs = find_photographs(found, project, report)
    lang = project.settings.lang
    key = (references, gazetteer, photographs, lang)
    names = runner.recall("names", key, lambda: find_names(references, gazetteer, photographs, lang=lang))
    if not collections:
        return names, ()
    for source, remarks in zip(collections, names.remarks[len(stories) :], strict=True):
        for problem in tell_remarks(source, remarks):
            report.add(problem)
    own = replace(names, stories=names.stories[: len(stories)], remarks=names.remarks[: len(stories)])
    return own, names.stories[len(stories) :]


class _Needs(Struct, frozen=True):
    """What a story needs of the rest of the project beside what its names mean: none of it, for many."""

    files: dict[str, StoryFile] = field(default_factory=dict)
    links: dict[str, LinkedStep] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    data: tuple[Part, ...] = ()


def _find_leads(
    source: StorySource, index: StoryIndex, report: Report
) -> tuple[dict[str, LinkedStep], tuple[str, ...]]:
    """Where the links of a story to others lead, and its earlier ids."""
    return find_story_links(source, index, report), find_aliases(source, index, report)


def _leave_out(source: StorySource, datasets: Sequence[Dataset]) -> StorySource:
    """`source` without the layers whose data is known."""
    if not datasets:
        return source
    known = {dataset.id for dataset in datasets}
    layers = {name: fields for name, fields in source.front.layers.items() if name not in known}
    return replace(source, front=source.front.model_copy(update={"layers": layers}))


def _read_data(
    source: StorySource, site: SiteFields, project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> tuple[Part, ...]:
    """What the story shows of its author's: datasets of its layers, files of tracks, pictures on the ground."""
    fields = [step.fields for step in source.steps]
    front = source.front
    on_tracks = front.track or any(route.track for route in front.routes.values())
    if not (front.layers or on_tracks or any(one.layer_names or one.track or one.pictures for one in fields)):
        return ()
    # Imported here, because few stories have data, and what can read every kind of it takes a while to load.
    from storymap.building.data import read_data

    return tuple(read_data(source, site, project, runner, files, report))


def _read_site_tiles(project: Project, runner: Runner, report: Report) -> Part | None:
    """The tiles of the author's own under all maps, if there are any."""
    if not project.settings.tiles:
        return None
    from storymap.building.tiling import read_site_tiles  # with Pillow, which few sites need

    return read_site_tiles(project, runner, report)
