"""Build one project again and again, making only what an edit changed: what the preview shows.

Each build gives a `Built`, whose files are made when they are first asked for. A file whose recipe is as it was keeps
the bytes that it had, so that a story edit costs that story's page. For one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from storymap.building.memory import Memory
from storymap.building.plan import plan_site
from storymap.building.recipe import Recipe
from storymap.errors import Problem, Report, StorymapError
from storymap.project import Project, load_project


class _Making:
    """One file: its recipe, and once it was made its bytes and what was found in making it."""

    __slots__ = ("_data", "recipe", "report")

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._data: bytes | None = None
        self.report = Report()

    def make(self) -> bytes:
        if self._data is None:
            report = Report()
            self._data = self.recipe.follow(report)
            self.report = report
        return self._data


class LazySite(Mapping[str, bytes]):
    """A site by path. A file is made when it is first asked for, which raises `StorymapError` if it fails."""

    def __init__(self, makings: Mapping[str, _Making]) -> None:
        self._makings = makings

    def __getitem__(self, path: str) -> bytes:
        return self._makings[path].make()

    def __contains__(self, path: object) -> bool:
        return path in self._makings

    def __iter__(self) -> Iterator[str]:
        return iter(self._makings)

    def __len__(self) -> int:
        return len(self._makings)


class Built:
    """One build: its `site`, `failed` where mistakes left it without one, and the paths that `changed` since the last.

    `changed` holds the paths of files that are new or made otherwise than in the last build that did not fail, and
    those that are gone.
    """

    def __init__(
        self, makings: Mapping[str, _Making], report: Report, *, failed: bool, changed: frozenset[str]
    ) -> None:
        self._makings = makings
        self._report = report
        self.site: Mapping[str, bytes] = LazySite(makings)
        self.failed = failed
        self.changed = changed

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found: in reading, and in making those files that have been asked for."""
        told = Report(policy=self._report.policy)
        told.include(self._report)
        for making in self._makings.values():
            told.include(making.report)
        return tuple(told.problems)


class Workshop:
    """Builds the project that `folder` belongs to.

    `drafts` says whether stories marked as drafts are shown, `url` where the site stands while it is looked at: in
    place of the setting of that name, unless it is None.
    """

    def __init__(self, folder: Path, *, drafts: bool = False, url: str | None = None) -> None:
        self._folder = folder
        self._drafts = drafts
        self._url = url
        self._memory = Memory()
        self._makings: dict[str, _Making] = {}

    def build(self) -> Built:
        """The site as the project's files are now. Mistakes are in what comes back; nothing is raised for them."""
        report = Report()
        try:
            project = self._stand(load_project(self._folder))
            plan = plan_site(project, report, drafts=self._drafts, memory=self._memory)
            report.raise_errors()
        except StorymapError as error:
            for problem in error.problems:
                report.add(problem)
            return Built({}, report, failed=True, changed=frozenset())
        before = self._makings
        makings = {path: _reuse(before.get(path), recipe) for path, recipe in plan.recipes.items()}
        self._makings = makings
        changed = {path for path, making in makings.items() if making is not before.get(path)}
        return Built(makings, report, failed=False, changed=frozenset(changed | (before.keys() - makings.keys())))

    def _stand(self, project: Project) -> Project:
        if self._url is None:
            return project
        return replace(project, settings=project.settings.model_copy(update={"url": self._url}))


def _reuse(before: _Making | None, recipe: Recipe) -> _Making:
    """The making of an earlier build if its recipe is the same, else a new one."""
    return before if before is not None and before.recipe == recipe else _Making(recipe)
