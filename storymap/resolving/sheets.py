"""Lay the picture that a story is told on under its scenes, each with the piece that its still shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace
from PIL import Image

from storymap.earth.picture_plane import box_at, pixel_at
from storymap.earth.views import view_of_bounds
from storymap.figures import FIGURES
from storymap.geodata.picture_maps import cut_piece, open_upright
from storymap.layers.backdrop import Backdrop, Spot
from storymap.layers.markers import Markers
from storymap.model.layer import Route
from storymap.model.place import Bounds, LonLat
from storymap.model.raster import PictureMap
from storymap.model.scene import Scene, View
from storymap.resolving.picture_places import find_share

_MARGIN = 0.1
"""Share of a view's width and height that a still shows beyond it."""


@dataclass(frozen=True)
class Sheet:
    """The picture that a story is told on: what is known of it, the bytes of its file, and its title."""

    picture: PictureMap
    data: bytes
    title: str

    @cached_property
    def whole(self) -> View:
        """The view of all of it."""
        return view_of_bounds(self._bounds)

    def lay_under(self, scene: Scene) -> Scene:
        """`scene` over the picture."""
        piece, cut = cut_piece(self._image, self._find_box(scene.view.bounds))
        spots = (
            Spot(mark.place.name, *find_share(mark.place.point, self.picture))
            for markers in scene.find(Markers)
            for mark in markers.own
        )
        layers = tuple(replace(layer, on_earth=False) if isinstance(layer, Route) else layer for layer in scene.layers)
        backdrop = Backdrop(self.picture, self.title, self._bounds, piece, box_at(*cut), tuple(spots))
        return replace(scene, layers=layers, came_from=None).over(backdrop)

    @property
    def _bounds(self) -> Bounds:
        return box_at(0, 0, self.picture.width, self.picture.height)

    @cached_property
    def _image(self) -> Image.Image:
        return open_upright(self.data)

    def _find_box(self, bounds: Bounds) -> tuple[float, float, float, float]:
        """The pixels that a still of a view shows, left, top, right and bottom."""
        left, top = pixel_at(LonLat(bounds.west, bounds.north))
        right, bottom = pixel_at(LonLat(bounds.east, bounds.south))
        width, height = right - left, bottom - top
        ratio = FIGURES.frame.width / FIGURES.frame.height
        wide, high = max(width, height * ratio) * (0.5 + _MARGIN), max(height, width / ratio) * (0.5 + _MARGIN)
        x, y = (left + right) / 2, (top + bottom) / 2
        return x - wide, y - high, x + wide, y + high
