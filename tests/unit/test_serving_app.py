"""What the preview answers: files of the last good site, its missing page, mistakes, and nothing to strangers."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from storymap.errors import Location, Problem, Severity, StorymapError
from storymap.serving.app import make_app
from storymap.serving.guard import find_forwarded_name
from storymap.serving.listeners import Listeners
from storymap.serving.preview import Mistakes, Preview
from storymap.serving.worker import Worker

ATLAS = b"<html><head></head><body>Atlas </body> in text</body></html>"
ERROR = Problem("unknown-place", 'no place "<b>"', Location("stories/a.md", 3, 8, 3, "place: <b>"), "did you mean it?")
WARNING = Problem("missing-alt", "no words", Location("stories/b.md", 1), severity=Severity.WARNING)
NOTE = Problem("which-place", "Tokyo is in Japan", Location("stories/b.md", 1), severity=Severity.NOTE)


def told(problem: Problem) -> dict[str, object]:
    """A problem as a page is told of it."""
    shown = problem.tell()
    return {
        "severity": problem.severity.value,
        "headline": shown.headline,
        "source": list(shown.source),
        "help": list(shown.help),
    }


class Site(dict[str, bytes]):
    """A site whose files are made."""

    def version(self, path: str) -> str:
        return hashlib.sha256(self[path]).hexdigest()


@dataclass
class Built:
    site: Site
    problems: tuple[Problem, ...] = ()
    failed: bool = False


class Failing(Site):
    """A site one of whose pages cannot be made."""

    def __init__(self, site: Site, error: Exception) -> None:
        super().__init__(site)
        self.error = error

    def __getitem__(self, path: str) -> bytes:
        if path == "a.html":
            raise self.error
        return super().__getitem__(path)


SITE = Site(
    {
        "index.html": ATLAS,
        "a.html": b'<html><body><img alt="" src="media/my%20picture.png"></body></html>',
        "places/index.html": b"<html><body>Places</body></html>",
        "404.html": b"<html>\n<head></head><body>Missing</body></html>",
        "assets/storymap.js": b"let it = 1;",
        "media/my picture.png": b"PNG",
        "media/film.mp4": b"0123456789",
    }
)


@dataclass
class Client:
    """Asks an application without a network; redirects are answers."""

    app: Starlette
    address: str

    def request(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=self.address) as client:
                return await client.request(method, path, headers=headers)

        with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
            return portal.call(ask)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.request("GET", path, headers)


@dataclass
class Workshop:
    """Gives what the test says, and an application that answers from it."""

    built: Built = field(default_factory=lambda: Built(SITE))
    error: Exception | None = None
    noticed: list[Mistakes] = field(default_factory=list)

    def build(self) -> Built:
        if self.error:
            raise self.error
        return self.built

    def __post_init__(self) -> None:
        self.preview = Preview(self)

    def give(self, built: Built) -> None:
        self.built = built
        self.preview.rebuild()

    def open(self, host: str = "127.0.0.1", address: str = "http://127.0.0.1:8000", forwarded: str = "") -> Client:
        app = make_app(
            self.preview,
            worker=Worker(),
            listeners=Listeners(),
            host=host,
            notice=self.noticed.append,
            forwarded=forwarded,
        )
        return Client(app, address)


@pytest.fixture
def workshop() -> Workshop:
    made = Workshop()
    made.preview.rebuild()
    return made


def state_of(page: str) -> dict[str, object]:
    found = re.search(r'data-state="([^"]*)"', page)
    assert found
    state: dict[str, object] = json.loads(html.unescape(found[1]))
    return state


@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/", 200, "Atlas"),
        ("/index.html", 200, "Atlas"),
        ("/a.html", 200, "picture"),
        ("/a", 200, "picture"),
        ("/places/", 200, "Places"),
        ("/b.html", 404, "Missing"),
        ("/a/b/c", 404, "Missing"),
        ("/..%2f..%2fetc/passwd", 404, "Missing"),
        ("//etc/passwd", 404, "Missing"),
        ("/media/../../storymap.toml", 404, "Missing"),
        ("/%00", 404, "Missing"),
    ],
)
def test_addresses_are_looked_up_in_the_site_alone(workshop: Workshop, address: str, status: int, text: str) -> None:
    client = workshop.open()
    response = client.get(address)
    assert (response.status_code, text in response.text) == (status, True)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"


def test_folder_without_its_slash_leads_to_the_one_with_it(workshop: Workshop) -> None:
    client = workshop.open()
    response = client.get("/places")
    assert (response.status_code, response.headers["location"]) == (307, "/places/")


def test_icon_that_browsers_ask_for_unasked_is_no_mistake(workshop: Workshop) -> None:
    assert workshop.open().get("/favicon.ico").status_code == 204
    workshop.give(Built(Site({**SITE, "favicon.ico": b"ICO"})))
    assert workshop.open().get("/favicon.ico").content == b"ICO"


def test_missing_page_links_from_any_depth(workshop: Workshop) -> None:
    client = workshop.open()
    assert '<base href="/">' in client.get("/a/b").text


def test_script_is_added_at_the_very_end_of_pages_and_to_nothing_else(workshop: Workshop) -> None:
    client = workshop.open()
    page = client.get("/").text
    assert re.search(
        r'</body> in text<script src="/\.storymap/preview\.js\?v=\w{16}" data-state="[^"]+"></script>', page
    )
    script = re.search(r'src="([^"]+preview[^"]+)"', page)
    assert script
    assert "EventSource" in client.get(script[1]).text
    assert client.get("/assets/storymap.js").content == SITE["assets/storymap.js"]


def test_other_files_are_sent_once(workshop: Workshop) -> None:
    client = workshop.open()
    first = client.get("/assets/storymap.js")
    assert first.headers["content-type"].startswith(("text/javascript", "application/javascript"))
    again = client.get("/assets/storymap.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    workshop.give(Built(Site({**SITE, "assets/storymap.js": b"let it = 2;"})))
    changed = client.get("/assets/storymap.js", headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.content) == (200, b"let it = 2;")


@pytest.mark.parametrize(
    ("asked", "status", "content", "given"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=10-", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("pages=1", 200, b"0123456789", None),
    ],
)
def test_films_can_be_had_in_parts(
    workshop: Workshop, asked: str, status: int, content: bytes, given: str | None
) -> None:
    client = workshop.open()
    response = client.get("/media/film.mp4", headers={"Range": asked})
    assert (response.status_code, response.content, response.headers.get("content-range")) == (status, content, given)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(workshop: Workshop, method: str) -> None:
    client = workshop.open()
    assert client.request(method, "/").status_code == 405


def test_first_build_that_fails_shows_its_mistakes_at_every_address() -> None:
    workshop = Workshop(Built(Site({}), (WARNING, NOTE, ERROR), failed=True))
    workshop.preview.rebuild()
    client = workshop.open()
    for address in ("/", "/a.html", "/assets/storymap.js"):
        response = client.get(address)
        assert response.status_code == 500
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert f"<pre>{html.escape(str(ERROR))}</pre>" in response.text
        assert "<b>" not in response.text
        assert state_of(response.text) == {
            "version": "",
            "failed": True,
            "problems": [
                told(ERROR),
                told(WARNING),
            ],
        }
    workshop.give(Built(SITE))
    assert client.get("/").status_code == 200


def test_failed_build_leaves_the_last_good_site_and_tells_why(workshop: Workshop) -> None:
    client = workshop.open()
    good = state_of(client.get("/").text)
    workshop.give(Built(Site({}), (ERROR,), failed=True))
    response = client.get("/")
    assert (response.status_code, "Atlas" in response.text) == (200, True)
    assert state_of(response.text) == {
        "version": good["version"],
        "failed": True,
        "problems": [told(ERROR)],
    }


def test_version_is_of_the_page_and_its_pictures(workshop: Workshop) -> None:
    client = workshop.open()
    atlas, story = (state_of(client.get(page).text)["version"] for page in ("/", "/a.html"))
    workshop.give(Built(Site({**SITE, "media/my picture.png": b"another"})))
    assert state_of(client.get("/").text)["version"] == atlas
    assert state_of(client.get("/a.html").text)["version"] != story


def test_page_that_cannot_be_made_tells_why_and_the_others_stand(workshop: Workshop) -> None:
    workshop.give(Built(Failing(SITE, StorymapError([ERROR]))))
    client = workshop.open()
    response = client.get("/a.html")
    assert response.status_code == 500
    assert html.escape(str(ERROR)) in response.text
    assert client.get("/").status_code == 200
    assert workshop.noticed == [Mistakes((ERROR,), failed=True)]


def test_bug_of_ours_is_told_as_one_and_survived(workshop: Workshop) -> None:
    workshop.error = KeyError("lost inside")
    workshop.preview.rebuild()
    client = workshop.open()
    page = client.get("/").text
    assert "Atlas" in page
    assert "This is a bug in storymap" in str(state_of(page)["problems"])
    assert "lost inside" in str(state_of(page)["problems"])
    workshop.error = None
    workshop.give(Built(Failing(SITE, KeyError("lost in a page"))))
    assert client.get("/a.html").status_code == 500
    assert state_of(client.get("/").text)["problems"] == []


@pytest.mark.parametrize(
    ("host", "name", "answered"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "192.168.1.5:8000", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[", False),
        ("laptop.example", "laptop.example:8000", True),
        ("laptop.example", "192.168.1.5:8000", True),
        ("0.0.0.0", "192.168.1.5:8000", True),
        ("0.0.0.0", "[fe80::1]:8000", True),
        ("0.0.0.0", "evil.example", False),
    ],
)
def test_only_names_of_this_machine_are_answered(workshop: Workshop, host: str, name: str, answered: bool) -> None:
    client = workshop.open(host)
    assert client.get("/", headers={"Host": name}).status_code == (200 if answered else 403)


def test_a_codespace_shows_the_preview_under_its_own_name_alone(workshop: Workshop) -> None:
    environment = {"CODESPACE_NAME": "Odd-spoon", "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev"}
    assert find_forwarded_name({}, 8000) == ""
    client = workshop.open(forwarded=find_forwarded_name(environment, 8000))
    for name, answered in (
        ("odd-spoon-8000.app.github.dev", True),
        ("127.0.0.1:8000", True),
        ("odd-spoon-8001.app.github.dev", False),
        ("evil.app.github.dev", False),
    ):
        assert client.get("/", headers={"Host": name}).status_code == (200 if answered else 403), name


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
        ({"Origin": "http://127.0.0.1:3000"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, False),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, False),
    ],
)
def test_other_sites_read_nothing(workshop: Workshop, headers: dict[str, str], answered: bool) -> None:
    client = workshop.open()
    for address in ("/", "/assets/storymap.js", "/.storymap/preview.js"):
        response = client.get(address, headers=headers)
        assert response.status_code == (200 if answered else 403), address
        if answered:
            assert response.headers["cross-origin-resource-policy"] == "same-origin"
            assert "access-control-allow-origin" not in response.headers
    if not answered:
        assert client.get("/.storymap/events", headers=headers).status_code == 403


def test_no_answer_may_be_shown_in_a_frame_or_read_by_another_site(workshop: Workshop) -> None:
    client = workshop.open()
    for answer in (
        client.get("/"),
        client.get("/assets/storymap.js"),
        client.get("/none"),
        client.get("/places"),
        client.get("/", headers={"Host": "evil.example"}),
    ):
        assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
