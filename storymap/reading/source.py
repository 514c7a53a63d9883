"""A story as its author wrote it: what reading hands to resolving, with the place in the file of everything.

Nothing is settled here: places are texts, dates are texts, pictures and links are named as written. What is settled
stands in `storymap.model`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from storymap.errors import Location
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.lines import Lines
from storymap.reading.text import TextSource
from storymap.reading.written import WrittenMapLink, WrittenPage, WrittenProse


class StepSource(Struct, frozen=True):
    """One step as written.

    `number` counts from 1; `id` is its address in the page, unique in the story; `title_html` is safe inline HTML.
    `at` is its heading, `body` the lines of its prose.
    """

    number: int
    id: str
    title: str
    title_html: str
    prose: WrittenProse
    fields: StepFields
    at: Location
    body: Lines

    @property
    def links(self) -> tuple[WrittenMapLink, ...]:
        """The links of its prose that move the map."""
        return self.prose.map_links


class StorySource(Struct, WrittenPage, frozen=True):
    """One story as written.

    `id` comes from the file's name and names the page. `opening` stands before the first step, `notes` (footnotes, may
    be empty) after the last. `at` is the title, or the file where it has none.
    """

    id: str
    title: str
    title_html: str
    front: FrontMatter
    opening: WrittenProse
    steps: tuple[StepSource, ...]
    notes: WrittenProse
    at: Location
    text: TextSource

    @property
    def name(self) -> str:
        """The path of the story's file, relative to the project."""
        return self.text.name

    @property
    def prose(self) -> Iterator[WrittenProse]:
        """Every part of its prose, in order."""
        yield self.opening
        yield from (step.prose for step in self.steps)
        yield self.notes

    @property
    def opening_links(self) -> tuple[WrittenMapLink, ...]:
        """The links of its opening that move the map."""
        return self.opening.map_links

    @property
    def notes_links(self) -> tuple[WrittenMapLink, ...]:
        """The links of its notes that move the map."""
        return self.notes.map_links
