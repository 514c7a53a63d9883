"""Several things by their names, as many as a listener can keep in mind."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.language.numbers import say_number
from storymap.language.positions import say_list
from storymap.language.words import interface_words

MOST_NAMES = 12
"""Things that are named one by one; more are counted."""


def say_some(names: Sequence[str], lang: str, most: int = MOST_NAMES) -> str:
    """The names of all; of more than `most`, the first of them and how many there are more."""
    if len(names) <= most:
        return say_list(names, lang)
    more = say_number(len(names) - most, lang)
    return interface_words(lang).page["and_more"].format(names=say_list(names[:most], lang), count=more)
