"""Whose the pictures, sounds, films and data of a story are: what front matter and captions say of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from storymap.model.prose import Credit, Picture, Played, Prose
from storymap.model.story import Cover, Right
from storymap.reading.collection import CollectionSource
from storymap.reading.cover_fields import CreditFields
from storymap.reading.source import StorySource
from storymap.reading.written import WrittenPage, WrittenPicture
from storymap.resolving.story_file import StoryFile
from storymap.text.relative_paths import STORIES, path_in, resolve_path

_CREDIT = re.compile(r"[:©/]|\bCC\b|\bby\b", re.IGNORECASE)
"""What captions have that say whose a picture is: "Photo: Jana Nováková", "© NASA", "CC BY", "Reuters / J. Doe"."""


def credit_story(source: StorySource, files: Mapping[str, StoryFile]) -> dict[str, Credit]:
    """Whose the `files` of a story are, by their paths in the stories folder, or as written."""
    found, cover = _find_credits(source.front.credits, source.name), source.front.cover
    if cover and cover.credit and (path := path_in(STORIES, resolve_path(cover.file, source.name))):
        found.setdefault(path, make_credit(cover.credit))
    return _add_noted([*_list_silent(source), *([cover.file] if cover and cover.is_shown else [])], files, found)


def credit_collection(source: CollectionSource, files: Mapping[str, StoryFile]) -> dict[str, Credit]:
    """The same of the files of a collection's front page."""
    return _add_noted(_list_silent(source), files, _find_credits(source.front.credits, source.name))


def _find_credits(written: Mapping[str, CreditFields], beside: str) -> dict[str, Credit]:
    """The credits that the front matter of the file `beside` gives."""
    paths = {name: path_in(STORIES, resolve_path(name, beside)) or name for name in written}
    return {paths[name]: make_credit(fields) for name, fields in written.items()}


def _list_silent(source: WrittenPage) -> list[str]:
    """The pictures of whose makers no caption may tell, as written."""
    return [picture.path for picture in source.pictures if not names_maker(picture)]


def _add_noted(
    silent: Iterable[str], files: Mapping[str, StoryFile], credits: Mapping[str, Credit]
) -> dict[str, Credit]:
    """`credits`, and of `silent` pictures that nobody credits what their files note."""
    shown = [files[path] for path in silent if path in files]
    return {file.path: file.noted for file in shown if file.noted} | dict(credits)


def names_maker(picture: WrittenPicture) -> bool:
    """Whether the caption of a picture, or what stands there on hovering, may say whose it is."""
    return picture.is_credited and (not picture.said or _CREDIT.search(picture.said) is not None)


def make_credit(fields: CreditFields) -> Credit:
    """A credit as a page has it."""
    return Credit(fields.text or "", fields.author or "", fields.licence or "", fields.source or "")


def head_story(source: StorySource, files: Mapping[str, StoryFile], credits: Mapping[str, Credit]) -> Cover | None:
    """The picture at the head of a story, if it has one there."""
    cover = source.front.cover
    file = files.get(cover.file) if cover and cover.is_shown else None
    if not cover or not file:
        return None
    return Cover(file.as_cover(cover.alt or ""), credits.get(file.path), cover.position or "")


def list_rights(prose: Iterable[Prose], head: Cover | None, credits: Mapping[str, Credit]) -> tuple[Right, ...]:
    """Whose everything is that a story shows, in the order in which it is shown; data comes last."""
    shown: list[Picture | Played] = [head.picture] if head else []
    for part in prose:
        shown += (piece for piece in part if isinstance(piece, Picture | Played))
    found: dict[str, Right] = {}
    for piece in shown:
        if piece.file not in found and (piece.said or piece.file in credits):
            found[piece.file] = Right(piece.file, piece.alt, piece.said, credits.get(piece.file))
    for name, credit in credits.items():
        found.setdefault(name, Right(name, PurePosixPath(name).name, "", credit))
    return tuple(found.values())
