"""What every page of one site shares, whatever it tells.

Made once per build, before the first page; passed to everything that renders.
"""

from __future__ import annotations

from dataclasses import dataclass

from storymap.rendering.payload import TilesPayload
from storymap.settings import Settings


@dataclass(frozen=True, slots=True)
class Edition:
    """One site about to be rendered.

    `max_zoom` is the closest that its maps can serve. `css` is the stylesheet that stands in every page, `palette` the
    part of it that stills carry.
    """

    settings: Settings
    tiles: TilesPayload | None
    max_zoom: float
    css: str
    palette: str
