"""The files of the guide for authors, which a site has that asks for it: a page for each chapter, under `guide/`."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.building.recipe import Recipe
from storymap.errors import Report
from storymap.pages.frame import Site
from storymap.pages.guide import make_guide_page, render_guide
from storymap.pages.theme import Theme
from storymap.reading.chapters import WrittenChapter, convert_chapter, list_chapters


def guide_files(site: Site, theme: Theme) -> Iterator[tuple[str, Recipe]]:
    """The pages of the guide as paths and recipes."""
    chapters = list_chapters()
    contents = tuple((chapter.path, chapter.title) for chapter in chapters)
    for chapter in chapters:
        yield chapter.path, Recipe(_make_page, (chapter, contents, site, theme))


def _make_page(
    chapter: WrittenChapter,
    contents: tuple[tuple[str, str], ...],
    site: Site,
    theme: Theme,
    *,
    report: Report,  # noqa: ARG001 - a recipe's
) -> bytes:
    page = make_guide_page(convert_chapter(chapter), site, here=chapter.path, contents=contents, css=theme.page_css)
    return render_guide(page, theme).encode()
