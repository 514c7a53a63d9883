"""The text of a story as a chapter of a book: XHTML with a still map and its words at each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from xml.etree import ElementTree as ET

from msgspec import Struct

from storymap.addresses import media_file, place_page, step_still, story_page, story_still, whole_address
from storymap.drawing.stills import STILL_SIZE
from storymap.drawing.words import tell_scene
from storymap.exchange.xhtml import add_text, make_id, read_html
from storymap.language.dates import say_when
from storymap.language.tags import text_direction
from storymap.language.words import interface_words
from storymap.model.prose import (
    CalloutTitle,
    CreditLine,
    FileLink,
    Frame,
    Html,
    MapLink,
    Picture,
    Played,
    Prose,
    StoryLink,
)
from storymap.model.scene import Scene
from storymap.model.story import Step, Story
from storymap.pages.frames import link_frame
from storymap.pages.pictures import write_credit

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
NOTES = "sources"
"""The id of the part with the notes."""


class BookLinks(Struct, frozen=True):
    """Where the links of a book lead: `url` is the site's, or empty; `pictures` are the files that the book has.

    These are names in the book, by the paths of files in the stories folder.
    """

    url: str
    pictures: Mapping[str, str]


def write_text(story: Story, links: BookLinks, credits: Sequence[str]) -> bytes:
    """The text of `story`; `credits` say who made the data of its maps."""
    words = interface_words(story.lang).page
    root, body = begin_page(story.title, story.lang)
    ET.SubElement(root[0], "link", rel="stylesheet", type="text/css", href="style.css")
    opening = ET.SubElement(body, "section", {"epub:type": "bodymatter chapter", "id": "opening"})
    add_text(opening, "h1", story.title)
    if story.summary:
        add_text(opening, "p", story.summary, class_="standfirst")
    byline = [*story.authors, *([say_when(story.when, story.lang)] if story.when else [])]
    if byline:
        add_text(opening, "p", " · ".join(byline), class_="byline")
    _add_still(opening, story_still(story.id), story.scene, story.lang)
    _add_prose(opening, story.opening, story.lang, links)
    for step in story.steps:
        _add_step(body, story, step, links)
    if story.notes:
        notes = ET.SubElement(body, "section", {"epub:type": "endnotes", "role": "doc-endnotes", "id": NOTES})
        add_text(notes, "h2", words["sources"])
        _add_prose(notes, story.notes, story.lang, links)
    if credits:
        add_text(body, "p", f"{words['map']}: {' · '.join(credits)}", class_="credits")
    _drop_dead_links(body)
    return write_page(root)


def begin_page(title: str, lang: str) -> tuple[ET.Element, ET.Element]:
    """An empty page of a book, and its body."""
    root = ET.Element(
        "html", {"xmlns": _XHTML, "xmlns:epub": _OPS, "lang": lang, "xml:lang": lang, "dir": text_direction(lang)}
    )
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    add_text(head, "title", title)
    return root, ET.SubElement(root, "body")


def write_page(root: ET.Element) -> bytes:
    """A page of a book as its file."""
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{_spell_out(text)}\n'.encode()


def list_stills(story: Story) -> tuple[str, ...]:
    """The files of its still maps: of the whole, and of each step."""
    return (story_still(story.id), *(step_still(story.id, step.id) for step in story.steps))


def name_step(step: Step) -> str:
    """The id of a step in the text."""
    return make_id(step.id)


def _add_step(body: ET.Element, story: Story, step: Step, links: BookLinks) -> None:
    section = ET.SubElement(body, "section", {"class": "step", "id": name_step(step)})
    names = [place.name for place in step.places if place.origin != "picture"]
    dateline = [*([say_when(step.when, story.lang)] if step.when else []), *names]
    heading = read_html(step.title_html)
    heading.tag = "h2"
    section.append(heading)
    if dateline:
        add_text(section, "p", " · ".join(dateline), class_="dateline")
    _add_still(section, step_still(story.id, step.id), step.scene, story.lang)
    _add_prose(section, step.prose, story.lang, links)


def _add_still(parent: ET.Element, file: str, scene: Scene, lang: str) -> None:
    """A still map; what it shows is said below it, and its other text only that it is a map."""
    width, height = STILL_SIZE
    figure = ET.SubElement(parent, "figure", {"class": "map"})
    ET.SubElement(
        figure,
        "img",
        {"src": file, "alt": interface_words(lang).page["map"], "width": str(width), "height": str(height)},
    )
    add_text(figure, "figcaption", tell_scene(scene, lang))


def _add_prose(parent: ET.Element, prose: Prose, lang: str, links: BookLinks) -> None:
    if not prose:
        return
    element = read_html("".join(_write(piece, lang, links) for piece in prose))
    element.set("class", "prose")
    _mark_notes(element)
    parent.append(element)


def _write(piece: object, lang: str, links: BookLinks) -> str:
    """One piece of prose as HTML whose links lead to the site, or nowhere."""
    match piece:
        case Html():
            return piece.html
        case CalloutTitle():
            return escape(interface_words(lang).page[f"callout_{piece.kind}"], quote=False)
        case MapLink():
            place = piece.places[0]
            return _open("" if place.origin == "picture" else place_page(place.id), "", links)
        case StoryLink():
            return _open(story_page(piece.story), piece.step, links)
        case FileLink():
            return _open(piece.published, piece.anchor.removeprefix("#"), links)
        case Picture():
            begin = '<figure class="shown">' if piece.stands_alone else ""
            source = links.pictures.get(piece.file)
            if source is None:
                return f"{begin}<p>{escape(piece.alt, quote=False)}</p>" if begin else escape(piece.alt, quote=False)
            size = f' width="{piece.width}" height="{piece.height}"' if piece.width and piece.height else ""
            return f'{begin}<img alt="{escape(piece.alt)}" src="{escape(source)}"{size}>'
        case Played():
            return _write_played(piece, links)
        case Frame():
            source = links.pictures.get(piece.poster.file) if piece.poster else None
            return link_frame(piece, f'<img alt="" src="{escape(source)}"><br>' if source else "")
        case CreditLine():
            return write_credit(piece)
    raise TypeError(piece)


def _write_played(played: Played, links: BookLinks) -> str:
    """A sound or film, which no book has: its picture, where it plays, and what is said in it."""
    begin = _open(media_file(played.file), "", links)
    link = f"{begin}{escape(played.alt or played.file, quote=False)}</a>"
    if not played.stands_alone:
        return link
    source = links.pictures.get(played.poster.file) if played.poster else None
    poster = f'<img alt="" src="{escape(source)}">' if source else ""
    told = "".join(f"<p>{escape(part, quote=False)}</p>" for part in played.transcript)
    return f'<figure class="shown">{poster}<p>{link}</p>{told}'


def _open(path: str, anchor: str, links: BookLinks) -> str:
    """Where a link begins; without an address of the site it leads nowhere."""
    address = whole_address(links.url, path, anchor) if path and links.url else ""
    return f'<a href="{escape(address)}">' if address else "<a>"


def _mark_notes(prose: ET.Element) -> None:
    """Say what references to notes are, so that a reader may show the note in place."""
    for element in prose.iter():
        words = element.get("class", "").split()
        if "footnote-ref" in words:
            element.set("epub:type", "noteref")
            element.set("role", "doc-noteref")
        elif "footnote-backref" in words:
            element.set("role", "doc-backlink")
        elif element.tag == "li" and element.get("id", "").startswith("fn_"):
            element.set("epub:type", "endnote")


def _drop_dead_links(body: ET.Element) -> None:
    """Make text of links to parts that are not there."""
    known = {element.get("id") for element in body.iter()}
    for link in body.iter("a"):
        address = link.get("href", "")
        if address.startswith("#") and address[1:] not in known:
            link.attrib.clear()


def _spell_out(text: str) -> str:
    """Elements that a browser would not take for empty: it reads some of these books as HTML."""
    for tag in ("a", "p", "span", "div", "h2", "li", "td", "th", "sup", "section", "summary", "code", "pre"):
        text = text.replace(f"<{tag} />", f"<{tag}></{tag}>")
    return text
