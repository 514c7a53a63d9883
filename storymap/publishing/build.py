"""Build a site as a value: everything between disk and disk, as a mapping of relative path to bytes.

`build` writes the value, `serve` answers from it, `check` looks into it, tests compare it. The stages, in order::

    read_content     stories and places, resolved; every mistake in one report
    make_edition     what all pages share
    story files      page and stills of each story
    place files      page and still of each place
    atlas files      the first page
    site files       runtime, pictures, licences, the page about the map, 404
    guide files      the guide for authors, where the settings ask for it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from storymap.errors import Report
from storymap.model import Story
from storymap.project import Project
from storymap.publishing.assets import site_files
from storymap.publishing.atlas import atlas_files
from storymap.publishing.content import read_content
from storymap.publishing.edition import make_edition
from storymap.publishing.guide import guide_files
from storymap.publishing.hook import finish_map, load_hook
from storymap.publishing.places import place_files
from storymap.publishing.stories import story_files
from storymap.rendering.figure import MapParts
from storymap.rendering.maps import StoryMap

Site = dict[str, bytes]
"""A finished site: relative path, with forward slashes, to bytes. Sorted by path."""


def build_site(
    project: Project,
    *,
    report: Report | None = None,
    drafts: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Site:
    """The site of `project`. `progress` is told each story that is about to be rendered, for people who wait.

    Warnings and notes go to `report`. Raises `StorymapError` with every mistake of the project.
    """
    report = report if report is not None else Report()
    content = read_content(project, report, drafts=drafts)
    edition = make_edition(project, content, report)
    hook = load_hook(project, report)
    report.raise_errors()

    def finish(story_map: StoryMap, story: Story | None = None) -> MapParts:
        return finish_map(story_map, story, hook, report)

    def files() -> Iterator[tuple[str, bytes]]:
        for before, story, after in _with_neighbours(edition.stories):
            if progress:
                progress(story.title)
            yield from story_files(story, edition, before=before, after=after, finish=finish)
        for place in edition.places:
            yield from place_files(place, edition, content.gazetteer, finish=finish)
        yield from atlas_files(edition, finish=finish)
        yield from site_files(edition, project)
        yield from guide_files(edition)

    return dict(sorted(files()))


def _with_neighbours(stories: Sequence[Story]) -> Iterator[tuple[Story | None, Story, Story | None]]:
    """Each story between the one before it and the one after it."""
    yield from zip((None, *stories[:-1]), stories, (*stories[1:], None), strict=True)
