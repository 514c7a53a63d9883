"""Read and resolve the collections of a site: which stories belong to each, and what its front page tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import collection_folder, split_edition, story_page
from storymap.building.digests import Digester
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Part, pack
from storymap.errors import Location, Report
from storymap.model.collection import StoryCollection
from storymap.model.ground import GroundDetail
from storymap.outputs.search import NOTHING, Searchable, make_searchable_collection
from storymap.project import Project
from storymap.reading.collection import CollectionSource, read_collection
from storymap.reading.outline import SourceOutline
from storymap.reading.story_files import COLLECTION_FILE, find_folder, list_collection_files
from storymap.reading.text import decode_text, read_bytes
from storymap.resolving.atlas import AtlasStory, describe_collection
from storymap.resolving.collections import (
    CollectionOutline,
    outline_collection,
    resolve_collection,
    suit_language,
)
from storymap.resolving.links import LinkedStep
from storymap.resolving.names import StoryNames
from storymap.resolving.outline import StoryOutline
from storymap.resolving.story_file import StoryFile

if TYPE_CHECKING:
    from storymap.building.ready_stories import ReadyStory

Collections = Mapping[str, Sequence[CollectionSource]]
"""The collections of a site as written, by their folders: of each the original, and then its other languages."""


FoundCollection = tuple[CollectionSource, StoryNames, dict[str, StoryFile], dict[str, LinkedStep], tuple[str, ...]]
"""A collection, what its names mean, its files and where its links lead, both as written, and its earlier ids."""


class ReadyCollection(Struct, frozen=True):
    """A resolved collection: as of a `ReadyStory`, its outline and what a task has made of the rest."""

    outline: CollectionOutline
    key: str
    digests: tuple[str, ...]
    searchable: Searchable

    @property
    def whole(self) -> Part:
        """All of the collection but its stories."""
        return Part(self.key, 1, self.digests[0])

    @property
    def on_atlas(self) -> Part:
        """What the atlas tells of it."""
        return Part(self.key, 2, self.digests[1])

    @property
    def shown_on_atlas(self) -> Part:
        """The same, for who needs what the atlas shows of it."""
        return Part(self.key, 2, self.digests[2])

    @property
    def texts(self) -> Part:
        """Its text, as the search has it."""
        return Part(self.key, 3, self.digests[3])


def read_collections(
    project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> dict[str, list[CollectionSource]]:
    """Every collection of the project as it is written; two of one address, and those without an original, are told."""
    folder = project.stories_folder
    tasks = []
    for file in list_collection_files(folder, report):
        name = file.relative_to(project.root).as_posix()
        if not _stays_in(project.root, file):
            report.error("outside-project", f'"{name}" leads out of the project', Location(name), help="copy the file")
        elif (data := read_bytes(file, name, report, read=files.read)) is not None:
            tasks.append(runner.task(name, parse_collection, data, name))
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    found: dict[str, list[CollectionSource]] = {}
    names: dict[str, str] = {}
    sources: list[CollectionSource | None] = [runner.load(Part(task.key, 0, "")) for task in tasks]
    for source in sorted(filter(None, sources), key=_name_language):
        own = found.setdefault(find_folder(source.name), [])
        first = names.setdefault(source.id, source.name)
        if first != source.name:
            message = f'"{source.name}" and "{first}" would have the same address, "{story_page(source.id)}"'
            report.error("duplicate-story-id", message, Location(source.name), help="rename one of the folders")
        elif split_edition(source.id)[1] and not own:
            message = "this describes a collection in another language, and nothing beside it describes it in its own"
            help = f"the original has no language in its name: {COLLECTION_FILE}"
            report.error("no-original", message, Location(source.name), help=help)
        own.append(source.take_from(own[0]) if own else source)
    return found


def _name_language(collection: CollectionSource) -> str:
    """The language that its file says; empty, which comes first, for the original."""
    return split_edition(collection.id)[1]


def check_folders(
    collections: Collections, stories: Iterable[SourceOutline], named: Iterable[str], report: Report
) -> None:
    """Report collections whose folder on the site is that of the pages in a language; the settings `named` some."""
    sources = [one for own in collections.values() for one in own]
    languages = {split_edition(story.id)[1] for story in stories} | set(map(_name_language, sources))
    languages |= {lang.lower() for lang in named}
    for source in sources:
        folder = collection_folder(source.id)
        if folder in languages:
            message = f'a collection cannot be called "{folder}": the site has its pages in that language there'
            report.error("reserved-name", message, Location(source.name), help="rename the folder")


def is_draft(collection: CollectionSource, collections: Collections) -> bool:
    """Whether a collection is one, or its original is."""
    original, *_ = collections[find_folder(collection.name)]
    return collection.front.draft or original.front.draft


def parse_collection(data: bytes, name: str, *, report: Report) -> bytes:
    """The task of reading a collection; it is None where the file is no text."""
    text = decode_text(data, name, report)
    return pack(read_collection(text, report) if text else None)


def order_stories(stories: Iterable[SourceOutline], collections: Collections) -> list[SourceOutline]:
    """Stories as a reader who goes through the site comes to them, those of a collection one after another.

    A collection without an `order` stands where the earliest of its stories would.
    """
    stories = sorted(stories, key=lambda story: story.order)
    first: dict[str, tuple[Any, ...]] = {}
    for story in stories:
        folder = find_folder(story.name)
        if folder in collections:
            _, *rest = story.order
            first[folder] = min(first.get(folder, (*rest,)), (*rest,))

    def rank(story: SourceOutline) -> tuple[Any, ...]:
        folder = find_folder(story.name)
        if folder not in collections:
            return (*story.order, "", story.order)
        order = collections[folder][0].front.order
        return (float("inf") if order is None else order, *first[folder], folder, story.order)

    return sorted(stories, key=rank)


def name_for_story(story: SourceOutline, collections: Sequence[CollectionSource], lang: str) -> StoryCollection | None:
    """The collection that a story belongs to, in its language if it can; `lang` is the site's language."""
    folder, own = find_folder(story.name), story.lang or lang
    known = [one for one in collections if find_folder(one.name) == folder]
    if not folder or not known:
        return None
    chosen = min(known, key=lambda one: suit_language(one.lang or lang, one.id, own))
    return StoryCollection(chosen.id, chosen.title, chosen.lang or lang, known[0].front.draft, chosen.front.tags or ())


