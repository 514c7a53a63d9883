"""What it takes to follow a track, said in a language: "12.4 km, 830 m up, 210 m down, 5 hr, 12 min"."""

from __future__ import annotations

from babel.units import format_unit

from storymap.language.numbers import choose_pattern, say_distance
from storymap.language.positions import say_list
from storymap.language.tags import find_locale
from storymap.language.words import interface_words
from storymap.model.track import Effort

_MINUTES_UP_TO = 2 * 86_400.0
"""Seconds from which a time is told in days."""


def say_effort(effort: Effort, lang: str) -> str:
    """Distance, climb, descent and time, as far as they are known."""
    words = interface_words(lang).page
    told = [say_distance(effort.distance, lang)]
    if effort.climb is not None and effort.descent is not None:
        told += [
            words["track_climb"].format(height=say_height(effort.climb, lang)),
            words["track_descent"].format(height=say_height(effort.descent, lang)),
        ]
    if effort.duration is not None:
        told.append(say_duration(effort.duration, lang))
    return say_list(told, lang)


def say_height(metres: float, lang: str) -> str:
    """A height in metres: "1,240 m"."""
    return format_unit(
        round(metres), "length-meter", length="short", format=choose_pattern(metres, lang), locale=_locale(lang)
    )


def say_duration(seconds: float, lang: str) -> str:
    """A span of time to the minute, of several days to the hour."""
    if seconds >= _MINUTES_UP_TO:
        days, hours = divmod(round(seconds / 3600), 24)
        parts = [(days, "duration-day"), (hours, "duration-hour")]
    else:
        hours, minutes = divmod(max(1, round(seconds / 60)), 60)
        parts = [(hours, "duration-hour"), (minutes, "duration-minute")]
    return " ".join(format_unit(count, unit, length="short", locale=_locale(lang)) for count, unit in parts if count)


def _locale(lang: str) -> str:
    return str(find_locale(lang) or "en_001")
