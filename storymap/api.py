"""Story maps from Python: load a project, look at its stories, put their maps into a notebook, build its site.

>>> import storymap
>>> project = storymap.load_project(".")
>>> story = storymap.load_stories(project)["declaration"]
>>> story.map()  # a folium.Map: a notebook shows it, .save("map.html") writes it

Above `building`, beside `cli`; nothing inside the package imports it.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from storymap.building.content import read_content
from storymap.building.edition import make_edition
from storymap.building.stories import map_story
from storymap.drawing.document import MapDocument
from storymap.drawing.edition import Edition
from storymap.errors import Report
from storymap.model import story as resolved
from storymap.project import Project

if TYPE_CHECKING:
    from storymap.drawing.folium_map import StoryMap


class Story(resolved.Story):
    """A story that knows the site it belongs to, and so can draw its map. Otherwise as `storymap.model.story.Story`."""

    __slots__ = ("_edition",)
    _edition: Edition

    def map(self) -> StoryMap:
        """The story's map as a `folium.Map`, as on its page: basemap, lines, markers.

        Add any Folium element to it. It shows in a notebook, and `map.save("map.html")` writes a page that needs no
        network. Each call makes a new map.
        """
        story_map, payload = map_story(self, self._edition)
        MapDocument(story_map, payload=payload, css=self._edition.story_css)
        return story_map


def load_stories(project: Project, *, drafts: bool = False) -> dict[str, Story]:
    """The stories of `project` by id, in the order of its atlas.

    Raises `StorymapError` with every mistake of the project.
    """
    report = Report()
    content = read_content(project, report, drafts=drafts)
    edition = make_edition(project.settings, project.where("tiles"), report=report)
    report.raise_errors()
    return {story.id: _with_edition(story, edition) for story in content.stories}


def _with_edition(story: resolved.Story, edition: Edition) -> Story:
    known = Story(**{field.name: getattr(story, field.name) for field in fields(story)})
    object.__setattr__(known, "_edition", edition)
    return known
