"""A collection: stories that belong together, with a front page of their own."""

from __future__ import annotations

from msgspec import Struct

from storymap.errors import Location
from storymap.model.prose import Credit, Picture, Prose, ScaledPicture, shows_media


class StoryCollection(Struct, frozen=True):
    """The collection that a story belongs to, as the story names it: its id, its title and the language of that.

    A story of a `draft` is one, too, and each has its `tags`.
    """

    id: str
    title: str
    lang: str
    draft: bool
    tags: tuple[str, ...] = ()


class Collection(Struct, frozen=True):
    """One collection, resolved: what its front page has besides its stories.

    `id` names its front page as the id of a story does; `opening` stands above its stories and `notes`, its footnotes,
    below. `files` are the pictures and other files that its prose shows or links to, as paths relative to the stories
    folder, and `scaled` those of them that are published smaller; `cover` is the one for its card, if it has one.
    `aliases` are ids that it once had; `credits` say of files
    of its front page, by their paths, whose they are.
    """

    id: str
    title: str
    summary: str
    lang: str
    opening: Prose
    notes: Prose
    files: tuple[str, ...]
    cover: Picture | None
    aliases: tuple[str, ...]
    draft: bool
    at: Location
    scaled: tuple[ScaledPicture, ...] = ()
    credits: tuple[tuple[str, Credit], ...] = ()

    @property
    def prose(self) -> tuple[Prose, ...]:
        """Every part of its prose, in order."""
        return self.opening, self.notes

    @property
    def has_media(self) -> bool:
        """Whether its front page shows pictures, or plays sounds or films, in its text."""
        return shows_media(self.prose)
