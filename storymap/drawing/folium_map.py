"""Every map is a `folium.Map`: the map of a page and the layers on it, as Folium elements.

Folium carries structure, numbers and ids. Text and geometry travel beside it as the page's JSON payload
(`storymap.drawing.contract`), because branca compiles what it has rendered as a Jinja template once more: a place
named `{{ 7*7 }}` would come out as 49. The elements here therefore render nothing that an author wrote, and are placed
into the figure verbatim, which also saves that second compilation.

    StoryMap                   L.map
    ├── PageLayer("basemap")   the drawn map
    ├── PageLayer("markers")   and one for each other kind of layer that its scenes have
    ├── PageLayer("inset")     where the map looks
    └── anything of Folium's   what an author's hook or notebook adds
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from storymap.drawing.map_parts import DATA_ID, MapStart, list_layers
from storymap.drawing.minimap import draw_minimaps
from storymap.model.scene import View

_RANDOM_LENGTH = 32
"""Hexadecimal digits of an id of branca's own."""

_RANDOM_ID = re.compile(rf"_[0-9a-f]{{{_RANDOM_LENGTH}}}$")


class Verbatim(Element):
    """Rendered text that goes into the figure as it is: branca does not compile it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """The text."""
        return self.text


class VerbatimMacro(MacroElement):
    """A macro element whose rendered parts are placed into the figure without a second compilation."""

    def render(self, **kwargs: Any) -> str:
        """Place the header, html and script macros of the template, then render the children; gives nothing itself."""
        figure = self._figure()
        for part in ("header", "html", "script"):
            macro = getattr(self._template.module, part, None)
            if macro is not None:
                getattr(figure, part).add_child(Verbatim(macro(self, kwargs)), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def _figure(self) -> Figure:
        root = self.get_root()
        assert isinstance(root, Figure), "an element is rendered in a figure"
        return root


class StoryMap(VerbatimMacro, folium.Map):
    """The map of a page: a `folium.Map` that asks no other host for anything.

    It starts at `view`; the browser then fits the view's bounds into the part of the map that no text covers. Last of
    all, when every layer is on the map, its script binds it to the text of the page.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as Folium declares it; lists of its own, which nobody edits
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
            center: {{ this.location|tojson }},
            crs: L.CRS.{{ this.crs }},
            ...{{ this.options|tojavascript }}
        });
        {%- endmacro %}
        """
    )

    def __init__(self, view: View, *, max_zoom: float) -> None:
        start = MapStart.at(view, max_zoom=max_zoom)
        super().__init__(
            location=start.centre.lat_lon,
            tiles=None,
            zoom_control=False,
            zoom_snap=0,
            world_copy_jump=True,
        )
        self.options |= {"zoom": start.zoom, "max_zoom": max_zoom}
        self._rendered: dict[str, set[str]] = {}

    def render(self, **kwargs: Any) -> str:
        """Render the tree into its figure, with ids counted from 1 in place of branca's random ones."""
        if draw_minimaps(self):
            self._children = OrderedDict((key, child) for key, child in self._children.items() if not _is_inset(child))
        _number(self)
        parts = {part: getattr(self._figure(), part)._children for part in ("header", "html", "script")}
        for part, children in parts.items():  # what an earlier rendering placed there: its ids may be others now
            for key in self._rendered.get(part, ()):
                children.pop(key, None)
        given = {part: set(children) for part, children in parts.items()}
        super().render(**kwargs)
        script, name = self._figure().script, self.get_name()
        if self.objects_to_stay_in_front:
            raised = " ".join(f"{layer.get_name()}.bringToFront();" for layer in self.objects_to_stay_in_front)
            script.add_child(
                Verbatim(f'{name}.on("overlayadd", () => {{ {raised} }}).fire("overlayadd");'), name="in_front"
            )
        script.add_child(Verbatim(f'storymap.start({name}, "{DATA_ID}");'), name="start")
        self._rendered = {part: set(children) - given[part] for part, children in parts.items()}
        return ""


class PageLayer(VerbatimMacro):
    """A layer that the browser runtime makes from the page's payload: `storymap.layer("markers", "storymap-data")`.

    `kind` is that of a layer of scenes (`storymap.layers`), or what every map has: `basemap`, the drawn map, or
    `inset`, a small map that shows where the main one looks.
    """

    data_id: ClassVar[str] = DATA_ID

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = storymap.layer("{{ this.kind }}", "{{ this.data_id }}");
        {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {%- endmacro %}
        """
    )

    def __init__(self, kind: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = kind
        self.kind = kind


def draw_map(view: View, kinds: Iterable[str] = (), *, max_zoom: float, inset: bool = True) -> StoryMap:
    """The Folium map of a page, with a layer for each of `kinds`, the lowest first, that its payload feeds."""
    story_map = StoryMap(view, max_zoom=max_zoom)
    for name in list_layers(kinds, inset=inset):
        PageLayer(name).add_to(story_map)
    return story_map


def _is_inset(child: Element) -> bool:
    return isinstance(child, PageLayer) and child.kind == "inset"


def _number(root: Element) -> None:
    """Give every element below `root` its number as id, also where its parent keeps it under its name."""
    elements = list(_walk(root))
    layers: list[Any] = [element for element in elements if hasattr(element, "layer_name")]
    for layer in layers:
        # Folium names a layer that has no name by its random id, which readers would see.
        if _RANDOM_ID.search(layer.layer_name or ""):
            layer.layer_name = type(layer).__name__
    before = {element: element.get_name() for element in elements}
    # An element keeps the number of an earlier rendering, which others may have written down.
    known = [int(element._id) for element in elements if _is_number(element._id)]
    fresh = (element for element in elements if not _is_number(element._id))
    for number, element in enumerate(fresh, max(known, default=0) + 1):
        element._id = str(number)
    for element in elements:
        element._children = OrderedDict(
            (child.get_name() if before.get(child) == key else key, child) for key, child in element._children.items()
        )


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < _RANDOM_LENGTH


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for part in ("header", "html", "script"):  # a popup keeps its content in parts of its own, as a figure does
        content = getattr(element, part, None)
        if isinstance(content, Element):
            yield from _walk(content)
    for child in element._children.values():
        yield from _walk(child)
