"""Outside links, tried against a server on this computer and no other."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from storymap.checking import external
from storymap.checking.external import REDIRECTS, USER_AGENT, Answer, State, try_addresses
from storymap.checking.link_cache import KEEP_BAD, KEEP_GOOD, recall_answers, remember_answers
from storymap.checking.outside_links import check_outside_links
from storymap.checking.project import examine_project
from storymap.errors import Problem, Report
from storymap.project import load_project


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited, which no test does in truth."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


class Server(ThreadingHTTPServer):
    """Answers each path as its name says, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.counts: Counter[str] = Counter()
        self.present = self.most_present = 0
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.reply()

    def do_GET(self) -> None:
        self.reply()

    def reply(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        with server.lock:
            server.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
            server.counts[self.path] += 1
            server.present += 1
            server.most_present = max(server.present, server.most_present)
        status, headers = self.decide(server)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        with server.lock:  # before the answer goes out: the next request may be here at once
            server.present -= 1
        self.end_headers()

    def decide(self, server: Server) -> tuple[int, dict[str, str]]:
        name, _, rest = self.path.removeprefix("/").partition("/")
        match name:
            case "status":
                return int(rest), {}
            case "go":
                status, _, there = rest.partition("/")
                return int(status), {"Location": f"/{there}"}
            case "home":
                return 302, {"Location": "http://localhost/"}
            case "away":
                return 301, {"Location": "ftp://example.org/x"}
            case "get-only":
                return (405 if self.command == "HEAD" else 200), {}
            case "patience":
                return (429, {"Retry-After": rest}) if server.counts[self.path] == 1 else (200, {})
            case "never":
                return 429, {"Retry-After": rest}
            case _:
                return 200, {}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: Server, path: str, *, private: bool = True) -> Answer:
    address = f"{server.base}/{path}"
    return try_addresses([address], private=private)[address]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("fine", State.ALIVE),
        ("status/204", State.ALIVE),
        ("get-only", State.ALIVE),
        ("status/404", State.DEAD),
        ("status/410", State.DEAD),
        ("status/401", State.REFUSED),
        ("status/403", State.REFUSED),
        ("status/999", State.REFUSED),
        ("status/500", State.UNREACHABLE),
        ("go/302/fine", State.ALIVE),
        ("go/307/status/404", State.DEAD),
        ("go/301/fine", State.MOVED),
        ("go/301/status/404", State.DEAD),
        ("away", State.DEAD),
    ],
)
def test_an_address_is_judged_by_what_it_answers(server: Server, path: str, state: State) -> None:
    assert ask(server, path).state is state


def test_a_page_is_asked_for_with_head_and_only_where_that_fails_with_get(server: Server) -> None:
    ask(server, "fine#part")
    ask(server, "get-only")
    assert [(method, path) for method, path, _ in server.asked] == [
        ("HEAD", "/fine"),
        ("HEAD", "/get-only"),
        ("GET", "/get-only"),
    ]
    assert {agent for _, _, agent in server.asked} == {USER_AGENT}
    assert "storymap" in USER_AGENT


def test_what_moved_for_good_is_told_with_its_last_address_before_a_passing_redirect(server: Server) -> None:
    assert ask(server, "go/301/go/308/fine").moved_to == f"{server.base}/fine"
    assert ask(server, "go/301/go/302/fine").moved_to == f"{server.base}/go/302/fine"
    assert ask(server, "go/302/go/301/fine") == Answer(State.ALIVE, "200 OK", status=200)


def test_redirects_in_a_circle_come_to_an_end(server: Server) -> None:
    path = "go/302/" * 12 + "fine"
    assert ask(server, path).state is State.DEAD
    assert len(server.asked) == REDIRECTS + 1


def test_a_server_that_asks_for_patience_is_asked_again_when_it_said(server: Server, waits: list[float]) -> None:
    assert ask(server, "patience/7").state is State.ALIVE
    assert waits == [7]


def test_patience_has_an_end(server: Server, waits: list[float]) -> None:
    assert ask(server, "never/2").state is State.REFUSED
    assert waits == [2, 2]
    assert ask(server, "never/86400").state is State.REFUSED
    assert waits == [2, 2]
    assert len(server.asked) == 4


def test_patience_that_nobody_understands_harms_nothing(server: Server) -> None:
    assert ask(server, "never/soon").state is State.UNREACHABLE


def test_addresses_of_one_server_are_tried_one_after_another_with_a_pause(server: Server, waits: list[float]) -> None:
    addresses = [f"{server.base}/{number}" for number in range(5)]
    answers = try_addresses([*reversed(addresses), *addresses], private=True)
    assert list(answers) == sorted(addresses)
    assert waits == [external.PAUSE] * 4
    assert server.most_present == 1
    assert len(server.asked) == 5


def test_a_server_that_is_gone_is_given_up_after_some_addresses(server: Server) -> None:
    server.shutdown()
    server.server_close()
    answers = try_addresses([f"{server.base}/{number}" for number in range(5)], private=True)
    assert [answer.state for answer in answers.values()] == [State.UNREACHABLE] * 5
    assert [answer.reason for answer in answers.values()][2:] == [
        "the server cannot be reached", *["nothing of this server could be reached"] * 2
    ]  # fmt: skip


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "a.localhost", "nas.local"],
)
def test_a_private_network_is_never_asked_unless_that_is_allowed(host: str) -> None:
    address = f"http://{host}/"
    assert try_addresses([address])[address].state is State.REFUSED


