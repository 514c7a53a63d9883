"""Resolve prose: what its links and pictures were written to mean becomes places, views, stories and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from storymap.cleaning.played import is_film, is_played
from storymap.model.place import Place
from storymap.model.prose import (
    Credit,
    CreditLine,
    FileLink,
    Frame,
    Html,
    MapLink,
    Picture,
    Piece,
    Played,
    Prose,
    StoryLink,
)
from storymap.reading.written import (
    WrittenCredit,
    WrittenFileLink,
    WrittenFrame,
    WrittenMapLink,
    WrittenPicture,
    WrittenProse,
    WrittenStoryLink,
)
from storymap.resolving.links import LinkedStep
from storymap.resolving.played import settle_languages
from storymap.resolving.story_file import StoryFile
from storymap.resolving.views import frame_places

NO_CREDITS: Mapping[str, Credit] = {}
_NOWHERE = Html("<a>")
"""The beginning of a link whose target was reported: its text stays."""


def resolve_prose(
    written: WrittenProse,
    places: Iterable[Place],
    *,
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
    credits: Mapping[str, Credit] = NO_CREDITS,
    lang: str = "",
    embeds: bool = True,
) -> Prose:
    """The prose that `written` means.

    `places` are those of its map links in order, `files` those that it shows or links to and `story_links` the steps
    that it leads to, both by their targets as written. What is in none of them was reported when it was looked for.
    `credits` are those of files by their paths in the stories folder, `lang` is the language of the story.
    Without `embeds` a film elsewhere stays a link.
    """
    return tuple(_resolve(written, iter(places), files, story_links, credits, lang, embeds))


def _resolve(
    written: WrittenProse,
    places: Iterator[Place],
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
    credits: Mapping[str, Credit],
    lang: str,
    embeds: bool,  # noqa: FBT001 - one of many
) -> Iterator[Piece]:
    caption = ""
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
                yield FileLink(file.path, file.anchor, piece.attributes, file.is_static) if file else _NOWHERE
            case WrittenPicture():
                caption = piece.said
                if file := files.get(piece.path):
                    yield _play(piece, file, lang) if is_played(file.path) else _show(piece, file)
                else:
                    yield _describe(piece)
            case WrittenFrame():
                yield _frame(piece, files) if embeds else Html(piece.html)
            case WrittenCredit():
                file = files.get(piece.path)
                credit = credits.get(file.path) if file else None
                if credit and (piece.is_whole or credit.source or credit.line not in caption):
                    yield CreditLine(credit, piece.is_whole)
            case _:
                yield piece


def _describe(piece: WrittenPicture) -> Html:
    """What stands in place of a picture that cannot be shown, and was told: its description."""
    said = escape(piece.alt, quote=False)
    return Html(f'<figure class="shown"><p>{said}</p>' if piece.stands_alone else said)


def _show(piece: WrittenPicture, file: StoryFile) -> Picture:
    size = (0, 0) if piece.is_sized else (file.width, file.height)
    return Picture(
        file.path,
        *size,
        piece.alt,
        piece.attributes,
        copies=file.copies,
        stands_alone=piece.stands_alone,
        in_gallery=piece.in_gallery,
        is_linked=piece.is_linked,
        said=piece.said,
    )


def _play(piece: WrittenPicture, file: StoryFile, lang: str) -> Played:
    poster = file.poster
    return Played(
        file.path,
        is_film(file.path),
        piece.alt,
        *((0, 0) if piece.is_sized else (file.width, file.height)),
        poster=Picture(poster.path, poster.width, poster.height, "", copies=poster.copies) if poster else None,
        captions=settle_languages(file, lang),
        transcript=file.transcript,
        attributes=piece.attributes,
        stands_alone=piece.stands_alone,
        said=piece.said,
    )


def _frame(piece: WrittenFrame, files: Mapping[str, StoryFile]) -> Frame:
    source, file = piece.source, files.get(piece.poster.path) if piece.poster else None
    poster = _show(piece.poster, file) if piece.poster and file and not is_played(file.path) else None
    return Frame(source.address, source.frame, source.host, source.service, piece.title, source.is_post, poster)
