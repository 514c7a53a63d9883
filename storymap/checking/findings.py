"""The result of a check, as every format gets it: the problems, and how much was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct

from storymap.errors import Location, Problem, Severity, sort_problems

OUTSIDE_CODES = frozenset({"dead-link", "moved-link", "no-network", "unreachable-link", "untried-link"})
"""What is found only where outside links are tried."""


class Findings(Struct, frozen=True):
    """The `problems` of a project, sorted by file and line, and how many stories and places it has.

    `folder` leads from where the results are looked at, such as the top of a repository, to the project: relative, with
    forward slashes, empty for the same folder. `asked` are the pages that ask other hosts, each with those,
    and `pressed` those that do when a reader presses a card.
    """

    problems: tuple[Problem, ...]
    stories: int = 0
    places: int = 0
    folder: str = ""
    asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pressed: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(
        cls,
        problems: Iterable[Problem],
        *,
        stories: int = 0,
        places: int = 0,
        folder: str = "",
        asked: Iterable[tuple[str, tuple[str, ...]]] = (),
        pressed: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> Findings:
        """The findings with these `problems`, which are sorted here."""
        told = tuple(sort_problems(problems))
        return cls(told, stories, places, "" if folder == "." else folder, tuple(asked), tuple(pressed))

    def count(self, severity: Severity) -> int:
        """How many problems are of this severity."""
        return sum(problem.severity is severity for problem in self.problems)

    def path(self, at: Location) -> str:
        """The file of `at`, from where the results are looked at."""
        return (PurePosixPath(self.folder) / at.path).as_posix()
