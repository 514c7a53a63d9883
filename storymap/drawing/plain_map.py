"""The map of a page that no hook adds to: as Folium rendered it when the package was built, with the page's numbers.

Such maps differ in where they start and in which layers they have, and in nothing else. Folium, with pandas behind it,
takes longer to load than a story takes to build; so a map with every layer is rendered once, by
`storymap.bundling.maps`, and kept as the pieces of its script, with marks where numbers go. Where another Folium is
installed than rendered them, it renders every map itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from storymap.drawing.map_parts import MapParts, MapStart, list_layers
from storymap.layers.kinds import TAGS
from storymap.model.place import Bounds
from storymap.model.scene import View
from storymap.prepared import read_static

FILE_NAME = "maps.json"
"""In `static/`: `made_with`, the versions of the libraries that render, and `map`, what `render_marked` gives."""

LIBRARIES = ("branca", "folium")

_MARKS = ("@centre@", "@zoom@", "@max_zoom@")
"""What stands in a prepared script for the numbers of `MapStart`."""

_ORDER = "@order@"
"""What stands in the script of a layer for its number: the elements of a map are counted, itself the first."""

_PIECES = re.compile(r"\n(?=var |storymap\.start)")


def draw_plain_map(view: View, kinds: Iterable[str] = (), *, max_zoom: float, inset: bool = True) -> MapParts:
    """The parts of the map that `draw_map` of `storymap.drawing.folium_map` draws with these arguments."""
    kinds = tuple(kinds)
    prepared = _read_map()
    if prepared is None:
        return _render(view, kinds, max_zoom=max_zoom, inset=inset)
    first = prepared["map"]
    for mark, number in zip(_MARKS, _list_numbers(MapStart.at(view, max_zoom=max_zoom)), strict=True):
        first = first.replace(mark, number)
    names = enumerate(list_layers(kinds, inset=inset), 2)
    layers = [prepared["layers"][name].replace(_ORDER, str(order)) for order, name in names]
    script = "\n".join((first, *layers, prepared["start"]))
    return MapParts(html=prepared["html"], script=script, head="", added="", whole=False, elsewhere=())


def render_marked() -> dict[str, Any]:
    """What is kept of a map with every layer: its html, and the pieces of its script with marks for numbers."""
    view = View(Bounds(-11.25, 22.5, 33.75, 45.0), zoom=3.21)
    parts = _render(view, TAGS, max_zoom=7.65, inset=True)
    assert parts == MapParts(parts.html, parts.script, "", added="", whole=False, elsewhere=()), "that is all of it"
    first, *layers, start = _PIECES.split(parts.script)
    for mark, number in zip(_MARKS, _list_numbers(MapStart.at(view, max_zoom=7.65)), strict=True):
        assert first.count(number) == 1, "these numbers stand nowhere else"
        first = first.replace(number, mark)
    names = list_layers(TAGS, inset=True)
    marked = {
        name: piece.replace(f"{name}_{order}", f"{name}_{_ORDER}")
        for order, (name, piece) in enumerate(zip(names, layers, strict=True), 2)
    }
    return {"html": parts.html, "map": first, "layers": marked, "start": start}


def list_versions() -> dict[str, str]:
    """The versions of the libraries that decide how a map is rendered, as they are installed."""
    return {name: version(name) for name in LIBRARIES}


def _list_numbers(start: MapStart) -> Iterable[str]:
    """The numbers of a start, as they stand in a script."""
    return json.dumps(start.centre.lat_lon), json.dumps(start.zoom), json.dumps(start.max_zoom)


def _render(view: View, kinds: Iterable[str], *, max_zoom: float, inset: bool) -> MapParts:
    from storymap.drawing.figure import render_map
    from storymap.drawing.folium_map import draw_map

    return render_map(draw_map(view, kinds, max_zoom=max_zoom, inset=inset))


@lru_cache(maxsize=1)
def _read_map() -> Mapping[str, Any] | None:
    """What was prepared; nothing where other libraries than those that made it are installed."""
    prepared = json.loads(read_static(FILE_NAME))
    kept: Mapping[str, Any] | None = prepared["map"] if prepared["made_with"] == list_versions() else None
    return kept
