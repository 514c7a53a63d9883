"""What a name means, or why it means nothing: the values with which the gazetteer answers.

An answer depends on the name alone, on the places of `geo/` and on the built-in data. Where the name stands is known to
who asks: `storymap.resolving.places` tells the remarks there, and gives each place the id that it has in the site.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from storymap.errors import Location, Problem, Severity
from storymap.model.place import Place

NOWHERE = Location("")
"""Where a place is defined that no file of the project defines."""

MOST_SPELLINGS = 4
"""How many spellings a message lists."""


class Remark(Struct, frozen=True):
    """Something to tell of a name wherever it stands: a problem without its location."""

    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR

    def at(self, location: Location) -> Problem:
        """The problem that it is where the name stands at `location`."""
        return Problem(self.code, self.message, location, self.help, self.severity)


class Answer(Struct, frozen=True):
    """What a name means: a place, or none where a remark says why.

    A place that is not of `geo/` has the id that suits it best; where another place of the site has that, `second_id`
    is tried, which may be empty. A remark that is an error is told wherever the name stands, any other once in a site.
    """

    place: Place | None
    second_id: str = ""
    remarks: tuple[Remark, ...] = ()


class CountryAnswer(Struct, frozen=True):
    """The ISO 3166 alpha-2 code of the country that a name means, or empty and why it means none."""

    code: str
    remarks: tuple[Remark, ...] = ()


def refuse(code: str, message: str, help: str) -> Answer:
    """No place, and an error."""
    return Answer(None, remarks=(Remark(code, message, help),))


def note_builtin(message: str, help: str) -> Remark:
    """What was taken of the built-in data, for the author to know."""
    return Remark("built-in-place", message, help, Severity.NOTE)


def join_or(words: Iterable[str]) -> str:
    """Such as '"Prague" or "Brno"'."""
    return " or ".join(f'"{word}"' for word in words)
