"""Resolve prose: what its links and pictures were written to mean becomes places, views, stories and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storymap.model.place import Place
from storymap.model.prose import FileLink, Html, MapLink, Picture, Piece, Prose, StoryLink
from storymap.reading.written import (
    WrittenFileLink,
    WrittenMapLink,
    WrittenPicture,
    WrittenProse,
    WrittenStoryLink,
)
from storymap.resolving.files import StoryFile
from storymap.resolving.links import LinkedStep
from storymap.resolving.views import frame_places

_NOWHERE = Html("<a>")
"""The beginning of a link whose target was reported: its text stays."""


def resolve_prose(
    written: WrittenProse,
    places: Iterable[Place],
    *,
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
) -> Prose:
    """The prose that `written` means.

    `places` are those of its map links in order, `files` those that it shows or links to and `story_links` the steps
    that it leads to, both by their targets as written. What is in none of them was reported when it was looked for.
    """
    return tuple(_resolve(written, iter(places), files, story_links))


def _resolve(
    written: WrittenProse,
    places: Iterator[Place],
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
) -> Iterator[Piece]:
    for piece in written.pieces:
        match piece:
            case WrittenMapLink():
                place = next(places, None)
                yield MapLink((place,), frame_places([place]), piece.attributes) if place else _NOWHERE
            case WrittenStoryLink():
                step = story_links.get(piece.target)
                yield StoryLink(step.story, step.step, piece.attributes, step.lang) if step else _NOWHERE
            case WrittenFileLink():
                file = files.get(piece.target)
                yield FileLink(file.path, file.anchor, piece.attributes) if file else _NOWHERE
            case WrittenPicture():
                if file := files.get(piece.path):
                    size = (0, 0) if piece.is_sized else (file.width, file.height)
                    yield Picture(file.path, *size, piece.alt, piece.attributes)
            case _:
                yield piece
