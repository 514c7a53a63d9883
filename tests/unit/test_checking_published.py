"""What is published is compared with what would be built, in a folder and at an address of this machine."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from storymap import errors
from storymap.checking import published
from storymap.cli.commands import storymap

Serve = Callable[..., str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, with a name of a place that needs escaping in an address."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "stories").mkdir()
    (folder / "stories" / "a.md").write_text("---\ntitle: A\n---\n\n## There\nplace: Příbram\n\nText.\n")
    (folder / "storymap.toml").write_text('title = "T"\nurl = "https://example.org/walks"\ncname = "example.org"\n')
    (folder / "static" / "a b").mkdir(parents=True)
    (folder / "static" / "a b" / "ž#?.txt").write_text("x")
    assert CliRunner().invoke(storymap, ["build", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def site(project: Path, tmp_path: Path) -> Path:
    """A copy of the site, somewhere else."""
    return Path(shutil.copytree(project / "site", tmp_path / "published"))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files; says nothing, and may hide those whose names begin with a dot."""

    hides = False

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        if self.hides and "/." in self.path:
            self.send_error(403)
        else:
            super().do_GET()


class Hiding(Quiet):
    """As some servers do."""

    hides = True


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[ThreadingHTTPServer] = []

    def start(handler: Any) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/walks"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def check(project: Path, where: str | Path, *arguments: str) -> Result:
    result = CliRunner().invoke(storymap, ["check", str(project), "--published", str(where), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def list_told(result: Result) -> list[tuple[str, str]]:
    return re.findall(r'\[(published-\w+)\]: "([^"\n]*)"', result.stderr)


@pytest.mark.parametrize("place", ["folder", "address"])
def test_a_site_as_it_was_built_has_no_problem(project: Path, site: Path, serve: Serve, place: str) -> None:
    (site.parent / "walks").symlink_to(site)
    where = site if place == "folder" else serve(partial(Quiet, directory=str(site.parent)))
    result = check(project, where)
    assert result.exit_code == 0, result.output
    assert "0 problems" in result.output


@pytest.mark.parametrize("place", ["folder", "address"])
def test_what_is_missing_changed_and_besides_is_told(project: Path, site: Path, serve: Serve, place: str) -> None:
    (site / "about.html").unlink()
    (site / "a.html").write_text("another")
    (site / "left.html").write_text("of last year")
    listed = json.loads((site / ".storymap.json").read_text())
    listed["files"]["left.html"] = "0" * 64
    (site / ".storymap.json").write_text(json.dumps(listed))
    (site.parent / "walks").symlink_to(site)
    where = site if place == "folder" else serve(partial(Quiet, directory=str(site.parent)))
    result = check(project, where)
    assert result.exit_code == 1
    assert list_told(result) == [
        ("published-besides", "left.html"),
        ("published-missing", "about.html"),
        ("published-otherwise", "a.html"),
    ]
    assert re.search(r"storymap\.toml:2:1: error\[published-missing\]", result.stderr)


def test_a_server_that_hides_its_list_is_no_problem(project: Path, site: Path, serve: Serve) -> None:
    (site.parent / "walks").symlink_to(site)
    result = check(project, serve(partial(Hiding, directory=str(site.parent))))
    assert result.exit_code == 0
    assert "note[published-besides]: what else is at http://127.0.0.1" in result.stderr


def test_of_many_files_some_are_named_and_the_rest_are_counted(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "MOST_ALIKE", 5)
    result = check(project, tmp_path)
    assert len(list_told(result)) == 5
    assert re.search(r"\[published-missing\]: \d+ more problems are of this kind", result.stderr)


def test_an_address_at_which_nothing_answers_is_told_once(project: Path) -> None:
    result = check(project, "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert re.findall(r"\[no-published-site\]: (.*)", result.stderr) == [
        "http://127.0.0.1:9/ does not answer: does not come (there is no connection)"
    ]


class Slow(BaseHTTPRequestHandler):
    """Says what it will send, and never does."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Begin to answer."""
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"x")
        self.wfile.flush()
        self.connection.recv(1)  # until the other side goes


def test_a_server_that_falls_silent_is_not_waited_for(
    project: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "TIMEOUT", 0.2)
    result = check(project, serve(Slow))
    assert result.exit_code == 1
    assert "no-published-site" in result.stderr


class Endless(Slow):
    """Sends without end."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(65536))
        except OSError:
            return


def test_an_answer_without_end_is_given_up(project: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "LARGEST", 1_000_000)
    result = check(project, serve(Endless))
    assert result.exit_code == 1
    assert "it is too large" in result.stderr


def test_what_is_neither_a_folder_nor_an_address_is_wrong_usage(project: Path) -> None:
    result = check(project, "example.org")
    assert result.exit_code == 2
    assert "one begins with https://" in result.stderr


def test_programs_get_it_in_their_format(project: Path, site: Path) -> None:
    (site / "about.html").unlink()
    result = check(project, site, "--format", "github")
    assert "::error file=" in result.stdout
    assert "title=published-missing::" in result.stdout
