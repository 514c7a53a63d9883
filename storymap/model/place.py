"""Places on the earth, and the points and boxes that say where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from storymap.errors import Location
from storymap.model.sign import Sign

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PlaceKind = Literal["point", "line", "area"]
PlaceOrigin = Literal["geo", "country", "region", "gazetteer", "coordinates", "picture"]


class LonLat(NamedTuple):
    """A point on the earth: longitude in [-180, 180], latitude in [-90, 90], degrees."""

    lon: float
    lat: float

    @property
    def lat_lon(self) -> tuple[float, float]:
        """Latitude then longitude: the order of Folium and of text for people. Nothing else swaps them."""
        return self.lat, self.lon


class Bounds(Struct, frozen=True):
    """A box in degrees. `west > east` means that it crosses 180° (RFC 7946, 5.2)."""

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses_antimeridian(self) -> bool:
        """Whether the box runs over 180°."""
        return self.west > self.east

    @property
    def unwrapped_east(self) -> float:
        """The eastern edge as a number not less than `west`: above 180 where the box crosses 180°."""
        return self.east + 360 if self.crosses_antimeridian else self.east

    @property
    def width(self) -> float:
        """Degrees of longitude from west to east."""
        return self.unwrapped_east - self.west

    @property
    def height(self) -> float:
        """Degrees of latitude from south to north."""
        return self.north - self.south

    def contains(self, point: LonLat) -> bool:
        """Whether `point` lies in the box or on its edge."""
        if not self.south <= point.lat <= self.north:
            return False
        if self.crosses_antimeridian:
            return point.lon >= self.west or point.lon <= self.east
        return self.west <= point.lon <= self.east

    def meets(self, other: Bounds) -> bool:
        """Whether the two boxes have a point in common, be it one on their edges."""
        if other.north < self.south or other.south > self.north:
            return False
        return any(
            other.west + turn <= self.unwrapped_east and self.west <= other.unwrapped_east + turn
            for turn in (-360, 0, 360)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A named place on the earth.

    `id` is unique in a site and names its page; `point` is where its marker and label stand; `geometry` is in lon/lat;
    `country` is an ISO 3166-1 alpha-2 code or empty where no country is known; `origin` says which source named it and
    `defined_at` where (the feature in `geo/`, or where a story first used a built-in name), which makes no other place
    of it; `source` credits the position. `names` are those that it has in languages, by their tags. `sign` is how its
    `category` is marked, None as any other.
    """

    id: str
    name: str
    point: LonLat
    geometry: BaseGeometry
    bounds: Bounds
    kind: PlaceKind
    country: str
    origin: PlaceOrigin
    defined_at: Location = field(compare=False)
    description: str = ""
    category: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    sign: Sign | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is a country or a region as a whole, or another area: its point is but somewhere in it."""
        return self.kind == "area" or self.origin in ("country", "region")
