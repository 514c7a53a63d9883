"""A map as a document of its own: what a notebook shows in a frame, and what `map.save("map.html")` writes.

It carries the stylesheet, the payload and the browser runtime inside itself, so it works wherever it is put.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from branca.element import Figure

from storymap.drawing.contract import Payload
from storymap.drawing.figure import render_map
from storymap.drawing.folium_map import StoryMap
from storymap.drawing.map_parts import DATA_ID
from storymap.drawing.payload import choose_runtime, write_payload
from storymap.drawing.plugins import NEEDLESS, find_plugin, read_plugin
from storymap.prepared import read_static


class MapDocument(Figure):
    """The figure of a `StoryMap` that stands alone; branca's own would render the map without its data and runtime."""

    def __init__(self, story_map: StoryMap, *, payload: Payload, css: str, lang: str) -> None:
        super().__init__(ratio="66%")
        self.story_map = story_map
        self.payload = payload
        self.css = css
        self.lang = lang
        self.add_child(story_map)

    def render(self, **kwargs: Any) -> str:
        """The whole HTML document, with every element that has been added to the map since."""
        parts = render_map(self.story_map, find_copies=_enclose)
        runtime = read_static(f"{choose_runtime(self.payload, parts)}.js").decode()
        return (
            f'<!doctype html>\n<html lang="{self.lang}" class="js bare">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Map</title>\n'
            f"<style>{self.css}</style>\n{parts.head}\n</head>\n<body>\n{parts.html}\n"
            f'<script type="application/json" id="{DATA_ID}">{write_payload(self.payload)}</script>\n'
            f"<script>{runtime}</script>\n<script>{parts.script}</script>\n{parts.added}\n</body>\n</html>\n"
        )


def _enclose(addresses: Iterable[str]) -> dict[str, str]:
    """Addresses that bring their content along, for those of plugins that the package carries."""
    return NEEDLESS | {address: _write_address(file) for address in addresses if (file := find_plugin(address))}


def _write_address(file: str) -> str:
    kind = "text/css" if file.endswith(".css") else "text/javascript"
    return f"data:{kind};base64,{base64.b64encode(read_plugin(file)).decode()}"
