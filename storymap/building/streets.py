"""Streets under the maps of a site: baked by tasks of their own, which depend on street data and on views alone.

So an edit of a story's text finds them as they were, and maps that show the same share what is baked. The stages::

    open_streets    what a file has, and whether it can be read
    bake            the streets of views that lie near one another: `storymap.streets.baking.fitting`
    lay_streets     a resolved story with its streets under it
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from storymap.building.project_files import ProjectFiles
from storymap.building.ready_stories import ReadyStory, name_parts, pack_story
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Task, pack
from storymap.earth.bounds import center_of_bounds
from storymap.errors import Location, Problem, Report, StorymapError
from storymap.model.close_ground import CloseGround
from storymap.model.ground import GroundDetail
from storymap.model.scene import View
from storymap.model.story import Story
from storymap.model.streets import BakedStreets, StreetFile
from storymap.project import Project
from storymap.resolving.streets import lay_on_streets
from storymap.streets.baking.fitting import bake_to_fit
from storymap.streets.baking.grouping import group_views, lies_near
from storymap.streets.coverage import StreetReach, measure_coverage
from storymap.streets.folder import list_street_files
from storymap.streets.needs import FIRST_ZOOM, CloseViews
from storymap.streets.sources import StreetFileError, open_source


class SiteStreets:
    """The street data of a project, and the tasks that bake them; what is wrong with a file is told to `report`."""

    def __init__(self, files: Sequence[StreetFile], runner: Runner, report: Report) -> None:
        self._runner, self._report = runner, report
        self._credits: dict[str, None] = {}
        tasks = [runner.task(f"{file.name}, opened", open_streets, file) for file in files]
        failed = _run(tasks, runner, report)
        self._files = [
            (file, runner.load(Part(task.key, 0, task.key)))
            for file, task in zip(files, tasks, strict=True)
            if task.key not in failed
        ]

    @property
    def reaches(self) -> tuple[StreetReach, ...]:
        """What each file has."""
        return tuple(reach for _, reach in self._files)

    @property
    def grounds(self) -> tuple[CloseGround, ...]:
        """The same, for who only asks how close maps may come."""
        return tuple(CloseGround(reach.boxes, FIRST_ZOOM) for reach in self.reaches)

    @property
    def credits(self) -> tuple[str, ...]:
        """Whose the streets are of those files of which any were baked."""
        return tuple(self._credits)

    def covers(self, view: View) -> bool:
        """Whether there are streets all over a view."""
        return measure_coverage(view, self.reaches).is_whole

    def bake(self, wanted: Iterable[tuple[CloseViews, str]], *, budget: int | None = None) -> list[tuple[Part, ...]]:
        """For the close views of each map, and the language of its page, what is baked for it, a `BakedStreets` each.

        `budget` is as in `bake_to_fit`. Maps of which some could not be baked get none; that is told.
        """
        planned = [tuple(self._plan(close, lang, budget)) for close, lang in wanted]
        failed = _run([task for own in planned for task in own], self._runner, self._report)
        return [
            () if any(task.key in failed for task in own) else tuple(Part(task.key, 0, task.key) for task in own)
            for own in planned
        ]

    def _plan(self, close: CloseViews, lang: str, budget: int | None) -> Iterator[Task]:
        for group in group_views(close):
            near = [(file, reach) for file, reach in self._files if lies_near(group, reach)]
            self._credits |= dict.fromkeys(reach.credit for _, reach in near)
            if files := tuple(file for file, _ in near):
                middle = center_of_bounds(group.views[0][0].bounds)
                name = f"streets around {middle.lat:.3f}, {middle.lon:.3f}"
                yield self._runner.task(name, make_streets, files, group, lang, budget)


def find_streets(project: Project, files: ProjectFiles, runner: Runner, report: Report) -> SiteStreets | None:
    """The street data of the project; None where it has none."""
    if not project.streets_folder.is_dir():
        return None
    found = []
    for file, name in list_street_files(project.root, report):
        _, what, data = files.look(file)
        found.append(StreetFile(str(file), name, hashlib.sha256(data or what.encode()).hexdigest()))
    return SiteStreets(found, runner, report) if found else None


def lay_streets(
    ready: Sequence[ReadyStory],
    streets: SiteStreets,
    packing: tuple[bool, GroundDetail],
    runner: Runner,
    report: Report,
) -> tuple[ReadyStory, ...]:
    """The stories `ready` with streets under those of their maps that come close; `packing` is as in `lay_tiles`."""
    close = [story for story in ready if story.close.views]
    baked = streets.bake((story.close, story.outline.lang) for story in close)
    tasks = {
        story.key: runner.task(
            f"{story.outline.at.path} on streets", make_on_streets, story.whole, *packing, streets.reaches, *parts
        )
        for story, parts in zip(close, baked, strict=True)
        if parts
    }
    for _, result in runner.run(tasks.values()):
        report.include(result.record.report)
    return tuple(name_parts(tasks[story.key], runner) if story.key in tasks else story for story in ready)


def open_streets(file: StreetFile, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """The task of looking into a file of street data: what it covers, a `StreetReach`."""
    try:
        return pack(StreetReach.of(open_source(Path(file.path), file.name)))
    except StreetFileError as error:
        raise _tell(error, file.name) from error


def make_streets(
    files: tuple[StreetFile, ...],
    close: CloseViews,
    lang: str,
    budget: int | None,
    *,
    report: Report,  # noqa: ARG001 - a task's
) -> bytes:
    """The task of baking the streets of views that lie near one another, a `BakedStreets`."""
    try:
        sources = [open_source(Path(file.path), file.name) for file in files]
        return pack(bake_to_fit(sources, close, lang, budget))
    except StreetFileError as error:
        raise _tell(error, files[0].name) from error


def make_on_streets(
    story: Story,
    is_searched: bool,  # noqa: FBT001 - an input among others
    detail: GroundDetail,
    reaches: tuple[StreetReach, ...],
    *baked: BakedStreets,
    report: Report,
) -> bytes:
    """The task of laying a story on its streets: what `make_story` gives."""
    return pack_story(lay_on_streets(story, baked, reaches, report), detail, is_searched=is_searched)


def _run(tasks: Iterable[Task], runner: Runner, report: Report) -> set[str]:
    """Do tasks, equal ones once; the keys of those that failed, which is told."""
    failed = set()
    for task, result in runner.run({task.key: task for task in tasks}.values()):
        report.include(result.record.report)
        if result.record.report.errors:
            failed.add(task.key)
    return failed


def _tell(error: StreetFileError, name: str) -> StorymapError:
    return StorymapError([Problem(error.code, error.message, Location(name), error.help)])
