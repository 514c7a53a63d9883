"""What every kind of layer says of itself, so that whoever draws a scene need know none of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from shapely.geometry.base import BaseGeometry

from storymap.model.place import LonLat
from storymap.model.scene import View

PlaceIndex = Mapping[str, int]
"""By id, the number that a place has in the payload's list of places."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a layer asks of the drawn map under it.

    `fills` are the ISO 3166-1 alpha-2 codes of countries that it fills; `spots` the positions of places that lie in a
    settlement rather than being one: that is named first.
    """

    fills: tuple[str, ...] = ()
    spots: tuple[LonLat, ...] = ()


@dataclass(frozen=True, slots=True)
class StillPart:
    """What a layer puts on a still, the lowest first.

    `shapes` are lines and areas in lon/lat, `lines` runs of points between places, cut at 180°, `marks` position, name
    and what stands in the marker (a number, or nothing for a dot) of places.
    """

    shapes: tuple[BaseGeometry, ...] = ()
    lines: tuple[Sequence[LonLat], ...] = ()
    marks: tuple[tuple[LonLat, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A line of the key: what a colour on the map stands for. `colour` is a custom property of the stylesheet."""

    colour: str
    text: str


class Drawn(ABC):
    """A layer as it is drawn everywhere: each kind says what it has, and nothing where it has nothing.

    `kind` is its tag in the payload, and the name of its file here and in the browser.
    """

    kind: ClassVar[str]

    __slots__ = ()

    def ground(self) -> Ground:
        """What it asks of the drawn map."""
        return Ground()

    @abstractmethod
    def payload(self, places: PlaceIndex) -> Mapping[str, Any] | None:
        """What the browser is told of it; None where that knows it already, from the other scenes of its page."""

    def still(self, view: View) -> StillPart:  # noqa: ARG002 - here and below: for those that have something
        """What it puts on a still of `view`."""
        return StillPart()

    def key(self, lang: str) -> tuple[KeyEntry, ...]:  # noqa: ARG002
        """What has to be explained of it, and does not explain itself."""
        return ()

    def names(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """Names of what the map is of: "Prague", "Path (line, 7.2 km)"."""
        return ()

    def sentences(self, lang: str) -> tuple[str, ...]:  # noqa: ARG002
        """What else it shows, for who cannot see it: "Line: Prague, Brno (190 km)"."""
        return ()
