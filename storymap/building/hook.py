"""An author's own Python on every map: the function that a site's settings name gets it and adds Folium elements.

This is the door for whatever Folium can do and stories cannot say. The function is the author's own code, run at the
author's own wish; what it makes pages load from elsewhere is reported.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from storymap.addresses import plugin_file
from storymap.building.content import read_content
from storymap.building.keeping import KeptFile, read_copy, read_lock
from storymap.building.modules import import_anew, list_modules
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Task, keep
from storymap.drawing.elsewhere import name_host
from storymap.drawing.map_parts import MapParts
from storymap.drawing.plain_map import draw_plain_map
from storymap.drawing.plugins import find_plugin, list_plugins, read_plugin
from storymap.earth.views import GROUND_ZOOM, fit_view
from storymap.errors import Location, Report, StorymapError
from storymap.model.scene import View
from storymap.model.story import Story
from storymap.project import Project
from storymap.resolving.atlas import make_atlas
from storymap.resolving.visits import choose_places
from storymap.text.shortening import shorten
from storymap.text.suggesting import find_nearest

if TYPE_CHECKING:
    from storymap.drawing.folium_map import StoryMap

_KEEP = 'without a network, and in ten years, it may be missing; "storymap assets" keeps a copy in the project'
_BLANKS = "without a network, and in ten years, it may be missing; the drawn map asks nobody"
_RULE = "it gets every folium.Map, and the story it is for or None"


@dataclass(frozen=True, slots=True)
class MapHook:
    """The author's `function`, which gets the map of a page and its story (None for the atlas and for places).

    `version` is a digest of its code and of all that it may read, `at` the setting that names it, `root` the project's
    folder; `kept` are the copies that the project has of what its elements load.
    """

    function: Callable[[StoryMap, Story | None], object] = field(compare=False)
    version: str
    at: Location
    root: Path
    kept: tuple[KeptFile, ...] = ()


def load_hook(project: Project, report: Report, runner: Runner, files: ProjectFiles) -> MapHook | None:
    """The function that the settings name; None where they name none, or where it cannot be had (reported).

    It is imported anew, and so counts as another one, when since the last round of `runner` a Python file of the
    project changed, or a file beside the places or the stories, which it may read. (A story itself it is given.)
    """
    name = project.settings.map_hook
    if not name:
        return None
    modules = list_modules(project.root)
    data = sorted((*project.geo_folder.rglob("*"), *project.stories_folder.rglob("*")))
    contents = tuple((file.as_posix(), files.look(file)) for file in (*modules, *data) if file.suffix.lower() != ".md")
    at, root = project.where("map_hook"), project.root
    version = runner.digest(name, root, contents)
    hook = runner.recall("hook", version, lambda report: _import_hook(name, at, root, modules, version, report), report)
    return replace(hook, kept=read_lock(project.root, files, report)) if hook else None


def _import_hook(
    name: str, at: Location, root: Path, modules: tuple[Path, ...], version: str, report: Report
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
    return MapHook(hook, version, at, root)


def draw_page_map(
    view: View,
    kinds: Iterable[str] = (),
    *,
    max_zoom: float,
    inset: bool = True,
    story: Story | None = None,
    hook: MapHook | None,
    root: str = "",
    report: Report,
) -> MapParts:
    """The map of a page, for which `draw_map` has the arguments, with what the hook adds for `story`.

    `root` leads from the page to the root of the site. What the page would load from elsewhere is told. Raises
    `StorymapError` where the hook, or what it added, fails.
    """
    if hook is None:
        return draw_plain_map(view, kinds, max_zoom=max_zoom, inset=inset)
    from storymap.drawing.figure import render_map
    from storymap.drawing.folium_map import draw_map

    story_map = draw_map(view, kinds, max_zoom=max_zoom, inset=inset)
    try:
        with chdir(hook.root):  # a file that it names lies in the project, wherever the command was typed
            hook.function(story_map, story)
            parts = render_map(story_map, find_copies=partial(_find_copies, hook, root))
    except (Exception, SystemExit) as error:  # it may not end the program, either
        problem = Report()
        problem.error(
            "hook-failed",
            f"the map hook failed with {type(error).__name__}: {error}",
            _find_line(error, hook),
            help=f"mend it, or take map_hook out of the settings; {_RULE}",
        )
        raise StorymapError(problem.errors) from error
    for (host, blanks), grouped in groupby(sorted(parts.elsewhere, key=_name_server), key=_name_server):
        addresses = tuple(grouped)
        more = f" and {len(addresses) - 1} more from {host}" if len(addresses) > 1 else ""
        report.warning(
            "foreign-asset",
            f'the map hook makes pages load "{shorten(addresses[0], 120)}"{more}',
            hook.at,
            help=_BLANKS if blanks else _KEEP,
        )
    for path in parts.missing:
        report.warning(
            "foreign-asset",
            f'the map hook makes pages load "{shorten(path, 120)}", which the site does not have',
            hook.at,
            help='if it is a file of the project, run "storymap assets", which takes it along',
        )
    return parts


def hook_files(hook: MapHook | None, files: ProjectFiles, runner: Runner, report: Report) -> Iterator[Task]:
    """The copies that the site carries of what the hook's elements load; one that was changed is told in `report`.

    Of plugins that the package carries, the site has those that a page loads.
    """
    if hook is None:
        return
    for plugin in list_plugins():
        yield runner.task(plugin_file(plugin.file), copy_plugin, plugin.file, on_demand=True)
    for file in hook.kept:
        data = read_copy(file, hook.root, files, report)
        if data is not None:
            yield runner.task(file.published, keep, data)


def copy_plugin(file: str, *, report: Report) -> bytes:  # noqa: ARG001 - a task's
    """A file of a plugin that the package carries."""
    return read_plugin(file)


def list_addresses(project: Project, report: Report) -> tuple[str, ...]:
    """What the hook's elements load on any page, from other hosts and from files of the project.

    An address with blanks to fill in, as of map tiles, stands for more than can be had, and is left out. Mistakes go
    to `report`. Raises `StorymapError` where the hook fails.
    """
    runner, files = Runner(), ProjectFiles()
    content = read_content(project, report, drafts=True, runner=runner, files=files)
    hook = load_hook(project, report, runner, files)
    if hook is None or report.errors:
        return ()
    places = choose_places(content.stories, content.names, every=project.settings.pages == "all")
    atlas = make_atlas(content.stories, places, ground=content.gazetteer.places)
    looks: list[tuple[View, Story | None]] = [(story.view, story) for story in content.stories]
    looks += [(view, None) for view in (atlas.scene.view, *(fit_view([place]) for place in places))]
    found: dict[str, None] = {}
    for view, story in looks:
        bare = replace(hook, kept=())
        parts = draw_page_map(view, max_zoom=GROUND_ZOOM, story=story, hook=bare, report=Report())
        found |= dict.fromkeys((*parts.elsewhere, *parts.missing))
    return tuple(address for address in found if "{" not in address)


def _find_copies(hook: MapHook, root: str, addresses: Iterable[str]) -> dict[str, str]:
    """Where the page that `root` leads from finds what its elements load: the project's own copy, or the package's."""
    kept = {file.address: root + file.published for file in hook.kept}
    carried = {address: find_plugin(address) for address in addresses if address not in kept}
    return kept | {address: root + plugin_file(file) for address, file in carried.items() if file}


def _suggest_function(written: str, module: ModuleType | None) -> str:
    """The function of `module` that `written` most likely means, empty where none is near."""
    names = sorted(name for name, value in vars(module).items() if callable(value)) if module else []
    return find_nearest(written, names)


def _name_server(address: str) -> tuple[str, bool]:
    """The host of an address, and whether it has blanks to fill in, as that of map tiles."""
    return name_host(address), "{" in address


def _find_line(error: BaseException, hook: MapHook) -> Location:
    """The last line of the author's own that the error came through; the setting where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(hook.root) and frame.lineno:
            try:
                source = file.read_text(encoding="utf-8", errors="replace").split("\n")[frame.lineno - 1]
            except (OSError, IndexError):  # it is another one by now
                return hook.at
            column = len(source) - len(source.lstrip()) + 1
            path = file.relative_to(hook.root).as_posix()
            return Location(path, frame.lineno, column, len(source.strip()), source)
    return hook.at
