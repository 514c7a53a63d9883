"""Read everything that a site is made of: every story, every place and every picture, as resolved values.

The first half of `build_site`. Every mistake of every file goes into one report.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from storymap.addresses import split_edition, story_page
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
from storymap.building.digests import Digester
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import LostContentError, Runner
from storymap.building.tasks import Digested, Part, Task, pack
from storymap.errors import Location, Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import ProjectPlaces, load_places
from storymap.geodata.file_settings import FileSettings
from storymap.model.close_ground import CloseGround
from storymap.model.collection import StoryCollection
from storymap.model.data import Dataset
from storymap.model.ground import GroundDetail
from storymap.model.raster import PictureMap, Raster
from storymap.model.sign import Sign
from storymap.model.story import Story
from storymap.model.tileset import TileSource
from storymap.model.track import TrackFile
from storymap.outputs.search import NOTHING, Searchable, make_searchable
from storymap.project import Project
from storymap.reading.collection import CollectionSource
from storymap.reading.outline import SourceOutline, outline_source
from storymap.reading.site_fields import SiteFields, read_site_fields
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.story_files import find_folder, list_story_files
from storymap.reading.text import decode_text, read_bytes
from storymap.reading.titles import find_story_id
from storymap.resolving.atlas import describe_story
from storymap.resolving.close_views import find_close_views
from storymap.resolving.collections import find_collection_aliases
from storymap.resolving.editions import check_editions
from storymap.resolving.files import find_files
from storymap.resolving.links import LinkedStep, StoryIndex, find_alias, find_aliases, find_story_links
from storymap.resolving.names import SiteNames, StoryNames, find_names, tell_remarks
from storymap.resolving.outline import StoryOutline, Visit, outline_story
from storymap.resolving.photographs import find_photographs, name_photographs
from storymap.resolving.story import StoryDefaults, resolve_story
from storymap.resolving.story_file import StoryFile
from storymap.resolving.story_names import check_names
from storymap.streets.needs import CloseViews
from storymap.symbology.categories import read_signs

if TYPE_CHECKING:
    from storymap.building.streets import SiteStreets
    from storymap.resolving.sheets import Sheet


class ReadyStory(Struct, frozen=True):
    """A resolved story, as much of it as the pages of others need at once, and the rest as what a task has made.

    `key` is that of the task that made it. `digests` are those of the story and of what its maps show, and of what the
    atlas tells of it and shows. `visits` are those of the places that the outline names, in order. `searchable` is what
    the index of the search has of it; `NOTHING` for a draft, and where nothing is searched. `close` are the views
    of its maps that show streets, where there are any.
    """

    outline: StoryOutline
    visits: tuple[Digested[Visit], ...]
    key: str
    digests: tuple[str, ...]
    searchable: Searchable
    close: CloseViews

    @property
    def whole(self) -> Part:
        """All of the story."""
        return Part(self.key, 1, self.digests[0])

    @property
    def shown(self) -> Part:
        """The story, for who needs what its maps show."""
        return Part(self.key, 1, self.digests[1])

    @property
    def on_atlas(self) -> Part:
        """What the atlas tells of it."""
        return Part(self.key, 2, self.digests[2])

    @property
    def texts(self) -> Part:
        """Its text, as the search has it."""
        return Part(self.key, 3, self.digests[4])

    @property
    def shown_on_atlas(self) -> Part:
        """The same, for who needs what the atlas shows of it."""
        return Part(self.key, 2, self.digests[3])


class WrittenStory(Struct, frozen=True):
    """A story as it is written: its outline, and the `whole` of it as what a task has read."""

    outline: SourceOutline
    whole: Part

    def load(self, runner: Runner) -> StorySource:
        """All of it, kept in memory for as long as each round asks for it."""
        source: StorySource = runner.recall(
            ("source", self.outline.name), self.whole.key, partial(runner.load, self.whole)
        )
        return source


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
    gazetteer = _read_gazetteer(project, runner, files, signs, report)
    written = (
        [WrittenStory(outline_source(one.source), runner.share(one.source)) for one in given]
        if given
        else _read_written(project, runner, files, report)
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


def read_sources(project: Project, report: Report) -> list[StorySource]:
    """Every story as it is written, ordered by `order`, then date, then name."""
    runner = Runner()
    return [story.load(runner) for story in _read_written(project, runner, ProjectFiles(), report)]


def _read_written(project: Project, runner: Runner, files: ProjectFiles, report: Report) -> list[WrittenStory]:
    """Every story as it is written, in the order of the atlas."""
    folder = project.stories_folder
    paths = list_story_files(folder)
    if not paths:
        report.error(
            "no-stories",
            "there are no stories",
            Location("stories"),
            help="write one: stories/my-story.md, with a title in its front matter and a ## heading for each step",
        )
    tasks = []
    is_linked = folder.resolve() != folder  # and so is what stands in it
    texts: dict[str, bytes] = {}
    for file in paths:
        name = file.relative_to(project.root).as_posix()
        if (is_linked or file.is_symlink()) and not _stays_in(project.root, file):
            message = f'"{name}" leads out of the project'
            report.error("outside-project", message, Location(name), help="copy the file here")
        elif (data := read_bytes(file, name, report, read=files.read)) is not None:
            texts[name] = data
    originals = {(posixpath.dirname(name), find_story_id(name)): name for name in reversed(texts)}
    for name, data in texts.items():
        story, language = split_edition(find_story_id(name))
        of = originals.get((posixpath.dirname(name), story)) if language else None
        tasks.append(runner.task(name, parse_story, data, name, *((texts[of], of) if of else ())))
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    outlines = ((_load_outline(task, runner), Part(task.key, 1, task.key)) for task in tasks)
    written = [WrittenStory(outline, part) for outline, part in outlines if outline is not None]
    _check_ids(written, runner, report)
    check_editions([story.outline for story in written], project.settings.lang, report)
    return sorted(written, key=lambda story: story.outline.order)


def _load_outline(task: Task, runner: Runner) -> SourceOutline | None:
    """The outline of the source that a task has read."""
    outline: SourceOutline | None = runner.load(Part(task.key, 0, ""))
    return runner.settle(("outline", task.path), outline)


def parse_story(data: bytes, name: str, original: bytes = b"", of: str = "", *, report: Report) -> bytes:
    """The task of reading a story: the outline of its source and all of it, both None where the file is no text.

    Of an edition in another language `original` is what the file of its original holds, which is called `of`.
    """
    text, source = decode_text(data, name, report), None
    if text:
        whole = decode_text(original, of, Report()) if original else None  # told where the original is read
        source = read_story(text, report, original=read_story(whole, Report()) if whole else None)
    return pack(outline_source(source) if source else None, source)


def make_story(
    source: StorySource,
    names: StoryNames,
    files: dict[str, StoryFile],
    story_links: dict[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    is_searched: bool,  # noqa: FBT001 - an input among others
    collection: StoryCollection | None,
    *data: Dataset | TrackFile | Raster | PictureMap | bytes,
    report: Report,
) -> bytes:
    """The task of resolving a story: its outline with the digests that `ReadyStory` has, itself, and it on the atlas.

    A `PictureMap` is followed by the bytes of its file.
    """
    story = resolve_story(
        source,
        names,
        files=files,
        story_links=story_links,
        aliases=aliases,
        defaults=defaults,
        datasets=[one for one in data if isinstance(one, Dataset)],
        tracks=[one for one in data if isinstance(one, TrackFile)],
        rasters=[one for one in data if isinstance(one, Raster)],
        sheet=_find_sheet(source, data),
        collection=collection,
        report=report,
    )
    return pack_story(story, defaults.detail, is_searched=is_searched)


def pack_story(story: Story, detail: GroundDetail, *, is_searched: bool) -> bytes:
    """A resolved story as a task gives it to others: see `make_story`."""
    on_atlas, digester = describe_story(story, detail), Digester()
    outline = outline_story(story)
    visits = tuple(Digested(place.visit, digester.digest(place.visit)) for place in outline.named)
    shown = (story.lang, story.scenes)
    searchable = make_searchable(story) if is_searched else NOTHING
    digests = tuple(map(digester.digest, (story, shown, on_atlas, on_atlas.scene, searchable.texts)))
    indexed = replace(searchable, texts="")
    return pack((outline, visits, digests, indexed, find_close_views(story)), story, on_atlas, searchable.texts)


def _read_site_tiles(project: Project, runner: Runner, report: Report) -> Part | None:
    """The tiles of the author's own under all maps, if there are any."""
    if not project.settings.tiles:
        return None
    from storymap.building.tiling import read_site_tiles  # with Pillow, which few sites need

    return read_site_tiles(project, runner, report)


