"""The map of a page, with what an author's hook adds to it, and the files that its elements load.

What the hook makes pages load from elsewhere is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import chdir
from dataclasses import replace
from functools import partial
from itertools import groupby

from storymap.addresses import plugin_file
from storymap.building.content import read_content
from storymap.building.hook import RULE, MapHook, find_line, load_hook
from storymap.building.keeping import read_copy
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Task, keep
from storymap.drawing.elsewhere import name_host
from storymap.drawing.map_parts import MapParts
from storymap.drawing.plain_map import draw_plain_map
from storymap.drawing.plugins import NEEDLESS, find_plugin, list_plugins, read_plugin
from storymap.earth.views import GROUND_ZOOM, fit_view
from storymap.errors import Report, StorymapError
from storymap.model.scene import View
from storymap.model.story import Step, Story
from storymap.project import Project
from storymap.resolving.atlas import describe_story, rank_places, show_stories
from storymap.resolving.views import frame_places
from storymap.resolving.visits import choose_places
from storymap.text.shortening import shorten

_KEEP = 'without a network, and in ten years, it may be missing; "storymap assets add" keeps a copy in the project'
_BLANKS = "without a network, and in ten years, it may be missing; the drawn map asks nobody"


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

    A hook that takes the step is called for what always stands there, and then for each step of the story. `root` leads
    from the page to the root of the site. What the page would load from elsewhere is told. Raises
    `StorymapError` where the hook, or what it added, fails.
    """
    if hook is None:
        return draw_plain_map(view, kinds, max_zoom=max_zoom, inset=inset)
    from storymap.drawing.figure import render_map
    from storymap.drawing.folium_map import draw_map
    from storymap.drawing.step_map import StepMap

    story_map = draw_map(view, kinds, max_zoom=max_zoom, inset=inset)
    step: Step | None = None
    try:
        with chdir(hook.root):  # a file that it names lies in the project, wherever the command was typed
            hook.function(story_map, story, *((None,) if hook.takes_step else ()))
            for step in story.steps if story and hook.takes_step else ():
                hook.function(StepMap(story_map, step.number, step.view, max_zoom=max_zoom), story, step)
            step = None
            parts = render_map(story_map, find_copies=partial(_find_copies, hook, root))
    except (Exception, SystemExit) as error:  # it may not end the program, either
        problem = Report()
        where = f' at step {step.number}, "{step.title}",' if step else ""
        problem.error(
            "hook-failed",
            f"the map hook failed{where} with {type(error).__name__}: {error}",
            find_line(error, hook),
            help=f"mend it, or take map_hook out of the settings; {RULE}",
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
            help='if it is a file of the project, run "storymap assets add", which takes it along',
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
    stories, outlines = content.stories, [story.outline for story in content.ready]
    places = choose_places(outlines, content.names, every=project.settings.pages == "all")
    scenes = [describe_story(story).scene for story in stories]
    ranked = rank_places(places, outlines)
    view = frame_places(ranked or content.gazetteer.places)
    atlas = show_stories(scenes, ranked, view=view)
    looks: list[tuple[View, Story | None]] = [(story.view, story) for story in stories]
    looks += [(view, None) for view in (atlas.view, *(fit_view([place]) for place in places))]
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
    return NEEDLESS | {address: root + plugin_file(file) for address, file in carried.items() if file} | kept


def _name_server(address: str) -> tuple[str, bool]:
    """The host of an address, and whether it has blanks to fill in, as that of map tiles."""
    return name_host(address), "{" in address
