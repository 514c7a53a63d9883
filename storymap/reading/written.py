"""Prose as its author wrote it: pieces as in `storymap.model.prose`, with the targets of links as typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from storymap.errors import Location
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.frames import FrameSource


class WrittenMapLink(Struct, frozen=True):
    """Where a link begins that moves the map: `target` as written (`geo:50.1,14.4`, `place:Prague%20Castle`), its text.

    `at` is where the target stands. `attributes` are its other attributes as safe HTML, a blank before each.
    """

    target: str
    text: str
    at: Location
    attributes: str = ""


class WrittenStoryLink(Struct, frozen=True):
    """Where a link to a story begins: `file` and `step` (may be empty) of `target`, with percent-escapes resolved."""

    target: str
    file: str
    step: str
    text: str
    at: Location
    attributes: str = ""


class WrittenFileLink(Struct, frozen=True):
    """Where a link to another file of the project begins: its `target` as written."""

    target: str
    text: str
    at: Location
    attributes: str = ""


class WrittenPicture(Struct, frozen=True):
    """A picture: `path` as written, `file` with escapes resolved, `alt` its text.

    `is_sized` says that the author set its width or height, which stand among its `attributes`; `is_credited` that it
    has a title, or that there is text in the caption or paragraph around it. `stands_alone`, `in_gallery` and
    `is_linked` are as pages have them. `said` is its caption as plain text, or that of its gallery, or its title.
    """

    path: str
    file: str
    alt: str
    at: Location
    attributes: str = ""
    is_sized: bool = False
    is_credited: bool = False
    stands_alone: bool = False
    in_gallery: bool = False
    is_linked: bool = False
    said: str = ""


class WrittenFrame(Struct, frozen=True):
    """What is shown elsewhere and has a paragraph of its own: `html` is that, a link. `title` is its text, or empty."""

    source: FrameSource
    title: str
    html: str
    at: Location
    poster: WrittenPicture | None = None


class WrittenCredit(Struct, frozen=True):
    """Where the caption ends of what is shown by `path`; `is_whole` where there is none."""

    path: str
    is_whole: bool = False


WrittenLinks = WrittenMapLink | WrittenStoryLink | WrittenFileLink
"""The links that are looked for when the story is resolved."""

WrittenPiece: TypeAlias = Html | CalloutTitle | WrittenLinks | WrittenPicture | WrittenFrame | WrittenCredit


class WrittenLink(Struct, frozen=True):
    """A link that needs no resolving: out of the project, or to a part of the story itself; or a picture elsewhere."""

    target: str
    text: str
    at: Location


class WrittenHeading(Struct, frozen=True):
    """A heading within prose: its level, 3 to 6, its text, and its id, empty where it has none."""

    level: int
    text: str
    id: str


class WrittenProse(Struct, frozen=True):
    """The prose of one part of a story, and what is asked of it, in document order.

    `links` need no resolving; those of footnotes are left out. `remote_pictures` are on other servers. `ids` are those
    of headings and footnotes. `is_empty` where a reader would see nothing.
    """

    pieces: tuple[WrittenPiece, ...] = ()
    headings: tuple[WrittenHeading, ...] = ()
    links: tuple[WrittenLink, ...] = ()
    remote_pictures: tuple[WrittenLink, ...] = ()
    ids: tuple[str, ...] = ()
    is_empty: bool = True

    @property
    def map_links(self) -> tuple[WrittenMapLink, ...]:
        """The links that move the map."""
        return tuple(piece for piece in self.pieces if isinstance(piece, WrittenMapLink))

    @property
    def story_links(self) -> tuple[WrittenStoryLink, ...]:
        """The links to stories."""
        return tuple(piece for piece in self.pieces if isinstance(piece, WrittenStoryLink))

    @property
    def file_links(self) -> tuple[WrittenFileLink, ...]:
        """The links to other files of the project."""
        return tuple(piece for piece in self.pieces if isinstance(piece, WrittenFileLink))

    @property
    def pictures(self) -> tuple[WrittenPicture, ...]:
        """The pictures beside the story."""
        shown = (piece.poster if isinstance(piece, WrittenFrame) else piece for piece in self.pieces)
        return tuple(piece for piece in shown if isinstance(piece, WrittenPicture))

    @property
    def frames(self) -> tuple[WrittenFrame, ...]:
        """What is shown elsewhere."""
        return tuple(piece for piece in self.pieces if isinstance(piece, WrittenFrame))


class WrittenPage:
    """What the prose of a file names, whatever the parts of that file are."""

    __slots__ = ()

    @property
    def prose(self) -> Iterator[WrittenProse]:
        """Every part of its prose, in order."""
        raise NotImplementedError

    @property
    def story_links(self) -> tuple[WrittenStoryLink, ...]:
        """Every link to a story, in order."""
        return tuple(link for prose in self.prose for link in prose.story_links)

    @property
    def file_links(self) -> tuple[WrittenFileLink, ...]:
        """Every link to another file of the project, in order."""
        return tuple(link for prose in self.prose for link in prose.file_links)

    @property
    def pictures(self) -> tuple[WrittenPicture, ...]:
        """Every picture that lies beside it, in order."""
        return tuple(picture for prose in self.prose for picture in prose.pictures)
