"""An author's own Python on every map: the function that a site's settings name gets it and adds Folium elements.

This is the door for whatever Folium can do and stories cannot say. The function is the author's own code, run at the
author's own wish; what it makes pages load from elsewhere is reported.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

from storymap.errors import Location, Report, StorymapError
from storymap.model import Story
from storymap.project import Project
from storymap.rendering.figure import MapParts, render_map
from storymap.rendering.maps import StoryMap

MapHook = Callable[[StoryMap, Story | None], object]
"""Gets the map of a page and its story (None for the atlas and for places)."""


def load_hook(project: Project, report: Report) -> MapHook | None:
    """The function that the settings name; None where they name none, or where it cannot be had (reported)."""
    name = project.settings.map_hook
    if not name:
        return None
    module, _, function = name.partition(":")
    sys.path.insert(0, str(project.root))
    try:
        hook = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, SyntaxError) as error:
        report.error(
            "unknown-hook",
            f'there is no Python function "{name}": {error}',
            Location(project.settings_path),
            help=f'write "def {function}(map, story): …" in {module.replace(".", "/")}.py beside the settings',
        )
        return None
    finally:
        sys.path.remove(str(project.root))
    return hook if callable(hook) else None


def finish_map(story_map: StoryMap, story: Story | None, hook: MapHook | None, report: Report) -> MapParts:
    """Let the hook add to the map, then render it. Raises `StorymapError` where the hook fails."""
    if hook is not None:
        try:
            hook(story_map, story)
        except Exception as error:
            problem = Report()
            problem.error(
                "hook-failed",
                f"the map hook failed with {type(error).__name__}: {error}",
                story.at if story else Location(""),
                help="the function that map_hook names in the settings must take a folium.Map and a story or None",
            )
            raise StorymapError(problem.errors) from error
    parts = render_map(story_map)
    for address in parts.foreign:
        report.warning(
            "foreign-asset",
            f'the map hook makes pages load "{address}"',
            Location(""),
            help="without a network, and in ten years, what it adds may be missing",
        )
    return parts