def _find_sheet(source: StorySource, data: Sequence[object]) -> Sheet | None:
    """The picture that a story is told on."""
    picture = next((one for one in data if isinstance(one, PictureMap)), None)
    file = next((one for one in data if isinstance(one, bytes)), None)
    if picture is None or file is None or source.front.map is None:
        return None
    from storymap.resolving.sheets import Sheet  # with Pillow, which few stories need

    return Sheet(picture, file, source.front.map.title or source.title)


def name_parts(task: Task, runner: Runner) -> ReadyStory:
    """What a story's task made."""
    outline, visits, digests, searchable, close = runner.load(Part(task.key, 0, ""))
    return ReadyStory(runner.settle(("story", task.path), outline), visits, task.key, digests, searchable, close)


def _read_gazetteer(
    project: Project, runner: Runner, files: ProjectFiles, signs: Mapping[str, Sign], report: Report
) -> Gazetteer:
    """The project's places with the `signs` of their categories, read anew only if a file of `geo/` changed."""
    folder, settings = project.geo_folder, project.geo_settings
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    paths = [file for file in paths if not file.is_relative_to(project.data_folder)]
    contents = tuple((file.as_posix(), files.look(file)) for file in (folder, *paths))
    task = runner.task("geo", read_geo, contents, folder, project.root, settings)

    def load(report: Report) -> Gazetteer:
        runner.make(task)
        if (record := runner.look(task)) is None:  # the cache could not be used from here on
            raise LostContentError
        report.include(record.report)
        places: ProjectPlaces = runner.load(Part(task.key, 0, task.key))
        return Gazetteer(places.with_signs(signs) if signs else places)

    return runner.recall_found("geo", (task.key, signs), load, report)


