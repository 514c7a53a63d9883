"""Folium's MiniMap on a map of ours: it shows the drawn map, where nobody asked for other tiles than Folium's own.

Those are OpenStreetMap's, whose servers refuse a page that was opened from disk. Our own small map makes room for it.
"""

from __future__ import annotations

import folium
from folium.plugins import MiniMap
from folium.template import Template

from storymap.drawing.elsewhere import name_host
from storymap.drawing.map_parts import DATA_ID

_ASKED_BY_DEFAULT = "tile.openstreetmap.org"

_DRAWN = Template(
    f"""
    {{% macro script(this, kwargs) %}}
    var {{{{ this.get_name() }}}} = new L.Control.MiniMap(
        storymap.layer("ground", "{DATA_ID}"),
        {{{{ this.options|tojavascript }}}}
    );
    {{{{ this._parent.get_name() }}}}.addControl({{{{ this.get_name() }}}});
    {{% endmacro %}}
    """
)


def draw_minimaps(story_map: folium.Map) -> bool:
    """Let each MiniMap of a map, and of those in it, show the drawn map; whether there is one."""
    found = False
    for child in story_map._children.values():
        if isinstance(child, folium.Map):
            found |= draw_minimaps(child)
        elif isinstance(child, MiniMap):
            found = True
            if name_host(child.tile_layer.tiles) == _ASKED_BY_DEFAULT:
                child._template = _DRAWN
    return found
