"""Numbers and distances as a language writes them (CLDR, through Babel)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal
from babel.units import format_unit

from storymap.language.tags import find_locale, primary_language
from storymap.language.words import interface_words

_MOST_DECIMALS = 6
_GROUPED = 10_000
"""From here on the digits of an author's number are grouped by thousands."""

_GROUPED_LATE = frozenset({"bg", "es", "et", "it", "pl"})
"""Languages that group no number of four digits (CLDR's minimumGroupingDigits, which Babel does not have)."""


def say_number(number: float, lang: str, *, decimals: int = 0) -> str:
    """`number` with just so many `decimals`: "8,960", "50.0790", in Czech "50,0790"."""
    whole = choose_pattern(number, lang)
    return format_decimal(
        number, format=f"{whole}.{'0' * decimals}" if decimals else whole, locale=find_locale(lang) or "en_001"
    )


def choose_pattern(number: float, lang: str) -> str:
    """CLDR's pattern for the whole part of a number: whether its thousands are grouped."""
    return "0" if abs(number) < _GROUPED and primary_language(lang) in _GROUPED_LATE else "#,##0"


def say_value(number: float, lang: str, *, pattern: str = "", decimals: int | None = None) -> str:
    """A number of an author's data: as `pattern` says ("0.0", "#,##0 %"; CLDR), or with so many `decimals`.

    With neither it is as precise as it is. Up to 9999 its digits stand together, so that a year is a year.
    """
    if not pattern:
        places = count_decimals(number) if decimals is None else decimals
        pattern = ("#,##0" if abs(number) >= _GROUPED else "0") + ("." + "0" * places if places else "")
    return format_decimal(number, format=pattern, locale=find_locale(lang) or "en_001")


def count_decimals(number: float) -> int:
    """How many decimals it takes to write `number`, six at most."""
    exponent = Decimal(repr(round(number, _MOST_DECIMALS))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_number_pattern(pattern: str) -> bool:
    """Whether `pattern` says how numbers are written."""
    try:
        return bool(set(pattern) & set("0#@")) and bool(format_decimal(1.5, format=pattern, locale="en_001"))
    except ValueError:
        return False


def say_distance(kilometres: float, lang: str) -> str:
    """A distance as people say it: "under 100 m", "350 m", "4.2 km", "87 km", "640 km", "8,960 km"."""
    if kilometres < 0.1:
        return interface_words(lang).position["under"].format(distance=_say_length(100, "meter", lang))
    if kilometres < 0.975:
        return _say_length(round(kilometres * 20) * 50, "meter", lang)
    if kilometres < 9.95:
        return _say_length(round(kilometres, 1), "kilometer", lang)
    return _say_length(round(kilometres) if kilometres < 99.5 else round(kilometres / 10) * 10, "kilometer", lang)


@lru_cache(maxsize=4096)
def _say_length(length: float, unit: str, lang: str) -> str:
    return format_unit(
        length,
        f"length-{unit}",
        length="short",
        format=f"{choose_pattern(length, lang)}.#",
        locale=find_locale(lang) or "en_001",
    )
