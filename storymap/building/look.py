"""What every page of a site shares: how the site is called, its theme, and what lies under its maps."""

from __future__ import annotations

from msgspec import Struct

from storymap.layers.tiles import Tiles
from storymap.model.ground import GroundDetail
from storymap.pages.frame import Site
from storymap.pages.theme import Theme


class Look(Struct, frozen=True):
    """One look for all pages.

    `tiles` is None where maps have no tiles from elsewhere, `detail` how much of today's world maps show where no story
    says otherwise.
    """

    site: Site
    theme: Theme
    tiles: Tiles | None
    detail: GroundDetail