def ready_collections(
    collections: Sequence[
        tuple[CollectionSource, StoryNames, dict[str, StoryFile], dict[str, LinkedStep], tuple[str, ...]]
    ],
    stories: Sequence[ReadyStory],
    lang: str,
    detail: GroundDetail,
    runner: Runner,
    report: Report,
    *,
    is_searched: bool,
    embeds: bool,
) -> tuple[ReadyCollection, ...]:
    """Every one of `collections` that has any of `stories`; the others are told."""
    tasks = []
    for source, *needs in collections:
        folder = find_folder(source.name)
        members = [story for story in stories if find_folder(story.outline.at.path) == folder]
        if not members:
            report.warning(
                "empty-collection",
                f'no story of the site belongs to "{source.title}", so it has no page',
                source.at,
                help=f"put stories beside it, into stories/{folder}/; drafts do not count",
            )
            continue
        outlines = tuple(story.outline for story in members)
        inputs = (source, *needs, lang, detail, is_searched, embeds, outlines, *(story.on_atlas for story in members))
        tasks.append(runner.task(source.name, make_collection, *inputs))
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    found = []
    for task in tasks:
        outline, digests, searchable = runner.load(Part(task.key, 0, ""))
        found.append(ReadyCollection(runner.settle(("collection", task.path), outline), task.key, digests, searchable))
    return tuple(found)


def make_collection(
    source: CollectionSource,
    names: StoryNames,
    files: dict[str, StoryFile],
    story_links: dict[str, LinkedStep],
    aliases: tuple[str, ...],
    lang: str,
    detail: GroundDetail,
    is_searched: bool,  # noqa: FBT001 - an input among others
    embeds: bool,  # noqa: FBT001 - the same
    outlines: tuple[StoryOutline, ...],
    *stories: AtlasStory,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The task of resolving a collection: its outline with the digests that follow, itself, and it on the atlas."""
    collection = resolve_collection(
        source, names, files=files, story_links=story_links, aliases=aliases, lang=lang, embeds=embeds
    )
    outline = outline_collection(source, collection, outlines)
    on_atlas = describe_collection(outline, [story for story in stories if story.id in outline.stories], detail)
    searchable = make_searchable_collection(collection) if is_searched else NOTHING
    digester = Digester()
    digests = tuple(map(digester.digest, (collection, on_atlas, on_atlas.scene, searchable.texts)))
    return pack((outline, digests, replace(searchable, texts="")), collection, on_atlas, searchable.texts)


def _stays_in(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead in a circle
        return False
