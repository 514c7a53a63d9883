"""The resolved story: frozen values that every later stage reads and none changes.

What an author typed lives in `storymap.reading.source`; here everything is settled. Coordinates are longitude then
latitude, in degrees of WGS 84; bounds are west, south, east, north. Nothing is optional "until later".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from storymap.errors import Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PlaceKind = Literal["point", "line", "area"]
PlaceOrigin = Literal["geo", "country", "gazetteer", "coordinates"]
LineStyle = Literal["great-circle", "straight", "none"]


class LonLat(NamedTuple):
    """A point on the earth: longitude in [-180, 180], latitude in [-90, 90], degrees."""

    lon: float
    lat: float

    @property
    def lat_lon(self) -> tuple[float, float]:
        """Latitude then longitude: the order of Folium and of text for people. Nothing else swaps them."""
        return self.lat, self.lon


@dataclass(frozen=True, slots=True)
class Bounds:
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


@dataclass(frozen=True, slots=True)
class View:
    """What a map has to show: `bounds`, and the `zoom` at which they fill the reference frame.

    The browser fits `bounds` into the part of the map that no text covers, whatever its size. `zoom` (Web Mercator,
    256-pixel tiles, fractional) says how finely the basemap is drawn for it. See `storymap.geography.view`.
    """

    bounds: Bounds
    zoom: float


@dataclass(frozen=True, slots=True)
class Place:
    """A named place on the earth.

    `id` is unique in a site and names its page; `point` is where its marker and label stand; `geometry` is in lon/lat;
    `country` is an ISO 3166-1 alpha-2 code or empty where no country is known; `origin` says which source named it and
    `defined_at` where (the feature in `geo/`, or where a story first used a built-in name), which makes no other place
    of it; `source` credits the position.
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


@dataclass(frozen=True, slots=True)
class Leg:
    """A line between two places: `parts` are runs of points, cut where the line crosses 180°."""

    start: Place
    end: Place
    style: LineStyle
    parts: tuple[tuple[LonLat, ...], ...]


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span of time: `edtf` as written, `first` and `last` day as ISO dates, `text` for people to read."""

    edtf: str
    first: str
    last: str
    text: str


@dataclass(frozen=True, slots=True)
class ProseLink:
    """A link in prose that moves the map: the places it names and the view that shows them."""

    places: tuple[Place, ...]
    view: View


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story.

    `number` counts from 1; `id` is the address within the page; `title_html` and `html` are sanitised; `links` are the
    map links of `html` in order (their anchors carry `data-link="0"`, `"1"` … within the step). `moves_map` is false
    where the step keeps the map where it was; `view` then repeats the view before it. `arrival` is the line that leads
    here from the step before (none or one), `legs` are the lines between the step's own places.
    """

    number: int
    id: str
    title: str
    title_html: str
    html: str
    places: tuple[Place, ...]
    view: View
    moves_map: bool
    when: When | None
    arrival: tuple[Leg, ...]
    legs: tuple[Leg, ...]
    highlight: tuple[str, ...]
    links: tuple[ProseLink, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Story:
    """One story, resolved.

    `id` names its page; `opening_html` stands before the first step, `notes_html` after the last. `view` frames the
    whole story; `files` are the pictures and other files that its prose shows or links to, as paths relative to the
    stories folder; `cover` is the one for its card, or empty. `aliases` are ids that it once had.
    """

    id: str
    title: str
    summary: str
    lang: str
    authors: tuple[str, ...]
    when: When | None
    opening_html: str
    opening_links: tuple[ProseLink, ...]
    notes_html: str
    steps: tuple[Step, ...]
    view: View
    files: tuple[str, ...]
    cover: str
    aliases: tuple[str, ...]
    draft: bool
    at: Location

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every line of the story, in order."""
        return tuple(leg for step in self.steps for leg in (*step.arrival, *step.legs))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of the story's steps, in order of first appearance."""
        return tuple({place.id: place for step in self.steps for place in step.places}.values())
