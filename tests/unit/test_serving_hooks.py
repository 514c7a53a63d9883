"""An author's Python is read anew after it was saved; what is installed is left alone."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from storymap.serving.hooks import forget_modules


def test_saved_module_and_what_it_imports_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "my_hook_inks.py").write_text("INK = 'blue'\n")
    (tmp_path / "my_hook.py").write_text("from my_hook_inks import INK\n")
    assert importlib.import_module("my_hook").INK == "blue"
    (tmp_path / "my_hook_inks.py").write_text("INK = 'reds'\n")  # as many bytes, and within the same second
    forget_modules(tmp_path)
    assert importlib.import_module("my_hook").INK == "reds"
    forget_modules(tmp_path)


def test_installed_modules_stay(repository: Path) -> None:
    """The project may be the folder that storymap itself, or an environment, lies in."""
    import storymap.errors

    before = sys.modules["storymap.errors"]
    installed = sys.modules["pytest"]
    forget_modules(repository)
    forget_modules(Path(str(installed.__file__)).parents[1])
    assert sys.modules["storymap.errors"] is before is storymap.errors
    assert sys.modules["pytest"] is installed
