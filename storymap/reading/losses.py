"""Find what cleaning takes out of a story's HTML, by comparing what goes in with what comes out.

Nothing here knows what the cleaning allows: whatever is missing afterwards is a loss, and is told to the author.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Literal

from msgspec import Struct, field

FARTHEST = 8
"""How many tags the cleaning may put in before one that it keeps, such as the body of a table."""

Kind = Literal["element", "attribute", "address", "text", "character"]


class Loss(Struct, frozen=True):
    """Something that cleaning took out.

    An element `tag`, where `value` is what it would have shown; an attribute `name` of a `tag` that stayed; the
    address `value` of a link (`a`) or picture (`img`); a text `value`; or a character `value` that must not be written.
    """

    kind: Kind
    tag: str
    name: str = ""
    value: str = ""


class _Tag(Struct, frozen=True):
    """A tag: its name as pages have it, its attributes, and its name as it was `written`."""

    name: str
    attributes: dict[str, str]
    written: str = ""

    @property
    def shown(self) -> str:
        return self.written or self.name


class _Inventory(Struct):
    """What a piece of HTML holds: its tags in order, and its text without white space."""

    tags: list[_Tag] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def find_losses(raw: str, cleaned: str) -> tuple[Loss, ...]:
    """What the HTML `raw` holds and `cleaned`, which was made of it, does not; in the order of `raw`."""
    if "<" not in raw:
        return ()
    before, after = _take_stock(raw), _take_stock(cleaned)
    losses = list(_compare_tags(before.tags, after.tags))
    if not losses:
        losses = list(_compare_texts("".join(before.texts), "".join(after.texts)))
    return tuple(losses)


def _take_stock(html: str) -> _Inventory:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.inventory


class _Reader(HTMLParser):
    """Reads HTML as a browser cuts it into tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inventory = _Inventory()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; headings of the first two levels become such of the third."""
        name = "h3" if tag in ("h1", "h2") else tag
        self.inventory.tags.append(_Tag(name, {key: value or "" for key, value in attrs}, tag))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.inventory.texts.append("".join(data.split()))

    def handle_pi(self, data: str) -> None:
        """Note a processing instruction, such as `<?php … ?>`, as the element that it is to its author."""
        self.inventory.tags.append(_Tag("?" + data.split(maxsplit=1)[0].lower() if data.strip() else "?", {}))

    def handle_decl(self, decl: str) -> None:
        """Note a declaration, such as `<!doctype html>`."""
        self.inventory.tags.append(_Tag("!" + decl.split(maxsplit=1)[0].lower() if decl.strip() else "!", {}))

    def unknown_decl(self, data: str) -> None:
        """Note a section such as `<![CDATA[ … ]]>`."""
        self.inventory.tags.append(_Tag("![" + data.partition("[")[0].lower(), {}))


def _compare_tags(before: Sequence[_Tag], after: Sequence[_Tag]) -> Iterator[Loss]:
    """Walk through both: some of `before` are lost, some of `after` were put in to make the whole well-formed."""
    kept = {tag.name for tag in after}
    sources = {tag.attributes.get("src") for tag in after if tag.name == "img"}
    is_short = sum(tag.name == "img" for tag in after) < sum(tag.name == "img" for tag in before)
    place = 0
    for tag in before:
        near = range(place, min(place + FARTHEST, len(after))) if tag.name in kept else range(0)
        if tag.name == "img" and is_short and tag.attributes.get("src") not in sources:
            near = range(0)  # of several pictures, the one that is gone
        found = next((number for number in near if after[number].name == tag.name), None)
        if found is None:
            yield _lose(tag)
        else:
            yield from _compare_attributes(tag, after[found])
            place = found + 1


def _lose(tag: _Tag) -> Loss:
    address = next((tag.attributes[key] for key in ("src", "data", "href", "action") if tag.attributes.get(key)), "")
    if tag.name == "img":
        return Loss("address", "img", "src", address)
    return Loss("element", tag.shown, value=address)


def _compare_attributes(before: _Tag, after: _Tag) -> Iterator[Loss]:
    for name, value in before.attributes.items():
        if name not in after.attributes:
            if name in ("href", "src") and value.strip():
                yield Loss("address", before.shown, name, value)
            elif value.strip() or name not in ("href", "src", "class", "id", "alt", "title"):
                yield Loss("attribute", before.shown, name, value)
        elif name == "class" and (lost := _subtract(value, after.attributes[name])):
            yield Loss("attribute", before.shown, name, lost)


def _subtract(words: str, others: str) -> str:
    return " ".join(word for word in words.split() if word not in others.split())


def _compare_texts(before: str, after: str) -> Iterator[Loss]:
    """Where text is missing that no tag accounts for, the first of it."""
    if len(after) < len(before):
        same = next((number for number, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
        yield Loss("text", "", value=before[same : same + 40])
