"""Read dates, ISO 8601 and the part of EDTF that stories use, as values that can be compared.

The `edtf` library was measured and left: it takes 160 ms to import and 5–10 ms a date, warns on import under current
pyparsing, gives no bounds for `2020/..` and ends `2020/` ten years on. This is the subset of EDTF (ISO 8601-2:2019,
https://www.loc.gov/standards/datetime/) at levels 0 and 1: year, month, day, day with time, seasons, intervals with
open or unknown ends, `X` for unspecified digits of a year, and `~`, `?` and `%` after a date.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storymap.model.time import OPEN, SEASONS, PartialDate, When, month_length
from storymap.reading.date_notations import list_orders, rewrite_date

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

DAY_PATTERN = (
    r"^\s*(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)\s*$"
)
"""A whole day of our era, as a regular expression that JSON Schema knows too."""

_SEASON_NAMES = ("spring summer autumn winter", "jaro léto podzim zima", "Frühling Sommer Herbst Winter")
_LANGUAGES_OF_MONTHS = ("en", "cs", "de", "sk", "pl", "fr", "es", "it", "pt", "nl")
"""Languages in whose words a date is recognised, to say how it is written here; the first has the last word."""


_UNKNOWN = frozenset(
    {"unknown", "undated", "n.d.", "nd", "n/a", "tbd", "tba", "none", "-", "–", "neznámo", "o. j.", "s. d."}
)
"""What people write where they know no date."""


class DateError(ValueError):
    """A text that is no date: the message says what is wrong, `help` what to write."""

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help or f"write a date such as {', '.join(EXAMPLES)}"
        super().__init__(message)


def read_date(text: str) -> When:
    """Read an EDTF date or interval. A year of `-0043` is 44 BCE, as in ISO 8601. Raises `DateError`."""
    written = text.strip()
    return When(written, *_read_ends(written))


def _read_ends(written: str) -> tuple[PartialDate | None, PartialDate | None]:
    """Both ends of a date or span, the same `PartialDate` twice for a date; None for an open end, never for both."""
    if not written:
        raise DateError("the date is empty")
    if written.count("/") > 1:
        raise DateError(f'"{written}" is not a date that storymap reads', _suggest(written))
    start_text, slash, end_text = written.partition("/")
    if not slash:
        only = _read_day(written, written)
        return only, only
    start, end = (_read_end(part, written) for part in (start_text, end_text))
    if start is None and end is None:
        raise DateError(f'"{written}" has neither a beginning nor an end')
    if start and end and start.first_day > end.last_day:
        raise DateError(f'"{written}" ends before it begins', f"did you mean {end_text}/{start_text}?")
    return start, end


def _read_end(text: str, whole: str) -> PartialDate | None:
    """One end of the interval `whole`; None where it is open (`..`) or unknown (nothing)."""
    return None if text.strip() in ("", OPEN) else _read_day(text.strip(), whole)


def _read_day(text: str, whole: str) -> PartialDate:
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
        return PartialDate(year, 0, 0, "", match["mark"], (ends[0], 1, 1), (ends[1], 12, 31), is_span=True)
    if not match["month"]:
        return PartialDate(year, 0, 0, "", match["mark"], (year, 1, 1), (year, 12, 31))
    if month in SEASONS and not match["day"]:
        first, last = SEASONS[month]
        last_year = year + (last < first)
        return PartialDate(
            year,
            month,
            0,
            "",
            match["mark"],
            (year, first, 1),
            (last_year, last, month_length(last_year, last)),
        )
    if not 1 <= month <= 12:
        raise DateError(f'"{text}": there is no month {match["month"]}', _suggest(whole))
    if not match["day"]:
        return PartialDate.of_month(year, month, mark=match["mark"])
    if not 1 <= day <= month_length(year, month):
        raise DateError(f'"{text}": {_say_month(year, month)} has {month_length(year, month)} days')
    time = (match["time"] or "")[1:]
    if time and not (int(time[:2]) < 24 and int(time[3:5]) < 60):
        raise DateError(f'"{text}": there is no such time of day')
    return PartialDate(year, month, day, time[:5], match["mark"], (year, month, day), (year, month, day))


def _say_month(year: int, month: int) -> str:
    from storymap.language.dates import say_date

    return say_date(PartialDate.of_month(year, month), "en")


def _suggest(text: str) -> str:
    """What a date in another notation would be here, where that is certain."""
    if orders := [date for date in list_orders(text) if _is_date(date)]:
        order = "write" if "X" in orders[0] or "/" in orders[-1] else "dates are written year, month, day:"
        return f"{order} {' or '.join(orders)}"
    if re.fullmatch(r"[0-9]{1,3}", text):
        return f"a year has four digits: {int(text):04d}"
    if match := re.fullmatch(r"[-−–]([0-9]{1,3})", text):
        return f"for {int(match[1])} BC write {-int(match[1]) + 1:05d}" if int(match[1]) > 1 else "for 1 BC write 0000"
    if match := re.fullmatch(r"([0-9]{1,2})[./-] ?([0-9]{1,2})([./-]) ?([0-9]{2})", text):
        whole = [f"{match[1]}/{match[2]}/20{match[4]}", f"20{match[1]}-{match[2]}-{match[4]}"]
        meant = [*([whole[1]] if match[3] == "-" and len(match[1]) == 2 else []), *list_orders(whole[0])]
        return f"a year has four digits and stands first: {' or '.join(date for date in meant if _is_date(date))}"
    if text.casefold().strip("[]() ") in _UNKNOWN:
        return "a step without a date needs no such line: delete it"
    date = rewrite_date(text, _number_months())
    if date == text or not _is_date(date):
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
    """The number of each month and season by its names in the languages that are recognised, and short names."""
    from storymap.language.dates import name_months

    numbers = {"sept": 9, "fall": 23}
    for names in _SEASON_NAMES:
        numbers |= {name.casefold(): number for number, name in enumerate(names.split(), 21)}
    for lang in reversed(_LANGUAGES_OF_MONTHS):
        numbers |= {name.casefold().strip("."): number for name, number in name_months(lang)}
    return numbers
