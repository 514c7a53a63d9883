"""The prose of a story, resolved: pieces of safe HTML, and between them what every page says in its own way.

A page joins the pieces (`storymap.pages.prose`); nothing parses them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from storymap.addresses import media_file
from storymap.model.place import Place
from storymap.model.scene import View


class Html(Struct, frozen=True):
    """Safe HTML: whole tags and text, as they stand on every page."""

    html: str


class CalloutTitle(Struct, frozen=True):
    """The title of a box whose author gave it none; `kind`, such as "note", is said in the language of the page."""

    kind: str


class MapLink(Struct, frozen=True):
    """Where a link begins that moves the map: to `view`, which shows `places`; it leads to the page of the first.

    `attributes` are its other attributes as safe HTML, a blank before each.
    """

    places: tuple[Place, ...]
    view: View
    attributes: str = ""


class StoryLink(Struct, frozen=True):
    """Where a link begins that leads to the story with the id `story`, and in it to `step`, an id or empty.

    `lang` is the language of that story where it is another.
    """

    story: str
    step: str
    attributes: str = ""
    lang: str = ""


class FileLink(Struct, frozen=True):
    """Where a link begins that leads to `file`, a path in the stories folder; `anchor` is a part of it: `#page=3`.

    One that `is_static` is a path in `static/`, and so of the site.
    """

    file: str
    anchor: str = ""
    attributes: str = ""
    is_static: bool = False

    @property
    def published(self) -> str:
        """Its path on the site."""
        return self.file if self.is_static else media_file(self.file)


class Picture(Struct, frozen=True):
    """A picture: `file` is its path in the stories folder, `alt` what is said to those who cannot see it.

    `width` and `height` are those of the file in pixels; both are 0 where they are unknown, or the author set others
    among the `attributes`. `copies` are the widths in pixels of its smaller copies. One that `stands_alone` begins a
    `<figure>`, which ends after it, perhaps `in_gallery`. What `is_linked` stands within a link of the author's.
    `said` is its caption, as plain text.
    """

    file: str
    width: int
    height: int
    alt: str
    attributes: str = ""
    copies: tuple[int, ...] = ()
    stands_alone: bool = False
    in_gallery: bool = False
    is_linked: bool = False
    said: str = ""

    @property
    def ratio(self) -> int:
        """Its width to its height in thousandths, within what a row of pictures bears; 1500 where it is unknown."""
        return max(400, min(3000, round(1000 * self.width / self.height))) if self.width and self.height else 1500


class Captions(Struct, frozen=True):
    """What is said in a film, as WebVTT: `text`, in the language `lang`; `file` is its path in the stories folder."""

    file: str
    lang: str
    text: str


class Played(Struct, frozen=True):
    """A sound or a film: `file` is its path in the stories folder, `alt` what it is, in words.

    `width` and `height` are those of a film in pixels, 0 where they are unknown; `poster` stands in its place until it
    plays. `transcript` is what is said in it, its paragraphs. `stands_alone`, `attributes` and `said` are as of a
    picture.
    """

    file: str
    is_film: bool
    alt: str
    width: int = 0
    height: int = 0
    poster: Picture | None = None
    captions: tuple[Captions, ...] = ()
    transcript: tuple[str, ...] = ()
    attributes: str = ""
    stands_alone: bool = False
    said: str = ""


class Frame(Struct, frozen=True):
    """A film or post elsewhere, at `address`, that a reader may have shown here: `frame` is what is loaded then.

    `service` is where it is, in a word, `host` the server that is asked. `poster` is a picture of the author's.
    """

    address: str
    frame: str
    host: str
    service: str
    title: str
    is_post: bool
    poster: Picture | None = None


class Credit(Struct, frozen=True):
    """Who made a picture, a sound or a film, and how it may be used: `licence` is its name, `source` an address.

    Each may be empty. `text` is all of it where the author wrote it as one.
    """

    text: str = ""
    author: str = ""
    licence: str = ""
    source: str = ""

    @property
    def line(self) -> str:
        """All of it but its address, on one line."""
        return self.text or ", ".join(filter(None, (self.author, self.licence)))


class CreditLine(Struct, frozen=True):
    """Where the caption of what was shown ends, and its credit stands; `is_whole` where there is no other caption."""

    credit: Credit
    is_whole: bool = False


class ScaledPicture(Struct, frozen=True):
    """A picture that is published smaller: `file` is its path in the stories folder.

    `copies` are the widths in pixels of its copies; where it `is_limited`, it is made smaller itself.
    """

    file: str
    copies: tuple[int, ...]
    is_limited: bool


Piece: TypeAlias = Html | CalloutTitle | MapLink | StoryLink | FileLink | Picture | Played | Frame | CreditLine

Prose: TypeAlias = tuple[Piece, ...]


def shows_media(parts: Iterable[Prose]) -> bool:
    """Whether any of `parts` shows pictures, or plays sounds or films."""
    return any(isinstance(piece, Picture | Played | Frame) for prose in parts for piece in prose)


def plays_media(parts: Iterable[Prose]) -> bool:
    """Whether any of `parts` plays sounds or films, or shows a frame of what is elsewhere."""
    return any(isinstance(piece, Played | Frame) for prose in parts for piece in prose)


def list_map_links(prose: Prose) -> tuple[MapLink, ...]:
    """The links of `prose` that move the map, in order: a page numbers them so."""
    return tuple(piece for piece in prose if isinstance(piece, MapLink))
