"""The build hook that hatchling runs for wheels, editable installs and sdists: no package without what it carries."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface[Any]):
    """Prepares `storymap/static/` before hatchling packs it. Named in pyproject.toml."""

    def dependencies(self) -> list[str]:
        """What the build environment lacks for the work that is to do now."""
        with _told_in_a_sentence(Path(self.root)) as prepare:
            return list(prepare.list_requirements(Path(self.root)))

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Make what is not up to date; ends the build where that cannot be done."""
        with _told_in_a_sentence(Path(self.root)) as prepare:
            prepare.prepare_static(Path(self.root), say=self.app.display_info)


@contextmanager
def _told_in_a_sentence(root: Path) -> Iterator[Any]:
    """Lend `storymap.bundling.prepare`; a `BundlingError` ends the program with its message, not a traceback."""
    prepare = _import_prepare(root)
    try:
        yield prepare
    except prepare.BundlingError as error:
        raise SystemExit(f"folium-storymap cannot be built: {error}.") from error
    except ModuleNotFoundError as error:
        needed = " ".join(f'"{requirement}"' for requirement in prepare.DATA_REQUIREMENTS)
        raise SystemExit(
            f'folium-storymap cannot be built: preparing its data needs "{error.name}", which is not installed here; '
            f"build with isolation, or first run pip install {needed}."
        ) from error


def _import_prepare(root: Path) -> ModuleType:
    """Import `storymap.bundling.prepare` without running `storymap/__init__.py`.

    That file offers the library, whose dependencies do not exist yet where the package is built.
    """
    if "storymap" not in sys.modules:
        package = ModuleType("storymap")
        package.__path__ = [str(root / "storymap")]
        sys.modules["storymap"] = package
    return importlib.import_module("storymap.bundling.prepare")
