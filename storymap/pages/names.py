"""Tags and authors as pages name them: each leads to its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from storymap.addresses import lead
from storymap.resolving.story_lists import name_page


class NameLink(Struct, frozen=True):
    """A tag or an author."""

    name: str
    """As the story writes it."""

    url: str
    """The address of its page; empty where the name makes no address."""


def link_names(
    names: Iterable[str], kind: Literal["tag", "author"], *, here: str, readers: str = ""
) -> tuple[NameLink, ...]:
    """Tags or authors as the page `here` names them, whose `readers` are as in `storymap.addresses.for_readers`."""
    pages = ((name, name_page(name, kind, readers)) for name in names)
    return tuple(NameLink(name, lead(here, page) if page else "") for name, page in pages)
