"""The page with all credits: whose the pictures, sounds, films and data of each story are, and how they may be used."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from storymap.addresses import ABOUT, CREDITS, for_readers, lead, story_page
from storymap.language.tags import text_direction
from storymap.language.words import interface_words
from storymap.model.story import Right
from storymap.pages.editions import EditionLink, link_editions, spread
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.pictures import write_rights
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page
from storymap.resolving.collections import Listed


class CreditEntry(Struct, frozen=True):
    """Something that a story shows."""

    shows: str
    """What it is, in words."""

    said: str
    """What its caption says, where the front matter says nothing of it; or empty."""

    rights: Markup
    """Who made it, how it may be used and where it is from, as the front matter says; or empty."""


class CreditedStory(Struct, frozen=True):
    """A story with what it shows of others."""

    id: str
    """Its id: where on the page it stands."""

    title: str
    """Its title."""

    lang: str
    """Its language, as a BCP 47 tag."""

    dir: str
    """The direction of that."""

    url: str
    """The address of its page."""

    entries: tuple[CreditEntry, ...]
    """What it shows."""


class CreditsPage(Struct, frozen=True):
    """What `credits.html` shows."""

    frame: Frame
    """What every page has."""

    editions: tuple[EditionLink, ...]
    """The ways to it in other languages."""

    stories: tuple[CreditedStory, ...]
    """The stories that show something of others, in the order of the atlas."""

    about_url: str
    """The address of the page about the map, whose data has credits of its own."""


def render_credits(page: CreditsPage, theme: Theme) -> str:
    """The HTML of the page with all credits."""
    return render_page("credits.html", page, theme)


def make_credits_page(site: Site, stories: Iterable[Listed], *, css: str) -> CreditsPage:
    """The page with what `stories` show of others."""
    words, ways = interface_words(site.lang).page, spread(site, CREDITS)
    here, about = (for_readers(site.readers, path) for path in (CREDITS, ABOUT))
    title, text = words["credits_title"], words["credits_text"]
    sharing = share_page(site, here=here, lang=site.lang, title=title, description=text, editions=ways)
    return CreditsPage(
        frame=make_frame(site, lang=site.lang, css=css, here=here, sharing=sharing),
        editions=link_editions(ways, here=here),
        stories=tuple(
            CreditedStory(
                story.id,
                story.title,
                story.lang,
                text_direction(story.lang),
                lead(here, story_page(story.id)),
                tuple(map(_tell, story.rights)),
            )
            for story in stories
            if story.rights
        ),
        about_url=lead(here, about),
    )


def _tell(right: Right) -> CreditEntry:
    rights = Markup(write_rights(right.credit)) if right.credit else Markup("")
    return CreditEntry(right.shows or right.file, "" if right.credit else right.said, rights)
