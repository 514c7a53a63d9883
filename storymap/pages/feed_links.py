"""The feeds that pages lead to, for programs that follow a site."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from storymap.addresses import lead
from storymap.language.tags import primary_language


class FeedLink(Struct, frozen=True):
    """A feed of the site: its path, its title, and the language of its stories by its first subtag, or empty.

    `collection` is the id of the one that it tells of; empty where it tells of the whole site.
    """

    path: str
    title: str
    language: str
    collection: str = ""


class PageFeed(Struct, frozen=True):
    """A feed as a page leads to it."""

    title: str
    """What it is called."""

    url: str
    """Its address."""


def title_feed(name: str, site: str) -> str:
    """What the feed of a collection, a tag or an author is called; `site` is the title of the site."""
    return f"{name} – {site}"


def choose_feeds(
    feeds: Sequence[FeedLink], *, here: str, lang: str, collection: str = "", every: bool = False
) -> tuple[PageFeed, ...]:
    """Those of `feeds` to which the page `here` leads: of all stories, and of its own language or of `every` one.

    A page of a `collection` leads to its feeds first.
    """
    languages = ("", primary_language(lang))
    chosen = [feed for feed in feeds if every or feed.language in languages]
    own = [feed for feed in chosen if feed.collection and feed.collection == collection]
    return tuple(
        PageFeed(feed.title, lead(here, feed.path)) for feed in (*own, *(one for one in chosen if not one.collection))
    )
