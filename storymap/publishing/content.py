"""Read everything that a site is made of: every story, every place and every picture, as resolved values.

The first half of `build_site`. Every mistake of every file goes into one report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from storymap.errors import Location, Report
from storymap.geography.gazetteer import Gazetteer, load_gazetteer
from storymap.model import Story
from storymap.project import Project
from storymap.reading.dates import read_date
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import read_text
from storymap.rendering.addresses import media_file, place_page
from storymap.resolving.links import StoryIndex
from storymap.resolving.story import resolve_story


@dataclass(frozen=True, slots=True)
class Content:
    """The stories of a site, in the order of the atlas, as resolved and as written, and where their places came from."""

    stories: tuple[Story, ...]
    sources: tuple[StorySource, ...]
    gazetteer: Gazetteer


def read_content(project: Project, report: Report, *, drafts: bool = False) -> Content:
    """Read and resolve the whole project; `drafts` says whether stories marked as drafts belong to the site.

    Mistakes go to `report`. What comes back is complete only if it has no errors.
    """
    gazetteer = load_gazetteer(project.geo_folder, project.root, report)
    sources = [source for source in read_sources(project, report) if drafts or not source.front.draft]
    index = StoryIndex.of(sources)
    stories = tuple(
        resolve_story(
            source,
            project=project,
            gazetteer=gazetteer,
            index=index,
            place_address=place_page,
            file_address=media_file,
            report=report,
        )
        for source in sources
    )
    return Content(stories, tuple(sources), gazetteer)


def read_sources(project: Project, report: Report) -> list[StorySource]:
    """Every story as it is written, ordered by `order`, then date, then name."""
    folder = project.stories_folder
    found = folder.glob("*.md") if folder.is_dir() else ()
    files = sorted(file for file in found if file.stem.lower() != "readme")
    if not files:
        report.error(
            "no-stories",
            "there are no stories",
            Location("stories"),
            help="write one: stories/my-story.md, with a title in its front matter and a ## heading for each step",
        )
    sources = [source for file in files if (source := _read_source(file, project.root, report))]
    _check_ids(sources, report)
    return sorted(sources, key=_atlas_order)


def _read_source(file: Path, root: Path, report: Report) -> StorySource | None:
    name = file.relative_to(root).as_posix()
    if not file.resolve().is_relative_to(root):
        report.error("outside-project", f'"{name}" leads out of the project', Location(name), help="copy the file here")
        return None
    text = read_text(file, name, report)
    return read_story(text, report) if text else None


def _check_ids(sources: Iterable[StorySource], report: Report) -> None:
    """Report stories whose file names make the same address."""
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


def _atlas_order(source: StorySource) -> tuple[float, str, str]:
    order = source.front.order
    return (
        float("inf") if order is None else order,
        read_date(source.front.date).first if source.front.date else "9999",
        source.id,
    )
