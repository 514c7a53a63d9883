"""Addresses: from a heading to the step's id, from a file's name to the story's id, from a name to the place's id.

Slugs follow what GitHub makes of a heading (lower case, letters and digits of any script, hyphens), so that a link such
as `#the-call` works there as well; runs of hyphens are one here.
"""

from __future__ import annotations

import re
import unicodedata

MAX_SLUG_CHARACTERS = 80
"""Longer ones are cut."""

_MAX_SLUG_BYTES = 240
"""Some systems allow 255 for a file name, with its suffix, and a letter may take four."""

RESERVED_STORIES = frozenset(
    {
        "index",
        "about",
        "404",
        "places",
        "place",
        "assets",
        "media",
        "feed",
        "credits",
        "sitemap",
        "robots",
        "search",
        "stories",
        "site",
        "static",
        "atlas",
    }
)
"""Names that the site uses for its own pages and folders."""

RESERVED_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for devices, whatever follows the dot."""

OWN_PREFIX = "storymap-"
"""What the ids and classes of our own pages begin with; no author's id or class may."""


def make_slug(text: str) -> str:
    """`text` as an address: NFC, lower case, letters and digits of any script and single hyphens; may be empty."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = unicodedata.normalize("NFC", text)
    kept = "".join(
        character
        if unicodedata.category(character)[0] in "LNM"
        else "-"
        if character in "-_" or character.isspace() or unicodedata.category(character) == "Pd"
        else ""
        for character in text
    )
    short = re.sub("-{2,}", "-", kept)[:MAX_SLUG_CHARACTERS].encode()[:_MAX_SLUG_BYTES].decode(errors="ignore")
    return short.strip("-")


def is_slug(text: str) -> bool:
    """Whether `text` can be an address as it stands."""
    return bool(text) and make_slug(text) == text
