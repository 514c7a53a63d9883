"""Read dates: ISO 8601 and the part of EDTF that stories use, to the first and last day and a text for people.

The `edtf` library was measured and left: it takes 160 ms to import and 5–10 ms a date, warns on import under current
pyparsing, gives no bounds for `2020/..` and ends `2020/` ten years on. This is the subset of EDTF (ISO 8601-2:2019,
https://www.loc.gov/standards/datetime/) at levels 0 and 1: year, month, day, day with time, seasons, intervals with
open or unknown ends, `X` for unspecified digits of a year, and `~`, `?` and `%` after a date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from storymap.model import When
from storymap.reading.date_notations import list_orders, rewrite_date

OPEN = ".."
"""An open end of an interval; also the `first` or `last` of a `When` that has none."""

EXAMPLES = ("2020-05-06", "2018-12", "1900~", "2020-05-05/2020-05-06")

_DATE = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,9})"
    r"(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
    r"(?P<mark>[~?%]?)",
    re.ASCII,
)
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAY_PATTERN = (
    "(?:-?(?:[0-9]{3}X|[0-9]{2}XX)"
    "|(?:-?[0-9]{4}|Y-?[0-9]{5,9})"
    "(?:-(?:0[1-9]|1[0-2]|2[1-4])"
    "|-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))@)?"
    f"|(?:-|Y-?[0-9]{{1,5}})?{_LEAP_YEAR}-02-29@)[~?%]?"
).replace("@", "(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-9]{2})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?")
DATE_PATTERN = rf"^\s*(?:{_DAY_PATTERN}(?:\s*/\s*(?:{_DAY_PATTERN}|[.][.])?)?|(?:[.][.])?\s*/\s*{_DAY_PATTERN})\s*$"
"""What `read_date` takes, as a regular expression that JSON Schema knows too; which end is the later it cannot tell."""

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


class DateError(ValueError):
    """A text that is no date: the message says what is wrong, `help` what to write."""

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help or f"write a date such as {', '.join(EXAMPLES)}"
        super().__init__(message)


@lru_cache(maxsize=4096)
def read_date(text: str, lang: str = "en") -> When:
    """Read an EDTF date or interval; `lang` (BCP 47) chooses the words of `When.text`.

    `first` and `last` are ISO days (`2018-12-01`, `2018-12-31`; a year before 0 or above 9999 has its sign and as many
    digits as it needs), or `..` at an open or unknown end. A year of `-0043` is 44 BCE, as in ISO 8601. Raises
    `DateError`. Languages without words of their own get numbers, as ISO writes them.
    """
    written = text.strip()
    if not written:
        raise DateError("the date is empty")
    if written.count("/") > 1:
        raise DateError(f'"{written}" is not a date that storymap reads', _suggest(written))
    start_text, slash, end_text = written.partition("/")
    if not slash:
        only = _read_day(written, written)
        return When(written, only.first, only.last, _say(only, lang))
    start, end = (_read_end(part, written) for part in (start_text, end_text))
    if start is None and end is None:
        raise DateError(f'"{text}" has neither a beginning nor an end')
    if start and end and start.first_day > end.last_day:
        raise DateError(f'"{text}" ends before it begins', f"did you mean {end_text}/{start_text}?")
    return When(written, start.first if start else OPEN, end.last if end else OPEN, _say_interval(start, end, lang))


@dataclass(frozen=True, slots=True)
class _Day:
    """One end of an interval or a whole date, with the days it covers as (year, month, day)."""

    year_text: str
    year: int
    month: int
    day: int
    time: str
    mark: str
    first_day: tuple[int, int, int]
    last_day: tuple[int, int, int]

    @property
    def first(self) -> str:
        return _iso(self.first_day)

    @property
    def last(self) -> str:
        return _iso(self.last_day)


def _read_end(text: str, whole: str) -> _Day | None:
    """One end of the interval `whole`; None where it is open (`..`) or unknown (nothing)."""
    return None if text.strip() in ("", OPEN) else _read_day(text.strip(), whole)


def _read_day(text: str, whole: str) -> _Day:
    """The day, month or year `text`, which is all of `whole` or an end of it."""
    match = _DATE.fullmatch(text)
    if not match:
        raise DateError(f'"{text}" is not a date that storymap reads', _suggest(whole) or _suggest(text))
    year_text = match["year"]
    year = int(year_text.lstrip("Y").replace("X", "0"))
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if "X" in year_text:
        if month:
            raise DateError(f'"{text}" has a month of an unknown year')
        span = 10 ** year_text.count("X") - 1
        ends = (year - span, year) if year_text.startswith("-") else (year, year + span)
        return _Day(year_text, year, 0, 0, "", match["mark"], (ends[0], 1, 1), (ends[1], 12, 31))
    if not match["month"]:
        return _Day(year_text, year, 0, 0, "", match["mark"], (year, 1, 1), (year, 12, 31))
    if month in _SEASONS and not match["day"]:
        first, last = _SEASONS[month]
        last_year = year + (last < first)
        return _Day(
            year_text,
            year,
            month,
            0,
            "",
            match["mark"],
            (year, first, 1),
            (last_year, last, _month_length(last_year, last)),
        )
    if not 1 <= month <= 12:
        raise DateError(f'"{text}": there is no month {match["month"]}')
    if not match["day"]:
        return _Day(
            year_text, year, month, 0, "", match["mark"], (year, month, 1), (year, month, _month_length(year, month))
        )
    if not 1 <= day <= _month_length(year, month):
        raise DateError(f'"{text}": {_WORDS["en"].months[month - 1]} {year} has {_month_length(year, month)} days')
    time = (match["time"] or "")[1:]
    if time and not (int(time[:2]) < 24 and int(time[3:5]) < 60):
        raise DateError(f'"{text}": there is no such time of day')
    return _Day(year_text, year, month, day, time[:5], match["mark"], (year, month, day), (year, month, day))


def _month_length(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar, any year."""
    return (31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _iso(day: tuple[int, int, int]) -> str:
    year, month, day_of_month = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day_of_month:02d}"


