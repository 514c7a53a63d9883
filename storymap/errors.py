"""Tell mistakes: a `Problem` is a value until the edge, where `StorymapError` carries all of them.

Every stage takes a `Report`, adds what it finds and goes on; `Report.raise_errors()` is called once, after the last
stage that can still learn something. Only `storymap.cli` prints.

What an author wants to be told differently is decided here too, where a problem is added: a `policy` from the settings
makes an error, a warning or nothing of each code, and a `Silence`, written as a comment, hides one code in one place.

A problem prints as::

    stories/huawei.md:14:8: error[unknown-place]: no place "Prauge"
       14 | place: Prauge
          |        ^^^^^^
      help: did you mean "Prague"?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from storymap.terminal import printable, show_source

MOST_ALIKE = 200
"""Problems of one code in one file that are told one by one; nobody reads more, and the rest are counted."""

Verdict = Literal["error", "warning", "off"]
"""What the settings can make of a code: `[checks]` maps codes to these words."""


class Severity(StrEnum):
    """How bad a problem is: an error stops the site from being written, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(Struct, frozen=True):
    """Where in a source file something was written.

    `path` is relative to the project, with forward slashes. `line` and `column` count from 1; 0 means the whole file or
    the whole line. `length` is how many characters the mistake spans. `excerpt` is the line itself, as written.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    excerpt: str = ""

    def __str__(self) -> str:
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


class Problem(Struct, frozen=True):
    """One mistake: its code (kebab-case), what is wrong, where, and what to do about it."""

    code: str
    message: str
    at: Location
    help: str = ""
    severity: Severity = Severity.ERROR

    def tell(self) -> Told:
        """How the problem is told."""
        at = self.at
        return Told(
            printable(f"{at}: {self.severity}[{self.code}]: {self.message}"),
            show_source(at.excerpt, line=at.line, column=at.column, length=at.length)
            if at.line and at.excerpt.strip()
            else (),
            tuple(
                f"{'        ' if number else '  help: '}{printable(line)}"
                for number, line in enumerate(self.help.splitlines())
            ),
        )

    def __str__(self) -> str:
        return str(self.tell())


class Told(Struct, frozen=True):
    """A problem as people read it, ready to be shown.

    `source` are the line in which it is, after its number, and one with carets; `help` are the lines that say what to
    do. Both may be missing. No character in any of them can act on a terminal.
    """

    headline: str
    source: tuple[str, ...] = ()
    help: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join((self.headline, *self.source, *self.help))


class StorymapError(Exception):
    """Everything that kept a story, a place file or a site from being made; `problems` lists it all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(map(str, self.problems)))


class Silence(Struct, frozen=True):
    """An author's wish not to be told of one `code` on the lines `first` to `last` of a file.

    `at` is where the wish stands, in a comment of that same file.
    """

    code: str
    first: int
    last: int
    at: Location


class _Rest(Struct):
    """The problems of one code in one file that are only counted."""

    count: int
    severity: Severity


