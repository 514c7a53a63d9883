"""Story maps from Markdown: a folder of stories becomes a static site of linked Folium maps.

    import storymap

    project = storymap.load_project(".")
    story = storymap.load_stories(project)["declaration"]
    story.map()                          # a folium.Map, for a notebook
    site = storymap.build_site(project)  # {relative path: bytes}

What stands in `__all__` is the public API. It is loaded when it is first used, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storymap.api import Story, load_stories
    from storymap.checking.project import check_project
    from storymap.errors import Location, Problem, Report, Severity, StorymapError
    from storymap.model import Bounds, Leg, LonLat, Place, ProseLink, Step, View, When
    from storymap.project import Project, load_project
    from storymap.publishing.build import build_site
    from storymap.publishing.write import write_site
    from storymap.settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "Bounds": "model",
    "Leg": "model",
    "Location": "errors",
    "LonLat": "model",
    "Place": "model",
    "Problem": "errors",
    "Project": "project",
    "ProseLink": "model",
    "Report": "errors",
    "Settings": "settings",
    "Severity": "errors",
    "Step": "model",
    "Story": "api",
    "StorymapError": "errors",
    "View": "model",
    "When": "model",
    "build_site": "publishing.build",
    "check_project": "checking.project",
    "load_project": "project",
    "load_stories": "api",
    "write_site": "publishing.write",
}

__all__ = [
    "Bounds",
    "Leg",
    "Location",
    "LonLat",
    "Place",
    "Problem",
    "Project",
    "ProseLink",
    "Report",
    "Settings",
    "Severity",
    "Step",
    "Story",
    "StorymapError",
    "View",
    "When",
    "build_site",
    "check_project",
    "load_project",
    "load_stories",
    "write_site",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
