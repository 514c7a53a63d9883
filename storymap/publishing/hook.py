"""An author's own Python on every map: the function that a site's settings name gets it and adds Folium elements.

This is the door for whatever Folium can do and stories cannot say. The function is the author's own code, run at the
author's own wish; what it makes pages load from elsewhere is reported.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from storymap.errors import Location, Report, StorymapError
from storymap.model import Story
from storymap.project import Project
from storymap.publishing.memory import Memory
from storymap.publishing.modules import import_anew, list_modules
from storymap.rendering.figure import MapParts, render_map
from storymap.rendering.maps import StoryMap
from storymap.suggesting import find_nearest

_RULE = "it gets every folium.Map, and the story it is for or None"


@dataclass(frozen=True, slots=True)
class MapHook:
    """The author's `function`, which gets the map of a page and its story (None for the atlas and for places).

    `at` is the setting that names it, `root` the project's folder.
    """

    function: Callable[[StoryMap, Story | None], object]
    at: Location
    root: Path


def load_hook(project: Project, report: Report, memory: Memory) -> MapHook | None:
    """The function that the settings name; None where they name none, or where it cannot be had (reported).

    It is imported anew, and so counts as another one, when since the last round of `memory` a Python file of the
    project changed, or a file beside the places or the stories, which it may read. (A story itself it is given.)
    """
    name = project.settings.map_hook
    if not name:
        return None
    modules = list_modules(project.root)
    data = sorted((*project.geo_folder.rglob("*"), *project.stories_folder.rglob("*")))
    contents = tuple(
        (file.as_posix(), memory.shelf.look(file)) for file in (*modules, *data) if file.suffix.lower() != ".md"
    )
    return memory.recall(
        ("hook",), _import_hook, name, project.where("map_hook"), project.root, modules, contents, report=report
    )


def _import_hook(
    name: str, at: Location, root: Path, modules: tuple[Path, ...], _: tuple[tuple[str, object], ...], *, report: Report
) -> MapHook | None:
    module, _colon, function = name.partition(":")
    try:
        hook = getattr(import_anew(module, root, modules), function)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - an author's module may do anything when it is imported
        help = f'write "def {function}(map, story): …" in {module.replace(".", "/")}.py beside the settings; {_RULE}'
        if isinstance(error, AttributeError) and (near := _suggest_function(function, sys.modules.get(module))):
            help = f'did you mean "{module}:{near}"?'
        report.error("unknown-hook", f'there is no Python function "{name}": {error}', at, help=help)
        return None
    if not callable(hook):
        report.error("unknown-hook", f'"{name}" is no function', at, help=_RULE)
        return None
    return MapHook(hook, at, root)


def finish_map(story_map: StoryMap, story: Story | None, hook: MapHook | None, report: Report) -> MapParts:
    """Let the hook add to the map, then render it. Raises `StorymapError` where the hook, or what it added, fails."""
    if hook is None:
        return render_map(story_map)
    try:
        hook.function(story_map, story)
        parts = render_map(story_map)
    except (Exception, SystemExit) as error:  # it may not end the program, either
        problem = Report()
        problem.error(
            "hook-failed",
            f"the map hook failed with {type(error).__name__}: {error}",
            _find_line(error, hook),
            help=f"mend it, or take map_hook out of the settings; {_RULE}",
        )
        raise StorymapError(problem.errors) from error
    for address in parts.foreign:
        report.warning(
            "foreign-asset",
            f'the map hook makes pages load "{address}"',
            hook.at,
            help="without a network, and in ten years, what it adds may be missing",
        )
    return parts


def _suggest_function(written: str, module: ModuleType | None) -> str:
    """The function of `module` that `written` most likely means, empty where none is near."""
    names = sorted(name for name, value in vars(module).items() if callable(value)) if module else []
    return find_nearest(written, names)


def _find_line(error: BaseException, hook: MapHook) -> Location:
    """The last line of the author's own that the error came through; the setting where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(hook.root) and frame.lineno:
            source = file.read_text(encoding="utf-8", errors="replace").splitlines()[frame.lineno - 1]
            column = len(source) - len(source.lstrip()) + 1
            path = file.relative_to(hook.root).as_posix()
            return Location(path, frame.lineno, column, len(source.strip()), source)
    return hook.at
