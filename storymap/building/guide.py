"""The files of the guide for authors, which a site has that asks for it: a page for each chapter, under `guide/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storymap.building.recipe import Recipe
from storymap.errors import Report
from storymap.pages.frame import Site
from storymap.pages.guide import make_guide_page, render_guide
from storymap.pages.theme import Theme
from storymap.reading.chapters import chapter_page, list_chapters, list_named_stories, read_chapters


def guide_files(stories: Iterable[str], site: Site, theme: Theme) -> Iterator[tuple[str, Recipe]]:
    """The pages of the guide as paths and recipes, for a site with these `stories`, told by their ids."""
    named = tuple(sorted(list_named_stories().intersection(stories)))
    for number, name in enumerate(list_chapters()):
        yield chapter_page(name), Recipe(_make_page, (number, named, site, theme))


def _make_page(
    number: int,
    stories: tuple[str, ...],
    site: Site,
    theme: Theme,
    *,
    report: Report,  # noqa: ARG001 - a recipe's
) -> bytes:
    page = make_guide_page(number, read_chapters(stories), site, css=theme.page_css)
    return render_guide(page, theme).encode()
