"""An author's Python is imported as it was saved last; what is installed is left alone."""

from __future__ import annotations

import sys
from pathlib import Path

from storymap.building.modules import import_anew, list_modules


def test_a_saved_module_and_what_it_imports_are_read_anew(tmp_path: Path) -> None:
    (tmp_path / "my_hook_parts").mkdir()
    ink = tmp_path / "my_hook_parts" / "ink.py"
    ink.write_text("INK = 'blue'\n")
    (tmp_path / "my_hook.py").write_text("from my_hook_parts.ink import INK\n")
    assert import_anew("my_hook", tmp_path, list_modules(tmp_path)).INK == "blue"
    ink.write_text("INK = 'reds'\n")  # as many bytes, and within the same second
    assert import_anew("my_hook", tmp_path, list_modules(tmp_path)).INK == "reds"
    assert not list(tmp_path.rglob("*.pyc"))
    assert str(tmp_path) not in sys.path


def test_two_projects_may_call_their_modules_alike(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "namesake_hook.py").write_text(f"NAME = {name!r}\n")
        root = tmp_path / name
        assert vars(import_anew("namesake_hook", root, list_modules(root)))["NAME"] == name


def test_installed_modules_and_storymap_itself_stay(repository: Path, tmp_path: Path) -> None:
    """The project may be the folder that storymap, or an environment, lies in."""
    import storymap.errors

    before, installed = sys.modules["storymap.errors"], sys.modules["pytest"]
    (tmp_path / "my_other_hook.py").write_text("")
    import_anew("my_other_hook", tmp_path, list_modules(repository))
    assert sys.modules["storymap.errors"] is before is storymap.errors
    assert sys.modules["pytest"] is installed


def test_hidden_and_installed_files_are_none_of_the_authors(tmp_path: Path) -> None:
    for path in ("a.py", "hooks/b.py", ".venv/c.py", "venv/lib/site-packages/d.py", "node_modules/e.py", "f.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    assert [file.relative_to(tmp_path).as_posix() for file in list_modules(tmp_path)] == ["a.py", "hooks/b.py"]
