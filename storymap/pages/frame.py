"""What every page has around its own content: language, stylesheet, the site's name, the words of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup
from msgspec import Struct

from storymap.addresses import ATLAS, NOT_FOUND, SEARCH, lead, split_home
from storymap.language.tags import primary_language, text_direction
from storymap.language.words import interface_words
from storymap.pages.feed_links import FeedLink
from storymap.pages.policy import Grant
from storymap.pages.sharing import Sharing, share_page
from storymap.settings.model import Cards

TOP = "storymap-top:"
"""How an address begins, in a theme's style sheet, that is seen from the top of the site: `make_frame` leads there."""


class Site(Struct, frozen=True):
    """What pages say of the site that they belong to."""

    title: str
    """The site's name, as its settings have it."""

    description: str
    """One or two sentences about the site, or empty."""

    lang: str
    """The language of its title and description, as a BCP 47 tag."""

    url: str = ""
    """Where the site stands, without a slash at the end; empty where that is not known."""

    feeds: tuple[FeedLink, ...] = ()
    """Its feeds."""

    cards: Cards = "none"
    """What has a picture for where a link to it is shown."""

    is_searched: bool = False
    """Whether a reader can search it."""

    home: str = ATLAS
    """The path of its first page, for readers of its language."""

    others: tuple[Site, ...] = ()
    """The site as it is for readers of other languages, who have a first page of their own."""

    @property
    def readers(self) -> str:
        """The tag in the addresses of pages for its readers; empty for those of the language that the site is in."""
        return split_home(self.home)

    def speak(self, lang: str) -> Site:
        """The site for readers of `lang`: as it is, where it has no first page of theirs."""
        known = (self, *self.others)
        exact = next((site for site in known if site.lang == lang), None)
        return exact or next((site for site in known if primary_language(site.lang) == primary_language(lang)), self)


class Frame(Struct, frozen=True):
    """The frame of a page."""

    site: Site
    """The site that the page belongs to."""

    lang: str
    """The language of the page's own words, as a BCP 47 tag."""

    dir: str
    """The direction of that language: `ltr` or `rtl`."""

    words: Mapping[str, str]
    """The words of the interface in that language, by their names in the catalogues."""

    css: Markup
    """The whole stylesheet; it stands in the page so that nothing is waited for before the first paint."""

    atlas_url: str
    """The address of the site's first page."""

    search_url: str
    """The address of the script that searches the site; empty where none does."""

    sharing: Sharing
    """How the page is found and shared."""

    grants: tuple[Grant, ...] = ()
    """What the page may ask of other hosts; nothing is the rule."""


def make_frame(
    site: Site, *, lang: str, css: str, here: str, sharing: Sharing | None = None, grants: Iterable[Grant] = ()
) -> Frame:
    """The frame of the page `here`, whose own words are in `lang`; without a `sharing` of its own, as the site's.

    It asks other hosts for what is granted.
    """
    return Frame(
        site=site,
        lang=lang,
        dir=text_direction(lang),
        words=interface_words(lang).page,
        css=Markup(css.replace(TOP, lead_to_top(site, here))),
        atlas_url=lead(here, site.home),
        search_url=lead(here, SEARCH) if site.is_searched else "",
        sharing=sharing or share_page(site, here=here, lang=lang),
        grants=tuple(grants),
    )


def lead_to_top(site: Site, here: str) -> str:
    """How an address begins that leads from the page `here` to what stands at the top of the site.

    The page for addresses that do not exist is shown at any depth, so that the whole path is needed there.
    """
    if here == NOT_FOUND and site.url:
        return f"{quote(unquote(urlsplit(site.url).path))}/"
    return "../" * here.count("/")
