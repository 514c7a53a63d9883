"""Finding a project and reading its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.errors import Report, StorymapError
from storymap.project import load_project
from storymap.settings.model import Settings
from storymap.settings.reading import parse_settings


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


def test_every_wrong_setting_is_told_in_one_go_with_its_line_and_a_suggestion(tmp_path: Path) -> None:
    (tmp_path / "storymap.toml").write_text('titel = "x"\nlang = "?"\nmap_hook = "no function"\nurl = "ftp://x"\n')
    told = problems_of(tmp_path)
    assert [text.splitlines()[0].split(": ", 1)[0] for text in told] == [
        "storymap.toml:1:1", "storymap.toml:2:1", "storymap.toml:3:1", "storymap.toml:4:1",
    ]  # fmt: skip
    assert 'did you mean "title"?' in told[0]


def test_broken_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "storymap.toml").write_text('title = "x"\nlang = \n')
    (told,) = problems_of(tmp_path)
    assert told.startswith("storymap.toml:2:8: error[broken-toml]")


def test_settings_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "storymap.toml").write_bytes(b'title = "caf\xe9"\n')
    (told,) = problems_of(tmp_path)
    assert "error[not-utf-8]" in told


def test_escapes_bring_nothing_into_settings_that_is_refused_when_written_plainly(tmp_path: Path) -> None:
    (tmp_path / "storymap.toml").write_text('title = "a\\u0000b"\ndescription = "a\\u202eb"\n')
    report = Report()
    parse_settings((tmp_path / "storymap.toml").read_text(), path="storymap.toml", table=(), report=report)
    assert [(problem.code, problem.at.line) for problem in report.problems] == [
        ("control-character", 1),
        ("direction-override", 2),
    ]
