"""A page of the guide for authors, which a site carries if it asks for it. The guide is in English."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from storymap.addresses import guide_page, lead
from storymap.language.words import interface_words
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.reading.chapters import Chapter


class GuideSection(Struct, frozen=True):
    """A part of a chapter under its own heading."""

    id: str
    """Its address within the page."""

    title: str
    """Its heading as plain text."""

    title_html: Markup
    """Its heading, which may hold code."""

    html: Markup
    """Its text."""


class ChapterLink(Struct, frozen=True):
    """A chapter by its name."""

    title: str
    """Its title."""

    url: str
    """The address of its page."""

    here: bool
    """Whether it is the chapter of this page."""


class GuidePage(Struct, frozen=True):
    """What `guide.html` shows."""

    frame: Frame
    """What every page has."""

    guide_url: str
    """The address of the guide's contents."""

    title: str
    """The chapter's title."""

    opening_html: Markup
    """The text before its first section."""

    sections: tuple[GuideSection, ...]
    """Its sections in order."""

    chapters: tuple[ChapterLink, ...]
    """Every chapter in order, the contents page first."""

    before: ChapterLink | None
    """The chapter before this one, if there is one."""

    after: ChapterLink | None
    """The chapter after this one, if there is one."""


def render_guide(page: GuidePage, theme: Theme) -> str:
    """The HTML of a page of the guide."""
    return render_page("guide.html", page, theme)


def make_guide_page(
    chapter: Chapter, site: Site, *, here: str, contents: Sequence[tuple[str, str]], css: str
) -> GuidePage:
    """The page `here` with `chapter`; `contents` are the paths and titles of all chapters in order."""
    links = tuple(ChapterLink(title, lead(here, path), here=path == here) for path, title in contents)
    number = next(number for number, link in enumerate(links) if link.here)
    title, words = links[number].title, interface_words("en").page
    about = f"{title}: {words['guide']}"
    sharing = share_page(site, here=here, lang="en", title=title, description=about)
    return GuidePage(
        frame=make_frame(site, lang="en", css=css, here=here, sharing=sharing),
        guide_url=lead(here, guide_page("index")),
        title=title,
        opening_html=Markup(chapter.opening_html),
        sections=tuple(
            GuideSection(section.id, section.title, Markup(section.title_html), Markup(section.html))
            for section in chapter.sections
        ),
        chapters=links,
        before=links[number - 1] if number else None,
        after=links[number + 1] if number + 1 < len(links) else None,
    )
