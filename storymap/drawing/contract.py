"""What a page tells the browser: one JSON object per page, the Python half of `browser/src/contract.ts`.

The object stands in the page as `<script type="application/json" id="storymap-data">`, outside everything that Folium
renders. Points are `[lon, lat]`, boxes `[west, south, east, north]` with west > east across 180°. References between
lists are indexes. All text is plain text: the browser never parses it as HTML.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from storymap.basemap.contract import BasemapPayload

PAYLOAD_VERSION = 1

Point = list[float]
Box = list[float]


class PlacePayload(TypedDict):
    """A marker. `town` says that it is a settlement itself, and no spot in one that the map should name.

    `shape` is a GeoJSON geometry for a line or area, else null. `url` is its page, relative to this one.

    `steps` are indexes into `steps` of the page (story page), and `stories` into `stories` (atlas).
    """

    id: str
    name: str
    town: bool
    at: Point
    shape: dict[str, Any] | None
    url: str
    steps: list[int]
    stories: list[int]


class LegPayload(TypedDict):
    """A line: `parts` are runs of points cut at 180°, as arcs (`storymap.basemap.arcs`) in degrees / 10**`digits`.

    `step` is the step that it belongs to (-1: none), `story` likewise. `within` is true for a line between
    places of one step, false for one that leads here from the step before.
    """

    parts: str
    digits: int
    style: str
    step: int
    story: int
    within: bool


class LinkPayload(TypedDict):
    """A link in prose that moves the map; its anchor has `data-link` with its index in the enclosing step's `links`."""

    view: Box
    places: list[int]
    at: Point


class StepPayload(TypedDict):
    """A step of the page; step 0 is the opening of a story (id `""`), the rest are its numbered steps."""

    id: str
    title: str
    view: Box
    moves: bool
    places: list[int]
    highlight: list[str]
    links: list[LinkPayload]


class StoryCardPayload(TypedDict):
    """A story on the atlas: its card has `data-story` with its index."""

    id: str
    title: str
    url: str
    view: Box
    places: list[int]


class TilesPayload(TypedDict):
    """An opt-in tile layer laid over the baked map; `needsReferer` ones are not asked for from `file://`."""

    url: str
    attribution: str
    maxZoom: int
    subdomains: str
    needsReferer: bool


class Payload(TypedDict):
    """Everything a page's map shows.

    `maxZoom` is the closest that the baked map (or the tiles) can serve; `about` is the page with the map's licences,
    relative to this one, empty where there is none.
    """

    version: int
    kind: Literal["story", "atlas", "place"]
    lang: str
    strings: dict[str, str]
    view: Box
    maxZoom: float
    places: list[PlacePayload]
    legs: list[LegPayload]
    steps: list[StepPayload]
    stories: list[StoryCardPayload]
    tiles: TilesPayload | None
    about: str
    basemap: BasemapPayload
