"""Editions of one story in several languages: which belong together, and which of them a list in a language shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from storymap.addresses import split_edition
from storymap.errors import Location, Report
from storymap.language.tags import primary_language
from storymap.reading.outline import SourceOutline
from storymap.resolving.outline import StoryOutline


class Edition(Struct, frozen=True):
    """A story, or a collection, in one of its languages: its id, its language, its title, and whether it is a draft."""

    id: str
    lang: str
    title: str
    draft: bool = False


class Spoken(Protocol):
    """What may be there in several languages: a story or a collection."""

    @property
    def id(self) -> str:
        """What names its page."""

    @property
    def lang(self) -> str:
        """Its language."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def draft(self) -> bool:
        """Whether its author has not finished it."""


def check_editions(stories: Sequence[SourceOutline], lang: str, report: Report) -> None:
    """Report editions without an original, and those in the language of it; `lang` is the site's language."""
    known = {story.id: story for story in stories}
    for story in stories:
        named, language = split_edition(story.id)
        if not language:
            continue
        at, original = Location(story.name), known.get(named)
        if original is None or posixpath.dirname(original.name) != posixpath.dirname(story.name):
            report.error(
                "no-original",
                f'this is an edition of "{named}" in another language, and there is no such story beside it',
                at,
                help=f'move it beside "{original.name}"'
                if original
                else f'the original has no language in its name: "{named}.md"',
            )
        elif (original.lang or lang) == story.lang:
            report.error(
                "same-language",
                f'this edition is in "{story.lang}", and so is its original, "{original.name}"',
                at,
                help="name the file after its own language, or say in the original which it is written in: lang:",
            )


def group_editions(stories: Iterable[Spoken]) -> dict[str, tuple[Edition, ...]]:
    """By the id of each story that is there in several languages all its editions: the original, then by language."""
    groups: dict[str, list[Edition]] = {}
    for story in stories:
        edition = Edition(story.id, story.lang, story.title, story.draft)
        groups.setdefault(split_edition(story.id)[0], []).append(edition)
    found: dict[str, tuple[Edition, ...]] = {}
    for group in groups.values():
        if len(group) > 1:
            ordered = tuple(sorted(group, key=lambda one: split_edition(one.id)[1]))
            found |= dict.fromkeys((one.id for one in ordered), ordered)
    return found


def list_languages(stories: Iterable[StoryOutline]) -> tuple[str, ...]:
    """The languages of all stories that are there in several, ordered."""
    return tuple(sorted({edition.lang for group in group_editions(stories).values() for edition in group}))


def choose_editions(stories: Sequence[Spoken], lang: str, *, among: Iterable[int] | None = None) -> tuple[int, ...]:
    """Of each story the edition for a reader of `lang`: the one in this language, or else the original.

    They are numbers of `stories`, in the order in which those are first there in any language; of those `among` them,
    or of all.
    """
    groups: dict[str, list[int]] = {}
    for number in range(len(stories)) if among is None else among:
        groups.setdefault(split_edition(stories[number].id)[0], []).append(number)

    def rank(number: int) -> tuple[bool, bool, str]:
        story = stories[number]
        return story.lang != lang, primary_language(story.lang) != primary_language(lang), story.id

    return tuple(min(group, key=rank) if len(group) > 1 else group[0] for group in groups.values())
