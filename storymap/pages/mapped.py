"""What a page has whose text stands beside a map: Folium's parts, the payload, and the pictures in place of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from storymap.addresses import STREETS, lead, runtime_file
from storymap.drawing.contract import Payload
from storymap.drawing.payload import choose_runtime, write_payload
from storymap.drawing.stills import STILL_SIZE, sketch_opening
from storymap.drawing.words import tell_scene
from storymap.layers.tiles import list_servers
from storymap.model.scene import Scene
from storymap.pages.policy import Grant

if TYPE_CHECKING:
    from storymap.drawing.map_parts import MapParts


class StillPicture(Struct, frozen=True):
    """A still map as a picture in the page."""

    url: str
    """The address of its file."""

    alt: str
    """What it shows, in words."""

    width: int
    """Its width in CSS pixels."""

    height: int
    """Its height in CSS pixels."""

    fits_beside: bool = False
    """Whether it can be read at half its size, beside text on paper."""


class PageMap(Struct, frozen=True):
    """The map of a page, in the order in which its parts stand there."""

    head: Markup
    """What elements of an author's map hook want in the head."""

    sketch: Markup
    """A drawing of the map, as SVG, that is shown until the script has drawn its own."""

    still: StillPicture
    """The map as a picture, without script and on paper."""

    html: Markup
    """Folium's `<div>` for the map."""

    credits: tuple[str, ...]
    """Who made the map's data: for paper, and where no script writes it on the map."""

    about_url: str
    """The address of the page about the map."""

    payload: Markup
    """The page's data for the map: JSON, escaped for a script element."""

    runtime_url: str
    """The address of the script that the maps are made with."""

    streets_url: str
    """The address of the script that draws streets; empty where there are none."""

    script: Markup
    """Folium's script that makes the map."""

    added: Markup
    """The stylesheets and scripts that a map hook's elements need. They come last: the story must not wait for them."""


def make_map(payload: Payload, parts: MapParts, opening: Scene, *, lang: str, here: str, still: str) -> PageMap:
    """The map of the page `here`, which `opening` shows until it is drawn; that picture is the file `still`."""
    return PageMap(
        head=Markup(parts.head),
        sketch=Markup(sketch_opening(opening, lang)),
        still=make_picture(still, tell_scene(opening, lang), here=here),
        html=Markup(parts.html),
        credits=tuple(payload["basemap"]["credits"]),
        about_url=payload["about"],
        payload=Markup(write_payload(payload)),
        runtime_url=lead(here, runtime_file(choose_runtime(payload, parts))),
        streets_url=lead(here, STREETS) if "streets" in payload else "",
        script=Markup(parts.script),
        added=Markup(parts.added),
    )


def grant_tiles(payload: Payload) -> tuple[Grant, ...]:
    """Leave to ask for the tiles that a site opted in to; none where it did not."""
    found = [layer for layer in payload["layers"] if layer["kind"] == "tiles"]
    return tuple(Grant("img-src", host) for tiles in found for host in list_servers(tiles["url"], tiles["subdomains"]))


def make_picture(file: str, alt: str, *, here: str, fits_beside: bool = False) -> StillPicture:
    """The still map in the file `file` as the page `here` shows it; on paper beside text if it `fits_beside` that."""
    width, height = STILL_SIZE
    return StillPicture(lead(here, file), alt, width, height, fits_beside)
