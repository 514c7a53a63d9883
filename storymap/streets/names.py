"""Names as files of street data give them, by language, and clean: whatever letters a hostile one holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from storymap.streets.features import Names

LONGEST_NAME = 120
"""Characters of a name; the longest names of streets have half as many."""

_LANGUAGE = re.compile(r"name[:_]([a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\Z")
_NO_LANGUAGE = frozenset({"int"})
"""What looks like a language in the names of columns, and is none: `name_int` is in any."""

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e007f]+"
)
"""Controls, marks that turn the direction of text, tags that nobody sees, and what no page may hold."""


def read_names(given: Iterable[tuple[str, object]]) -> Names:
    """The names among keys and values such as `name`, `name:cs` and `name_en`; those that say the same only once."""
    found: dict[str, str] = {}
    for key, value in given:
        language = read_language(key)
        if language is not None and isinstance(value, str) and (name := clean_name(value)):
            found[language] = name
    local = found.get("")
    return tuple(sorted((language, name) for language, name in found.items() if not language or name != local))


def read_language(key: str) -> str | None:
    """The language that a key speaks of, "" for that of the place; None where it is no key of a name."""
    if key == "name":
        return ""
    matched = _LANGUAGE.match(key)
    if not matched or matched[1] in _NO_LANGUAGE:
        return None
    return matched[1].replace("_", "-")


def clean_name(text: str) -> str:
    """`text` on one line, without what acts on pages, at most `LONGEST_NAME` characters; empty for a longer one."""
    cleaned = " ".join(_ACTING.sub(" ", text).split())
    return cleaned if len(cleaned) <= LONGEST_NAME else ""
