"""Read everything that a site is made of: every story, every place and every picture, as resolved values.

The first half of `build_site`. Every mistake of every file goes into one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from storymap.building.digests import Digester
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import LostContentError, Runner
from storymap.building.tasks import Part, pack
from storymap.errors import Location, Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import ProjectPlaces, load_places
from storymap.geodata.file_settings import FileSettings
from storymap.model.data import Dataset
from storymap.model.prose import list_map_links
from storymap.model.raster import Raster
from storymap.model.scene import Scene
from storymap.model.sign import Sign
from storymap.model.story import Story
from storymap.model.time import When
from storymap.model.track import TrackFile
from storymap.project import Project
from storymap.reading.site_fields import SiteFields, read_site_fields
from storymap.reading.source import StorySource, outline_source
from storymap.reading.story import read_story
from storymap.reading.text import decode_text, read_bytes
from storymap.resolving.atlas import describe_story
from storymap.resolving.files import StoryFile, find_files
from storymap.resolving.links import LinkedStep, StoryIndex, find_aliases, find_story_links
from storymap.resolving.names import SiteNames, StoryNames, find_names
from storymap.resolving.photographs import find_photographs
from storymap.resolving.story import StoryDefaults, resolve_story
from storymap.symbology.categories import read_signs
from storymap.text.ordering import order_naturally


@dataclass(frozen=True, slots=True)
class ReadyStory:
    """A resolved story, as much of it as the pages of others need at once, and the rest as what a task has made.

    `outline` is the story without its prose and without what its maps show; `whole` all of it; `on_atlas` what the
    atlas tells of it, and what it shows of it; `scenes` those of the opening and of each step.
    """

    outline: Story
    whole: Part
    on_atlas: tuple[Part, Part]
    scenes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The stories of a site in the order of the atlas, as written and as resolved, and what their names mean."""

    written: tuple[Part, ...]
    ready: tuple[ReadyStory, ...]
    gazetteer: Gazetteer
    names: SiteNames
    runner: Runner

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, whole."""
        return tuple(self.runner.load(story.whole) for story in self.ready)

    @property
    def sources(self) -> tuple[StorySource, ...]:
        """Every story as it is written."""
        return tuple(map(self.runner.load, self.written))


@dataclass(frozen=True, slots=True)
class GivenStory:
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
) -> Content:
    """Read and resolve the whole project; `drafts` says whether stories marked as drafts belong to the site.

    Mistakes go to `report`, told as the settings want them. What comes back is complete only if it has no errors.
    What `runner` and `files` know from an earlier round is not read or resolved again. With any stories `given` by a
    program, they are those of the site, and not those of the project's folder.
    """
    report.follow(project.settings.checks)
    runner, files = runner or Runner(), files or ProjectFiles()
    signs = read_signs(project.settings.categories, project.where, report) if project.settings.categories else {}
    gazetteer = _read_gazetteer(project, runner, files, signs, report)
    found = (
        [(runner.share(one.source), outline_source(one.source)) for one in given]
        if given
        else _read_written(project, runner, files, report)
    )
    datasets = {one.source.id: one.datasets for one in given}
    written = [source for _, source in found]
    shown = [(part, source) for part, source in found if drafts or not source.front.draft]
    for source in written if not drafts else ():
        if source.front.draft:
            at = source.front.where("draft")
            report.note("draft", f'"{source.title}" is a draft and left out; --drafts builds it', at)
    sources = [source for _, source in shown]
    index = StoryIndex.of(sources, () if drafts else (source for source in written if source.front.draft))
    names = find_names(sources, gazetteer, find_photographs(sources, project, report))
    site = read_site_fields(project.settings.layers, project.where, report)
    defaults = StoryDefaults.of(project.settings, site, signs)
    tasks = []
    for (part, source), own, problems in zip(shown, names.stories, names.problems, strict=True):
        for problem in problems:
            report.add(problem)
        files_of_story = find_files(source, project=project, report=report)
        links, aliases = find_story_links(source, index, report), find_aliases(source, index, report)
        own_data = datasets.get(source.id, ())
        data = (
            *map(runner.share, own_data),
            *_read_data(_leave_out(source, own_data), site, project, runner, files, report),
        )
        tasks.append(runner.task(source.name, make_story, part, own, files_of_story, links, aliases, defaults, *data))
    del found, written, shown, sources
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    ready = tuple(_name_parts(task.key, runner) for task in tasks)
    return Content(tuple(task.inputs[0] for task in tasks), ready, gazetteer, names, runner)


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
    if not source.front.layers and not any(one.layer_names or one.track or one.pictures for one in fields):
        return ()
    # Imported here, because few stories have data, and what can read every kind of it takes a while to load.
    from storymap.building.data import read_data

    return tuple(read_data(source, site, project, runner, files, report))


def read_sources(project: Project, report: Report) -> list[StorySource]:
    """Every story as it is written, ordered by `order`, then date, then name."""
    runner = Runner()
    return [runner.load(part) for part, _ in _read_written(project, runner, ProjectFiles(), report)]


def _read_written(
    project: Project, runner: Runner, files: ProjectFiles, report: Report
) -> list[tuple[Part, StorySource]]:
    """Every story as it is written, as a part for tasks, and its outline; in the order of the atlas."""
    folder = project.stories_folder
    found = folder.glob("*.md") if folder.is_dir() else ()
    # What begins with a dot or ~ was left by a system or an editor, as in geo/.
    paths = sorted(file for file in found if file.stem.lower() != "readme" and not file.name.startswith((".", "~")))
    if not paths:
        report.error(
            "no-stories",
            "there are no stories",
            Location("stories"),
            help="write one: stories/my-story.md, with a title in its front matter and a ## heading for each step",
        )
    tasks = []
    is_linked = folder.resolve() != folder  # and so is what stands in it
    for file in paths:
        name = file.relative_to(project.root).as_posix()
        if (is_linked or file.is_symlink()) and not _stays_in(project.root, file):
            message = f'"{name}" leads out of the project'
            report.error("outside-project", message, Location(name), help="copy the file here")
        elif (data := read_bytes(file, name, report, read=files.read)) is not None:
            tasks.append(runner.task(name, parse_story, data, name))
    for _, result in runner.run(tasks):
        report.include(result.record.report)
    outlines = ((Part(task.key, 1, task.key), runner.load(Part(task.key, 0, ""))) for task in tasks)
    written = [(part, source) for part, source in outlines if source is not None]
    _check_ids([source for _, source in written], report)
    return sorted(written, key=lambda found: _atlas_order(found[1]))


def parse_story(data: bytes, name: str, *, report: Report) -> bytes:
    """The task of reading a story: the outline of its source and all of it, both None where the file is no text."""
    text = decode_text(data, name, report)
    source = read_story(text, report) if text else None
    return pack(outline_source(source) if source else None, source)


def make_story(
    source: StorySource,
    names: StoryNames,
    files: dict[str, StoryFile],
    story_links: dict[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    *data: Dataset | TrackFile | Raster,
    report: Report,
) -> bytes:
    """The task of resolving a story: its outline with the digests of the rest, which `ReadyStory` lists."""
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
        report=report,
    )
    on_atlas, digester = describe_story(story, defaults.detail), Digester()
    values = (story, on_atlas, on_atlas.scene, story.scene, *(step.scene for step in story.steps))
    return pack((_outline(story), tuple(map(digester.digest, values))), *values)


def _name_parts(key: str, runner: Runner) -> ReadyStory:
    """What a story's task made, by its key."""
    outline, digests = runner.load(Part(key, 0, key))
    whole, told, shown, *scenes = (Part(key, number, digest) for number, digest in enumerate(digests, 1))
    return ReadyStory(outline, whole, (told, shown), tuple(scenes))


