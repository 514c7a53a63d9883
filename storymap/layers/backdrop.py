"""The picture that a story is told on, instead of the earth."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired, TypedDict

from msgspec import Struct

from storymap.addresses import lead, media_file
from storymap.language.words import interface_words
from storymap.layers.drawn import Drawn, PageIndex
from storymap.layers.figures import Picture
from storymap.layers.geometry import write_box
from storymap.model.layer import Layer
from storymap.model.place import Bounds
from storymap.model.raster import PictureMap
from storymap.model.scene import View


class Spot(Struct, frozen=True):
    """What a scene marks on the picture: a name, and how far it is from the left and from the top, from 0 to 1."""

    name: str
    across: float
    down: float


class Backdrop(Struct, Layer, frozen=True):
    """A picture that lies at `bounds` of the plane, which is not the earth; `title` says what it is.

    `piece` is what a still of the scene shows of it, WebP, and lies at `piece_bounds`. `spots` are what the scene
    marks.
    """

    picture: PictureMap
    title: str
    bounds: Bounds
    piece: bytes
    piece_bounds: Bounds
    spots: tuple[Spot, ...] = ()


class TilesOfPicture(TypedDict):
    """Where the tiles of a large picture are, `{z}`, `{x}` and `{y}` in their address, and from which zoom to which.

    Where the page is a single file, `files` has each of them as a data URI by its address.
    """

    url: str
    first: int
    last: int
    files: NotRequired[dict[str, str]]


class BackdropPayload(TypedDict):
    """The picture: its address, relative to the page, and the `[west, south, east, north]` that it fills."""

    kind: Literal["backdrop"]
    url: str
    bounds: list[float]
    tiles: NotRequired[TilesOfPicture]


class DrawnBackdrop(Drawn[Backdrop]):
    """The picture under a story as it is drawn everywhere."""

    kind: ClassVar[str] = "backdrop"

    def payload(self, index: PageIndex) -> BackdropPayload:
        """Where it is, and where it lies."""
        picture = self.layer.picture
        payload: BackdropPayload = {
            "kind": "backdrop",
            "url": lead(index.here, media_file(picture.path)),
            "bounds": write_box(self.layer.bounds),
        }
        if picture.tiles:
            zooms = [zoom for zoom, _, _ in picture.tiles]
            address = f"{lead(index.here, media_file(picture.folder))}/{{z}}/{{x}}/{{y}}.webp"
            payload["tiles"] = {"url": address, "first": min(zooms), "last": max(zooms)}
        return payload

    def still(self, view: View) -> tuple[Picture]:  # noqa: ARG002 - it was cut for this view
        """What of it the scene shows."""
        return (Picture(self.layer.piece, self.layer.piece_bounds, 1.0),)

    def sentences(self, lang: str) -> tuple[str, ...]:
        """Where in the picture lies what the scene marks."""
        words = interface_words(lang).page
        return tuple(
            words["picture_spot"].format(name=spot.name, where=words[f"picture_{_name_part(spot)}"])
            for spot in self.layer.spots
        )


def _name_part(spot: Spot) -> str:
    """In which ninth of the picture a spot lies."""
    down, across = (min(2, max(0, int(share * 3))) for share in (spot.down, spot.across))
    return f"{('top', 'middle', 'bottom')[down]}_{('left', 'centre', 'right')[across]}"
