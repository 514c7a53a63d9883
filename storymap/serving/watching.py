"""Tell what was saved: watch the folders that a site is made of, and nothing else.

Folders are watched one by one, not recursively from the project's folder: there may be a repository, an environment or
`node_modules` in it, and the site that `build` writes.
"""

from __future__ import annotations

import asyncio
import os
import tomllib
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from storymap.tilesets.naming import names_own_tiles, split_pattern

STEP = 10
"""Milliseconds without another change after which changes are told."""

BURST = 100
"""Milliseconds after which changes are told though more are coming."""

_AGAIN = 0.1
"""Seconds until the folders are listed anew when one of them has just gone."""

_SOURCES = ("stories", "geo", "streets", "static", "templates")
_SETTINGS = frozenset({"storymap.toml", "pyproject.toml", "theme.css"})
_NO_SOURCES = frozenset({"node_modules", "site-packages", "__pycache__"})


async def watch_project(root: Path, *, stop: asyncio.Event) -> AsyncIterator[tuple[str, ...]]:
    """Paths, relative to `root`, that were saved, added, renamed or removed, whenever there are any.

    The first answer is empty and says that from now on nothing is missed. Ends when `stop` is set.
    """
    changed: tuple[str, ...] = ()
    while not stop.is_set():
        folders = list_folders(root)
        changes = awatch(
            *folders,
            watch_filter=lambda _, path: is_source(path, root),
            step=STEP,
            debounce=BURST,
            stop_event=stop,
            recursive=False,
        )
        waiting = asyncio.ensure_future(_next(changes))
        # The generator runs up to its first wait, and so has its watches standing when what changed before is told.
        await asyncio.sleep(0)
        yield changed
        try:
            while found := await waiting:
                changed = _name_changes(found, root)
                if list_folders(root) != folders:
                    break
                waiting = asyncio.ensure_future(_next(changes))
                await asyncio.sleep(0)
                if changed:
                    yield changed
        except FileNotFoundError:  # a folder went between being listed and being watched
            await asyncio.sleep(_AGAIN)
        await changes.aclose()


def list_folders(root: Path) -> tuple[Path, ...]:
    """The folders whose files a site is made of: the project's own, and all in its sources.

    Folders of Python code are among them, for the sake of a map hook.
    """
    found = {root}
    for name in _SOURCES:
        found.update(_walk(root / name))
    for path in _list_names(root):
        if path.is_dir() and _holds_python(path):
            found.add(path)
    tiles = find_tiles(root)
    if tiles is not None and (folder := tiles if tiles.is_dir() else tiles.parent).is_dir():
        found.add(folder)  # alone: programs that cut tiles make its folders anew
    return tuple(sorted(found))


def find_tiles(root: Path) -> Path | None:
    """Where the settings say that tiles of the author's own are; None where they name none."""
    for name, table in (("storymap.toml", ()), ("pyproject.toml", ("tool", "storymap"))):
        try:
            settings = tomllib.loads((root / name).read_text(encoding="utf-8-sig"))
            for key in table:
                settings = settings[key]
            text = settings["tiles"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        if isinstance(text, str) and names_own_tiles(text):
            base, _ = split_pattern(text)
            return root / base if ".." not in base.parts and not base.is_absolute() else None
    return None


def is_source(path: str, root: Path) -> bool:
    """Whether a change of `path` can change the site: an editor's own files and what `build` writes cannot."""
    parts = Path(os.path.relpath(path, root)).parts
    if not parts or any(_is_hidden(part) for part in parts):
        return False
    if parts[0] in _SOURCES:
        return True
    if (tiles := find_tiles(root)) and tiles in (Path(path), *Path(path).parents):
        return True
    return (len(parts) == 1 and parts[0] in _SETTINGS) or parts[-1].endswith(".py")


async def _next(changes: AsyncGenerator[set[tuple[Change, str]], None]) -> set[tuple[Change, str]]:
    """The next changes, none where there will be no more."""
    return await anext(changes, set[tuple[Change, str]]())


def _name_changes(changes: Iterable[tuple[Change, str]], root: Path) -> tuple[str, ...]:
    """The changed paths; a file that came and went meanwhile is one that an editor saves through."""
    changes = set(changes)
    passing = {path for kind, path in changes if kind is Change.added and not os.path.lexists(path)}
    return tuple(sorted({Path(os.path.relpath(path, root)).as_posix() for _, path in changes if path not in passing}))


def _walk(folder: Path) -> set[Path]:
    """`folder` and every folder in it, none where there is none."""
    found: set[Path] = set()
    for parent, names, _ in os.walk(folder):
        names[:] = [name for name in names if not _is_hidden(name)]
        found.add(Path(parent))
    return found


def _list_names(root: Path) -> list[Path]:
    try:
        return [path for path in root.iterdir() if not _is_hidden(path.name)]
    except OSError:  # the folder was renamed under us
        return []


def _holds_python(folder: Path) -> bool:
    try:
        return any(path.suffix == ".py" for path in folder.iterdir())
    except OSError:
        return False


def _is_hidden(name: str) -> bool:
    """Whether `name` is an editor's own file, or nothing that an author writes."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".pyc")) or name in _NO_SOURCES
