"""The files of a project's `static/`: each stands in the site as it is, under the path that it has there.

Dot files such as `.well-known` are among them. Nothing in them is looked into, run or changed; what the site makes
itself is never replaced, and nothing is followed that leads out of the project.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from storymap.building.output import MANIFEST
from storymap.building.project_files import ProjectFiles
from storymap.building.runner import Runner
from storymap.building.tasks import Task, keep
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.text.slugs import is_device

_LEFT_BEHIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that systems leave in folders, and nobody means to publish."""

_NEVER = frozenset({".git", ".hg", ".svn"})
"""Folders with the whole history of a project, secrets among it."""


def static_files(
    project: Project, made: Collection[str], files: ProjectFiles, runner: Runner, report: Report
) -> Iterator[Task]:
    """A task for each file of `static/`; `made` are the paths of the files that the site makes itself."""
    folder = project.static_folder
    if not os.path.lexists(folder):
        return
    ours = {_fold(path): path for path in made} | {_fold(MANIFEST): MANIFEST}
    folders = {_fold(above): path for path in made for above in _list_above(path)}
    for path, file in _walk(project, folder, report):
        at = Location(f"static/{path}")
        folded = _fold(path)
        taken = ours.get(folded) or folders.get(folded)
        taken = taken or next((ours[above] for above in map(_fold, _list_above(path)) if above in ours), None)
        if taken:
            message = f'the site makes "{taken}" itself, and "{at.path}" would stand in its place'
            report.error("static-collision", message, at, "give the file, or the folder that it is in, another name")
            continue
        try:
            yield runner.task(path, keep, files.read(file))
        except OSError as error:
            reason = f'the file "{at.path}" cannot be read: {error.strerror or error}'
            report.error("unreadable-file", reason, at, "check that it exists and may be read")


def _walk(project: Project, folder: Path, report: Report) -> Iterator[tuple[str, Path]]:
    """The plain files below `folder`, with their paths in it; what is left out is told."""
    home = project.root.resolve()
    waiting = [("", folder)]
    while waiting:
        above, here = waiting.pop()
        try:
            entries = sorted(here.iterdir(), reverse=True) if _is_inside(here, home, above, report) else []
        except OSError as error:
            reason = f'the folder "static/{above}" cannot be read: {error.strerror or error}'
            report.error("unreadable-file", reason, Location(f"static/{above}".rstrip("/")), "check who may read it")
            continue
        for entry in reversed(entries):
            path = above + entry.name
            at = Location(f"static/{path}".encode(errors="replace").decode())
            if entry.name in _LEFT_BEHIND:
                continue
            if refusal := _refuse_name(entry.name):
                report.error("static-name", f'"{at.path}" {refusal}', at, "give it another name, or take it out")
            elif entry.is_dir() and not entry.is_symlink():
                waiting.append((f"{path}/", entry))
            elif entry.is_dir():
                message = f'"{at.path}" is a linked folder, which is not read'
                report.warning("linked-folder", message, at, "put the files here")
            elif _is_inside(entry, home, path, report):
                if _is_plain(entry):
                    yield path, entry
                else:
                    message = f'the file "{at.path}" cannot be read: it is neither a file nor a folder'
                    report.error("unreadable-file", message, at, "take it out")


def _is_inside(file: Path, home: Path, path: str, report: Report) -> bool:
    """Whether `file` stays in the project; one that does not is told."""
    try:
        inside = file.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links that lead in a circle
        inside = False
    if not inside:
        at = Location(f"static/{path}".rstrip("/"))
        report.error("outside-project", f'"{at.path}" leads out of the project', at, "copy the file here")
    return inside


def _is_plain(file: Path) -> bool:
    """Whether `file` is neither a pipe nor a device, which might be waited for without end, nor a dead link."""
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _refuse_name(name: str) -> str:
    """Why a file or folder cannot be published under this name; empty where it can."""
    if name in _NEVER:
        return "holds the history of a project, which a site must not publish"
    if any(unicodedata.category(character) in {"Cs", "Cc"} for character in name) or "\\" in name:
        return "has characters in its name that no address can have"
    if is_device(name.partition(".")[0]):
        return "is a name that Windows keeps for itself"
    return ""


def _list_above(path: str) -> Iterator[str]:
    """Every folder above a path of the site."""
    above = path.rpartition("/")[0]
    while above:
        yield above
        above = above.rpartition("/")[0]


def _fold(path: str) -> str:
    """A path as disks compare it that do not tell capital letters apart."""
    return unicodedata.normalize("NFC", path).casefold()
