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

RESERVED_FOLDERS = frozenset(
    {
        "assets",
        "authors",
        "cards",
        "downloads",
        "guide",
        "licenses",
        "media",
        "oembed",
        "page",
        "places",
        "stills",
        "tags",
    }
)
"""Names of the folders that the site has besides those of collections."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
"""Names that Windows keeps for devices, whatever follows the dot."""

OWN_PREFIX = "storymap-"
"""What the ids and classes of our own pages begin with; no author's id or class may."""


def make_slug(text: str) -> str:
    """`text` as an address: NFC, lower case, letters and digits of any script and single hyphens; may be empty.

    A name that Windows keeps for a device gets a number: there can be no page or picture of that name.
    """
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
    slug = short.strip("-")
    return f"{slug}-1" if is_device(slug) else slug


def is_device(name: str) -> bool:
    """Whether Windows keeps the file name `name` for a device: it can be neither made nor checked out there."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def is_slug(text: str) -> bool:
    """Whether `text` can be an address as it stands."""
    return bool(text) and make_slug(text) == text
