"""How long a text takes to read.

Words in a minute as adults read a text silently, each language measured with the same texts: Trauzettel-Klosinski and
Dietz, "Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST", Investigative
Ophthalmology & Visual Science 53 (2012). Chinese and Japanese part no words with blanks: there it is characters.
"""

from __future__ import annotations

import math
import re

from storymap.language.tags import primary_language

_WORDS = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202, "pl": 166,
    "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip
_USUAL = 184
"""Words in a minute, the mean of all languages measured."""

_CHARACTERS = {"ja": 357, "zh": 255}

_SPACE = re.compile(r"\s+")


def measure_minutes(text: str, lang: str) -> int:
    """Whole minutes that it takes to read `text`, one at least."""
    own = primary_language(lang)
    if per_minute := _CHARACTERS.get(own):
        return max(1, math.ceil(len(_SPACE.sub("", text)) / per_minute))
    return max(1, math.ceil(len(text.split()) / _WORDS.get(own, _USUAL)))
