"""Tell the browser where no line may end, as books and newspapers of a language have it, by spaces that do not break.

Only a space, or an end of a line of the source, that the author typed is changed; nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NO_BREAK = "\N{NO-BREAK SPACE}"

_GAP = r"[ \n]"
_FIGURES = rf"(?<=\d){_GAP}(?=\d{{3}}(?!\d)|%)"
"""Before groups of three digits, and a sign of per cent."""

_DAY = rf"(?<=(?<!\d)\d\.){_GAP}(?=[^\W\d_A-Z])|(?<=(?<!\d)\d\d\.){_GAP}(?=[^\W\d_A-Z])"
"""Behind a number with a full stop, the day of a month or an ordinal; no small letter begins a sentence."""


def _after(letters: str) -> str:
    """Behind a word of one letter."""
    return rf"(?<=(?<![^\s(\[„‚“»«–—-])[{letters}{letters.upper()}]){_GAP}(?=\S|\Z)"


_RULES = {
    lang: re.compile("|".join(rules))
    for lang, rules in {
        "cs": (_after("aikosuvz"), _DAY, _FIGURES),
        "sk": (_after("aikosuvz"), _DAY, _FIGURES),
        "pl": (_after("aiouwz"), _FIGURES),
        "uk": (_after("авзийоуєі"), _FIGURES),
        "ru": (_after("авикосу"), _FIGURES),
        "fr": (rf"{_GAP}(?=[:;!?»])|(?<=«){_GAP}", _FIGURES),
    }.items()
}


def find_rule(lang: str) -> Callable[[str], str] | None:
    """What binds the spaces of a text in `lang`, a BCP 47 tag; None for a language that has no such rules here."""
    rule = _RULES.get(lang.partition("-")[0].lower())
    return (lambda text: rule.sub(_NO_BREAK, text)) if rule else None
