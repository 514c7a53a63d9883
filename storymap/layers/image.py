"""A picture that lies on the ground: a scan, a plan, an aerial photograph."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired, TypedDict

from msgspec import Struct

from storymap.addresses import TILES, lead, media_file
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Picture
from storymap.layers.geometry import write_box
from storymap.layers.tileset import Run, write_runs
from storymap.model.layer import Layer, Side
from storymap.model.raster import Raster
from storymap.model.scene import View
from storymap.model.tileset import CutTile, Mosaic


class Image(Struct, Layer, frozen=True):
    """A picture that lies on the ground; `title` says what it is, `opacity` is from 0, invisible, to 1.

    `side` is on which side of the line of a comparison it lies, if of one. Of a picture that was cut to tiles, `tiles`
    are those that the maps of the page need: they stand in the first scene that shows it. `mosaic` is what of them a
    still of the scene shows.
    """

    raster: Raster
    title: str
    opacity: float
    side: Side | None = None
    tiles: tuple[CutTile, ...] = ()
    mosaic: Mosaic | None = None


class SheetPayload(TypedDict):
    """The tiles of a picture: how wide each is shown, and which there are, in the first scene that shows it."""

    side: int
    runs: NotRequired[list[Run]]


class ImagePayload(TypedDict):
    """A picture: its address, relative to the page, and the `[west, south, east, north]` that it fills.

    Of one that was cut to `tiles`, the address is that of their folder, and has a part that tells it from others there.
    """

    kind: Literal["image"]
    title: str
    url: str
    bounds: list[float]
    opacity: float
    side: NotRequired[Side]
    tiles: NotRequired[SheetPayload]


class DrawnImage(Drawn[Image]):
    """A picture on the ground as it is drawn everywhere."""

    kind: ClassVar[str] = "image"

    def payload(self, index: PageIndex) -> ImagePayload:
        """Where it is, and where it lies."""
        raster = self.layer.raster
        sheet = raster.tileset
        payload: ImagePayload = {
            "kind": "image",
            "title": self.layer.title,
            "url": lead(index.here, TILES, sheet.stamp[:8]) if sheet else lead(index.here, media_file(raster.path)),
            "bounds": write_box(raster.bounds),
            "opacity": self.layer.opacity,
        }
        if self.layer.side:
            payload["side"] = self.layer.side
        if sheet:
            payload["tiles"] = {"side": sheet.side}
            if self.layer.tiles:
                payload["tiles"]["runs"] = write_runs(self.layer.tiles)
        return payload

    def credits(self) -> tuple[str, ...]:
        """Who made it, where its tiles say so."""
        sheet = self.layer.raster.tileset
        return (sheet.attribution,) if sheet and sheet.attribution else ()

    def still(self, view: View) -> tuple[Picture, ...]:  # noqa: ARG002 - a picture leaves out what it does not show
        """Its preview, or what of its tiles the scene shows."""
        raster, mosaic = self.layer.raster, self.layer.mosaic
        if raster.tileset:
            return (Picture(mosaic.data, mosaic.bounds, self.layer.opacity, self.layer.side),) if mosaic else ()
        return (Picture(raster.preview, raster.bounds, self.layer.opacity, self.layer.side),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """That it lies there; of one that is compared its line tells."""
        if self.layer.side:
            return ()
        return (interface_words(lang).page["map_image"].format(title=self.layer.title),)
