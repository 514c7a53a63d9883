"""Read a page of HTML for what a check asks of it: its ids, its links and its headings, with their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_ADDRESSES = frozenset({"href", "src", "poster", "data"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXTED = _HEADINGS | {"a"}
_DEEPEST = 50
"""Elements within elements whose text is gathered; pages that people write have three."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of a page: where it leads, as written, its text (alternative texts of pictures included), its classes."""

    target: str
    text: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of a page: 1 to 6, and its text."""

    level: int
    text: str


@dataclass(slots=True)
class Page:
    """A page, or a piece of one, in document order; `addresses` are those of everything that it links to or loads."""

    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[PageHeading] = field(default_factory=list)


def read_page(text: str) -> Page:
    """What `text`, HTML of any quality, holds."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


@dataclass(slots=True)
class _Open:
    """An element whose end has not come: what is known of it, and the text in it so far."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Fills a `Page` as the parser meets things."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says, and go into it if its text matters."""
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.page.ids.append(attributes["id"])
        self.page.addresses.extend(value for name, value in attributes.items() if name in _ADDRESSES)
        if tag in _TEXTED and len(self.open) < _DEEPEST:
            self.open.append(_Open(tag, attributes))
        elif tag == "img":
            self.handle_data(attributes.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name; one that was never opened is left to browsers."""
        number = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n].tag == tag), None)
        if number is None:
            return
        element = self.open.pop(number)
        text = " ".join("".join(element.texts).split())
        if tag == "a" and "href" in element.attributes:
            classes = tuple(element.attributes.get("class", "").split())
            self.page.anchors.append(Anchor(element.attributes["href"], text, classes))
        elif tag in _HEADINGS:
            self.page.headings.append(PageHeading(int(tag[1]), text))

    def handle_data(self, data: str) -> None:
        """Text belongs to every element that is open around it."""
        for element in self.open:
            element.texts.append(data)
