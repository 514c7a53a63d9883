"""Opt-in map tiles, which only a browser shows: what stands in print, and what is read out, asks no other host."""

from __future__ import annotations

from typing import ClassVar, Literal, TypedDict

from msgspec import Struct

from storymap.layers.drawn import Drawn, PageIndex
from storymap.model.layer import Layer


class Tiles(Struct, Layer, frozen=True):
    """Map tiles from elsewhere, which a site opted in to, over the drawn map.

    `url` has `{z}`, `{x}`, `{y}` and perhaps `{s}`, which stands for each letter of `subdomains`; `max_zoom` is the
    closest zoom that they are drawn for. Those that need a Referer are not asked for from `file://`, which sends none.
    """

    url: str
    attribution: str
    max_zoom: int
    subdomains: str
    needs_referer: bool


class TilesPayload(TypedDict):
    """A tile layer laid over the baked map; `needsReferer` ones are not asked for from `file://`."""

    kind: Literal["tiles"]
    url: str
    attribution: str
    maxZoom: int
    subdomains: str
    needsReferer: bool


def list_servers(url: str, subdomains: str) -> tuple[str, ...]:
    """The servers that tiles of such an address come from, each with its scheme: `https://a.tiles.example.org`."""
    scheme, _, rest = url.partition("//")
    server = f"{scheme}//{rest.partition('/')[0]}"
    return tuple(server.replace("{s}", letter) for letter in subdomains) if "{s}" in server else (server,)


class DrawnTiles(Drawn[Tiles]):
    """Tiles as they are drawn everywhere."""

    kind: ClassVar[str] = "tiles"

    def payload(self, index: PageIndex) -> TilesPayload:  # noqa: ARG002 - they have no places
        """Where they are."""
        tiles = self.layer
        return {
            "kind": "tiles",
            "url": tiles.url,
            "attribution": tiles.attribution,
            "maxZoom": tiles.max_zoom,
            "subdomains": tiles.subdomains,
            "needsReferer": tiles.needs_referer,
        }
