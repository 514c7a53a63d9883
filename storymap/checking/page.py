"""Read a page of HTML for what a check asks of it: its ids, and the addresses of what it links to or loads."""

from __future__ import annotations

from html.parser import HTMLParser

from msgspec import Struct, field

_ADDRESSES = frozenset({"href", "src", "poster", "data"})


class Page(Struct):
    """A page, in document order; `addresses` are those of everything that it links to or loads."""

    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def read_page(text: str) -> Page:
    """What `text`, HTML of any quality, holds."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Fills a `Page` as the parser meets things."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note what an element is called and where it leads."""
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.page.ids.append(attributes["id"])
        self.page.addresses.extend(value for name, value in attributes.items() if name in _ADDRESSES)
