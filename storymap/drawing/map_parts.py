"""What a page takes from a map that Folium rendered; itself it knows nothing of Folium, which takes long to load."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from storymap.model.place import LonLat
from storymap.model.scene import View

DATA_ID = "storymap-data"
"""The id of the page's `<script type="application/json">` with the payload."""


class MapParts(Struct, frozen=True):
    """What a page takes from a rendered map.

    `html` is the map's `<div>`, `script` the JavaScript that makes it and binds it to the page, `head` what elements
    added by an author's hook want in the page's head. `added` is what else the hook brought: stylesheets and scripts,
    to stand after `script`, because they need Leaflet, and because one that fails or is long in coming must not keep
    the story from its map. `whole` says that it needs the runtime with all of Leaflet. `elsewhere` are the
    addresses that hook elements load from elsewhere, `missing` those that lead to files which are not part of the site.
    """

    html: str
    script: str
    head: str
    added: str
    whole: bool
    elsewhere: tuple[str, ...]
    missing: tuple[str, ...] = ()


class MapStart(Struct, frozen=True):
    """Where Leaflet starts a map, before the browser has fitted it: longitude and latitude, zoom, and closest zoom."""

    centre: LonLat
    zoom: float
    max_zoom: float

    @classmethod
    def at(cls, view: View, *, max_zoom: float) -> MapStart:
        """The start of a map of `view`."""
        box = view.bounds
        centre = LonLat((box.west + box.unwrapped_east) / 2, (box.south + box.north) / 2)
        return cls(centre, round(view.zoom, 2), max_zoom)


def list_layers(kinds: Iterable[str], *, inset: bool) -> tuple[str, ...]:
    """The layers of a map by name, the lowest first: the drawn map, `kinds` of layers of scenes, perhaps the inset."""
    return ("basemap", *kinds, *(("inset",) if inset else ()))
