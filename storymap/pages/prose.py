"""The prose of an author as it stands in a page."""

from __future__ import annotations

from markupsafe import Markup

from storymap.language.words import interface_words
from storymap.reading.sanitise import CALLOUTS, name_callouts


def place_prose(html: str, lang: str) -> Markup:
    """Sanitised HTML of an author, with the titles of boxes that have none of their own said in `lang`."""
    words = interface_words(lang).page
    return Markup(name_callouts(html, {kind: words[f"callout_{kind}"] for kind in CALLOUTS}))
