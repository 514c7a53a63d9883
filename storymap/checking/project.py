"""Check a project: read it as the build does, plan its site, and run every family of checks over both.

Everything is told in one run. Errors are those that the build tells, too; what the checks add are warnings and notes,
which the settings can raise or turn off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storymap.building.build import LazySite
from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.building.tasks import Task
from storymap.checking.checked import CheckedProject
from storymap.checking.collections import check_collections
from storymap.checking.editions import check_editions
from storymap.checking.findings import OUTSIDE_CODES
from storymap.checking.link_texts import check_link_texts
from storymap.checking.links import check_links
from storymap.checking.names import check_names
from storymap.checking.outline import check_outline
from storymap.checking.output import check_site_folder
from storymap.checking.own_tiles import check_own_tiles
from storymap.checking.pictures import check_pictures
from storymap.checking.places import check_places
from storymap.checking.played import check_played
from storymap.checking.sharing import check_sharing
from storymap.checking.streets import check_streets
from storymap.checking.views import check_views
from storymap.errors import Problem, Report, StorymapError, sort_problems
from storymap.project import Project
from storymap.resolving.links import check_draft_links

Check = Callable[[CheckedProject, Report], None]
"""One family of checks: looks at a project, adds to the report, changes nothing."""

CHECKS: tuple[Check, ...] = (
    check_collections,
    check_outline,
    check_views,
    check_streets,
    check_own_tiles,
    check_pictures,
    check_played,
    check_link_texts,
    check_names,
    check_editions,
    check_places,
    check_links,
    check_sharing,
    check_site_folder,
)
"""Every family, in the order in which they run; the order does not show, because problems are told by file and line."""


def check_project(project: Project, *, drafts: bool = True) -> tuple[Problem, ...]:
    """Everything that is wrong or odd about `project`, by file and line: what `storymap check` tells.

    Errors come back as warnings and notes do, so nothing is raised for them. Nothing is written, and no link to
    another site is tried. `drafts` says whether stories marked as drafts are looked at.
    """
    report = Report()
    examine_project(project, report, drafts=drafts)
    report.tell_unused_silences(besides=OUTSIDE_CODES)
    return tuple(sort_problems(report.problems))


def examine_project(
    project: Project, report: Report, *, drafts: bool = True, checks: tuple[Check, ...] = CHECKS
) -> CheckedProject:
    """Run `checks` over `project`, and return what was looked at; what is found goes to `report`.

    Where there are errors there is no site, and the checks that need one are left out; all others run.
    """
    plan = plan_site(project, report, drafts=drafts)
    content = plan.content
    check_draft_links(content.sources, content.described, project.settings.lang, report)
    mistaken = frozenset(problem.code for problem in report.errors)
    site = _ToldSite(plan.tasks, content.runner, report)
    checked = CheckedProject(
        project,
        content.sources,
        content.stories,
        content.gazetteer,
        content.names,
        site,
        mistaken,
        content.described,
        tuple(content.runner.load(collection.whole) for collection in content.collections),
        content.runner.load(content.tiles) if content.tiles else None,
    )
    for check in checks:
        check(checked, report)
    site.tell(report)
    return checked


class _ToldSite(LazySite):
    """The site of a plan: checks ask for pages, hardly for anything else. A file that cannot be made is empty."""

    def __init__(self, tasks: Sequence[Task], runner: Runner, report: Report) -> None:
        super().__init__(tasks, runner)
        self._report = report

    def __getitem__(self, path: str) -> bytes:
        try:
            return super().__getitem__(path)
        except StorymapError as error:
            for problem in error.problems:
                self._report.add(problem)
            return b""
