"""Layers of the author's data on any `folium.Map`: a Folium layer that brings its data, its key and its script along.

Two Leaflets do not know each other's layers, so on a map of Folium's own the script, which has all of Leaflet, takes
the place of the one that Folium would load from elsewhere; whatever else such a map loads is left alone. A `StoryMap`
has its script already. As everywhere, texts and geometry stand beside what Folium renders.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import Figure
from folium.template import Template

from storymap.drawing.folium_map import Verbatim
from storymap.drawing.payload import compose_layers, write_payload
from storymap.earth.bounds import bounds_of_geometry, union_bounds
from storymap.earth.views import fit_bounds
from storymap.model.layer import DataLayer
from storymap.model.scene import Scene
from storymap.prepared import read_static


class GuestLayer(folium.map.Layer):
    """`layers`, of which there is at least one, with their key in `lang`, as one layer of a `folium.Map`.

    `name` is what a `folium.LayerControl` calls it, in which a reader can take it off; `show` says whether it is on the
    map from the beginning.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = storymapLayers("{{ this.data_id }}");
        {% if this.show %}{{ this.get_name() }}.addTo({{ this._parent.get_name() }});{% endif %}
        {% endmacro %}
        """
    )

    def __init__(self, layers: Sequence[DataLayer], *, name: str, lang: str, show: bool = True) -> None:
        super().__init__(name=_write_name(name), overlay=True, show=show)
        self._name = type(self).__name__
        features = [feature for layer in layers for feature in layer.features]
        self.bounds = union_bounds([bounds_of_geometry(feature.shape) for feature in features])
        self.payload = compose_layers(Scene(fit_bounds(self.bounds), tuple(layers)), lang)

    @property
    def data_id(self) -> str:
        """The id of the element with its payload."""
        return f"{self.get_name()}_data"

    def render(self, **kwargs: Any) -> str:
        """Place its data and, where it is not there yet, its script into the figure; then itself; gives nothing."""
        figure = self.get_root()
        assert isinstance(figure, Figure), "an element is rendered in a figure"
        header = figure.header._children
        if "leaflet" in header:
            figure.header.add_child(Verbatim(f"<script>{read_static('guest.js').decode()}</script>"), name="leaflet")
            figure.header.add_child(Verbatim(f"<style>{read_static('guest.css').decode()}</style>"), name="leaflet_css")
        # What looks like an address would be taken for one that the page loads.
        data = write_payload(self.payload).replace("//", "/\\u002f")
        element = f'<script type="application/json" id="{self.data_id}">{data}</script>'
        figure.html.add_child(Verbatim(element), name=self.data_id)
        # Folium's own would add the script that puts it onto the map once more at each rendering.
        super(folium.map.Layer, self).render(**kwargs)  # type: ignore[no-untyped-call]  # nor is it typed
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        """South-west and north-east, latitude first, for `Map.get_bounds()` of Folium."""
        box = self.bounds
        return [[box.south, box.west], [box.north, box.unwrapped_east]]


def _write_name(name: str) -> str:
    """`name` for Folium's control, which Leaflet reads as HTML, and branca before it as a template."""
    return html.escape(name).replace("{", "&#123;").replace("}", "&#125;")
