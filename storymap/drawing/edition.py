"""What every page of one site shares, whatever it tells.

Made once per build, before the first page; passed to everything that renders.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storymap.drawing.contract import TilesPayload
from storymap.earth.views import closest_zoom
from storymap.model.scene import View
from storymap.settings import Settings


@dataclass(frozen=True, slots=True)
class Edition:
    """One site about to be rendered.

    `css` is the stylesheet that stands in every page, `story_css` what the page of a story needs of it, `palette` the
    part that stills carry.
    """

    settings: Settings
    tiles: TilesPayload | None
    css: str
    story_css: str
    palette: str

    def closest_zoom(self, views: Iterable[View]) -> float:
        """How close a map with these views may be looked at."""
        return max(closest_zoom(views), self.tiles["maxZoom"] if self.tiles else 0)
