"""Story maps from Python: load a project, look at its stories, put their maps into a notebook, build its site.

>>> import storymap
>>> project = storymap.load_project(".")
>>> story = storymap.load_stories(project)["declaration"]
>>> story.map()  # a folium.Map: a notebook shows it, .save("map.html") writes it

Above `building`, beside `cli`; nothing inside the package imports it.
"""

from __future__ import annotations

from dataclasses import fields

from storymap.building.content import read_content
from storymap.building.stories import map_story
from storymap.drawing.document import MapDocument
from storymap.drawing.folium_map import StoryMap, draw_map
from storymap.drawing.payload import list_kinds
from storymap.errors import Report
from storymap.model import story as resolved
from storymap.model.layer import Tiles
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import Project
from storymap.resolving.tiles import find_tiles


class Story(resolved.Story):
    """A story that knows the site it belongs to, and so can draw its map. Otherwise as `storymap.model.story.Story`."""

    __slots__ = ("_tiles",)
    _tiles: Tiles | None

    def map(self) -> StoryMap:
        """The story's map as a `folium.Map`, as on its page: basemap, lines, markers.

        Add any Folium element to it. It shows in a notebook, and `map.save("map.html")` writes a page that needs no
        network. Each call makes a new map.
        """
        payload = map_story(self, self._tiles)
        story_map = draw_map(self.view, list_kinds(payload), max_zoom=payload["maxZoom"])
        MapDocument(story_map, payload=payload, css=builtin_theme().story_css, lang=self.lang)
        return story_map


def load_stories(project: Project, *, drafts: bool = False) -> dict[str, Story]:
    """The stories of `project` by id, in the order of its atlas.

    Raises `StorymapError` with every mistake of the project.
    """
    report = Report()
    content = read_content(project, report, drafts=drafts)
    tiles = find_tiles(project.settings, project.where("tiles"), report)
    report.raise_errors()
    return {story.id: _with_tiles(story, tiles) for story in content.stories}


def _with_tiles(story: resolved.Story, tiles: Tiles | None) -> Story:
    known = Story(**{field.name: getattr(story, field.name) for field in fields(story)})
    object.__setattr__(known, "_tiles", tiles)
    return known
