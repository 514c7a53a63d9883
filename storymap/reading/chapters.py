"""Read the guide for authors: the Markdown of `storymap/guide`, chapter by chapter, as safe HTML for pages of a site.

Its contents page lists the chapters in order; a chapter is cut at its `##` headings, as a story is at its steps, and
converted by the same code.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from storymap.addresses import guide_page, lead
from storymap.errors import Location, Report
from storymap.model.prose import CalloutTitle, Html
from storymap.reading.layout import lay_out
from storymap.reading.markdown import MarkdownPart
from storymap.reading.pieces import cut_prose
from storymap.reading.prose import convert_prose
from storymap.reading.text import decode_text
from storymap.reading.written import WrittenStoryLink
from storymap.text.slugs import make_slug

SOURCES = Path(__file__).parent.parent / "guide"
CONTENTS = "README"
"""The chapter that lists the others; GitHub shows it below the folder."""

_LISTED = re.compile(r"^(?:\d+\.|-) \[[^\]]+\]\(([\w-]+)\.md\)", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


class WrittenChapter(Struct, frozen=True):
    """A chapter as it is written: `name` is its file's without the ending, `title` its first heading."""

    name: str
    title: str
    text: str

    @property
    def path(self) -> str:
        """The path of its page in a site."""
        return _find_page(self.name)


class ChapterSection(Struct, frozen=True):
    """A part of a chapter under its own heading; `id` is its address within the page, `title_html` and `html` safe."""

    id: str
    title: str
    title_html: str
    html: str


class Chapter(Struct, frozen=True):
    """A chapter as safe HTML, with links as they are between pages: `opening_html` stands before its first section."""

    opening_html: str
    sections: tuple[ChapterSection, ...]


def list_chapters() -> tuple[WrittenChapter, ...]:
    """The chapters of the guide in reading order; the contents page comes first."""
    contents = _read_file(CONTENTS)
    return (contents, *(_read_file(name) for name in _LISTED.findall(contents.text)))


def convert_chapter(chapter: WrittenChapter) -> Chapter:
    """A chapter as it stands on its page."""
    cut = _cut_chapter(chapter)
    prose = convert_prose([cut.opening, *cut.sections])
    bodies = [_finish(body.html, chapter.path) for body in prose.bodies]
    return Chapter(
        opening_html=bodies[0],
        sections=tuple(
            ChapterSection(make_slug(title.text), title.text, title.html, body)
            for title, body in zip(prose.titles[1:], bodies[1:], strict=True)
        ),
    )


def _read_file(name: str) -> WrittenChapter:
    text = (SOURCES / f"{name}.md").read_text(encoding="utf-8")
    title = _TITLE.search(text)
    assert title is not None, "a chapter begins with its title"
    return WrittenChapter(name, title[1], text)


def _find_page(name: str) -> str:
    return guide_page("index" if name == CONTENTS else name)


class _Cut(Struct, frozen=True):
    """A chapter's Markdown: its title with the text below it, and each `##` heading with what belongs to it."""

    opening: MarkdownPart
    sections: tuple[MarkdownPart, ...]


def _cut_chapter(chapter: WrittenChapter) -> _Cut:
    source = decode_text(chapter.text.encode(), f"{chapter.name}.md", Report())
    assert source is not None
    layout = lay_out(source, Report())
    parts = []
    for part in (layout.opening, *layout.steps):
        heading = layout.title if part is layout.opening else part.heading
        first = part.body.first if part.fields.empty else part.fields.first
        parts.append(MarkdownPart(heading.text if heading else "", "\n".join(source.lines[first - 1 : part.body.last])))
    return _Cut(parts[0], tuple(parts[1:]))


def _finish(cleaned: str, here: str) -> str:
    """The HTML of a part on the page `here`: headings have addresses, links lead to the pages of other chapters."""
    parts: list[str] = []
    for piece in cut_prose(cleaned, Location, name_heading=make_slug).pieces:
        match piece:
            case Html():
                parts.append(piece.html)
            case CalloutTitle():
                parts.append(piece.kind.title())
            case WrittenStoryLink():
                chapter = _find_page(piece.file.removesuffix(".md"))
                parts.append(f'<a href="{lead(here, chapter, piece.step)}">')
            case _:
                raise ValueError(piece)  # the guide leads to its own chapters, or out of the site
    return "".join(parts)
