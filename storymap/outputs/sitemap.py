"""Tell search engines which pages there are: `sitemap.xml`, and `robots.txt`, which leads to it.

Of more pages than the format lets one file name, there are several files, and `sitemap.xml` names these.

The format is that of sitemaps.org. A page has the day of its last change only where its author has told it: the build
knows when files were written, and not when a reader would find something new.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from storymap.addresses import SITEMAP, whole_address
from storymap.outputs.xml_text import write_xml

MOST_PAGES = 50_000
"""Pages that the format lets one file name."""

_XHTML = "http://www.w3.org/1999/xhtml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class ListedPage(Struct, frozen=True):
    """A page of the site by its path, and the day of its last change, in ISO 8601 or empty.

    `editions` are the languages in which it is there and their paths, the original first; nothing where it is one.
    """

    path: str
    changed: str = ""
    editions: tuple[tuple[str, str], ...] = ()


def write_sitemap(pages: Sequence[ListedPage], url: str) -> bytes:
    """A file that names `pages`, at most `MOST_PAGES`, of the site that stands at `url`."""
    several = {"xmlns:xhtml": _XHTML} if any(page.editions for page in pages) else {}
    root = Element("urlset", {"xmlns": _NAMESPACE} | several)
    for page in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = whole_address(url, page.path)
        if page.changed:
            SubElement(entry, "lastmod").text = page.changed
        for lang, path in (*page.editions, *(("x-default", path) for _, path in page.editions[:1])):
            link = {"rel": "alternate", "hreflang": lang, "href": whole_address(url, path)}
            SubElement(entry, "xhtml:link", link)
    return write_xml(root)


def write_index(files: Sequence[str], url: str) -> bytes:
    """`sitemap.xml` of a site whose pages are named by several `files`."""
    root = Element("sitemapindex", {"xmlns": _NAMESPACE})
    for file in files:
        SubElement(SubElement(root, "sitemap"), "loc").text = whole_address(url, file)
    return write_xml(root)


def write_robots(url: str) -> bytes:
    """`robots.txt` of the site that stands at `url`: everybody may read everything."""
    return f"User-agent: *\nAllow: /\nSitemap: {whole_address(url, SITEMAP)}\n".encode()