def _outline(story: Story) -> Story:
    """The story with bare maps, and of its prose only the links that name places."""
    steps = tuple(
        replace(step, title_html="", prose=list_map_links(step.prose), scene=Scene(step.view)) for step in story.steps
    )
    return replace(story, opening=story.opening_links, notes=story.notes_links, steps=steps, scene=Scene(story.view))


def _read_gazetteer(
    project: Project, runner: Runner, files: ProjectFiles, signs: Mapping[str, Sign], report: Report
) -> Gazetteer:
    """The project's places with the `signs` of their categories, read anew only if a file of `geo/` changed."""
    folder, settings = project.geo_folder, project.geo_settings
    data = project.data_folder
    paths = sorted(file for file in folder.rglob("*") if not file.is_relative_to(data)) if folder.is_dir() else []
    contents = tuple((file.as_posix(), files.look(file)) for file in (folder, *paths))
    task = runner.task("geo", read_geo, contents, folder, project.root, settings)

    def load(report: Report) -> Gazetteer:
        runner.make(task)
        if (record := runner.look(task)) is None:  # the cache could not be used from here on
            raise LostContentError
        report.include(record.report)
        places: ProjectPlaces = runner.load(Part(task.key, 0, task.key))
        return Gazetteer(places.with_signs(signs) if signs else places)

    return runner.recall("geo", runner.digest(task.key, signs), load, report)


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


def _check_ids(sources: Iterable[StorySource], report: Report) -> None:
    """Report stories whose file names make the same address, or that say they once had the same."""
    names: dict[str, str] = {}
    for source in sources:
        other = names.setdefault(source.id, source.name)
        if other != source.name:
            report.error(
                "duplicate-story-id",
                f'"{source.name}" and "{other}" would have the same address, "{source.id}.html"',
                Location(source.name),
                help="rename one of the files",
            )
    earlier: dict[str, StorySource] = {}
    for source in sources:
        for number, alias in enumerate(source.front.aliases or ()):
            first = earlier.setdefault(alias.removesuffix(".html"), source)
            if first is not source:
                report.error(
                    "bad-alias",
                    f'"{alias}" is an earlier address of "{first.name}", too',
                    source.front.where("aliases", number),
                    help="leave it to the story that readers would look for there",
                )


def _atlas_order(source: StorySource) -> tuple[float, int, tuple[When, ...], Any]:
    """By `order`, then date, those without one last, then name."""
    order, date = source.front.order, source.front.date
    dates = () if date is None else (date,)
    return float("inf") if order is None else order, -len(dates), dates, order_naturally(source.id)
