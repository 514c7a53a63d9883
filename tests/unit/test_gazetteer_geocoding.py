"""Asking a geocoder: against a server on this machine, never another."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from storymap.errors import Location, Report
from storymap.gazetteer.geocoding import CREDIT, GeocodedPlace, Geocoder
from storymap.model.place import LonLat

AT = Location("geo/places.geojson")
SQUARE = {
    "lat": "50.0812",
    "lon": "14.4275",
    "name": "Wenceslas Square",
    "display_name": "Wenceslas Square, New Town, Prague, Czechia",
    "osm_type": "way",
    "osm_id": 123,
    "address": {"country_code": "cz"},
}


class Server(HTTPServer):
    """Answers every question with `status` and `answer`, and remembers what it was asked."""

    status = 200
    answer: Any = (SQUARE,)
    missing = 0  # bytes that it promises and never sends

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, list[str]], str]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append((parts.path, parse_qs(parts.query), self.headers["User-Agent"]))
        answer = self.server.answer
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) + self.server.missing))
        self.end_headers()
        self.wfile.write(body)
        if self.server.missing:
            self.wfile.flush()
            self.server.over.wait()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        served.over.set()
        served.shutdown()
        thread.join()


@pytest.fixture
def geocoder(server: Server, tmp_path: Path) -> Geocoder:
    return Geocoder(server.url, "folium-storymap/test (jana@example.org)", tmp_path / "memory")


def ask(
    geocoder: Geocoder, question: str = "Wenceslas Square"
) -> tuple[tuple[GeocodedPlace, ...] | None, Report, list[float]]:
    report, slept = Report(), list[float]()
    answers = geocoder.ask(question, AT, report, sleep=slept.append)
    return answers, report, slept


def test_an_answer_has_its_credit_and_the_question_says_who_asks(server: Server, geocoder: Geocoder) -> None:
    answers, report, _ = ask(geocoder)
    assert not report.problems
    assert answers == (
        GeocodedPlace(
            "Wenceslas Square",
            "Wenceslas Square, New Town, Prague, Czechia",
            LonLat(14.4275, 50.0812),
            "CZ",
            f"{CREDIT} (way 123)",
        ),
    )
    ((path, query, agent),) = server.asked
    assert path == "/search"
    assert query["q"] == ["Wenceslas Square"]
    assert agent == "folium-storymap/test (jana@example.org)"


def test_the_same_question_is_asked_once_whatever_its_spaces_and_case(server: Server, geocoder: Geocoder) -> None:
    first, _, _ = ask(geocoder)
    again, _, slept = ask(geocoder, " wenceslas   SQUARE ")
    assert again == first
    assert len(server.asked) == 1
    assert slept == []


def test_that_there_is_no_answer_is_remembered_too(server: Server, geocoder: Geocoder) -> None:
    server.answer = []
    assert ask(geocoder)[0] == ()
    assert ask(geocoder)[0] == ()
    assert len(server.asked) == 1


def test_a_second_goes_by_between_two_questions_of_two_runs(geocoder: Geocoder) -> None:
    assert ask(geocoder, "one")[2] == []
    mark = (geocoder.memory / "last-asked").stat().st_mtime
    report, slept = Report(), list[float]()
    Geocoder(geocoder.url, "another", geocoder.memory).ask(
        "two", AT, report, clock=lambda: mark + 0.25, sleep=slept.append
    )
    assert slept == [pytest.approx(0.75)]
    slept.clear()
    mark = (geocoder.memory / "last-asked").stat().st_mtime
    geocoder.ask("three", AT, report, clock=lambda: mark + 1.5, sleep=slept.append)
    assert slept == []


def test_a_server_below_a_path_is_asked_there(server: Server, tmp_path: Path) -> None:
    ask(Geocoder(f"{server.url}/nominatim", "test", tmp_path))
    assert server.asked[0][0] == "/nominatim/search"


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses"), (401, "refuses"), (429, "too many"), (500, "geocoder-failed"), (502, "geocoder-failed")],
)
def test_a_refusal_is_told_with_a_way_out_and_not_remembered(
    status: int, words: str, server: Server, geocoder: Geocoder
) -> None:
    server.status = status
    answers, report, _ = ask(geocoder)
    (problem,) = report.errors
    assert answers is None
    assert problem.code == "geocoder-failed"
    assert words in str(problem)
    assert problem.help
    server.status = 200
    assert ask(geocoder)[0]


def test_a_server_that_is_not_there_is_told(server: Server, geocoder: Geocoder) -> None:
    server.server_close()
    answers, report, _ = ask(geocoder)
    (problem,) = report.errors
    assert answers is None
    assert (problem.code, problem.at) == ("geocoder-failed", AT)
    assert "no way to it" in problem.message
    assert "--at" in problem.help


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b"[[1]]", b"3", b"\xff", b'{"error": "x"}', b'["a"]'])
def test_an_answer_that_is_none_is_told(answer: bytes, server: Server, geocoder: Geocoder) -> None:
    server.answer = answer
    answers, report, _ = ask(geocoder)
    assert not answers
    assert [problem.code for problem in report.errors] in ([], ["geocoder-failed"])


@pytest.mark.parametrize(
    "wrong",
    [{"lat": "95"}, {"lon": "nan"}, {"lon": "1e400"}, {"lat": None}, {"display_name": ""}, {"display_name": 7}],
)
def test_what_cannot_be_used_is_left_out(wrong: dict[str, Any], server: Server, geocoder: Geocoder) -> None:
    server.answer = [SQUARE | wrong, SQUARE]
    answers, _, _ = ask(geocoder)
    assert answers is None or {answer.point for answer in answers} <= {LonLat(14.4275, 50.0812)}


def test_odd_members_do_no_harm(server: Server, geocoder: Geocoder) -> None:
    server.answer = [SQUARE | {"name": "", "address": {"country_code": "<b>"}, "osm_type": "x", "osm_id": "y"}]
    answers, _, _ = ask(geocoder)
    assert answers is not None
    assert (answers[0].name, answers[0].country, answers[0].source) == ("Wenceslas Square", "", CREDIT)


def test_a_memory_that_cannot_be_read_or_written_is_done_without(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    geocoder = Geocoder(server.url, "test", tmp_path / "file")
    assert ask(geocoder)[0]
    kept = Geocoder(server.url, "test", tmp_path / "memory")
    ask(kept)
    for file in (tmp_path / "memory").glob("*.json"):
        file.write_text("{")
    assert ask(kept)[0]
    assert len(server.asked) == 3


def test_a_server_that_sends_a_byte_now_and_then_is_given_up(server: Server, tmp_path: Path) -> None:
    """It has answered a part, and would go on until the test is over."""
    server.answer = b"["
    server.missing = 1
    answers, report, _ = ask(Geocoder(server.url, "test", tmp_path, seconds=0.3))
    (problem,) = report.errors
    assert answers is None
    assert problem.code == "geocoder-failed"
    assert "within 0.3 seconds" in problem.message


@pytest.mark.parametrize(
    "answer",
    [b"[" * 100_000, b"[" + b" " * 300_000 + b"]", gzip.compress(b"[]"), b"[" + b"9" * 5_000 + b"]"],
    ids=["deep", "large", "packed", "digits"],
)
def test_an_answer_beyond_measure_is_told(answer: bytes, server: Server, geocoder: Geocoder) -> None:
    server.answer = answer
    answers, report, _ = ask(geocoder)
    assert answers is None
    assert [problem.code for problem in report.errors] == ["geocoder-failed"]


@pytest.mark.parametrize("url", ["http://[::1", "http://\udcff.example", "http://a..b", "http://:x", "http://"])
def test_an_odd_address_is_told(url: str, tmp_path: Path) -> None:
    answers, report, _ = ask(Geocoder(url, "test", tmp_path))
    assert answers is None
    assert [problem.code for problem in report.errors] == ["geocoder-failed"]


def test_a_name_that_no_file_can_hold_is_mended(server: Server, geocoder: Geocoder) -> None:
    server.answer = [SQUARE | {"name": "A \ud800\x1bsquare", "lat": 50}, SQUARE | {"lon": 10**400}]
    answers, _, _ = ask(geocoder)
    assert answers is not None
    assert [answer.name for answer in answers] == ["A square"]
    assert ask(geocoder)[0] == answers
