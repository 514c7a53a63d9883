"""The policy of a page in real browsers: what somebody got into the page runs nothing and loads nothing."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

import pytest
from contexts import Contexts
from playwright.sync_api import Page

from storymap.pages.policy import hash_inline

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("policy")]  # what is made for this file takes long

INJECTED = """<div id="injected">
<script>window.ran = true</script>
<script src="{stranger}script.js"></script>
<img id="foreign" src="{stranger}picture.svg" onerror="window.handled = true">
<p id="styled" style="color: rgb(1, 2, 3)">text</p>
<style>#styled {{ background: rgb(4, 5, 6) }}</style>
<link rel="stylesheet" href="{stranger}style.css">
<iframe src="{stranger}frame.html"></iframe>
<object data="{stranger}object.svg"></object>
<video src="{stranger}film.mp4"></video>
<a id="link" href="javascript:void(window.followed = true)">a link</a>
<form action="{stranger}form"><button id="send">send</button></form>
<base href="{stranger}">
</div>"""
LOOK = """
const page = window.wrappedJSObject ?? window;
const style = getComputedStyle(document.getElementById("styled"));
document.getElementById("link").click();
document.getElementById("send").click();
return JSON.stringify({
  ran: page.ran ?? false, handled: page.handled ?? false, followed: page.followed ?? false,
  based: document.baseURI !== document.URL, colours: [style.color, style.backgroundColor],
  drawn: document.querySelector(".map-window").childElementCount === 0,
});
"""
READY = "return document.readyState === 'complete' && document.querySelector('.map-window').childElementCount === 0;"


class Window(Protocol):
    """A window of any browser."""

    def open(self, address: str) -> None:
        """Go to a page."""

    def evaluate(self, script: str) -> Any:
        """What the body of a function returns there."""


class ChromiumWindow:
    """A window of Chromium, which lets every request through."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        """Go to a page."""
        self._page.goto(address)

    def evaluate(self, script: str) -> Any:
        """What the body of a function returns there."""
        return self._page.evaluate(f"() => {{ {script} }}")


@pytest.fixture(params=["chromium", "firefox"])
def window(request: pytest.FixtureRequest, contexts: Contexts) -> Iterator[Window]:
    """A window of each browser."""
    if request.param == "firefox":
        yield request.getfixturevalue("firefox")
    else:
        with contexts.lend({}) as context:
            yield ChromiumWindow(context.new_page())


@pytest.fixture(scope="module")
def stranger() -> Iterator[tuple[str, list[str]]]:
    """Another server: its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            with contextlib.suppress(ConnectionError):  # a page that is left does not wait for it
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def open_until(window: Window, address: str, script: str) -> None:
    """Open a page and ask again and again; every call lets it get on. One that stays behind is opened anew."""
    for _ in range(3):
        window.open(address)
        end = time.monotonic() + 25
        while time.monotonic() < end:
            if window.evaluate(script):
                return
    pytest.fail(f"this never came true: {script}")


PLACES = {"disk": "site", "server": "site", "single file": "single_files"}
"""Where a story is read, and the fixture that has it."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("guarded", [True, False])
def test_what_was_got_into_a_page_runs_nothing_and_loads_nothing(
    window: Window,
    stranger: tuple[str, list[str]],
    request: pytest.FixtureRequest,
    serve: Callable[[Path, str], str],
    place: str,
    guarded: bool,
) -> None:
    """Without the policy all of it happens, so that the same page shows that the test can fail."""
    address, asked = stranger
    folder: Path = request.getfixturevalue(PLACES[place])
    text = (folder / "declaration.html").read_text(encoding="utf-8")
    if not guarded:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    name = f"injected-{place}-{guarded}.html"
    written = text.replace('<div class="prose">', f'{INJECTED.format(stranger=address)}<div class="prose">', 1)
    (folder / name).write_text(written, encoding="utf-8")
    asked.clear()
    try:
        page = serve(folder, "/") + name if place == "server" else (folder / name).as_uri()
        is_done = READY if guarded else "return (window.wrappedJSObject ?? window).handled === true;"
        open_until(window, page, is_done)
        seen = json.loads(window.evaluate(LOOK))
    finally:
        (folder / name).unlink()
    if guarded:
        ink = seen.pop("colours")
        assert "rgb(1, 2, 3)" not in ink
        assert "rgb(4, 5, 6)" not in ink
        assert seen == {"ran": False, "handled": False, "followed": False, "based": False, "drawn": True}
        assert asked == []
    else:
        assert seen["ran"]
        assert seen["colours"] == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]
        assert {"/picture.svg", "/script.js", "/style.css"} <= set(asked)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        *(
            (place, name)
            for place in ("disk", "server")
            for name in ("index.html", "date-line.html", "places/kiritimati.html", "about.html", "404.html")
        ),
        ("single file", "date-line.html"),
    ],
)
def test_a_page_keeps_its_own_policy(
    window: Window, request: pytest.FixtureRequest, serve: Callable[[Path, str], str], place: str, name: str
) -> None:
    """No part of a page of ours is refused: a browser tells the page of each refusal."""
    folder: Path = request.getfixturevalue(PLACES[place])
    text = (folder / name).read_text(encoding="utf-8")
    script = "document.addEventListener('securitypolicyviolation', e => (window.refused ??= []).push(e.blockedURI))"
    # The listener needs leave of its own, which is the one change.
    text = text.replace("; style-src ", f" {hash_inline(script)}; style-src ", 1).replace(
        "<meta name", f"<script>{script}</script><meta name", 1
    )
    probe = folder / name.replace(".html", f"-{place}.html")
    probe.write_text(text, encoding="utf-8")
    try:
        server = place == "server"
        page = serve(folder, "/") + name.replace(".html", f"-{place}.html") if server else probe.as_uri()
        open_until(window, page, READY if 'id="storymap-data"' in text else "return true;")
        assert window.evaluate("return JSON.stringify((window.wrappedJSObject ?? window).refused ?? []);") == "[]"
        assert window.evaluate("return document.documentElement.className.includes('js');")
    finally:
        probe.unlink()
