"""The page at an earlier address of a story: it leads to the new one, and on to the step that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.addresses import lead, story_page
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page


@dataclass(frozen=True, slots=True)
class MovedPage:
    """What `moved.html` shows."""

    frame: Frame
    """What every page has."""

    title: str
    """The story's title."""

    url: str
    """The address where the story stands now."""


def render_moved(page: MovedPage, theme: Theme) -> str:
    """The HTML of the page at an earlier address."""
    return render_page("moved.html", page, theme)


def make_moved_page(alias: str, site: Site, *, story: str, title: str, lang: str, css: str) -> MovedPage:
    """The page at `alias`, an earlier id of the story that now has the id `story`; `title` is its own, in `lang`."""
    here = story_page(alias)
    sharing = share_page(site, here=story_page(story), lang=lang, title=title)
    return MovedPage(
        frame=make_frame(site, lang=lang, css=css, here=here, sharing=sharing),
        title=title,
        url=lead(here, story_page(story)),
    )
