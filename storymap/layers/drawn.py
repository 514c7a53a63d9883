"""What every kind of layer says of itself, so that whoever draws a scene need know none of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

from shapely.geometry.base import BaseGeometry

from storymap.model.data import Dataset
from storymap.model.layer import Side
from storymap.model.place import Bounds, LonLat
from storymap.model.scene import View
from storymap.model.sign import Sign


@dataclass(frozen=True, slots=True)
class PageIndex:
    """The numbers by which layers name, in a page's payload, what several scenes share.

    `places` are those of its list of places, by their ids, `data` those of its list of datasets, by theirs, and
    `columns` those of the list of columns of a dataset, by its id and the number of the column in the dataset.
    """

    places: Mapping[str, int]
    data: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[tuple[str, int], int] = field(default_factory=dict)


TrackState = Literal["own", "behind", "ahead"]
"""Whether a scene goes a track itself, has gone it, or will."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a layer asks of the drawn map under it.

    `fills` are the ISO 3166-1 alpha-2 codes of countries that it fills; `spots` the positions of places that lie in a
    settlement rather than being one: that is named first.
    """

    fills: tuple[str, ...] = ()
    spots: tuple[LonLat, ...] = ()


@dataclass(frozen=True, slots=True)
class Paint:
    """How a figure of the author's data looks: colours as `#rrggbb`, empty for none; lengths in pixels."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A shape in lon/lat and how it looks; a point is a circle of `radius` pixels, named where it has a `name`."""

    shape: BaseGeometry
    paint: Paint
    radius: float = 0.0
    name: str = ""
    side: Side | None = None


class PlaceMark(NamedTuple):
    """The marker of a place on a still: its name, the number in it (empty for a dot), and the sign of its category."""

    at: LonLat
    name: str
    text: str
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the ground: WebP, the bounds that it fills, and its opacity from 0 to 1."""

    data: bytes
    bounds: Bounds
    opacity: float
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class StillPart:
    """What a layer puts on a still, the lowest first.

    `pictures` lie under all else, then `figures`, the author's data; `tracks` runs of points and what they are;
    `shapes` lines and areas in lon/lat, `lines` runs of points between places, cut at 180°, `marks` the markers of
    places, `halves` the titles of both halves where what has a side is cut off in the middle.
    """

    pictures: tuple[Picture, ...] = ()
    figures: tuple[Figure, ...] = ()
    shapes: tuple[BaseGeometry, ...] = ()
    tracks: tuple[tuple[Sequence[LonLat], TrackState], ...] = ()
    lines: tuple[Sequence[LonLat], ...] = ()
    marks: tuple[PlaceMark, ...] = ()
    halves: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A line of the key: what a figure of this look on the map stands for, a circle where it has a `radius`.

    One with a `sign` stands for the places of a category, and has no look but that.
    """

    paint: Paint
    text: str
    radius: float = 0.0
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """What has to be explained of a layer: a `title`, empty where the one entry says it, and an entry for each look."""

    title: str
    entries: tuple[KeyEntry, ...]


class Drawn(ABC):
    """A layer as it is drawn everywhere: each kind says what it has, and nothing where it has nothing.

    `kind` is its tag in the payload, and the name of its file here and in the browser.
    """

    kind: ClassVar[str]

    __slots__ = ()

    def ground(self) -> Ground:
        """What it asks of the drawn map."""
        return Ground()

    def dataset(self) -> Dataset | None:
        """The author's data that it shows features of; None where it shows none."""
        return None

    def shown(self) -> tuple[int, ...]:
        """The numbers of the features of its dataset that it shows."""
        return ()

    def columns(self) -> tuple[int, ...]:
        """The numbers of the columns of its dataset whose values it tells."""
        return ()

    def is_named(self) -> bool:
        """Whether the names of its features stand on the map."""
        return False

    @abstractmethod
    def payload(self, index: PageIndex) -> Mapping[str, Any] | None:
        """What the browser is told of it; None where that knows it already, from the other scenes of its page."""

    def still(self, view: View) -> StillPart:  # noqa: ARG002 - here and below: for those that have something
        """What it puts on a still of `view`."""
        return StillPart()

    def keys(self, lang: str) -> tuple[Key, ...]:  # noqa: ARG002
        """What has to be explained of it, and does not explain itself: of its colours, of its sizes."""
        return ()

    def names(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """Names of what the map is of: "Prague", "Path (line, 7.2 km)"."""
        return ()

    def sentences(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """What else it shows, for who cannot see it: "Line: Prague, Brno (190 km)"."""
        return ()
