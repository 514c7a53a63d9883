"""A date as a page shows it: for people, and for machines where HTML can write it."""

from __future__ import annotations

from msgspec import Struct

from storymap.language.dates import say_when
from storymap.model.time import When


class PageDate(Struct, frozen=True):
    """A date or a span of time."""

    text: str
    """As people read it, in the language of the story."""

    iso: str
    """Its first day for a `datetime` attribute; empty where HTML cannot write it."""


def make_date(when: When | None, lang: str) -> PageDate | None:
    """`when` as a page shows it, said in `lang`; None where there is no date."""
    return PageDate(say_when(when, lang), _write_datetime(when.first)) if when else None


def _write_datetime(day: str) -> str:
    """An ISO day as HTML has it: no sign, and no year before 1; empty where there is no such day."""
    year, _, rest = day.removeprefix("+").partition("-")
    return f"{year}-{rest}" if year.isdecimal() and int(year) else ""
