"""Numbers and distances as a language writes them (CLDR, through Babel)."""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal
from babel.units import format_unit

from storymap.language.tags import find_locale
from storymap.language.words import interface_words


def say_number(number: float, lang: str, *, decimals: int = 0) -> str:
    """`number` with just so many `decimals`: "8,960", "50.0790", in Czech "50,0790"."""
    return format_decimal(
        number, format=f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=find_locale(lang) or "en_001"
    )


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
    return format_unit(length, f"length-{unit}", length="short", format="#,##0.#", locale=find_locale(lang) or "en_001")
