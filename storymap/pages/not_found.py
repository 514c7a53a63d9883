"""The page that a web server shows for an address that does not exist: the only one whose links are absolute."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from storymap.addresses import ATLAS, NOT_FOUND, lead_from_site
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page


class NotFoundPage(Struct, frozen=True):
    """What `not_found.html` shows."""

    frame: Frame
    """What every page has."""

    home_url: str
    """The whole address of the site's first page, as far as the site knows its own."""


def render_not_found(page: NotFoundPage, theme: Theme) -> str:
    """The HTML of the page for a missing address."""
    return render_page("not_found.html", page, theme)


def make_not_found_page(site: Site, *, css: str) -> NotFoundPage:
    """The page for a missing address of `site`."""
    sharing = replace(share_page(site, here=NOT_FOUND, lang=site.lang), url="", feeds=())  # it stands at every address
    frame = make_frame(site, lang=site.lang, css=css, here=NOT_FOUND, sharing=sharing)
    return NotFoundPage(frame, lead_from_site(site.url, ATLAS))
