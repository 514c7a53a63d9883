"""A picture that lies on the ground: a scan, a plan, an aerial photograph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, NotRequired, TypedDict

from storymap.addresses import lead, media_file
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex, Script
from storymap.layers.figures import Picture
from storymap.layers.geometry import write_box
from storymap.model.layer import Layer, Side
from storymap.model.raster import Raster
from storymap.model.scene import View


@dataclass(frozen=True, slots=True)
class Image(Layer):
    """A picture that lies on the ground; `title` says what it is, `opacity` is from 0, invisible, to 1.

    `side` is on which side of the line of a comparison it lies, if of one.
    """

    raster: Raster
    title: str
    opacity: float
    side: Side | None = None


class ImagePayload(TypedDict):
    """A picture: its address, relative to the page, and the `[west, south, east, north]` that it fills."""

    kind: Literal["image"]
    title: str
    url: str
    bounds: list[float]
    opacity: float
    side: NotRequired[Side]


@dataclass(frozen=True, slots=True)
class DrawnImage(Drawn[Image]):
    """A picture on the ground as it is drawn everywhere."""

    kind: ClassVar[str] = "image"
    script: ClassVar[Script] = "data"

    def payload(self, index: PageIndex) -> ImagePayload:
        """Where it is, and where it lies."""
        raster = self.layer.raster
        payload: ImagePayload = {
            "kind": "image",
            "title": self.layer.title,
            "url": lead(index.here, media_file(raster.path)),
            "bounds": write_box(raster.bounds),
            "opacity": self.layer.opacity,
        }
        if self.layer.side:
            payload["side"] = self.layer.side
        return payload

    def still(self, view: View) -> tuple[Picture]:  # noqa: ARG002 - the picture leaves out what it does not show
        """Its preview."""
        raster = self.layer.raster
        return (Picture(raster.preview, raster.bounds, self.layer.opacity, self.layer.side),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """That it lies there; of one that is compared its line tells."""
        if self.layer.side:
            return ()
        return (interface_words(lang).page["map_image"].format(title=self.layer.title),)
