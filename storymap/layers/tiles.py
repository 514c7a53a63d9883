"""Opt-in map tiles, which only a browser shows: what stands in print, and what is read out, asks no other host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypedDict

from storymap.layers.drawn import Drawn, PageIndex
from storymap.model.layer import Tiles


class TilesPayload(TypedDict):
    """A tile layer laid over the baked map; `needsReferer` ones are not asked for from `file://`."""

    kind: Literal["tiles"]
    url: str
    attribution: str
    maxZoom: int
    subdomains: str
    needsReferer: bool


@dataclass(frozen=True, slots=True)
class DrawnTiles(Drawn):
    """Tiles as they are drawn everywhere."""

    kind: ClassVar[str] = "tiles"
    layer: Tiles

    def payload(self, index: PageIndex) -> TilesPayload:  # noqa: ARG002 - they have no places
        """Where they are."""
        tiles = self.layer
        return {
            "kind": "tiles",
            "url": tiles.url,
            "attribution": tiles.attribution,
            "maxZoom": tiles.max_zoom,
            "subdomains": tiles.subdomains,
            "needsReferer": tiles.needs_referer,
        }
