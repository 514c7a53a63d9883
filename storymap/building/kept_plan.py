"""Know a project again of which nothing changed: its plan is kept under a digest of all that it was made of.

Between the cache and `storymap build`. A build that finds its plan here neither reads nor resolves a story: it asks
the cache for what each task made. One file that changed, of the project or of the package, makes it another plan.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator

from msgspec import Struct

from storymap.building.project_files import ProjectFiles
from storymap.building.records import Record
from storymap.building.runner import Runner
from storymap.building.tasks import Task, keep
from storymap.errors import Location, Report
from storymap.project import Project


class KeptTask(Struct, frozen=True):
    """What is left of a task whose result is known: as `Task` has it."""

    path: str
    key: str
    at: Location | None
    on_demand: bool
    files: tuple[str, ...]


class KeptPlan(Struct, frozen=True):
    """The tasks of a site, and what was found in reading and resolving the project."""

    tasks: tuple[KeptTask, ...]
    report: Report

    def list_tasks(self) -> Iterator[Task]:
        """The tasks, for whoever has their results: they cannot be done."""
        return (
            Task(kept.path, keep, (), kept.key, kept.at, on_demand=kept.on_demand, files=kept.files)
            for kept in self.tasks
        )

    def is_made(self, runner: Runner) -> bool:
        """Whether the cache still has what each task made; of those that are done on demand, the ones that were."""
        loaded: set[str] = set()
        for task in sorted(self.tasks, key=lambda task: task.on_demand):
            if task.on_demand and task.path not in loaded:
                continue
            record = runner.cache.look(task.key)
            if record is None:
                return False
            loaded.update(record.loads)
        return True


def find_plan(project: Project, files: ProjectFiles, runner: Runner, *, drafts: bool) -> tuple[str, KeptPlan | None]:
    """The key under which the plan of `project`, as it is now, is kept, and the plan; None where there is none.

    There is none either where the cache has lost what one of its tasks made. The key is empty for a project with a map
    hook, whose code may ask for anything: its plan is not kept.
    """
    if project.settings.map_hook:
        return "", None
    folders = (
        *(project.stories_folder, project.geo_folder, project.static_folder),
        *(project.templates_folder, project.fonts_folder),
    )
    paths = [path for folder in folders for path in (folder, *sorted(folder.rglob("*")))]
    paths.append(project.styles_file)
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
    return key, plan if plan.is_made(runner) else None


def keep_plan(key: str, tasks: Iterable[Task], report: Report, runner: Runner) -> None:
    """Keep what `find_plan` is to give for `key`; `report` is what was found before a task was done."""
    if key:
        kept = tuple(KeptTask(task.path, task.key, task.at, task.on_demand, task.files) for task in tasks)
        content = pickle.dumps(KeptPlan(kept, report), 5)
        runner.cache.put(key, Record.of(content, Report()), content)
