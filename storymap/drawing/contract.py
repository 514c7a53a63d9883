"""What a page tells the browser: one JSON object per page, the Python half of `browser/src/contract.ts`.

The object stands in the page as `<script type="application/json" id="storymap-data">`, outside everything that Folium
renders. Points are `[lon, lat]`, boxes `[west, south, east, north]` with west > east across 180°. References between
lists are indexes. All text is plain text: the browser never parses it as HTML. What there is none of is left out.

A page is itself a scene, the one that it opens with. The steps of a story, and the stories of the atlas, are scenes
that follow it: scene 0 is the page's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from storymap.basemap.contract import BasemapPayload
from storymap.drawing.street_payload import StreetsPayload
from storymap.layers.datasets import DatasetPayload

PAYLOAD_VERSION = 2

Point = list[float]
Box = list[float]

LayerPayload: TypeAlias = Mapping[str, Any]
"""A layer by its `kind`: what else is told of it says the type that its file in `storymap.layers` has for it."""


class GroundPayload(TypedDict):
    """What the drawn map leaves out: borders, names but for those of waters or all of them, or all of the `earth`."""

    borders: NotRequired[Literal["none"]]
    names: NotRequired[Literal["water", "none"]]
    earth: NotRequired[Literal[False]]


class ScenePayload(TypedDict):
    """What the map shows at once: its layers, the lowest first; of the author's data perhaps several of a kind.

    `ground` is left out where the drawn map shows all that it has.
    """

    view: Box
    layers: list[LayerPayload]
    ground: NotRequired[GroundPayload]


class SignColorsPayload(TypedDict):
    """The colour of a marker, and of what stands in it, as `#rrggbb`."""

    fill: str
    ink: str


class SignPayload(TypedDict):
    """How the places of a category are marked; `symbol` is an SVG path in a box of 15 × 15."""

    title: str
    symbol: NotRequired[str]
    light: SignColorsPayload
    dark: SignColorsPayload


class PlacePayload(TypedDict):
    """A place that has a marker. `town` says that it is a settlement itself, and no spot in one that is to be named.

    `shape` is a GeoJSON geometry, for a line or area. `url` is its page, relative to this one, unless it is this one.
    `sign` is the index of that of its category among those of the page.
    """

    name: str
    town: bool
    at: Point
    shape: NotRequired[dict[str, Any]]
    url: NotRequired[str]
    sign: NotRequired[int]


class LinkPayload(TypedDict):
    """A link in prose that moves the map; its anchor has `data-link` with its index among those of its step."""

    view: Box
    places: list[int]


class PagePayload(ScenePayload):
    """What every page tells.

    `maxZoom` is the closest that the baked map (or the tiles) can serve; `signs` are those of the categories of its
    places, in the order of the key; `about` is the page with the map's licences, relative to this one, or empty.
    """

    version: int
    strings: dict[str, str]
    maxZoom: float
    places: list[PlacePayload]
    signs: NotRequired[list[SignPayload]]
    about: str
    basemap: BasemapPayload


class StepPayload(ScenePayload):
    """A step of a story; `id` is its address within the page."""

    id: str
    title: str
    links: list[LinkPayload]


class StoryPayload(PagePayload):
    """The page of a story; `links` are those of its opening, `data` the author's data that layers show features of.

    `streets` are there where a scene comes close to some.
    """

    kind: Literal["story"]
    links: list[LinkPayload]
    data: NotRequired[list[DatasetPayload]]
    streets: NotRequired[StreetsPayload]
    steps: list[StepPayload]


class CardPayload(ScenePayload):
    """A story on the atlas: its card has `data-story` with its index."""

    title: str
    url: str


class AtlasPayload(PagePayload):
    """The atlas; `streets` are there where it comes close to some."""

    kind: Literal["atlas"]
    streets: NotRequired[StreetsPayload]
    stories: list[CardPayload]


class PlacePagePayload(PagePayload):
    """The page of a place: that is the first of `places`, the others are its neighbours.

    `streets` are there where it comes close to some.
    """

    kind: Literal["place"]
    streets: NotRequired[StreetsPayload]


Payload: TypeAlias = StoryPayload | AtlasPayload | PlacePagePayload


class LayersPayload(ScenePayload):
    """The author's data alone, for any map of Folium's."""

    version: int
    kind: Literal["layers"]
    strings: dict[str, str]
    data: list[DatasetPayload]
