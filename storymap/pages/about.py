"""The page about the map: who made its data, and the licences of what the site carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from storymap.addresses import ABOUT, CREDITS, for_readers, lead, licence_file
from storymap.language.words import interface_words
from storymap.pages.editions import EditionLink, link_editions, spread
from storymap.pages.frame import Frame, Site, make_frame
from storymap.pages.sharing import share_page
from storymap.pages.theme import Theme, render_page


class Component(Struct, frozen=True):
    """Something of others that the site carries."""

    name: str
    """What it is called."""

    version: str
    """Its version, or empty."""

    url: str
    """Where it comes from."""

    licence: str
    """The name of its licence."""

    use: str
    """What the site uses it for."""

    text_url: str
    """The address of the licence's text, if that is part of the site; else empty."""


class AboutPage(Struct, frozen=True):
    """What `about.html` shows."""

    frame: Frame
    """What every page has."""

    editions: tuple[EditionLink, ...]
    """The ways to it in other languages."""

    may_ask: bool
    """Whether a page may ask other servers for something: for tiles, or for what a map hook adds."""

    credits: tuple[str, ...]
    """Who made the map's data, a plain sentence each."""

    credits_url: str
    """The address of the page with the credits of stories; empty where there is none."""

    components: tuple[Component, ...]
    """Everything of others that the site carries."""


def render_about(page: AboutPage, theme: Theme) -> str:
    """The HTML of the page about the map."""
    return render_page("about.html", page, theme)


def make_about_page(
    site: Site,
    *,
    css: str,
    may_ask: bool,
    credits: Sequence[str],
    components: Sequence[Mapping[str, str]],
    has_credits: bool,
) -> AboutPage:
    """The page about the map; `components` are the entries of the list of licences that the package has.

    They say by names of words what each is for, and of its licence where that has no name of its own. `has_credits`
    says whether there is a page with the credits of stories.
    """
    said = interface_words(site.lang).licences
    words, ways = interface_words(site.lang).page, spread(site, ABOUT)
    here, all_credits = (for_readers(site.readers, path) for path in (ABOUT, CREDITS))
    about = words["about_text_asking" if may_ask else "about_text"]
    sharing = share_page(site, here=here, lang=site.lang, title=words["about_map"], description=about, editions=ways)
    return AboutPage(
        frame=make_frame(site, lang=site.lang, css=css, here=here, sharing=sharing),
        editions=link_editions(ways, here=here),
        may_ask=may_ask,
        credits=tuple(credits),
        credits_url=lead(here, all_credits) if has_credits else "",
        components=tuple(
            Component(
                name=component["name"],
                version=component["version"],
                url=component["url"],
                licence=said.get(component["licence"], component["licence"]),
                use=said[component["use"]].format(element=component["element"]),
                text_url=lead(here, licence_file(component["text_file"])) if component["text_file"] else "",
            )
            for component in components
        ),
    )
