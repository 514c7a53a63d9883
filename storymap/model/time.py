"""Dates as exactly as they are known, and spans of time."""

from __future__ import annotations

import calendar
from functools import total_ordering

from msgspec import Struct

Day = tuple[int, int, int]
"""Year, month and day in the proleptic Gregorian calendar. The year is astronomical: 0 is 1 BCE."""

OPEN = ".."
"""An open end of a span, in EDTF."""

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""The numbers that EDTF writes in place of a month for spring, summer, autumn and winter: first and last month."""


class PartialDate(Struct, frozen=True):
    """A date as exactly as it is known: a day, a month, a season, a year, a decade or a century.

    `year` is astronomical (0 is 1 BCE), the first one of a decade or century (`is_span`); `month` is 1 to 12, a number
    of `SEASONS`, or 0 where only the year is known; `day` is 0 where no day is known; `time` is `HH:MM` or empty;
    `mark` is EDTF's `~` (about), `?` (perhaps), `%` (both) or empty.
    """

    year: int
    month: int
    day: int
    time: str
    mark: str
    first_day: Day
    last_day: Day
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


def write_day(day: Day) -> str:
    """Year, month and day as ISO 8601 writes them; a year before 0 or above 9999 has its sign."""
    year, month, day_of_month = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day_of_month:02d}"


@total_ordering
class When(Struct, frozen=True):
    """A date or a span of time, which may have no beginning or no end that is known.

    `edtf` is as written; `start` and `end` are the same for a date, and one of them is None where the span is open.
    Dates stand in the order of time: by the first day, then the last, then the time of day. Of a span without a
    beginning both are its last day, without an end its first.
    """

    edtf: str
    start: PartialDate | None
    end: PartialDate | None

    @property
    def first(self) -> str:
        """The first day as an ISO date; `OPEN` where it has none."""
        return self.start.first if self.start else OPEN

    @property
    def last(self) -> str:
        """The last day as an ISO date; `OPEN` where it has none."""
        return self.end.last if self.end else OPEN

    def __lt__(self, other: When) -> bool:
        """Whether it comes before `other`."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[Day, Day, str, str, str]:
        first, last = self.start or self.end, self.end or self.start
        assert first is not None
        assert last is not None
        return (
            first.first_day if self.start else first.last_day,
            last.last_day if self.end else last.first_day,
            first.time,
            last.time,
            self.edtf,
        )
