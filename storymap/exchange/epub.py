"""A story as a book: EPUB 3.3, a zip of XHTML, still maps and pictures, the same bytes for the same story.

Written with the standard library: the known library for it, ebooklib, is under the AGPL.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from storymap.addresses import media_file, story_page, whole_address
from storymap.exchange.epub_text import NOTES, BookLinks, begin_page, list_stills, name_step, write_page, write_text
from storymap.exchange.xhtml import add_text
from storymap.exchange.zipping import write_zip
from storymap.language.tags import text_direction
from storymap.language.words import interface_words
from storymap.model.prose import Picture
from storymap.model.story import Story
from storymap.text.unwanted import blot_out

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_MODIFIED = "1980-01-01T00:00:00Z"
"""Books say when they were changed, and must; what never changes is the same for the same story."""

_TYPES = {
    ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml",
    ".webp": "image/webp",
}  # fmt: skip
"""The pictures that every reader of books shows."""

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """\
body { line-height: 1.5; }
h1 { line-height: 1.1; }
h2 { line-height: 1.2; break-after: avoid; }
section.step { break-before: page; page-break-before: always; }
.standfirst { font-size: 1.15em; font-style: italic; }
.byline, .dateline, .credits { font-size: 0.9em; font-family: sans-serif; }
figure { margin: 1em 0; break-inside: avoid; }
figure img, .prose img { max-width: 100%; height: auto; }
figcaption { font-size: 0.85em; font-family: sans-serif; }
blockquote, .admonition { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #a3321c; }
.admonition-title, .filename { font-weight: bold; }
table { border-collapse: collapse; }
td, th { padding: 0.2em 0.5em; border-bottom: 1px solid #999; text-align: start; }
pre { white-space: pre-wrap; }
sup { line-height: 1; }
a:not([href]) { color: inherit; text-decoration: none; }
"""
_FEATURES = ("alternativeText", "longDescription", "readingOrder", "structuralNavigation", "tableOfContents")


def write_epub(
    story: Story, site_title: str, files: Mapping[str, bytes], *, url: str = "", credits: Sequence[str] = ()
) -> bytes:
    """The book of `story`. `files` are its stills and the published copies of its pictures, by their paths in the site.

    `url` is that of the site, empty where it is not known: then links to other pages are text. `credits` say who made
    the data of its maps.
    """
    pictures = {
        file: media_file(file) for file in story.files if media_file(file) in files and _find_type(media_file(file))
    }
    cover = story.cover.file if story.cover and story.cover.file in pictures else ""
    stills = list_stills(story)
    links = BookLinks(
        url, {file: f"media/{number}{_ending(media_file(file))}" for number, file in enumerate(pictures, 1)}
    )
    book = {
        "text.xhtml": write_text(story, links, credits),
        "nav.xhtml": _write_nav(story),
        "style.css": _STYLE.encode(),
        **{still: files[still] for still in stills},
        **{links.pictures[file]: files[path] for file, path in pictures.items()},
    }
    package = _write_package(story, site_title, tuple(book), url, links.pictures[cover] if cover else "")
    files = {
        "mimetype": b"application/epub+zip",  # first, and as it is: so programs know a book
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": package,
        **{f"EPUB/{path}": data for path, data in book.items()},
    }
    return write_zip(files, unpacked={"mimetype"})


def find_unshown(story: Story) -> tuple[str, ...]:
    """The pictures of a story that no reader of books has to show, of a kind that it need not know."""
    prose = (*story.opening, *(piece for step in story.steps for piece in step.prose), *story.notes)
    shown = {piece.file for piece in prose if isinstance(piece, Picture)}
    return tuple(file for file in sorted(shown) if not _find_type(media_file(file)))


def _write_nav(story: Story) -> bytes:
    """The table of contents, and where the parts are."""
    words = interface_words(story.lang).page
    root, body = begin_page(story.title, story.lang)
    nav = ET.SubElement(body, "nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc"})
    add_text(nav, "h2", words["steps"])
    entries = [("opening", story.title), *((name_step(step), step.title) for step in story.steps)]
    if story.notes:
        entries.append((NOTES, words["sources"]))
    contents = ET.SubElement(nav, "ol")
    for part, title in entries:
        add_text(ET.SubElement(contents, "li"), "a", title, href=f"text.xhtml#{part}")
    landmarks = ET.SubElement(body, "nav", {"epub:type": "landmarks", "hidden": "hidden"})
    start = add_text(ET.SubElement(ET.SubElement(landmarks, "ol"), "li"), "a", story.title, href="text.xhtml#opening")
    start.set("epub:type", "bodymatter")
    return write_page(root)


def _write_package(story: Story, site_title: str, paths: Sequence[str], url: str, cover: str) -> bytes:
    """What the book is, and what is in it."""
    page = whole_address(url, story_page(story.id)) if url else ""
    name = page or f"{site_title}/{story.id}"
    root = ET.Element(
        "package",
        {"xmlns": _OPF, "version": "3.0", "unique-identifier": "id", "xml:lang": story.lang,
         "dir": text_direction(story.lang)},
    )  # fmt: skip
    about = ET.SubElement(root, "metadata", {"xmlns:dc": _DC})
    add_text(about, "dc:identifier", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, blot_out(name))}", id="id")
    add_text(about, "dc:title", story.title.strip() or story.id)
    add_text(about, "dc:language", story.lang)
    for author in story.authors:
        add_text(about, "dc:creator", author)
    add_text(about, "dc:publisher", site_title)
    if story.summary.strip():
        add_text(about, "dc:description", story.summary)
    if page:
        add_text(about, "dc:source", page)
    for key, value in _list_access():
        add_text(about, "meta", value, property=key)
    manifest = ET.SubElement(root, "manifest")
    for number, path in enumerate(paths):
        item = {"id": f"item-{number}", "href": path, "media-type": _type_of(path)}
        if path == "nav.xhtml":
            item["properties"] = "nav"
        elif path == (cover or paths[3]):
            item["properties"] = "cover-image"
        ET.SubElement(manifest, "item", item)
    spine = ET.SubElement(root, "spine", {"page-progression-direction": text_direction(story.lang)})
    ET.SubElement(spine, "itemref", idref=f"item-{paths.index('text.xhtml')}")
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _list_access() -> tuple[tuple[str, str], ...]:
    """When it was changed, and who can read it how (EPUB Accessibility 1.1)."""
    return (
        ("dcterms:modified", _MODIFIED),
        *(("schema:accessMode", mode) for mode in ("textual", "visual")),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
        ("schema:accessibilityHazard", "none"),
    )


def _type_of(path: str) -> str:
    own = {".xhtml": "application/xhtml+xml", ".css": "text/css"}
    return own.get(_ending(path)) or _find_type(path)


def _find_type(path: str) -> str:
    return _TYPES.get(_ending(path), "")


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
