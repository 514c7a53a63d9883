"""Check a project: read it as the build does, build its site in memory, and run every family of checks over both.

Everything is told in one run. Errors are those that the build tells, too; what the checks add are warnings and notes,
which the settings can raise or turn off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from storymap.checking.link_texts import check_link_texts
from storymap.checking.links import check_links
from storymap.checking.outline import check_outline
from storymap.checking.pictures import check_pictures
from storymap.checking.places import check_places
from storymap.checking.subject import Subject
from storymap.checking.views import check_views
from storymap.errors import Report, StorymapError
from storymap.project import Project
from storymap.publishing.build import build_site
from storymap.publishing.content import read_content

Check = Callable[[Subject, Report], None]
"""One family of checks: looks at the subject, adds to the report, changes nothing."""

CHECKS: tuple[Check, ...] = (check_outline, check_views, check_pictures, check_link_texts, check_places, check_links)
"""Every family, in the order in which they run; the order does not show, because problems are told by file and line."""


def check_project(project: Project, report: Report, *, drafts: bool = True) -> None:
    """Find everything that is wrong or odd about `project`, and add it to `report`; nothing is written or raised.

    `drafts` says whether stories marked as drafts are looked at. Where there are errors there is no site, and the
    checks that need one are left out; all others run.
    """
    content = read_content(project, report, drafts=drafts)
    site = _try_build(project, report, drafts=drafts)
    mistaken = frozenset(problem.code for problem in report.errors)
    subject = Subject(project, content.sources, content.stories, content.gazetteer, site, mistaken)
    for check in CHECKS:
        check(subject, report)


def _try_build(project: Project, report: Report, *, drafts: bool) -> Mapping[str, bytes]:
    """The site of `project`, empty where errors keep it from being built; the errors are in the report."""
    try:
        return build_site(project, report=report, drafts=drafts)
    except StorymapError as error:
        for problem in error.problems:
            report.add(problem)
        return {}
