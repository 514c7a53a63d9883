"""What every page of a site shares: how the site is called, its theme, and the tiles under its maps."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.model.layer import Tiles
from storymap.pages.frame import Site
from storymap.pages.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """One look for all pages; `tiles` is None where maps have no tiles from elsewhere."""

    site: Site
    theme: Theme
    tiles: Tiles | None
