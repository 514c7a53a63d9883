"""Write a film or post that is elsewhere as a card: it says whom it will ask, and asks nobody before it is pressed."""

from __future__ import annotations

from html import escape

from storymap.language.words import interface_words
from storymap.model.prose import Frame, Prose
from storymap.pages.pictures import Address, quote, show_picture
from storymap.pages.policy import Grant


def show_frame(frame: Frame, *, lang: str, address: Address) -> str:
    """The card, in the language `lang`; without script it is a link to where the film or post is."""
    asks = escape(interface_words(lang).page["frame_asks"], quote=False).format(
        host=f"<bdi>{escape(frame.host, quote=False)}</bdi>"
    )
    sign = '<span class="frame-sign" aria-hidden="true"></span>'
    picture = show_picture(frame.poster, address=address) if frame.poster else ""
    title = escape(frame.title or frame.service, quote=False)
    said = f'<span class="frame-title" data-address="{quote(frame.address)}">{title}</span>'
    said += f'<span class="frame-asks">{asks}</span>'
    kind = "post" if frame.is_post else "film"
    leads = f'href="{quote(frame.address)}" rel="noopener noreferrer" data-media data-frame="{quote(frame.frame)}"'
    return f'<figure class="frame is-{kind}"><a class="frame-link" {leads}>{picture}{sign}{said}</a></figure>'


def grant_frames(*parts: Prose) -> tuple[Grant, ...]:
    """Leave to show what is elsewhere, of exactly those servers; none is asked before a reader wants it."""
    pieces = (piece for prose in parts for piece in prose if isinstance(piece, Frame))
    return tuple(Grant("frame-src", f"https://{host}") for host in dict.fromkeys(piece.host for piece in pieces))


def link_frame(frame: Frame, picture: str = "") -> str:
    """The same where nothing can be pressed: a link, below a `picture` as HTML."""
    title = escape(frame.title or frame.service, quote=False)
    return f'<p><a href="{quote(frame.address)}">{picture}{title}</a></p>'
