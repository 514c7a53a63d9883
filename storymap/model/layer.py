"""What lies on the ground of a map: layers, each a value of its kind.

A kind stands in the file of its name in `storymap.layers`, which says how it is drawn and has its value, too, but for
those that rooms below need: they are here. All are in the table of `storymap.layers.kinds`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from storymap.model.data import Dataset, Feature
from storymap.model.place import LonLat, Place

SiteLine = Literal["great-circle", "straight", "none"]
"""How the places of any story may be joined: by the shortest way over the globe, straight on the map, or not at all."""

LineStyle = Literal["great-circle", "straight", "route", "none"]
"""How those of a story may be, which can have a way of its own."""

Side = Literal["left", "right"]


class Layer:
    """What lies on the ground of a map: a frozen value of one of the kinds."""

    __slots__ = ()


class Leg(Struct, frozen=True):
    """A line between two places: `parts` are runs of points, cut where the line crosses 180°.

    `kilometres` are those of the way that it follows; None where it follows none.
    """

    start: Place
    end: Place
    style: LineStyle
    parts: tuple[tuple[LonLat, ...], ...]
    kilometres: float | None = None


class Route(Struct, Layer, frozen=True):
    """Lines between places.

    `arrival` leads to the scene from the one before it (none or one leg), `within` between its own places; `around` are
    the lines of other scenes that stand there, too. Lines that are not `on_earth` lie on a picture, and have no length.
    """

    arrival: tuple[Leg, ...] = ()
    within: tuple[Leg, ...] = ()
    around: tuple[Leg, ...] = ()
    on_earth: bool = True

    @property
    def own(self) -> tuple[Leg, ...]:
        """The lines that the scene is about."""
        return (*self.arrival, *self.within)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every line."""
        return (*self.own, *self.around)


class ColorClass(Struct, frozen=True):
    """A class of features that have one colour: `color` as `#rrggbb`, and what the key says of it."""

    color: str
    text: str


class CircleSize(Struct, frozen=True):
    """A size that the key explains: the `radius` of a circle in pixels, and the number that it stands for."""

    radius: float
    text: str


class Popup(Struct, frozen=True):
    """What a chosen feature tells: the values of `columns` (their numbers), or `html`, safe text for each."""

    columns: tuple[int, ...] = ()
    html: tuple[str, ...] = ()


class FeatureLayer(Struct, Layer, frozen=True):
    """Features of the author's data, and how they look: `shown` are their numbers in `dataset`.

    `class_of` has for each shown feature the number of its class in `classes`, of which there is at least one; `radii`
    the radius of its circle in pixels, for points alone. `title` is what the key calls the layer, `unit` that of the
    classes, empty where there is none; those of a layer of one colour have no text. `width` is that of lines and
    outlines in pixels, `dash` the lengths of dashes and gaps. `color_by` and `size_by` are the numbers of the columns
    that decide, `label` and `tooltip` of others; `sizes` are what the key shows of sizes. `side` is on which side of
    the line of a comparison it lies, if of one.
    """

    dataset: Dataset
    shown: tuple[int, ...]
    title: str
    classes: tuple[ColorClass, ...]
    class_of: tuple[int, ...]
    unit: str = ""
    width: float = 1.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    radii: tuple[float, ...] = ()
    color_by: int | None = None
    size_by: int | None = None
    sizes: tuple[CircleSize, ...] = ()
    label: int | None = None
    tooltip: int | None = None
    popup: Popup | None = None
    cluster: bool = False
    side: Side | None = None

    @property
    def features(self) -> tuple[Feature, ...]:
        """The features that are shown."""
        return tuple(self.dataset.features[number] for number in self.shown)


class Areas(FeatureLayer, frozen=True):
    """Areas of the author's data."""


class Lines(FeatureLayer, frozen=True):
    """Lines of the author's data."""


class Points(FeatureLayer, frozen=True):
    """Points of the author's data, as circles."""


DataLayer: TypeAlias = Areas | Lines | Points
