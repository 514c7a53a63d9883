"""The prose of a story, resolved: pieces of safe HTML, and between them what every page says in its own way.

A page joins the pieces (`storymap.pages.prose`); nothing parses them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from storymap.model.place import Place
from storymap.model.scene import View


@dataclass(frozen=True, slots=True)
class Html:
    """Safe HTML: whole tags and text, as they stand on every page."""

    html: str


@dataclass(frozen=True, slots=True)
class CalloutTitle:
    """The title of a box whose author gave it none; `kind`, such as "note", is said in the language of the page."""

    kind: str


@dataclass(frozen=True, slots=True)
class MapLink:
    """Where a link begins that moves the map: to `view`, which shows `places`; it leads to the page of the first.

    `attributes` are its other attributes as safe HTML, a blank before each.
    """

    places: tuple[Place, ...]
    view: View
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Where a link begins that leads to the story with the id `story`, and in it to `step`, an id or empty.

    `lang` is the language of that story where it is another.
    """

    story: str
    step: str
    attributes: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """Where a link begins that leads to `file`, a path in the stories folder; `anchor` is a part of it: `#page=3`."""

    file: str
    anchor: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `file` is its path in the stories folder, `alt` what is said to those who cannot see it.

    `width` and `height` are those of the file in pixels; both are 0 where they are unknown, or the author set others
    among the `attributes`.
    """

    file: str
    width: int
    height: int
    alt: str
    attributes: str = ""


Piece: TypeAlias = Html | CalloutTitle | MapLink | StoryLink | FileLink | Picture

Prose: TypeAlias = tuple[Piece, ...]


def list_map_links(prose: Prose) -> tuple[MapLink, ...]:
    """The links of `prose` that move the map, in order: a page numbers them so."""
    return tuple(piece for piece in prose if isinstance(piece, MapLink))
