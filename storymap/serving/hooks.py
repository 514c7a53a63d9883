"""Let the next build read an author's Python anew: a map hook, and what it imports, as it was saved last."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

_NOT_THE_AUTHORS = frozenset({"site-packages", "node_modules"})


def forget_modules(root: Path) -> None:
    """Forget every loaded module that lies in the project's folder, except what is installed there."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.partition(".")[0] == "storymap" or name == "__main__" or not file:
            continue
        path = Path(file)
        if path.is_relative_to(root) and not _NOT_THE_AUTHORS.intersection(path.parts):
            del sys.modules[name]
    importlib.invalidate_caches()
