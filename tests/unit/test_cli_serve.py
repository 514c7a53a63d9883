"""The command `serve`: its options, a port that is taken, and what it says."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from storymap.cli import serve as command
from storymap.cli.commands import storymap
from storymap.errors import Location, Problem, Severity
from storymap.serving.preview import Mistakes, Rebuild

STORY = "---\ntitle: One\n---\nOpening.\n\n## A\nplace: Tokyo\n\nText.\n"
WARNING = Problem("missing-alt", "no words", Location("stories/one.md", 1), severity=Severity.WARNING)
ERROR = Problem("unknown-place", "no place", Location("stories/one.md", 1))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "one.md").write_text(STORY)
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_chosen_port_that_is_taken_is_wrong_usage_and_the_next_is_offered(project: Path, taken: int) -> None:
    result = CliRunner().invoke(storymap, ["serve", str(project), "--port", str(taken)])
    assert result.exit_code == 2
    found = re.search(rf"port {taken} is taken; this one is free: storymap serve --port (\d+)", result.stderr)
    assert found
    assert int(found[1]) > taken


def test_usual_port_that_is_taken_gives_way_to_the_next(taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    with command._bind("127.0.0.1", taken, chosen=False) as bound:
        port = bound.getsockname()[1]
    assert port > taken
    assert capsys.readouterr().err == f"Port {taken} is taken; serving on {port} instead.\n"


def test_host_of_another_machine_is_wrong_usage(project: Path) -> None:
    result = CliRunner().invoke(storymap, ["serve", str(project), "--host", "192.0.2.1"])
    assert result.exit_code == 2
    assert '"192.0.2.1" is not this machine' in result.stderr


def test_folder_without_a_project_is_told_as_a_mistake(tmp_path: Path) -> None:
    result = CliRunner().invoke(storymap, ["serve", str(tmp_path)])
    assert result.exit_code == 1
    assert "error[no-project]" in result.stderr


@pytest.mark.parametrize(("drafts", "shown"), [((), True), (("--drafts",), True), (("--no-drafts",), False)])
def test_drafts_are_shown_unless_they_are_not_wanted(project: Path, drafts: tuple[str, ...], shown: bool) -> None:
    from urllib.request import urlopen

    (project / "stories" / "two.md").write_text(STORY.replace("title: One", "title: A sketch\ndraft: true"))
    process = subprocess.Popen(
        (sys.executable, "-u", "-m", "storymap", "serve", str(project), "--port", "0", *drafts),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        found = re.match(r"Serving at (\S+) ", process.stdout.readline())
        assert found
        assert process.stdout.readline() == "Watching stories/: a save shows in the browser at once.\n"
        with urlopen(found[1]) as answer:
            assert ("A sketch" in answer.read().decode()) is shown
    finally:
        process.terminate()
        rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "")


def test_each_build_is_a_line_and_only_new_warnings_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = command._Terminal(tmp_path, "http://127.0.0.1:8000/", open_site=False)
    terminal.ready(Rebuild(0.2, Mistakes((WARNING,))))
    assert "missing-alt" in capsys.readouterr().err
    terminal.rebuilt(("a", "b", "c", "d", "e"), Rebuild(0.0123, Mistakes((WARNING,))))
    told = capsys.readouterr()
    assert re.fullmatch(r"\d\d:\d\d:\d\d  a, b, c and 2 more: built in 12 ms\n", told.out)
    assert told.err == ""
    terminal.rebuilt(("a",), Rebuild(0.01, Mistakes((WARNING, ERROR), failed=True)))
    told = capsys.readouterr()
    assert "a: not built in 10 ms" in told.out
    assert "missing-alt" in told.err
    assert "unknown-place" in told.err
    terminal.rebuilt(("a",), Rebuild(0.01, Mistakes(failed=True, bug="Traceback: lost")))
    assert "This is a bug in storymap" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent in another way there")
@pytest.mark.parametrize("command", [["build"], ["check"], ["serve", "--port", "0"]], ids=["build", "check", "serve"])
@pytest.mark.parametrize("when", ["imported", "called", "stubborn"])
def test_an_endless_map_hook_ends_at_the_first_interrupt(project: Path, command: list[str], when: str) -> None:
    endless = "print('begun', flush=True)\n{0}while True: pass\n"
    code = {
        "imported": endless.format("") + "def add(map, story): ...\n",
        "called": "def add(map, story):\n    " + endless.format("    "),
        "stubborn": "def add(map, story):\n    while True:\n        try:\n            "
        + endless.format(" " * 12)
        + "        except BaseException: pass\n",
    }
    (project / "endless.py").write_text(code[when])
    (project / "storymap.toml").write_text('map_hook = "endless:add"\n')
    running = subprocess.Popen(
        [sys.executable, "-m", "storymap", command[0], str(project), *command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout
    lines = iter(running.stdout.readline, "")
    asking: list[threading.Thread] = []
    for line in lines:
        if found := re.search(r"Serving at (http\S+)", line):  # a page is made when it is asked for
            asking.append(threading.Thread(target=ask, args=(found[1],)))
            asking[0].start()
        if line == "begun\n":
            break
    running.send_signal(signal.SIGINT)
    try:
        _, told = running.communicate(timeout=60)
    finally:
        running.kill()  # one that goes on would take a processor from all other tests
    for thread in asking:
        thread.join()
    assert running.returncode in ((130,) if when == "stubborn" and command != ["serve", "--port", "0"] else (0, 1))
    assert "Traceback" not in told


def ask(address: str) -> None:
    """Ask for a page that never comes."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        urllib.request.urlopen(address).read()
