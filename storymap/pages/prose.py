"""Join prose into HTML, of a page or a feed: only here its links, pictures and titles of boxes are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape

from markupsafe import Markup

from storymap.addresses import lead, media_file, place_page, story_page
from storymap.language.hyphens import soften
from storymap.language.words import interface_words
from storymap.model.prose import (
    CalloutTitle,
    CreditLine,
    FileLink,
    Frame,
    Html,
    MapLink,
    Picture,
    Piece,
    Played,
    Prose,
    StoryLink,
)
from storymap.pages.frames import link_frame, show_frame
from storymap.pages.pictures import Address, quote, show_picture, write_credit, write_image
from storymap.pages.played import find_poster, has_captions_within, show_played
from storymap.pages.policy import DATA, Grant

_REMOTE = re.compile(r"<img\b[^>]*? src=\"((?:https?:)?//[^\"]+)\"")


Show = Callable[[Picture | Played | Frame], str]
"""Writes what is shown, as HTML."""

Tie = Callable[[int, MapLink], str]
"""The attributes that tie a link to the map of its page, a blank before each: of the link of that number, from 0."""


def _number_link(number: int, _: MapLink) -> str:
    return f' data-link="{number}"'


def join_prose(
    prose: Prose, here: str, lang: str, *, readers: str = "", is_first: bool = False, tie: Tie = _number_link
) -> Markup:
    """`prose` as the page `here` shows it, in the language `lang`, with soft hyphens in its long words.

    `readers` of pages of places are as in `storymap.addresses.for_readers`, here and in what follows. Each link that
    moves the map carries what `tie` gives: its number among those of `prose`, from 0. Where it `is_first` of the page,
    its first picture is loaded at once.
    """
    eager = next((piece for piece in prose if isinstance(piece, Picture)), None) if is_first else None
    address = partial(lead, here)

    def show(shown: Picture | Played | Frame) -> str:
        if isinstance(shown, Played):
            return show_played(shown, lang=lang, address=address)
        if isinstance(shown, Frame):
            return show_frame(shown, lang=lang, address=address)
        return show_picture(shown, address=address, eager=eager)

    return soften(_join(prose, lang, address, show, tie, readers=readers), lang)


def join_tied_prose(prose: Prose, here: str, lang: str, places: Mapping[str, int], *, readers: str = "") -> Markup:
    """`prose` on a page that lists stories: a link to one of its `places`, numbers by their ids, points at it there."""

    def tie(_: int, link: MapLink) -> str:
        number = places.get(link.places[0].id)
        return "" if number is None else f' data-place="{number}"'

    return join_prose(prose, here, lang, readers=readers, tie=tie)


def write_prose(prose: Prose, lang: str, address: Address, *, readers: str = "") -> Markup:
    """`prose` with what it links to and shows at the addresses that `address` gives, as pages elsewhere show it.

    Each link that moves the map carries its number among those of `prose`, from 0.
    """
    return _join(prose, lang, address, partial(_show_plainly, address=address), readers=readers)


def grant_captions(*parts: Prose) -> tuple[Grant, ...]:
    """Leave to read the captions that stand in the page."""
    found = any(isinstance(piece, Played) and has_captions_within(piece) for prose in parts for piece in prose)
    return (Grant("media-src", DATA),) if found else ()


def _join(
    prose: Prose, lang: str, address: Address, show: Show, tie: Tie = _number_link, *, readers: str = ""
) -> Markup:
    links = 0
    parts = []
    for piece in prose:
        tied = tie(links, piece) if isinstance(piece, MapLink) else ""
        parts.append(_write(piece, address, lang, tied, show, readers))
        links += isinstance(piece, MapLink)
    return Markup("".join(parts))  # author text was escaped when the story was read


def grant_pictures(*parts: Prose) -> tuple[Grant, ...]:
    """Leave to ask for the pictures on other servers: a site that has some was told to take them."""
    pieces = (piece for prose in parts for piece in prose if isinstance(piece, Html) and "<img" in piece.html)
    return tuple(Grant("img-src", unescape(found[1])) for piece in pieces for found in _REMOTE.finditer(piece.html))


def _write(piece: Piece, address: Address, lang: str, tied: str, show: Show, readers: str) -> str:
    """One piece as HTML; `tied` are further attributes of a link that moves the map, `show` writes what is shown."""
    match piece:
        case Html():
            return piece.html
        case CalloutTitle():
            return escape(interface_words(lang).page[f"callout_{piece.kind}"], quote=False)
        case MapLink():
            place = piece.places[0]
            # A spot of a picture has no page: its link does what it does where a script can.
            there = "#" if place.origin == "picture" else address(place_page(place.id, readers), "")
            return _open(there, piece.attributes + tied)
        case StoryLink():
            language = f' hreflang="{quote(piece.lang)}"' if piece.lang else ""
            return _open(address(story_page(piece.story), piece.step), piece.attributes + language)
        case FileLink():
            return _open(address(piece.published, "") + piece.anchor, piece.attributes)
        case Picture() | Played() | Frame():
            return show(piece)
        case CreditLine():
            return write_credit(piece)


def _show_plainly(shown: Picture | Played | Frame, *, address: Address) -> str:
    """What is shown without what only our own pages do with it."""
    if isinstance(shown, Frame):
        return link_frame(shown, f"{write_image(shown.poster, address)}<br>" if shown.poster else "")
    begin = '<figure class="shown">' if shown.stands_alone else ""
    if isinstance(shown, Picture):
        return f"{begin}{write_image(shown, address)}"
    poster = f'<img alt="" src="{quote(find_poster(shown, address))}"><br>' if shown.poster else ""
    source = quote(address(media_file(shown.file), ""))
    link = f'<a href="{source}">{poster}{escape(shown.alt or shown.file, quote=False)}</a>'
    return f"{begin}<p>{link}</p>" if begin else link


def _open(address: str, attributes: str) -> str:
    return f'<a href="{quote(address)}"{attributes}>'
