"""Build a site as a value: everything between disk and disk, as a mapping of relative path to bytes.

`storymap.building.plan` says how each file is made; here all of them are, or each when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from storymap.building.content import GivenStory
from storymap.building.plan import plan_site
from storymap.building.results import tell_result
from storymap.building.runner import Runner
from storymap.building.tasks import Task
from storymap.errors import Report
from storymap.project import Project

Site = dict[str, bytes]
"""A finished site: relative path, with forward slashes, to bytes. Sorted by path."""


def build_site(
    project: Project,
    *,
    report: Report | None = None,
    drafts: bool = False,
    progress: Callable[[str], None] | None = None,
    given: Sequence[GivenStory] = (),
) -> Site:
    """The site of `project`. `progress` is told the path of each page that has been made, for people who wait.

    With any stories `given` by a program, they are those of the site, and not those of the project's folder.
    Warnings and notes go to `report`. Raises `StorymapError` with every mistake of the project.
    """
    report = report if report is not None else Report()
    runner = Runner(progress=(lambda _done, _count, path: progress(path)) if progress else None)
    plan = plan_site(project, report, drafts=drafts, runner=runner, given=given)
    report.raise_errors()
    site: Site = {}
    for task, result in runner.run(plan.tasks):
        tell_result(task, result.record, report)
        content = result.content if result.content is not None else runner.read(task, result.record)
        assert content is not None
        if not report.errors:
            site.update(task.divide(content))
    report.raise_errors()
    return dict(sorted(site.items()))


def digest_site(project: Project, runner: Runner, report: Report) -> dict[str, str]:
    """The SHA-256 of each file of the site of `project`, by path, as `runner` makes it or has made it before.

    Warnings and notes go to `report`. Raises `StorymapError` with every mistake of the project.
    """
    tasks = plan_site(project, report, runner=runner).tasks
    report.raise_errors()
    site: dict[str, str] = {}
    for task, result in runner.run(tasks):
        tell_result(task, result.record, report)
        if not report.errors:
            site.update(zip(task.paths, result.record.digests, strict=True))
    report.raise_errors()
    return dict(sorted(site.items()))


class LazySite(Mapping[str, bytes]):
    """A site by path. A file is made when it is first asked for, which raises `StorymapError` if it fails.

    Of the files that are made on demand those are listed that a page loads, of the pages that have been asked for.
    """

    def __init__(self, tasks: Sequence[Task], runner: Runner) -> None:
        self._tasks = tasks
        self._makers = {path: task for task in tasks for path in task.paths}
        self._runner = runner

    def __getitem__(self, path: str) -> bytes:
        task = self._makers[path]
        return task.divide(self._runner.make(task))[path]

    def __contains__(self, path: object) -> bool:
        return path in self._makers

    def __iter__(self) -> Iterator[str]:
        loaded: set[str] = set()
        for task in self._tasks:
            if not task.on_demand:
                yield from task.paths
                record = self._runner.look(task)
                loaded.update(record.loads if record else ())
        yield from (path for path, task in self._makers.items() if task.on_demand and path in loaded)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def version(self, path: str) -> str:
        """A digest that changes when the file would: that of what it is made of, for which nothing is made."""
        return self._makers[path].key

    def tell(self, report: Report) -> None:
        """Tell what was found in making those files that have been asked for."""
        for task in self._tasks:
            record = self._runner.look(task)
            if record is not None:
                tell_result(task, record, report)
