"""Know a project again of which nothing changed: its plan is kept under a digest of all that it was made of.

Between the cache and `storymap build`. A build that finds its plan here neither reads nor resolves a story: it asks
the cache for what each task made. One file that changed, of the project or of the package, makes it another plan.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storymap.building.cache import Record
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Made, Task, keep
from storymap.errors import Location, Report
from storymap.project import Project


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a site: its path, the key of the task that makes it, and what it is made from, for who is told."""

    path: str
    key: str
    at: Location | None


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The files of a site, and what was found in reading and resolving the project."""

    files: tuple[KeptFile, ...]
    report: Report

    def list_tasks(self) -> Iterator[Task]:
        """The tasks, for whoever has their results: they cannot be done."""
        return (Task(file.path, keep, (), file.key, file.at) for file in self.files)


def find_plan(project: Project, files: ProjectFiles, runner: Runner, *, drafts: bool) -> tuple[str, KeptPlan | None]:
    """The key under which the plan of `project`, as it is now, is kept, and the plan; None where there is none.

    There is none either where the cache has lost what one of its tasks made. The key is empty for a project with a map
    hook, whose code may ask for anything: its plan is not kept.
    """
    if project.settings.map_hook:
        return "", None
    folders = (project.stories_folder, project.geo_folder)
    paths = [path for folder in folders for path in (folder, *sorted(folder.rglob("*")))]
    if project.settings_path:
        paths.append(project.root / project.settings_path)
    key = runner.digest(
        "plan", project.root, project.settings, drafts, tuple((path, files.look(path)) for path in paths)
    )
    record = runner.cache.look(key)
    content = runner.cache.read(record) if record else None
    if content is None:
        return key, None
    plan: KeptPlan = pickle.loads(content)  # noqa: S301 - our own, from where only the user may write
    return key, plan if all(runner.cache.look(file.key) for file in plan.files) else None


def keep_plan(key: str, tasks: Iterable[Task], report: Report, runner: Runner) -> None:
    """Keep what `find_plan` is to give for `key`; `report` is what was found before a task was done."""
    if key:
        files = tuple(KeptFile(task.path, task.key, task.at) for task in tasks)
        made = Made(pickle.dumps(KeptPlan(files, report), 5), Report())
        runner.cache.put(key, Record.of(Task("", keep, (), key), made), made.content)