def test_a_public_name_that_leads_to_a_private_address_gets_no_request(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "_is_private_name", lambda _: False)
    answer = ask(server, "fine", private=False)
    assert (answer.state, server.asked) == (State.REFUSED, [])


def test_a_redirect_into_a_private_network_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_refuse_private", lambda _: None)
    monkeypatch.setattr(external, "_is_private_name", lambda host: host == "localhost")
    assert ask(server, "home", private=False).state is State.REFUSED
    assert [path for _, path, _ in server.asked] == ["/home"]


@pytest.mark.parametrize(
    "address", ["http://", "http://[::1", "http://a b/", "http://exa\u2100mple/", "http://x:99999/"]
)
def test_an_address_that_is_none_is_told_and_harms_nothing(address: str) -> None:
    assert try_addresses([address], private=True)[address].state in (State.DEAD, State.REFUSED)


# The cache


def test_good_answers_are_believed_for_a_week_and_bad_ones_for_an_hour(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "links.json"
    good, bad = Answer(State.MOVED, "moved", "https://b/"), Answer(State.DEAD, "gone")
    remember_answers(file, {"https://a/": good, "https://c/": bad}, now=1000.0)
    assert recall_answers(file, now=1000.0 + KEEP_BAD - 1) == {"https://a/": good, "https://c/": bad}
    assert recall_answers(file, now=1000.0 + KEEP_BAD) == {"https://a/": good}
    assert recall_answers(file, now=1000.0 + KEEP_GOOD) == {}
    assert recall_answers(file, now=0.0) == {}
    remember_answers(file, {"https://d/": bad}, now=1000.0 + KEEP_BAD)
    assert list(json.loads(file.read_text())["answers"]) == ["https://a/", "https://d/"]
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"version": 9}', '{"version": 1, "answers": {"a": {"at": "x"}, "b": 1}}']
)
def test_a_damaged_cache_is_no_mistake(tmp_path: Path, text: str) -> None:
    file = tmp_path / "links.json"
    file.write_text(text)
    assert recall_answers(file, now=0.0) == {}
    remember_answers(file, {"https://a/": Answer(State.ALIVE)}, now=0.0)
    assert list(recall_answers(file, now=0.0)) == ["https://a/"]


# A project


def check(folder: Path, cache: Path | None, now: float = 0.0) -> list[Problem]:
    project = load_project(folder)
    report = Report()
    checked = examine_project(project, report)
    report = Report(policy=report.policy, silences=report.silences)
    check_outside_links(checked, report, cache=cache, private=True, now=lambda: now)
    return report.problems


def write_project(folder: Path, text: str, settings: str = "") -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text(settings)
    (folder / "stories" / "a.md").write_text(f"---\ntitle: A\n---\n\n{text}")
    return folder


def test_every_outside_link_is_told_where_it_is_written(server: Server, tmp_path: Path) -> None:
    base = server.base
    folder = write_project(
        tmp_path / "p",
        f"Opens with [gone]({base}/status/404).\n\n## S\nplace: Prague\n\n"
        f"[one]({base}/status/404) and [moved]({base}/go/301/fine), <{base}/status/403>.[^1]\n"
        f"`[code]({base}/status/410)` [story](#s)\n\n[^1]: [note]({base}/status/500)\n",
        f'description = "See {base}/status/404."\n',
    )
    found = [
        (
            problem.code,
            problem.at.path,
            problem.at.line,
            problem.at.excerpt[problem.at.column - 1 :][: problem.at.length],
        )
        for problem in check(folder, None)
    ]
    assert found == [
        ("dead-link", "stories/a.md", 5, f"{base}/status/404"),
        ("dead-link", "stories/a.md", 10, f"{base}/status/404"),
        ("moved-link", "stories/a.md", 10, f"{base}/go/301/fine"),
        ("untried-link", "stories/a.md", 10, f"{base}/status/403"),
        ("unreachable-link", "stories/a.md", 13, f"{base}/status/500"),
        ("dead-link", "storymap.toml", 1, "description"),
    ]
    assert not any("410" in path for _, path, _ in server.asked)


def test_what_is_remembered_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    folder = write_project(
        tmp_path / "p", f"## S\nplace: Prague\n\n[a]({server.base}/fine) [b]({server.base}/status/404)"
    )
    cache = tmp_path / "links.json"
    first = check(folder, cache)
    asked = len(server.asked)
    assert check(folder, cache, now=KEEP_BAD - 1) == first
    assert len(server.asked) == asked
    assert check(folder, cache, now=KEEP_BAD) == first
    assert {path for _, path, _ in server.asked[asked:]} == {"/status/404"}


def test_without_a_network_that_is_told_once_and_nothing_is_remembered(server: Server, tmp_path: Path) -> None:
    with Server() as other:
        bases = server.base, other.base
    server.shutdown()
    server.server_close()
    links = " ".join(f"[{base}]({base}/{number})" for base in bases for number in range(3))
    folder = write_project(tmp_path / "p", f"## S\nplace: Prague\n\n{links}")
    cache = tmp_path / "links.json"
    assert [(problem.code, problem.at.path) for problem in check(folder, cache)] == [("no-network", "storymap.toml")]
    assert not cache.exists()
