"""How close a map comes that no author has framed: as close as its places ask, where there is ground for that.

The drawn world ends at zoom 10 (`GROUND_ZOOM`), so that places of one town are a heap of markers on it. Streets and
tiles of the author's own let the map of them come closer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from storymap.earth.covering import cover_share
from storymap.earth.views import GROUND_ZOOM
from storymap.model.close_ground import CloseGround
from storymap.model.scene import View
from storymap.streets.detail import list_covered

SQUARE = 15.0
"""The zoom that shows a square and the streets around it: closer no map comes by itself."""

_MOST = 0.8
"""The share of a view that has to be covered: streets may fade out at an edge of it, not in its middle."""


class Closer(Struct, frozen=True):
    """What a map may stand on beside the drawn world, and the `closest` zoom that it then has."""

    grounds: tuple[CloseGround, ...] = ()
    closest: float = SQUARE

    @property
    def inviting(self) -> Closer:
        """The same with those grounds alone that invite."""
        return replace(self, grounds=tuple(ground for ground in self.grounds if ground.invites))

    def frame(self, frame: Callable[[float | None], View]) -> View:
        """The closer one of two views, if there is ground for it.

        `frame` gives the view of some places, no closer than a zoom; for None as close as the drawn world lets it be.
        """
        far = frame(None)
        for closest in sorted({self.closest, *self._list_ends()}, reverse=True):
            near = frame(closest)
            if near.zoom > max(far.zoom, GROUND_ZOOM) and self._covers(near):
                return near
        return far

    def _list_ends(self) -> Iterable[float]:
        """The zooms below the closest at which some ground ends."""
        return (ground.last for ground in self.grounds if GROUND_ZOOM < ground.last < self.closest)

    def _covers(self, view: View) -> bool:
        serving = (ground for ground in self.grounds if ground.first <= view.zoom <= ground.last)
        boxes = (box for ground in serving for box in list_covered(dict(ground.boxes), round(view.zoom)))
        return cover_share(view.bounds, boxes) >= _MOST
