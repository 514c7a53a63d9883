"""Tell the browser where a long word may break, with a hyphen, so that it fits a phone.

Browsers hyphenate only where they have a dictionary for the language, and some have none at all; without one, a word
that is wider than the screen is cut anywhere, or widens the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

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

    Code stays as it is: it is there to be copied.
    """
    safe = escape(text)
    if len(safe) < LONG:
        return safe
    # Looking only at what is long between spaces is several times as fast as looking for letters everywhere.
    if not any(map(_LONG_WORD.search, [word for word in str.split(safe) if len(word) >= LONG])):
        return safe
    hyphenator = _hyphenator(lang)
    if hyphenator is None:
        return safe
    parts, depth = [], 0
    for part in _TAG.split(safe):
        if code := _CODE.match(part):
            depth += -1 if code[1] else 1
        plain = not part.startswith("<") and depth == 0
        parts.append(_LONG_WORD.sub(lambda word: hyphenator.inserted(word[0], SOFT_HYPHEN), part) if plain else part)
    return Markup("".join(parts))  # the same markup, with letters between its letters


@lru_cache(maxsize=16)
def _hyphenator(lang: str) -> Pyphen | None:
    # Imported here, because few stories have a word that needs it.
    import pyphen

    known = pyphen.language_fallback(lang.replace("-", "_"))
    return pyphen.Pyphen(lang=known) if known else None
