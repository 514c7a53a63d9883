"""The map of a page that no hook adds to: as Folium rendered it when the package was built, with the page's numbers.

Such maps differ in where they start and in nothing else. Folium, with pandas behind it, takes longer to load than a
story takes to build; so each kind is rendered once, by `storymap.bundling.maps`, with marks where the numbers go. Where
another Folium is installed than rendered them, it renders every map itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version

from storymap.drawing.map_parts import MapParts, MapStart
from storymap.model.place import Bounds
from storymap.model.scene import View
from storymap.prepared import read_static

FILE_NAME = "maps.json"
"""In `static/`: `made_with`, the versions of the libraries that render, and of each kind of map the html and script."""

LIBRARIES = ("branca", "folium")

_MARKS = ("@centre@", "@zoom@", "@max_zoom@")
"""What stands in a prepared script for the numbers of `MapStart`."""


def draw_plain_map(view: View, *, max_zoom: float, tiled: bool, inset: bool = True) -> MapParts:
    """The parts of the map that `draw_map` of `storymap.drawing.folium_map` draws with these arguments."""
    kind = _read_maps().get(name_kind(tiled=tiled, inset=inset))
    if kind is None:
        return _render(view, max_zoom=max_zoom, tiled=tiled, inset=inset)
    script = kind["script"]
    for mark, number in zip(_MARKS, _list_numbers(MapStart.at(view, max_zoom=max_zoom)), strict=True):
        script = script.replace(mark, number)
    return MapParts(html=kind["html"], script=script, head="", added="", foreign=())


def render_marked(*, tiled: bool, inset: bool) -> dict[str, str]:
    """What is kept of a kind of map: its html and its script, with marks for numbers."""
    view = View(Bounds(-11.25, 22.5, 33.75, 45.0), zoom=3.21)
    parts = _render(view, max_zoom=7.65, tiled=tiled, inset=inset)
    assert parts == MapParts(parts.html, parts.script, head="", added="", foreign=()), "it is html and script alone"
    script = parts.script
    for mark, number in zip(_MARKS, _list_numbers(MapStart.at(view, max_zoom=7.65)), strict=True):
        assert script.count(number) == 1, "these numbers stand nowhere else"
        script = script.replace(number, mark)
    return {"html": parts.html, "script": script}


def name_kind(*, tiled: bool, inset: bool) -> str:
    """The name of a kind of map: what it has beside the drawn map and the places."""
    return " ".join(name for name, has in (("tiles", tiled), ("inset", inset)) if has)


def list_versions() -> dict[str, str]:
    """The versions of the libraries that decide how a map is rendered, as they are installed."""
    return {name: version(name) for name in LIBRARIES}


def _list_numbers(start: MapStart) -> Iterable[str]:
    """The numbers of a start, as they stand in a script."""
    return json.dumps(start.centre.lat_lon), json.dumps(start.zoom), json.dumps(start.max_zoom)


def _render(view: View, *, max_zoom: float, tiled: bool, inset: bool) -> MapParts:
    from storymap.drawing.figure import render_map
    from storymap.drawing.folium_map import draw_map

    return render_map(draw_map(view, max_zoom=max_zoom, tiled=tiled, inset=inset))


@lru_cache(maxsize=1)
def _read_maps() -> Mapping[str, Mapping[str, str]]:
    """What was prepared, by kind; nothing where other libraries than those that made it are installed."""
    prepared = json.loads(read_static(FILE_NAME))
    maps: Mapping[str, Mapping[str, str]] = prepared["maps"] if prepared["made_with"] == list_versions() else {}
    return maps
