"""The switch between the editions of a story, or the first pages of a site: a plain list of links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storymap.addresses import lead
from storymap.language.tags import name_variety, text_direction


@dataclass(frozen=True, slots=True)
class EditionLink:
    """The way to a page in another language."""

    name: str
    """What that language calls itself."""

    lang: str
    """That language, as a BCP 47 tag."""

    dir: str
    """Its direction: `ltr` or `rtl`."""

    url: str
    """The address of the page."""


def link_editions(editions: Iterable[tuple[str, str]], *, here: str, to: str = "") -> tuple[EditionLink, ...]:
    """The ways from the page `here` to those of `editions`, languages and paths, without that at `to`, or itself."""
    return tuple(
        EditionLink(name_variety(lang), lang, text_direction(lang), lead(here, path))
        for lang, path in editions
        if path != (to or here)
    )