def _suggest(text: str) -> str:
    """What a date in another notation would be here, where that is certain."""
    if orders := [date for date in list_orders(text) if _is_date(date)]:
        return f"dates are written year, month, day: {' or '.join(orders)}"
    if re.fullmatch(r"\d{1,3}", text):
        return f"a year has four digits: {int(text):04d}"
    date = rewrite_date(text, _number_months())
    if not _is_date(date):
        return ""
    return f"write a span with a slash: {date}" if "/" in date else f"write {date}"


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except DateError:
        return False
    return True


@lru_cache(maxsize=1)
def _number_months() -> dict[str, int]:
    """The number of each month and season by its names in every language that has words here, and short names."""
    numbers = {"sept": 9, "fall": 23}
    for lang, words in _WORDS.items():
        for names, first in ((words.months, 1), (words.months_alone, 1), (words.seasons, 21)):
            for number, name in enumerate(names, first):
                numbers[name.casefold()] = number
                if lang != "cs" and first == 1:  # some Czech months begin alike
                    numbers[name[:3].casefold()] = number
    return numbers


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language for dates. `day`, `month` and `about` are format texts."""

    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    seasons: tuple[str, ...]
    day_month: str
    about: str
    perhaps: str
    before: str
    since: str
    until: str
    decade: str
    century: str


_WORDS = {
    "en": _Words(
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        (),
        ("spring", "summer", "autumn", "winter"),
        "{day} {month}",
        "about {}",
        "{} (uncertain)",
        "{} BCE",
        "since {}",
        "until {}",
        "{}s",
        "{}s",
    ),
    "cs": _Words(
        (
            "ledna",
            "února",
            "března",
            "dubna",
            "května",
            "června",
            "července",
            "srpna",
            "září",
            "října",
            "listopadu",
            "prosince",
        ),
        (
            "leden",
            "únor",
            "březen",
            "duben",
            "květen",
            "červen",
            "červenec",
            "srpen",
            "září",
            "říjen",
            "listopad",
            "prosinec",
        ),
        ("jaro", "léto", "podzim", "zima"),
        "{day}. {month}",
        "asi {}",
        "{} (nejisté)",
        "{} př. n. l.",
        "od {}",
        "do {}",
        "{}–{}",
        "{}–{}",
    ),
    "de": _Words(
        (
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ),
        (),
        ("Frühling", "Sommer", "Herbst", "Winter"),
        "{day}. {month}",
        "um {}",
        "{} (unsicher)",
        "{} v. Chr.",
        "seit {}",
        "bis {}",
        "{}–{}",
        "{}–{}",
    ),
}


def _say(day: _Day, lang: str) -> str:
    words = _WORDS.get(lang.partition("-")[0].lower())
    if words is None:
        return _iso_text(day)
    return _say_mark(day, _say_plain(day, words), words)


def _say_interval(start: _Day | None, end: _Day | None, lang: str) -> str:
    words = _WORDS.get(lang.partition("-")[0].lower())
    if words is None:
        return "–".join(_iso_text(day) if day else "…" for day in (start, end))
    if start is None or end is None:
        only = start or end
        assert only is not None
        return (words.since if start else words.until).format(
            _say_mark(only, _say_plain(only, words, declined=True), words)
        )
    if start == end:
        return _say_mark(start, _say_plain(start, words), words)
    plain = not (start.mark or end.mark or start.time or end.time)
    if plain and start.day and end.day and start.year == end.year:
        if start.month == end.month:
            first = words.day_month.format(day=start.day, month="").strip()
            return f"{first}–{_say_plain(end, words)}"
        return f"{_day_month(start, words)} – {_say_plain(end, words)}"
    if plain and start.month and end.month and not start.day and not end.day and start.year == end.year:
        return f"{_month_alone(start, words)}–{_say_plain(end, words)}"
    first, last = (_say_mark(day, _say_plain(day, words), words) for day in (start, end))
    return f"{first}–{last}" if " " not in first + last else f"{first} – {last}"


def _say_plain(day: _Day, words: _Words, *, declined: bool = False) -> str:
    """The date without its mark; `declined` where a preposition stands before it (Czech `od května`)."""
    if "X" in day.year_text:
        return _say_years(day, words)
    year = words.before.format(1 - day.year) if day.year <= 0 else str(day.year)
    if day.day:
        said = f"{_day_month(day, words)} {year}"
        return f"{said}, {day.time}" if day.time else said
    if not day.month:
        return year
    declinable = declined and day.month not in _SEASONS
    return f"{words.months[day.month - 1] if declinable else _month_alone(day, words)} {year}"


def _say_years(day: _Day, words: _Words) -> str:
    """A decade or century: `1900s`, or its first and last year where the language has no such word."""
    first, last = day.first_day[0], day.last_day[0]
    if first <= 0:
        return words.before.format(f"{1 - first}–{1 - last}")
    pattern = words.decade if day.year_text.count("X") == 1 else words.century
    return pattern.format(first, last)


def _day_month(day: _Day, words: _Words) -> str:
    return words.day_month.format(day=day.day, month=words.months[day.month - 1])


def _month_alone(day: _Day, words: _Words) -> str:
    if day.month in _SEASONS:
        return words.seasons[day.month - 21]
    return (words.months_alone or words.months)[day.month - 1]


def _say_mark(day: _Day, text: str, words: _Words) -> str:
    if day.mark in ("~", "%"):
        text = words.about.format(text)
    return words.perhaps.format(text) if day.mark in ("?", "%") else text


def _iso_text(day: _Day) -> str:
    """Numbers only, for a language without words here: 2020-05-06, 2020-05, 2020, with the mark kept."""
    parts = [day.year_text, *(f"{part:02d}" for part in (day.month, day.day) if part)]
    return "-".join(parts) + day.mark
