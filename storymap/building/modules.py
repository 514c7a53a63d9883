"""An author's own Python: which files of a project hold it, and importing it as it is now."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from types import ModuleType

_NOT_THE_AUTHORS = frozenset({"site-packages", "node_modules", "__pycache__"})


def list_modules(root: Path) -> tuple[Path, ...]:
    """Every Python file below `root`, sorted, except what is hidden or installed there."""
    return tuple(sorted(_walk(root)))


def import_anew(module: str, root: Path, files: Collection[Path]) -> ModuleType:
    """Import `module` of the project at `root`, it and what it imports of `files` as they are now.

    Raises whatever the module raises. No compiled files are written: they would lie in the project, and tell versions
    apart by whole seconds.
    """
    top = module.partition(".")[0]
    theirs = any(file.is_relative_to(root / top) or file == root / f"{top}.py" for file in files)
    _forget(files, namesake=top if theirs else "")
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(root))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.remove(str(root))
        sys.dont_write_bytecode = writes


def _forget(files: Collection[Path], *, namesake: str) -> None:
    """Forget the modules of `files`, and another project's that is called `namesake`, with all in it."""
    for name, module in list(sys.modules.items()):
        file, top = getattr(module, "__file__", None), name.partition(".")[0]
        # The project may be the folder that storymap itself lies in.
        if top not in {"__main__", "storymap"} and (top == namesake or (file and Path(file) in files)):
            del sys.modules[name]
    importlib.invalidate_caches()


def _walk(root: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _NOT_THE_AUTHORS]
        yield from (Path(parent, name) for name in names if name.endswith(".py"))
