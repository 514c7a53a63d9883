"""Story maps from Markdown: a folder of stories becomes a static site of linked Folium maps.

    import storymap

    project = storymap.load_project(".")
    story = storymap.load_stories(project)["declaration"]
    story.map()                          # a folium.Map, for a notebook
    site = storymap.build_site(project)  # {relative path: bytes}

    prices = storymap.layers.Areas.from_geopandas(frame, by="price")
    prices.add_to(folium.Map())          # a layer for any map of Folium's
    storymap.Story("Heat", [storymap.Step("Then", layers=[prices])]).save("site")

What stands in `__all__` is the public API. It is loaded when it is first used, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storymap import layers
    from storymap.api.steps import Step
    from storymap.api.stories import ResolvedStep, ResolvedStory, Story, load_stories
    from storymap.building.build import build_site
    from storymap.building.write import write_site
    from storymap.checking.project import check_project
    from storymap.errors import Location, Problem, Report, Severity, StorymapError
    from storymap.language.dates import say_when
    from storymap.model.layer import Leg
    from storymap.model.place import Bounds, LonLat, Place
    from storymap.model.prose import MapLink
    from storymap.model.scene import View
    from storymap.model.time import When
    from storymap.project import Project, load_project
    from storymap.settings.model import Settings

__version__ = "0.1.0"

_HOMES = {
    "Bounds": "model.place",
    "Leg": "model.layer",
    "Location": "errors",
    "LonLat": "model.place",
    "MapLink": "model.prose",
    "Place": "model.place",
    "Problem": "errors",
    "Project": "project",
    "Report": "errors",
    "ResolvedStep": "api.stories",
    "ResolvedStory": "api.stories",
    "Settings": "settings.model",
    "Severity": "errors",
    "Step": "api.steps",
    "Story": "api.stories",
    "StorymapError": "errors",
    "View": "model.scene",
    "When": "model.time",
    "build_site": "building.build",
    "check_project": "checking.project",
    "layers": "layers",
    "load_project": "project",
    "load_stories": "api.stories",
    "say_when": "language.dates",
    "write_site": "building.write",
}

__all__ = [
    "Bounds",
    "Leg",
    "Location",
    "LonLat",
    "MapLink",
    "Place",
    "Problem",
    "Project",
    "Report",
    "ResolvedStep",
    "ResolvedStory",
    "Settings",
    "Severity",
    "Step",
    "Story",
    "StorymapError",
    "View",
    "When",
    "build_site",
    "check_project",
    "layers",
    "load_project",
    "load_stories",
    "say_when",
    "write_site",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{home}")
    return module if home == name else getattr(module, name)
