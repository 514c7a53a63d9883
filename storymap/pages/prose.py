"""Join prose into HTML, of a page or a feed: only here its links, pictures and titles of boxes are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape

from markupsafe import Markup

from storymap.addresses import lead, media_file, place_page, story_page
from storymap.language.hyphens import soften
from storymap.language.words import interface_words
from storymap.model.prose import CalloutTitle, FileLink, Html, MapLink, Picture, Piece, Prose, StoryLink
from storymap.pages.policy import Grant

_REMOTE = re.compile(r"<img\b[^>]*? src=\"((?:https?:)?//[^\"]+)\"")

Address = Callable[[str, str], str]
"""The address of a file of the site, and of a part of it by its id, or empty."""


def join_prose(prose: Prose, here: str, lang: str) -> Markup:
    """`prose` as the page `here` shows it, in the language `lang`, with soft hyphens in its long words."""
    return soften(write_prose(prose, lang, partial(lead, here)), lang)


def write_prose(prose: Prose, lang: str, address: Address) -> Markup:
    """`prose` with what it links to and shows at the addresses that `address` gives.

    Each link that moves the map carries its number among those of `prose`, from 0.
    """
    links = 0
    parts = []
    for piece in prose:
        parts.append(_write(piece, address, lang, links))
        links += isinstance(piece, MapLink)
    return Markup("".join(parts))  # author text was escaped when the story was read


def grant_pictures(*parts: Prose) -> tuple[Grant, ...]:
    """Leave to ask for the pictures on other servers: a site that has some was told to take them."""
    pieces = (piece for prose in parts for piece in prose if isinstance(piece, Html) and "<img" in piece.html)
    return tuple(Grant("img-src", unescape(found[1])) for piece in pieces for found in _REMOTE.finditer(piece.html))


def _write(piece: Piece, address: Address, lang: str, number: int) -> str:
    """One piece as HTML; `number` is that of the next link that moves the map."""
    match piece:
        case Html():
            return piece.html
        case CalloutTitle():
            return escape(interface_words(lang).page[f"callout_{piece.kind}"], quote=False)
        case MapLink():
            place = piece.places[0]
            # A spot of a picture has no page: its link does what it does where a script can.
            there = "#" if place.origin == "picture" else address(place_page(place.id), "")
            return _open(there, f'{piece.attributes} data-link="{number}"')
        case StoryLink():
            language = f' hreflang="{_quote(piece.lang)}"' if piece.lang else ""
            return _open(address(story_page(piece.story), piece.step), piece.attributes + language)
        case FileLink():
            return _open(address(media_file(piece.file), "") + piece.anchor, piece.attributes)
        case Picture():
            size = f' width="{piece.width}" height="{piece.height}"' if piece.width and piece.height else ""
            source = _quote(address(media_file(piece.file), ""))
            others = f'{piece.attributes} loading="lazy" decoding="async"{size}'
            return f'<img alt="{_quote(piece.alt)}" src="{source}"{others}>'


def _open(address: str, attributes: str) -> str:
    return f'<a href="{_quote(address)}"{attributes}>'


def _quote(text: str) -> str:
    """`text` as it stands between double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")
