"""Join prose into the HTML of one page: the only place where its links, pictures and titles of boxes are written."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from storymap.addresses import lead, media_file, place_page, story_page
from storymap.language.hyphens import soften
from storymap.language.words import interface_words
from storymap.model.prose import CalloutTitle, FileLink, Html, MapLink, Picture, Piece, Prose, StoryLink


def join_prose(prose: Prose, here: str, lang: str) -> Markup:
    """`prose` as the page `here` shows it, in the language `lang`, with soft hyphens in its long words.

    Each link that moves the map carries its number among those of `prose`, from 0.
    """
    links = 0
    parts = []
    for piece in prose:
        parts.append(_write(piece, here, lang, links))
        links += isinstance(piece, MapLink)
    return soften(Markup("".join(parts)), lang)  # author text was escaped when the story was read


def _write(piece: Piece, here: str, lang: str, number: int) -> str:
    """One piece as HTML; `number` is that of the next link that moves the map."""
    match piece:
        case Html():
            return piece.html
        case CalloutTitle():
            return escape(interface_words(lang).page[f"callout_{piece.kind}"], quote=False)
        case MapLink():
            place = piece.places[0]
            # A spot of a picture has no page: its link does what it does where a script can.
            address = "#" if place.origin == "picture" else lead(here, place_page(place.id))
            return _open(address, f'{piece.attributes} data-link="{number}"')
        case StoryLink():
            return _open(lead(here, story_page(piece.story), piece.step), piece.attributes)
        case FileLink():
            return _open(lead(here, media_file(piece.file)) + piece.anchor, piece.attributes)
        case Picture():
            size = f' width="{piece.width}" height="{piece.height}"' if piece.width and piece.height else ""
            source = _quote(lead(here, media_file(piece.file)))
            others = f'{piece.attributes} loading="lazy" decoding="async"{size}'
            return f'<img alt="{_quote(piece.alt)}" src="{source}"{others}>'


def _open(address: str, attributes: str) -> str:
    return f'<a href="{_quote(address)}"{attributes}>'


def _quote(text: str) -> str:
    """`text` as it stands between double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")