def read_geo(
    contents: tuple[object, ...],  # noqa: ARG001 - what stands in the folder, by which it is known again
    folder: Path,
    root: Path,
    settings: Mapping[str, FileSettings],
    *,
    report: Report,
) -> bytes:
    """The task of reading the files of `geo/`."""
    return pack(load_places(folder, root, report, settings=settings))


def _stays_in(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def _check_ids(written: Iterable[WrittenStory], runner: Runner, report: Report) -> None:
    """Report stories whose file names make the same address, or that say they once had the same."""
    names: dict[str, str] = {}
    earlier: dict[str, str] = {}
    for story in written:
        outline = story.outline
        other = names.setdefault(outline.id, outline.name)
        if other != outline.name:
            report.error(
                "duplicate-story-id",
                f'"{outline.name}" and "{other}" would have the same address, "{story_page(outline.id)}"',
                Location(outline.name),
                help="rename one of the files",
            )
        front = story.load(runner).front if outline.has_aliases else None
        for number, alias in enumerate(front.aliases or () if front else ()):
            first = earlier.setdefault(find_alias(alias, outline.id), outline.name)
            if front and first != outline.name:
                report.error(
                    "bad-alias",
                    f'"{alias}" is an earlier address of "{first}", too',
                    front.where("aliases", number),
                    help="leave it to the story that readers would look for there",
                )
