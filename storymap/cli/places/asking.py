"""Set up the geocoder that `places find` and `places add` ask, if an author wants one to be asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap import __version__
from storymap.errors import StorymapError

if TYPE_CHECKING:
    from storymap.gazetteer.geocoding import Geocoder


def make_geocoder(url: str | None, contact: str | None, root: Path | None) -> Geocoder:
    """The server to ask; `contact`, or else the site's own address, says who asks."""
    from storymap.gazetteer.geocoding import PUBLIC_SERVER, Geocoder, find_memory

    if url is not None and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise click.BadParameter(f'"{url}" must start with https:// or http://', param_hint="--geocoder-url")
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise click.BadParameter(f'"{contact}" must be in ASCII letters', param_hint="--contact")
    who = contact or _find_home(root)
    agent = f"folium-storymap/{__version__} (story maps; storymap places{f'; {who}' if who else ''})"
    return Geocoder(url=(url or PUBLIC_SERVER).rstrip("/"), agent=agent, memory=find_memory())


def _find_home(root: Path | None) -> str:
    """The address of the project's site; empty where its settings name none."""
    from storymap.project import load_project

    try:
        url = load_project(root).settings.url if root else ""
    except StorymapError:
        return ""
    return url if url.isascii() else ""
