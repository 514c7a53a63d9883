"""The map of a step, for an author's hook: a `folium.Map` on which elements stand only while the story is at that step.

It has no map of its own in the page. What is added to it is put onto the page's map, by scripts between two calls that
tell the browser so (`browser/src/map/step-elements.ts`).
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import Figure

from storymap.drawing.folium_map import StoryMap, Verbatim
from storymap.drawing.map_parts import MapStart
from storymap.model.scene import View


class StepMap(folium.Map):
    """A part of `story_map` for the step with this `number`; it is where the step's view is."""

    def __init__(self, story_map: StoryMap, number: int, view: View, *, max_zoom: float) -> None:
        self._story_map = story_map
        start = MapStart.at(view, max_zoom=max_zoom)
        super().__init__(location=start.centre.lat_lon, tiles=None)
        self.options |= {"zoom": start.zoom, "max_zoom": max_zoom}
        self.objects_to_stay_in_front = story_map.objects_to_stay_in_front
        self.number = number
        story_map.add_child(self, name=f"step_{number}")

    def get_name(self) -> str:
        """The name of the page's map, onto which elements put themselves."""
        return self._story_map.get_name()

    def render(self, **kwargs: Any) -> str:
        """Render what was added, if anything, between the calls that begin and end the step; gives nothing itself."""
        if not self._children:
            return ""
        figure = self.get_root()
        assert isinstance(figure, Figure), "a map is rendered in a figure"
        name, key = self.get_name(), f"step_{self.number}"
        figure.script.add_child(Verbatim(f"storymapFolium.begin({name}, {self.number});"), name=f"{key}_begin")
        for child in self._children.values():
            child.render(**kwargs)
        figure.script.add_child(Verbatim(f"storymapFolium.end({name});"), name=f"{key}_end")
        return ""
