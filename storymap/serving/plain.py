"""Build the whole site anew each time: what the preview builds with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storymap.errors import Problem, Report, StorymapError
from storymap.project import load_project
from storymap.publishing.build import build_site


@dataclass(frozen=True, slots=True)
class PlainBuilt:
    """What one build gave."""

    site: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    failed: bool


@dataclass(frozen=True, slots=True)
class PlainBuilder:
    """Builds the project in `folder`."""

    folder: Path
    drafts: bool

    def build(self) -> PlainBuilt:
        """Build it from what is on disk now."""
        report = Report()
        try:
            site = build_site(load_project(self.folder), report=report, drafts=self.drafts)
        except StorymapError as error:
            rest = [problem for problem in report.problems if problem not in error.problems]
            return PlainBuilt({}, (*rest, *error.problems), failed=True)
        return PlainBuilt(site, tuple(report.problems), failed=False)
