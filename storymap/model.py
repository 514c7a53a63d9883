"""The resolved story: frozen values that every later stage reads and none changes.

What an author typed lives in `storymap.reading.source`; here everything is settled. Coordinates are longitude then
latitude, in degrees of WGS 84; bounds are west, south, east, north. Nothing is optional "until later".
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from storymap.errors import Location

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PlaceKind = Literal["point", "line", "area"]
PlaceOrigin = Literal["geo", "country", "region", "gazetteer", "coordinates"]
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


SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""The numbers that EDTF writes in place of a month for spring, summer, autumn and winter: first and last month."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known: a day, a month, a season, a year, a decade or a century.

    `year` is astronomical (0 is 1 BCE), the first one of a decade or century (`is_span`); `month` is 1 to 12, a number
    of `SEASONS`, or 0 where only the year is known; `day` is 0 where no day is known; `time` is `HH:MM` or empty;
    `mark` is EDTF's `~` (about), `?` (perhaps), `%` (both) or empty. `first_day` and `last_day` are year, month and
    day.
    """

    year: int
    month: int
    day: int
    time: str
    mark: str
    first_day: tuple[int, int, int]
    last_day: tuple[int, int, int]
    is_span: bool = False

    @classmethod
    def of_month(cls, year: int, month: int, *, mark: str = "") -> PartialDate:
        """A whole month, in the proleptic Gregorian calendar."""
        return cls(year, month, 0, "", mark, (year, month, 1), (year, month, month_length(year, month)))

    @property
    def first(self) -> str:
        """The first day of it, as `write_day` writes it."""
        return write_day(self.first_day)

    @property
    def last(self) -> str:
        """The last day of it, as `write_day` writes it."""
        return write_day(self.last_day)


def month_length(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar, any year."""
    return (31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def write_day(day: tuple[int, int, int]) -> str:
    """Year, month and day as ISO 8601 writes them; a year before 0 or above 9999 has its sign."""
    year, month, day_of_month = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day_of_month:02d}"


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
    notes_links: tuple[ProseLink, ...]
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
        """Every place of the story's steps, in order of first appearance, by the name that it has there."""
        found: dict[str, Place] = {}
        for step in self.steps:
            for place in step.places:
                found.setdefault(place.id, place)
        return tuple(found.values())
