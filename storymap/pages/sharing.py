"""What a page says of itself in its head: to search engines, and to programs that show a link to it as a card.

Where the site does not know its address, only the description is left: all else is read by programs elsewhere, which
follow whole addresses alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup
from msgspec import Struct

from storymap.addresses import lead, whole_address
from storymap.language.tags import write_locale
from storymap.pages.feed_links import PageFeed, choose_feeds, title_feed

if TYPE_CHECKING:
    from storymap.pages.frame import Site

PageKind = Literal["website", "article"]

CARD_SIZE = (1200, 630)
"""Width and height in pixels of the picture that stands for a page where a link to it is shown."""


class CardPicture(Struct, frozen=True):
    """The picture that stands for a page where a link to it is shown."""

    url: str
    """Its whole address."""

    width: int
    """Its width in pixels."""

    height: int
    """Its height in pixels."""

    alt: str
    """What it shows, in words."""


class Alternate(Struct, frozen=True):
    """The same page in one of its languages."""

    lang: str
    """That language, as a BCP 47 tag; `x-default` for readers of any other."""

    url: str
    """Its whole address."""


class Sharing(Struct, frozen=True):
    """How a page is found and shared."""

    title: str
    """What the page is called, without the site's name."""

    description: str
    """What it is about, in a sentence or two, or empty."""

    kind: PageKind
    """`article` for a story, `website` for every other page, in the words of Open Graph."""

    url: str
    """The whole address at which the page should be known; empty where the site does not know its own."""

    locale: str
    """Language and country as Open Graph writes them (`cs_CZ`), or empty."""

    published: str
    """The day on which it was first published, in ISO 8601, or empty."""

    updated: str
    """The day of its last change that readers should know of, in ISO 8601, or empty."""

    authors: tuple[str, ...]
    """Who wrote it."""

    card: CardPicture | None
    """Its picture, if the site has one of it."""

    feeds: tuple[PageFeed, ...]
    """The feeds that it leads to."""

    oembed_url: str
    """The whole address of what tells how to show it within a page of somebody else, or empty."""

    alternates: tuple[Alternate, ...]
    """The page in all its languages, and for readers of any other; nothing where it is there in one."""

    other_locales: tuple[str, ...]
    """Its other languages, as `locale` has its own."""

    linked_data: Markup
    """What it tells in the words of schema.org: JSON, escaped for a script element, or empty."""


def share_page(
    site: Site,
    *,
    here: str,
    lang: str,
    title: str = "",
    description: str = "",
    kind: PageKind = "website",
    published: str = "",
    updated: str = "",
    authors: tuple[str, ...] = (),
    card: str = "",
    card_alt: str = "",
    oembed: str = "",
    editions: Sequence[tuple[str, str]] = (),
    collection: str = "",
    feed: str = "",
) -> Sharing:
    """How the page `here`, in the language `lang`, is shared: without a title of its own, by that of the site.

    `card` is the path of its picture, of the size `CARD_SIZE`, and `card_alt` what that shows; without it, the title.
    `oembed` is the path of the file that tells how to show it elsewhere. `editions` are the languages in which it is
    there and their paths, its own among them; the first is for readers of any other language. `collection` is the
    folder of the one that it belongs to, and `feed` the path of a feed of the page's own.
    """
    width, height = CARD_SIZE
    shown = title or site.title
    picture = CardPicture(whole_address(site.url, card), width, height, card_alt or shown)
    return Sharing(
        title=shown,
        description=description if title else description or site.description,
        kind=kind,
        url=whole_address(site.url, here) if site.url else "",
        locale=write_locale(lang),
        published=published,
        updated=updated,
        authors=authors,
        card=picture if site.url and card else None,
        feeds=(
            *((PageFeed(title_feed(shown, site.title), lead(here, feed)),) if feed else ()),
            *choose_feeds(site.feeds, here=here, lang=lang, collection=collection, every=here == site.home),
        ),
        oembed_url=whole_address(site.url, oembed) if site.url and oembed else "",
        alternates=list_alternates(site.url, editions),
        other_locales=tuple(
            dict.fromkeys(locale for other, path in editions if path != here and (locale := write_locale(other)))
        ),
        linked_data=Markup(),
    )


def list_alternates(url: str, editions: Sequence[tuple[str, str]]) -> tuple[Alternate, ...]:
    """A page in its languages, on a site that stands at `url`; `editions` are as in `share_page`."""
    if not url or len(editions) < 2:
        return ()
    default = Alternate("x-default", whole_address(url, editions[0][1]))
    return (*(Alternate(lang, whole_address(url, path)) for lang, path in editions), default)
