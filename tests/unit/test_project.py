"""Finding a project and reading its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.errors import StorymapError
from storymap.project import load_project
from storymap.settings.model import Settings


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(StorymapError) as raised:
        load_project(folder)
    return [str(problem) for problem in raised.value.problems]


def test_a_project_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    (tmp_path / "stories" / "deep").mkdir(parents=True)
    (tmp_path / "storymap.toml").write_text('title = "Rivers"\nline = "straight"\n')
    project = load_project(tmp_path / "stories" / "deep")
    assert project.root == tmp_path
    assert (project.settings.title, project.settings.line) == ("Rivers", "straight")


def test_settings_may_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.storymap]\ntitle = "Rivers"\n')
    assert load_project(tmp_path).settings.title == "Rivers"


def test_a_folder_with_stories_needs_no_settings(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    assert load_project(tmp_path).settings == Settings()


def test_no_project_says_what_makes_one(tmp_path: Path) -> None:
    (told,) = problems_of(tmp_path)
    assert "error[no-project]" in told
    assert "stories folder" in told


def test_settings_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "storymap.toml").write_bytes(b'title = "caf\xe9"\n')
    (told,) = problems_of(tmp_path)
    assert "error[not-utf-8]" in told