class Report(Struct):
    """Collects the problems of one run, in the order in which they were found.

    `policy` maps codes to what the settings make of them; every other code keeps the severity it is found with.
    `silences` are the places where the author wants none; those that hid something are in `spent`. Of one code and
    file `MOST_ALIKE` problems are in `told`; how many others there are, by path and code, is in `rests`.
    """

    policy: Mapping[str, Verdict] = field(default_factory=dict)
    silences: list[Silence] = field(default_factory=list)
    spent: set[Silence] = field(default_factory=set)
    told: dict[Problem, None] = field(default_factory=dict)
    alike: Counter[tuple[str, str]] = field(default_factory=Counter)
    rests: dict[tuple[str, str], _Rest] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Every problem that is told, in the order in which they were found; then how many others there are."""
        return [*self.told, *(_tell_rest(path, code, rest) for (path, code), rest in self.rests.items())]

    def error(self, code: str, message: str, at: Location, help: str = "") -> None:
        """Add a mistake that keeps the site from being written."""
        self.add(Problem(code, message, at, help, Severity.ERROR))

    def warning(self, code: str, message: str, at: Location, help: str = "") -> None:
        """Add something that is probably a mistake but leaves the site usable."""
        self.add(Problem(code, message, at, help, Severity.WARNING))

    def note(self, code: str, message: str, at: Location, help: str = "") -> None:
        """Add something the author should know, such as which Washington was meant."""
        self.add(Problem(code, message, at, help, Severity.NOTE))

    def add(self, problem: Problem) -> None:
        """Add `problem` as the settings want it told, unless it is known already or the author silenced it."""
        hidden = [silence for silence in self.silences if _hides(silence, problem)]
        self.spent.update(hidden)
        verdict = self.policy.get(problem.code)
        if hidden or verdict == "off":
            return
        if verdict:
            problem = replace(problem, severity=Severity(verdict))
        kind = (problem.at.path, problem.code)
        if problem in self.told:
            return
        if self.alike[kind] < MOST_ALIKE:
            self.alike[kind] += 1
            self.told[problem] = None
        else:
            self.count(kind, 1, problem.severity)

    def follow(self, policy: Mapping[str, Verdict]) -> None:
        """Apply `policy`, the `checks` of the settings, to every problem: those found before, and those found later."""
        self.policy = policy
        self._sift()

    def silence(self, *silences: Silence) -> None:
        """Hide the problems that `silences` name: those found before, and those that are found later."""
        self.silences = list(dict.fromkeys((*self.silences, *silences)))
        if silences:
            self._sift()

    def include(self, other: Report) -> None:
        """Add what `other` collected: its silences, what they hid, and its problems under this report's policy."""
        self.spent |= other.spent
        self.silence(*other.silences)
        for problem in other.told:
            self.add(problem)
        for kind, rest in other.rests.items():
            self.count(kind, rest.count, rest.severity)

    def tell_unused_silences(self, *, besides: Collection[str] = ()) -> None:
        """Warn of every silence that hid nothing; `besides` are the codes that this run did not look for."""
        for silence in sorted(self.silences, key=lambda silence: silence.code == "unused-ignore"):
            if silence not in self.spent and silence.code not in besides:
                self.warning(
                    "unused-ignore",
                    f'there is no "{silence.code}" here to ignore',
                    silence.at,
                    help="delete it, or move it to the line that it is meant for",
                )

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the site from being written."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def raise_errors(self) -> None:
        """Raise `StorymapError` with every error, if there is one."""
        if self.errors:
            raise StorymapError(self.errors)

    def count(self, kind: tuple[str, str], count: int, severity: Severity) -> None:
        """Count problems that are not told one by one; they are as bad as the worst of them."""
        verdict = self.policy.get(kind[1])
        if verdict == "off":
            return
        rest = self.rests.setdefault(kind, _Rest(0, severity))
        rest.count += count
        if verdict or severity is Severity.ERROR:
            rest.severity = Severity(verdict) if verdict else severity

    def list_rests(self) -> Iterator[tuple[tuple[str, str], tuple[int, Severity]]]:
        """By path and code, how many problems are only counted, and how bad they are."""
        yield from ((kind, (rest.count, rest.severity)) for kind, rest in self.rests.items())

    def _sift(self) -> None:
        """Apply the policy and the silences to all problems again, because one of them has changed."""
        told, rests = tuple(self.told), tuple(self.rests.items())
        self.told.clear()
        self.alike.clear()
        self.rests.clear()
        for problem in told:
            self.add(problem)
        for kind, rest in rests:
            self.count(kind, rest.count, rest.severity)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """`problems` as they are told: by file, line and column, each once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (*_place(problem.at), problem.code, problem.message))


def _tell_rest(path: str, code: str, rest: _Rest) -> Problem:
    more = f"{rest.count:,} more problem{'s are' if rest.count > 1 else ' is'} of this kind"
    return Problem(code, more, Location(path), "mend those above first; often all have one cause", rest.severity)


def _place(at: Location) -> tuple[str, int, int]:
    return at.path, at.line, at.column


def _hides(silence: Silence, problem: Problem) -> bool:
    at = problem.at
    return silence.code == problem.code and silence.at.path == at.path and silence.first <= at.line <= silence.last
