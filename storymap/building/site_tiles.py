"""The tiles of the author's own under all maps of a site, as the pages that are no story ask for them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from storymap.building.runner import Runner
from storymap.building.tasks import Part
from storymap.errors import Report
from storymap.model.scene import View
from storymap.model.tileset import CutTile, TileCut


class SiteTiles(Struct, frozen=True):
    """The set `source`, a `TileSource`, and what pages have `used` of it so far."""

    source: Part
    runner: Runner
    report: Report
    used: set[CutTile] = field(default_factory=set)

    def cut_cards(self, page: str, views: Sequence[View]) -> tuple[Part, Part]:
        """The set, and what the pictures of shared links that lead to a page show of it in these `views`."""
        from storymap.building.tiling import cut_cards  # with Pillow, which few sites need

        return self.source, cut_cards(page, self.source, views, self.runner, self.report)

    def cut(self, page: str, views: Sequence[View], glances: Sequence[View] = ()) -> tuple[Part, Part]:
        """The set, and what the map of a page needs of it for its `views`, and for those that it only leads to."""
        from storymap.building.tiling import cut_tiles  # with Pillow, which few sites need

        part = cut_tiles(page, self.source, views, self.runner, self.report, glances=glances)
        cut: TileCut = self.runner.load(part)
        self.used.update(cut.tiles)
        return self.source, part
