"""Write a feed: Atom (RFC 4287) with whole stories, and GeoRSS points for where they happen.

The standard library's XML is enough for it. feedgen was looked at and left: it needs lxml, writes the time of the build
into each feed, which would then never be the same twice, and knows neither `xml:base` nor several points.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from storymap.model.place import LonLat
from storymap.outputs.xml_text import write_xml

_NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:georss": "http://www.georss.org/georss"}


class FeedEntry(Struct, frozen=True):
    """A story in a feed.

    `id` stays the same for as long as the story is told, `url` is where it stands. `published` is a day in ISO 8601, or
    empty; `updated` is one always. `html` is the whole story, safe, with whole addresses.
    """

    id: str
    url: str
    title: str
    lang: str
    authors: tuple[str, ...]
    published: str
    updated: str
    summary: str
    html: str
    points: tuple[LonLat, ...]


class Feed(Struct, frozen=True):
    """A feed that stands at `url` and tells of the site at `home`; `entries` are in order, the newest first."""

    url: str
    home: str
    title: str
    description: str
    lang: str
    site: str
    entries: tuple[FeedEntry, ...]


def write_feed(feed: Feed) -> bytes:
    """`feed` as Atom. It has the time of its newest entry, so that it changes when a story does."""
    root = Element("feed", {**_NAMESPACES, "xml:lang": feed.lang})
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    if feed.description:
        _add(root, "subtitle", feed.description)
    _add(root, "updated", _write_time(max(entry.updated for entry in feed.entries)))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add(_add(root, "author"), "name", feed.site)  # of entries that name none
    _add(root, "generator", "storymap")
    for entry in feed.entries:
        _add_entry(root, entry)
    return write_xml(root)


def _add_entry(root: Element, entry: FeedEntry) -> None:
    element = SubElement(root, "entry", {"xml:lang": entry.lang})
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.published:
        _add(element, "published", _write_time(entry.published))
    _add(element, "updated", _write_time(entry.updated))
    for author in entry.authors:
        _add(_add(element, "author"), "name", author)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", entry.html, type="html").set("xml:base", entry.url)
    for point in _round(entry.points):
        _add(element, "georss:point", point)


def _round(points: Sequence[LonLat]) -> tuple[str, ...]:
    """Each point once, latitude first as GeoRSS has it, to about a metre."""
    return tuple(dict.fromkeys(f"{point.lat:.5f} {point.lon:.5f}" for point in points))


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _write_time(day: str) -> str:
    return f"{day}T00:00:00Z"
