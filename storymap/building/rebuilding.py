"""Build one project again and again, making only what an edit changed: what the preview shows.

Each build gives a `Built`, whose files are made when they are first asked for. A file whose task is as it was keeps
the bytes that it had, so that a story's edit costs that story's page. For one thread at a time.
"""

from __future__ import annotations

import gc
from pathlib import Path

from msgspec.structs import replace

from storymap.building.build import LazySite
from storymap.building.cache import MemoryCache
from storymap.building.plan import plan_site
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.errors import Problem, Report, StorymapError
from storymap.project import Project, load_project


class Built:
    """One build: its `site`, `failed` where mistakes left it without one, and the paths that `changed` since the last.

    `changed` holds the paths of files that are new or made otherwise than in the last build that did not fail, and
    those that are gone.
    """

    def __init__(self, site: LazySite, report: Report, *, failed: bool, changed: frozenset[str]) -> None:
        self._report = report
        self.site = site
        self.failed = failed
        self.changed = changed

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found: in reading, and in making those files that have been asked for."""
        told = Report(policy=self._report.policy)
        told.include(self._report)
        self.site.tell(told)
        return tuple(told.problems)


class Rebuilder:
    """Builds the project that `folder` belongs to.

    `drafts` says whether stories marked as drafts are shown, `url` where the site stands while it is looked at: in
    place of the setting of that name, unless it is None.
    """

    def __init__(self, folder: Path, *, drafts: bool = False, url: str | None = None) -> None:
        self._folder = folder
        self._drafts = drafts
        self._url = url
        self._cache = MemoryCache()
        self._runner = Runner(self._cache, goes_on=True)
        self._files = ProjectFiles()
        self._keys: dict[str, str] = {}

    def build(self) -> Built:
        """The site as the project's files are now. Mistakes are in what comes back; nothing is raised for them."""
        report = Report()
        try:
            project = self._stand(load_project(self._folder))
            plan = plan_site(project, report, drafts=self._drafts, runner=self._runner, files=self._files)
            report.raise_errors()
        except StorymapError as error:
            for problem in error.problems:
                report.add(problem)
            return Built(LazySite((), self._runner), report, failed=True, changed=frozenset())
        before, self._keys = self._keys, {path: task.key for task in plan.tasks for path in task.paths}
        changed = {path for path, key in self._keys.items() if before.get(path) != key} | (before.keys() - self._keys)
        self._runner.end_round()
        self._cache.forget_others(self._keys.values())
        # What is kept stays for rounds: to look through all of it for what may go would take longer than a round.
        gc.freeze()
        return Built(LazySite(plan.tasks, self._runner), report, failed=False, changed=frozenset(changed))

    def _stand(self, project: Project) -> Project:
        if self._url is None:
            return project
        return replace(project, settings=project.settings.model_copy(update={"url": self._url}))
