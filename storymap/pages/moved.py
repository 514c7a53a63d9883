"""The page at an earlier address of a story or a place: it leads to the new one, and on to the step that was asked for.

With script it leads to that step at once. Without, browsers go to the new page as a whole, because they keep no part of
an address when a page sends them on; where they do not go by themselves, each step has its link here, under its id.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from storymap.addresses import lead, place_page, story_page
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page


class MovedStep(Struct, frozen=True):
    """A step of the story that has moved."""

    id: str
    """Its address within the page, as it was on the earlier one."""

    title: str
    """Its title."""

    url: str
    """Where it stands now."""


class MovedPage(Struct, frozen=True):
    """What `moved.html` shows."""

    frame: Frame
    """What every page has."""

    title: str
    """The story's title, or the name of the place."""

    url: str
    """The address where it stands now."""

    is_place: bool
    """Whether it is a place, and not a story."""

    steps: tuple[MovedStep, ...]
    """The story's steps."""


def render_moved(page: MovedPage, theme: Theme) -> str:
    """The HTML of the page at an earlier address."""
    return render_page("moved.html", page, theme)


def make_moved_page(
    alias: str, site: Site, *, story: str, title: str, lang: str, css: str, steps: Iterable[tuple[str, str]] = ()
) -> MovedPage:
    """The page at `alias`, an earlier id of the story that now has the id `story`; `title` is its own, in `lang`.

    `steps` are the ids and titles of its steps.
    """
    here, there = story_page(alias), story_page(story)
    listed = tuple(MovedStep(step, name, lead(here, there, step)) for step, name in steps)
    return _make(here, there, site, title=title, lang=lang, css=css, is_place=False, steps=listed)


def make_moved_place(alias: str, site: Site, *, place: str, name: str, css: str) -> MovedPage:
    """The page at `alias`, the id that the place with the id `place` had under an earlier name; `name` is its own."""
    here, there = place_page(alias, site.readers), place_page(place, site.readers)
    return _make(here, there, site, title=name, lang=site.lang, css=css, is_place=True, steps=())


def _make(
    here: str,
    there: str,
    site: Site,
    *,
    title: str,
    lang: str,
    css: str,
    is_place: bool,
    steps: tuple[MovedStep, ...],
) -> MovedPage:
    site = site if is_place else site.speak(lang)
    sharing = share_page(site, here=there, lang=lang, title=title)
    return MovedPage(
        frame=make_frame(site, lang=lang, css=css, here=here, sharing=sharing),
        title=title,
        url=lead(here, there),
        is_place=is_place,
        steps=steps,
    )
