"""What a map shows: a view, and the layers that lie on its ground.

A step's part of the browser payload, its still picture, its Folium map, its description in words and its key are each
derived from its scene by one function of `storymap.drawing`.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from storymap.model.ground import TODAY, GroundDetail
from storymap.model.layer import Layer
from storymap.model.place import Bounds, Place
from storymap.model.streets import Streets

L = TypeVar("L", bound=Layer)


class View(Struct, frozen=True):
    """What a map has to show: `bounds`, and the `zoom` at which they fill the reference frame.

    The browser fits `bounds` into the part of the map that no text covers, whatever its size. `zoom` (Web Mercator,
    256-pixel tiles, fractional) says how finely the basemap is drawn for it. See `storymap.earth.views`.
    """

    bounds: Bounds
    zoom: float


class Scene(Struct, frozen=True):
    """What a map shows at once: its `view`, and its `layers`, the lowest first; there is none that shows nothing.

    `detail` is how much of today's world the drawn map under them shows. `came_from` is the place where the story was
    before, from which its words tell the way; `alt` is what its author has it described by, instead of those. `streets`
    are those of the whole story, where it comes close to some.
    """

    view: View
    layers: tuple[Layer, ...] = ()
    detail: GroundDetail = TODAY
    came_from: Place | None = None
    alt: str = ""
    streets: Streets | None = None

    def over(self, *ground: Layer) -> Scene:
        """The same over `ground`."""
        return replace(self, layers=(*ground, *self.layers))

    def find(self, kind: type[L]) -> tuple[L, ...]:
        """Its layers of one kind."""
        return tuple(layer for layer in self.layers if isinstance(layer, kind))
