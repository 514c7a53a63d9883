"""An author's own Python on every map: the function that a site's settings name gets it and adds Folium elements.

This is the door for whatever Folium can do and stories cannot say. The function is the author's own code, run at the
author's own wish; what it makes pages load from elsewhere is reported.
"""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

from storymap.building.keeping import KeptFile, read_lock
from storymap.building.modules import import_anew, list_modules
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.text.suggesting import find_nearest

RULE = "it gets every folium.Map and the story it is for or None, and as a third each step of that story"


@dataclass(frozen=True, slots=True)
class MapHook:
    """The author's `function`, which gets the map of a page and its story (None for the atlas and for places).

    One that `takes_step` is called for what always stands there, with None as the step, and then for each step of the
    story. `version` is a digest of its code and of all that it may read, `at` the setting that names it, `root` the
    project's folder; `kept` are the copies that the project has of what its elements load.
    """

    function: Callable[..., object] = field(compare=False)
    takes_step: bool
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
    hook = runner.recall_found(
        "hook", version, lambda report: _import_hook(name, at, root, modules, version, report), report
    )
    return replace(hook, kept=read_lock(project.root, files, report)) if hook else None


def _import_hook(
    name: str, at: Location, root: Path, modules: tuple[Path, ...], version: str, report: Report
) -> MapHook | None:
    module, _colon, function = name.partition(":")
    try:
        hook = getattr(import_anew(module, root, modules), function)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - an author's module may do anything when it is imported
        help = (
            f'write "def {function}(map, story, step): …" in {module.replace(".", "/")}.py beside the settings; {RULE}'
        )
        if isinstance(error, AttributeError) and (near := _suggest_function(function, sys.modules.get(module))):
            help = f'did you mean "{module}:{near}"?'
        report.error("unknown-hook", f'there is no Python function "{name}": {error}', at, help=help)
        return None
    if not callable(hook):
        report.error("unknown-hook", f'"{name}" is no function', at, help=RULE)
        return None
    takes_step = _takes_step(hook)
    if takes_step is None:
        report.error(
            "hook-parameters",
            f"the map hook takes {inspect.signature(hook)}, but gets a map and a story, or a map, a story and a step",
            _find_definition(hook, root) or at,
            help=f'write "def {function}(map, story, step): …"; the step is None for what always stands on the map',
        )
        return None
    return MapHook(hook, takes_step, version, at, root)


def _takes_step(function: Callable[..., object]) -> bool | None:
    """Whether a function wants the step beside map and story: by a third parameter that must be given or is called so.

    None where it can be called in neither way.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # it is not written in Python
        return False
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = [parameter for parameter in signature.parameters.values() if parameter.kind in positional]
    takes_step = any(each.default is each.empty or each.name == "step" for each in parameters[2:3])
    try:
        signature.bind(*range(3 if takes_step else 2))
    except TypeError:
        return None
    return takes_step


def _suggest_function(written: str, module: ModuleType | None) -> str:
    """The function of `module` that `written` most likely means, empty where none is near."""
    names = sorted(name for name, value in vars(module).items() if callable(value)) if module else []
    return find_nearest(written, names)


def find_line(error: BaseException, hook: MapHook) -> Location:
    """The last line of the author's own that the error came through; the setting where there is none."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    own = ((frame.filename, frame.lineno) for frame in frames if Path(frame.filename).is_relative_to(hook.root))
    return next((_locate(file, line, hook.root) or hook.at for file, line in own if line), hook.at)


def _find_definition(function: Callable[..., object], root: Path) -> Location | None:
    """The line that defines a function of the project's own."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return _locate(code.co_filename, code.co_firstlineno, root) if code else None


def _locate(filename: str, line: int, root: Path) -> Location | None:
    """A line of a file of the project; None where the file is not its own, or is another by now."""
    file = Path(filename)
    if not file.is_relative_to(root):
        return None
    try:
        source = file.read_text(encoding="utf-8", errors="replace").split("\n")[line - 1]
    except (OSError, IndexError):
        return None
    column = len(source) - len(source.lstrip()) + 1
    return Location(file.relative_to(root).as_posix(), line, column, len(source.strip()), source)
