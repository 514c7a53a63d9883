"""Dates as exactly as they are known, and spans of time."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""The numbers that EDTF writes in place of a month for spring, summer, autumn and winter: first and last month."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known: a day, a month, a season, a year, a decade or a century.

    `year` is astronomical (0 is 1 BCE), the first one of a decade or century (`is_span`); `month` is 1 to 12, a number
    of `SEASONS`, or 0 where only the year is known; `day` is 0 where no day is known; `time` is `HH:MM` or empty;
    `mark` is EDTF's `~` (about), `?` (perhaps), `%` (both) or empty. `first_day` and `last_day` are year, month and
    day.
    """

    year: int
    month: int
    day: int
    time: str
    mark: str
    first_day: tuple[int, int, int]
    last_day: tuple[int, int, int]
    is_span: bool = False

    @classmethod
    def of_month(cls, year: int, month: int, *, mark: str = "") -> PartialDate:
        """A whole month, in the proleptic Gregorian calendar."""
        return cls(year, month, 0, "", mark, (year, month, 1), (year, month, month_length(year, month)))

    @property
    def first(self) -> str:
        """The first day of it, as `write_day` writes it."""
        return write_day(self.first_day)

    @property
    def last(self) -> str:
        """The last day of it, as `write_day` writes it."""
        return write_day(self.last_day)


def month_length(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar, any year."""
    return (31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def write_day(day: tuple[int, int, int]) -> str:
    """Year, month and day as ISO 8601 writes them; a year before 0 or above 9999 has its sign."""
    year, month, day_of_month = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day_of_month:02d}"


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span of time: `edtf` as written, `first` and `last` day as ISO dates, `text` for people to read."""

    edtf: str
    first: str
    last: str
    text: str
