"""Read everything that a site is made of: every story, every place and every picture, as resolved values.

The first half of `build_site`. Every mistake of every file goes into one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storymap.building.memory import Memory
from storymap.errors import Location, Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.geodata.file_settings import FileSettings
from storymap.model.story import Story
from storymap.model.time import When
from storymap.project import Project
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text, read_bytes
from storymap.resolving.files import StoryFile, find_files
from storymap.resolving.links import LinkedStep, StoryIndex, find_aliases, find_story_links
from storymap.resolving.names import SiteNames, StoryNames, find_names
from storymap.resolving.story import StoryDefaults, resolve_story
from storymap.text.ordering import order_naturally


@dataclass(frozen=True, slots=True)
class Content:
    """The stories of a site in the order of the atlas, as resolved and as written, and what their names mean."""

    stories: tuple[Story, ...]
    sources: tuple[StorySource, ...]
    gazetteer: Gazetteer
    names: SiteNames


def read_content(project: Project, report: Report, *, drafts: bool = False, memory: Memory | None = None) -> Content:
    """Read and resolve the whole project; `drafts` says whether stories marked as drafts belong to the site.

    Mistakes go to `report`, told as the settings want them. What comes back is complete only if it has no errors.
    With the `memory` of an earlier round only what changed since is read and resolved.
    """
    report.follow(project.settings.checks)
    memory = memory or Memory()
    gazetteer = _read_gazetteer(project, memory, report)
    written = read_sources(project, report, memory)
    sources = [source for source in written if drafts or not source.front.draft]
    for source in written if not drafts else ():
        if source.front.draft:
            at = source.front.where("draft")
            report.note("draft", f'"{source.title}" is a draft and left out; --drafts builds it', at)
    index = StoryIndex.of(sources, () if drafts else (source for source in written if source.front.draft))
    names = find_names(sources, gazetteer)
    stories: list[Story] = []
    for source, own, problems in zip(sources, names.stories, names.problems, strict=True):
        for problem in problems:
            report.add(problem)
        stories.append(_resolve(source, own, project, index, memory, report))
    return Content(tuple(stories), tuple(sources), gazetteer, names)


def read_sources(project: Project, report: Report, memory: Memory | None = None) -> list[StorySource]:
    """Every story as it is written, ordered by `order`, then date, then name."""
    memory = memory or Memory()
    folder = project.stories_folder
    found = folder.glob("*.md") if folder.is_dir() else ()
    # What begins with a dot or ~ was left by a system or an editor, as in geo/.
    files = sorted(file for file in found if file.stem.lower() != "readme" and not file.name.startswith((".", "~")))
    if not files:
        report.error(
            "no-stories",
            "there are no stories",
            Location("stories"),
            help="write one: stories/my-story.md, with a title in its front matter and a ## heading for each step",
        )
    sources = [source for file in files if (source := _read_source(file, project.root, memory, report))]
    _check_ids(sources, report)
    return sorted(sources, key=_atlas_order)


def _read_gazetteer(project: Project, memory: Memory, report: Report) -> Gazetteer:
    """The project's places, loaded anew only if a file of `geo/` changed."""
    folder = project.geo_folder
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    contents = tuple((file.as_posix(), memory.shelf.look(file)) for file in (folder, *files))

    def load(
        _: tuple[tuple[str, object], ...],
        folder: Path,
        root: Path,
        settings: Mapping[str, FileSettings],
        *,
        report: Report,
    ) -> Gazetteer:
        return Gazetteer(load_places(folder, root, report, settings=settings))

    return memory.recall(("geo",), load, contents, folder, project.root, project.geo_settings, report=report)


def _read_source(file: Path, root: Path, memory: Memory, report: Report) -> StorySource | None:
    name = file.relative_to(root).as_posix()
    if not _stays_in(root, file):
        report.error("outside-project", f'"{name}" leads out of the project', Location(name), help="copy the file here")
        return None
    data = read_bytes(file, name, report, read=memory.shelf.read)
    return None if data is None else memory.recall(("source", name), _parse, data, name, report=report)


def _stays_in(root: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def _parse(data: bytes, name: str, *, report: Report) -> StorySource | None:
    text = decode_text(data, name, report)
    return read_story(text, report) if text else None


def _resolve(
    source: StorySource, names: StoryNames, project: Project, index: StoryIndex, memory: Memory, report: Report
) -> Story:
    return memory.recall(
        ("story", source.name),
        _assemble,
        source,
        names,
        find_files(source, project=project, report=report),
        find_story_links(source, index, report),
        find_aliases(source, index, report),
        StoryDefaults.of(project.settings),
        report=report,
    )


def _assemble(
    source: StorySource,
    names: StoryNames,
    files: dict[str, StoryFile],
    story_links: dict[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    *,
    report: Report,
) -> Story:
    return resolve_story(
        source,
        names,
        files=files,
        story_links=story_links,
        aliases=aliases,
        defaults=defaults,
        report=report,
    )


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
