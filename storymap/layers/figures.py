"""What layers put on a still: figures, each of one of these sorts.

A still draws them sort by sort, in the order of the union at the end, whichever layers they are of; what no other sort
is made for is a `PaintedShape`, which looks as its layer says.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from storymap.model.layer import Side
from storymap.model.place import Bounds, LonLat
from storymap.model.sign import Sign

RunLook = Literal["ahead", "behind", "own", "route"]
"""How a line over the map looks, the lowest first: a track that is still to come, is gone, is just gone, or a line
between places."""


class Picture(Struct, frozen=True):
    """A picture on the ground: WebP, the bounds that it fills, and its opacity from 0 to 1.

    One that `is_map` is a map itself, and is dimmed where the page is dark.
    """

    data: bytes
    bounds: Bounds
    opacity: float
    side: Side | None = None
    is_map: bool = False


class Paint(Struct, frozen=True):
    """How a painted shape looks: colours as `#rrggbb`, empty for none; lengths in pixels.

    `dark` is the colour of its stroke where the page is dark, empty where that is the same.
    """

    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    dark: str = ""


class PaintedShape(Struct, frozen=True):
    """A shape in lon/lat in colours of its own; a point is a circle of `radius` pixels, named where it has a `name`.

    `text` stands in the circle in the colour `ink`: how many points it stands for.
    """

    shape: BaseGeometry
    paint: Paint
    radius: float = 0.0
    name: str = ""
    side: Side | None = None
    text: str = ""
    ink: str = ""


class PlaceShape(Struct, frozen=True):
    """A place that is a line or an area, in lon/lat."""

    shape: BaseGeometry


class Run(NamedTuple):
    """A line over the map: its points, cut at 180°, and the names of the places at its ends, or empty."""

    points: tuple[LonLat, ...]
    look: RunLook
    start: str = ""
    end: str = ""


class PlaceMark(NamedTuple):
    """The marker of a place: its name, the number in it (empty for a dot), and the sign of its category."""

    at: LonLat
    name: str
    text: str
    sign: Sign | None = None


class Halves(NamedTuple):
    """A line down the middle, at which everything that has a side is cut off, and what is left and right of it."""

    left: str
    right: str


Figure: TypeAlias = Picture | PaintedShape | PlaceShape | Run | PlaceMark | Halves
