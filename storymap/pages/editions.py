"""The switch between the editions of a story, or the first pages of a site: a plain list of links."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from storymap.addresses import for_readers, lead
from storymap.language.tags import name_variety, text_direction
from storymap.pages.frame import Site


class EditionLink(Struct, frozen=True):
    """The way to a page in another language."""

    name: str
    """What that language calls itself."""

    lang: str
    """That language, as a BCP 47 tag."""

    dir: str
    """Its direction: `ltr` or `rtl`."""

    url: str
    """The address of the page."""


def spread(site: Site, path: str) -> list[tuple[str, str]]:
    """The languages in which a page is there for readers of each, and its paths; `path` is that in the site's own.

    That comes first.
    """
    ways = [(one.lang, for_readers(one.readers, path)) for one in (site, *site.others)]
    return sorted(ways, key=lambda way: (way[1] != path, way))


def link_editions(editions: Iterable[tuple[str, str]], *, here: str, to: str = "") -> tuple[EditionLink, ...]:
    """The ways from the page `here` to those of `editions`, languages and paths, without that at `to`, or itself."""
    return tuple(
        EditionLink(name_variety(lang), lang, text_direction(lang), lead(here, path))
        for lang, path in editions
        if path != (to or here)
    )
