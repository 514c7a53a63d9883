"""A story as its author wrote it: what reading hands to resolving, with the place in the file of everything.

Nothing is settled here: places are texts, dates are texts, pictures and links are named as written. What is settled
stands in `storymap.model`.
"""

from __future__ import annotations

from dataclasses import dataclass

from storymap.errors import Location
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.layout import Lines
from storymap.reading.text import TextSource


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link: `target` as written (`geo:50.1,14.4`, `place:Prague%20Castle`), its text, and where the target stands."""

    target: str
    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class WrittenStoryLink:
    """A link to another story: `file` and `step` (may be empty) of `target`, with percent-escapes resolved."""

    target: str
    file: str
    step: str
    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """A picture: `path` as written (the key for `fill_pictures`), `file` with escapes resolved, `alt` its text."""

    path: str
    file: str
    alt: str
    at: Location


@dataclass(frozen=True, slots=True)
class StepSource:
    """One step as written.

    `number` counts from 1; `id` is its address in the page, unique in the story; `title_html` is safe inline HTML,
    `html` safe block HTML in which the anchor with `data-link="n"` belongs to `links[n]`. `at` is its heading, `body`
    the lines of its prose.
    """

    number: int
    id: str
    title: str
    title_html: str
    html: str
    fields: StepFields
    links: tuple[WrittenLink, ...]
    at: Location
    body: Lines


@dataclass(frozen=True, slots=True)
class StorySource:
    """One story as written.

    `id` comes from the file's name and names the page. `opening_html` stands before the first step, `notes_html`
    (footnotes, may be empty) after the last; map links in either are `opening_links` and `notes_links`.
    `story_links`, `file_links` and `pictures` are those of the whole story in order. `at` is the title, or the file
    where it has none.
    """

    id: str
    title: str
    title_html: str
    front: FrontMatter
    opening_html: str
    opening_links: tuple[WrittenLink, ...]
    notes_html: str
    notes_links: tuple[WrittenLink, ...]
    steps: tuple[StepSource, ...]
    story_links: tuple[WrittenStoryLink, ...]
    file_links: tuple[WrittenLink, ...]
    pictures: tuple[WrittenPicture, ...]
    at: Location
    text: TextSource

    @property
    def name(self) -> str:
        """The path of the story's file, relative to the project."""
        return self.text.name
