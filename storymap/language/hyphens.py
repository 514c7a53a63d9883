"""Tell the browser where a long word may break, with a hyphen, so that it fits a phone, and where no line may end.

Browsers hyphenate only where they have a dictionary for the language, and some have none at all; without one, a word
that is wider than the screen is cut anywhere, or widens the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from storymap.language.no_breaks import find_rule

if TYPE_CHECKING:
    from pyphen import Pyphen

LONG = 16
"""Letters of a word that may be wider than a heading on a phone: shorter ones are left as their author typed them."""

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_TAG = re.compile(r"(<[^>]*>)")
_CODE = re.compile(r"<(/?)(?:code|pre|kbd|samp)\b")


def soften(text: str, lang: str) -> Markup:
    """`text`, or safe HTML where it is `Markup`, with soft hyphens in its long words; `lang` is a BCP 47 tag.

    Spaces at which no line may end in `lang` do not break. Code stays as it is: it is there to be copied.
    """
    safe = escape(text)
    bind, hyphenate = find_rule(lang), _find_hyphens(safe, lang)
    if not (bind or hyphenate):
        return safe
    parts, depth = [], 0
    for part in _TAG.split(safe):
        plain = part
        if part.startswith("<"):
            if code := _CODE.match(part):
                depth += -1 if code[1] else 1
        elif depth == 0:
            plain = bind(plain) if bind else plain
            plain = hyphenate(plain) if hyphenate else plain
        parts.append(plain)
    return Markup("".join(parts))  # the same markup, with letters between its letters


def _find_hyphens(text: str, lang: str) -> Callable[[str], str] | None:
    """What hyphenates the long words of `text`, if it has any, and `lang` has rules for it."""
    # Looking only at what is long between spaces is several times as fast as looking for letters everywhere.
    if not any(map(_LONG_WORD.search, [word for word in str.split(text) if len(word) >= LONG])):
        return None
    hyphenator = _hyphenator(lang)
    if hyphenator is None:
        return None
    return lambda part: _LONG_WORD.sub(lambda word: hyphenator.inserted(word[0], SOFT_HYPHEN), part)


@lru_cache(maxsize=16)
def _hyphenator(lang: str) -> Pyphen | None:
    # Imported here, because few stories have a word that needs it.
    import pyphen

    known = pyphen.language_fallback(lang.replace("-", "_"))
    return pyphen.Pyphen(lang=known) if known else None
