"""Build a site as a value: everything between disk and disk, as a mapping of relative path to bytes.

`build` writes the value, tests compare it. `storymap.building.plan` says how each file is made; here all of them are.
"""

from __future__ import annotations

from collections.abc import Callable

from storymap.building.plan import plan_site
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
) -> Site:
    """The site of `project`. `progress` is told the path of each page that is about to be made, for people who wait.

    Warnings and notes go to `report`. Raises `StorymapError` with every mistake of the project.
    """
    report = report if report is not None else Report()
    plan = plan_site(project, report, drafts=drafts)
    report.raise_errors()
    site: Site = {}
    for path, recipe in plan.recipes.items():
        if progress and path.endswith(".html"):
            progress(path)
        site[path] = recipe.follow(report)
    report.raise_errors()
    return dict(sorted(site.items()))
