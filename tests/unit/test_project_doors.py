"""Whatever a disk or a library says of the settings is a mistake that is told, by every command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storymap.cli import _was_interrupted
from storymap.errors import StorymapError
from storymap.project import find_root, load_project

STORY = "---\ntitle: T\n---\n\n## A\nplace: Lima\n\nText.\n"


def refuse(root: Path, name: str, text: str) -> tuple[str, str, int]:
    """Code, message and line of the one mistake of a settings file."""
    (root / "stories").mkdir()
    (root / name).write_text(text)
    with pytest.raises(StorymapError) as told:
        load_project(root)
    (problem,) = told.value.problems
    assert problem.help
    return problem.code, problem.message, problem.at.line


@pytest.mark.parametrize(
    "text",
    ["title = " + "\n[" * 5_000, "a" + ".a" * 5_000 + " = 1", "title = " + "9" * 5_000, "title = 1\nb = [" * 3_000],
    ids=["lists", "tables", "digits", "unclosed"],
)
def test_toml_beyond_measure_is_told(tmp_path: Path, text: str) -> None:
    assert refuse(tmp_path, "storymap.toml", text)[0] == "broken-toml"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("# [tool.storymap]\ntool = 3\n", '"tool" is no table', 2),
        ("# [tool.storymap]\n[tool]\nstorymap = []\n", '"tool.storymap" is no table', 3),
        ('x = "[tool.storymap]"\ntool = [[1]]\n', '"tool" is no table', 2),
    ],
)
def test_a_tool_that_is_no_table_is_told_where_it_stands(tmp_path: Path, text: str, what: str, line: int) -> None:
    assert refuse(tmp_path, "pyproject.toml", text) == ("bad-setting", what, line)


def test_settings_that_may_not_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.storymap]\n")

    def forbid(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", forbid)
    for find in (load_project, find_root):
        with pytest.raises(StorymapError) as told:
            find(tmp_path)
        (problem,) = told.value.problems
        assert (problem.code, problem.at.path) == ("unreadable-file", str(tmp_path / "pyproject.toml"))
        assert "Permission denied" in problem.message


@pytest.mark.parametrize("name", ["circle", "nul\0"])
def test_a_folder_that_is_no_path_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(StorymapError):
        load_project(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that a program stands in cannot be removed there")
@pytest.mark.parametrize("command", [["check"], ["build"], ["places"], ["new", "walks"], ["explain"]])
def test_a_working_folder_that_is_gone_is_told(tmp_path: Path, command: list[str]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = "import os, sys; os.rmdir(os.getcwd()); sys.argv[0] = 'storymap'; from storymap.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=gone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "The folder that you are in is gone: go to another one with cd.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")
@pytest.mark.parametrize("arguments", [["--format", name] for name in ("text", "json", "github", "sarif")])
def test_names_that_are_not_utf_8_are_told_in_every_format(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "stories").mkdir()
    text = STORY.replace("Text.", "[x](caf%E9.pdf) ![a dot](d%E9t.png)")
    for name in (b"one.md", b"st\xe9ry.md", b"caf\xe9.pdf", b"d\xe9t.png"):
        (tmp_path / "stories" / os.fsdecode(name)).write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "storymap", "check", str(tmp_path), *arguments], capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="has no /dev/stdin to close so")
@pytest.mark.parametrize("closed", ["1", "2"])
def test_streams_that_are_closed_do_no_harm(closed: str) -> None:
    script = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
    command = [sys.executable, "-c", script, closed, "-m", "storymap", "explain"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there it has another name")
def test_a_pipe_that_is_closed_early_does_no_harm() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "storymap", "schema", "settings"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_interrupt_is_known_behind_the_failure_that_a_library_makes_of_it() -> None:
    def load() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("numpy could not be loaded") from error

    with pytest.raises(ImportError) as raised:
        load()
    assert _was_interrupted(raised.value)
    assert not _was_interrupted(ValueError())
