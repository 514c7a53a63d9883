"""Read the guide for authors: the Markdown of `storymap/guide`, chapter by chapter, as safe HTML for pages of a site.

Its contents page lists the chapters in order; a chapter is cut at its `##` headings, as a story is at its steps, and
converted by the same code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from storymap.addresses import guide_page, lead, story_page
from storymap.errors import Report
from storymap.reading.layout import lay_out
from storymap.reading.markdown import MarkdownPart
from storymap.reading.prose import convert_prose
from storymap.reading.sanitise import to_plain_text
from storymap.reading.text import decode_text
from storymap.text.slugs import make_slug

SOURCES = Path(__file__).parent.parent / "guide"
CONTENTS = "README"
"""The chapter that lists the others; GitHub shows it below the folder."""

_LISTED = re.compile(r"^(?:\d+\.|-) \[[^\]]+\]\(([\w-]+)\.md\)", re.MULTILINE)
_SUBHEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
_LINK = re.compile(r'<a href="([^":]+)\.md(#[^"]*)?">(.*?)</a>', re.DOTALL)
_STORY = re.compile(r"/stories/([\w-]+)\.md")


@dataclass(frozen=True, slots=True)
class ChapterSection:
    """A part of a chapter under its own heading; `id` is its address within the page, `title_html` and `html` safe."""

    id: str
    title: str
    title_html: str
    html: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `path` is that of its page in a site, `opening_html` the safe text before its first section."""

    path: str
    title: str
    opening_html: str
    sections: tuple[ChapterSection, ...]


def list_chapters() -> tuple[str, ...]:
    """The names of the guide's files without their ending, in reading order; the contents page comes first."""
    return (CONTENTS, *_LISTED.findall(_read_file(CONTENTS)))


def list_named_stories() -> frozenset[str]:
    """The stories of this repository to which the guide leads, by id."""
    return frozenset(story for name in list_chapters() for story in _STORY.findall(_read_file(name)))


def chapter_page(name: str) -> str:
    """The path of a chapter's page in a site."""
    return guide_page("index" if name == CONTENTS else name)


@lru_cache(maxsize=2)
def read_chapters(stories: tuple[str, ...]) -> tuple[Chapter, ...]:
    """Every chapter in reading order, for a site that has these stories.

    A link to another story of the repository becomes its text.
    """
    return tuple(_read_chapter(name, stories) for name in list_chapters())


def _read_file(name: str) -> str:
    return (SOURCES / f"{name}.md").read_text(encoding="utf-8")


def _read_chapter(name: str, stories: Sequence[str]) -> Chapter:
    """A chapter as safe HTML, its links as they are between pages."""
    cut = _cut_chapter(name)
    prose = convert_prose([cut.opening, *cut.sections])
    titles = [title.text for title in prose.titles]
    bodies = [_finish(body.html, chapter_page(name), stories) for body in prose.bodies]
    return Chapter(
        path=chapter_page(name),
        title=titles[0],
        opening_html=bodies[0],
        sections=tuple(
            ChapterSection(make_slug(title.text), title.text, title.html, body)
            for title, body in zip(prose.titles[1:], bodies[1:], strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """A chapter's Markdown: its title with the text below it, and each `##` heading with what belongs to it."""

    opening: MarkdownPart
    sections: tuple[MarkdownPart, ...]


def _cut_chapter(name: str) -> _Cut:
    source = decode_text((SOURCES / f"{name}.md").read_bytes(), f"{name}.md", Report())
    assert source is not None
    layout = lay_out(source, Report())
    parts = []
    for part in (layout.opening, *layout.steps):
        heading = layout.title if part is layout.opening else part.heading
        first = part.body.first if part.fields.empty else part.fields.first
        parts.append(MarkdownPart(heading.text if heading else "", "\n".join(source.lines[first - 1 : part.body.last])))
    return _Cut(parts[0], tuple(parts[1:]))


def _finish(html: str, here: str, stories: Sequence[str]) -> str:
    """Give every `###` heading its address, and lead links of the page `here` to the pages that they mean.

    A link to a story of the repository that this site does not have becomes its text.
    """

    def redirect(link: re.Match[str]) -> str:
        path, anchor, text = link[1], link[2] or "", link[3]
        folder, _, name = path.rpartition("/")
        if folder.endswith("stories"):
            return f'<a href="{lead(here, story_page(name))}{anchor}">{text}</a>' if name in stories else text
        return f'<a href="{lead(here, chapter_page(name))}{anchor}">{text}</a>'

    html = _SUBHEADING.sub(lambda found: f'<h3 id="{make_slug(to_plain_text(found[1]))}">{found[1]}</h3>', html)
    return _LINK.sub(redirect, html)
