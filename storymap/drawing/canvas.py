"""The picture that a still is drawn on: which part of the plane lies where on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from storymap.basemap.basemap import Label, Settlement
from storymap.basemap.extents import frame_of
from storymap.drawing.boxes import Box
from storymap.earth.extent import Extent
from storymap.earth.mercator import zoom_of
from storymap.model.scene import View

Mark = TypeVar("Mark", Settlement, Label)
Placed = tuple[float, float, Mark]
"""Something of the map with its `x` and `y` in pixels before it."""

WIDEST, NARROWEST = 1.9, 0.75
"""Width over height of the windows that a sketch fills."""


class Canvas(Struct, frozen=True):
    """The picture: `width` × `height` pixels of it are the view's bounds, `area` is what is drawn.

    `west` and `north` are the corner of the bounds in the plane and `middle` is half-way between west and east, `scale`
    the pixels of the world's width; `sketch` says whether the picture's box is the bounds alone, `lang` in which
    language the map is lettered, and `finer` by how many zooms its ground is finer than its size needs.
    """

    width: float
    height: float
    area: Box
    west: float
    north: float
    middle: float
    scale: float
    sketch: bool
    lang: str
    finer: float = 0.0

    @classmethod
    def of_view(
        cls, view: View, *, width: float, height: float, sketch: bool, lang: str = "en", finer: float = 0.0
    ) -> Canvas:
        """The bounds of `view` as large as `width` × `height` holds them; the rest of that size is drawn around them.

        Of a `sketch` the picture's box is the bounds alone, and as much is drawn around them as a window needs
        that is `WIDEST` to `NARROWEST` times as wide as high.
        """
        frame = frame_of(view)
        across, down = max(frame.width, 1e-9), max(frame.height, 1e-9)
        scale = min(width / across, height / down)
        inner_width, inner_height = across * scale, down * scale
        beyond_x, beyond_y = (width - inner_width) / 2, (height - inner_height) / 2
        if sketch:
            # A tenth more, for what shows beside the window.
            beyond_x = max(0.0, (WIDEST * inner_height - inner_width) / 2) + inner_width / 10
            beyond_y = max(0.0, (inner_width / NARROWEST - inner_height) / 2) + inner_height / 10
        area = Box(-beyond_x, -beyond_y, inner_width + beyond_x, inner_height + beyond_y)
        return cls(
            inner_width,
            inner_height,
            area,
            frame.west,
            frame.north,
            (frame.west + frame.east) / 2,
            scale,
            sketch,
            lang,
            finer,
        )

    @property
    def zoom(self) -> float:
        """The zoom at which a map shows as much on as many pixels."""
        return zoom_of(self.scale)

    @property
    def extent(self) -> Extent:
        """What is drawn, in the plane."""
        left, top, right, bottom = self.area
        return Extent(
            self.west + left / self.scale,
            max(0.0, self.north + top / self.scale),
            self.west + right / self.scale,
            min(1.0, self.north + bottom / self.scale),
        )

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Pixels of a point of the plane, in the turn of the world nearest to the middle of the view."""
        return (x + math.floor(self.middle - x + 0.5) - self.west) * self.scale, (y - self.north) * self.scale

    def find_shown(self, marks: Iterable[Mark]) -> list[Placed[Mark]]:
        """Those of `marks` that are in the picture, each behind its pixels."""
        left, top, right, bottom = self.area
        west, north, scale, half_on = self.west, self.north, self.scale, self.middle + 0.5
        found = []
        for mark in marks:
            y = (mark.y - north) * scale
            if top <= y <= bottom:
                x = (mark.x + math.floor(half_on - mark.x) - west) * scale
                if left <= x <= right:
                    found.append((x, y, mark))
        return found
