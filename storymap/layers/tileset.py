"""Picture tiles of the author's own over the drawn map: an old map that was cut, an aerial photograph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, TypedDict

from msgspec import Struct

from storymap.addresses import TILES, lead
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Picture
from storymap.model.layer import Layer
from storymap.model.scene import Scene, View
from storymap.model.tileset import CutTile, Mosaic, TileCut, TileSource


class Tileset(Struct, Layer, frozen=True):
    """Tiles over the drawn map, each `side` CSS pixels wide, made by whom `attribution` says.

    `tiles` are those that the maps of the page need: they stand in the scene that the page opens with, and none in
    those of its steps. `mosaic` is what of them a still of the scene shows, None where that is nothing.
    """

    side: int
    attribution: str
    tiles: tuple[CutTile, ...]
    mosaic: Mosaic | None


def lay_on_tiles(scene: Scene, source: TileSource | None, cut: TileCut | None, number: int = 0) -> Scene:
    """`scene`, the view of which is `number` of those that `cut` is for, over the tiles of `source`, if of any."""
    if source is None or cut is None:
        return scene
    tiles = cut.tiles if number == 0 else ()
    return scene.over(Tileset(source.side, source.attribution, tiles, cut.mosaics[number]))


Run = tuple[int, int, int, str]
"""Tiles beside each other: zoom, row and first column, and the names of their files, parted by commas."""


class TilesetPayload(TypedDict):
    """Tiles that lie in the site: the address of their folder, how wide each is shown, and which there are."""

    kind: Literal["tileset"]
    url: str
    side: int
    runs: list[Run]


class DrawnTileset(Drawn[Tileset]):
    """Tiles of the author's own as they are drawn everywhere."""

    kind: ClassVar[str] = "tileset"

    def payload(self, index: PageIndex) -> TilesetPayload | None:
        """Where they are."""
        layer = self.layer
        if not layer.tiles:
            return None
        return {"kind": "tileset", "url": lead(index.here, TILES), "side": layer.side, "runs": write_runs(layer.tiles)}

    def still(self, view: View) -> tuple[Picture, ...]:  # noqa: ARG002 - it was put together for this view
        """What of them the scene shows."""
        mosaic = self.layer.mosaic
        return (Picture(mosaic.data, mosaic.bounds, 1.0, is_map=True),) if mosaic else ()

    def credits(self) -> tuple[str, ...]:
        """Who made them."""
        return (self.layer.attribution,) if self.layer.attribution else ()


def write_runs(tiles: Sequence[CutTile]) -> list[Run]:
    """Tiles as pages tell them: those that lie beside each other in a row together."""
    runs: list[Run] = []
    end: tuple[int, int, int] | None = None
    for zoom, column, row, file in sorted(tiles, key=lambda tile: (tile.zoom, tile.row, tile.column)):
        if end == (zoom, row, column):
            runs[-1] = (*runs[-1][:3], f"{runs[-1][3]},{file}")
        else:
            runs.append((zoom, row, column, file))
        end = (zoom, row, column + 1)
    return runs
