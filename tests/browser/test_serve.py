"""`storymap serve` as an author meets it: the command in a process of its own, and a real Chromium that looks on."""

from __future__ import annotations

import json
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

ROOT = Path(__file__).parents[2]
STEPS = ("Hobart", "Suva", "Apia", "Papeete", "Lima")
WORDS = "The ship lay at anchor while the letters were read, and nobody went ashore before the evening. " * 6

STORY = """---
title: A voyage
---
The opening.

""" + "\n".join(
    f"## In {place}\nplace: {place}\nzoom: 5\n\nFirst words of {place}. {WORDS}\n\n{WORDS}\n" for place in STEPS
)

SHOWN = """() => {
  const frame = document.querySelector('.map-window').getBoundingClientRect();
  const map = map_1.getContainer().getBoundingClientRect();
  const corners = [[frame.left, frame.top], [frame.right, frame.bottom]].map(([x, y]) =>
    map_1.containerPointToLatLng([x - map.left, y - map.top]));
  return corners.flatMap(({ lat, lng }) => [lat, lng]);
}"""


def picture(red: int) -> bytes:
    """A PNG of 8 by 8 pixels in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, 0, 0)) * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Author:
    """A project, and the preview that runs on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.told: list[str] = []
        self.address = ""

    def save(self, name: str, text: str | bytes) -> None:
        """Save as careful editors do: beside, then in its place."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.saving")
        fresh.write_bytes(text if isinstance(text, bytes) else text.encode())
        fresh.replace(path)

    def serve(self, *options: str) -> str:
        """Start the preview and return its address."""
        self.process = subprocess.Popen(
            (sys.executable, "-u", "-m", "storymap", "serve", str(self.folder), *(options or ("--port", "0"))),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(line)
            if found := re.match(r"Serving at (http://\S+/)", line):
                self.address = found[1]
                break
        assert self.address, "".join(self.told)
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()
        return self.address

    def _listen(self) -> None:
        assert self.process
        assert self.process.stdout
        with self.process.stdout as lines:
            self.told.extend(lines)

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """End the preview and return its exit code."""
        assert self.process
        self.process.send_signal(by)
        code = self.process.wait(timeout=60)
        self.listener.join()
        return code


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    made = Author(tmp_path / "my site é")
    made.save("storymap.toml", 'title = "Voyages"\n')
    made.save("stories/voyage.md", STORY)
    yield made
    if made.process and made.process.poll() is None:
        made.stop(signal.SIGKILL)


def arrive(page: Page, url: str) -> None:
    page.goto(url)
    wait_for_map(page)


def wait_for_map(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('.map-window')?.childElementCount === 0")


def read_to(page: Page, text: str, top: int) -> None:
    """Scroll until a text stands at `top` in the window, and the story has noticed."""
    block = page.get_by_text(text)
    block.evaluate(
        "(block, top) => scrollBy({ top: block.getBoundingClientRect().top - top, behavior: 'instant' })", top
    )
    step = block.evaluate("(block) => block.closest('[data-step]').id")
    page.wait_for_function("(step) => location.hash === '#' + step", arg=step)


def shows(page: Page, *, lon: float) -> bool:
    """Whether a meridian, or a copy of it, runs through the part of the map that no text covers."""
    _, west, _, east = page.evaluate(SHOWN)
    return any(west < lon + turn < east for turn in (-360, 0, 360))


def top_of(block: Locator) -> float:
    top: float = block.evaluate("(block) => block.getBoundingClientRect().top")
    return top


STATE = "JSON.parse(document.querySelector('script[data-state]').dataset.state)"


def mark(page: Page) -> None:
    """Leave a mark that a reload takes away, and note which version of the page stands here."""
    page.evaluate(f"() => {{ window.marked = true; sessionStorage.setItem('seen', {STATE}.version) }}")


def is_marked(page: Page) -> bool:
    marked: bool = page.evaluate("() => window.marked === true")
    return marked


def wait_for_update(page: Page) -> None:
    """Wait until another version of the page stands here, and is whole."""
    page.wait_for_function(
        f"() => document.readyState === 'complete' && {STATE}.version !== sessionStorage.getItem('seen')"
    )


def wait_for_reload(page: Page) -> None:
    """Wait until another version has been loaded anew."""
    page.wait_for_function("() => window.marked === undefined && document.readyState === 'complete'")


@pytest.mark.parametrize(("width", "height", "top"), [(1280, 800, 280), (390, 844, 500)])
def test_save_reloads_the_page_at_its_step_and_scroll(
    author: Author, open_page: OpenPage, width: int, height: int, top: int
) -> None:
    page, _ = open_page(viewport={"width": width, "height": height})
    arrive(page, author.serve() + "voyage.html")
    read_to(page, "First words of Papeete", top)
    block = page.get_by_text("First words of Papeete")
    before, shown = top_of(block), page.evaluate(SHOWN)
    for save in (
        STORY.replace("The opening.", "The opening.\n\n" + WORDS * 3),  # text came above
        STORY.replace("The opening.", ""),  # and went
        STORY.replace("## In Suva\nplace: Suva\nzoom: 5\n", "### In Suva\n"),  # a step went
        STORY.replace(
            "## In Papeete\nplace: Papeete\nzoom: 5\n", f"## In Papeete\nplace: Papeete\nzoom: 5\n\n{WORDS}\n"
        ),
    ):
        mark(page)
        author.save("stories/voyage.md", save)
        wait_for_update(page)
        wait_for_map(page)
        page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-papeete'")
        assert abs(top_of(block) - before) < 2
        assert page.evaluate("() => location.hash") == "#in-papeete"
        assert page.evaluate(SHOWN) == pytest.approx(shown, abs=0.02)


def test_map_of_a_reloaded_page_does_not_travel(author: Author, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.moves = 0; "
        "window.map_1?.on('move', () => { window.moves += 1 }) })"
    )
    arrive(page, author.serve() + "voyage.html#in-lima")
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-lima'")
    mark(page)
    author.save("stories/voyage.md", STORY.replace("title: A voyage", "title: A journey"))
    wait_for_reload(page)
    wait_for_map(page)
    expect(page.get_by_role("heading", name="A journey")).to_have_count(1)
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-lima'")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("() => window.moves") == 0


ALL_PROSE = "() => [...document.querySelectorAll('.prose')].map((prose) => prose.innerHTML)"


def test_change_of_words_alone_leaves_page_and_map_standing(author: Author, open_page: OpenPage) -> None:
    """What then stands in the page is what a page that is loaded anew holds, and its links still move the map."""
    linked = STORY.replace("First words of Apia", "From [Apia](place:Apia) to [Lima](place:Lima)[^1], words")
    linked += "\n[^1]: Noted.\n"
    author.save("stories/voyage.md", linked)
    page, _ = open_page()
    fresh, _ = open_page()
    arrive(page, author.serve() + "voyage.html#in-apia")
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-apia'")
    mark(page)
    page.evaluate("() => { window.untouched = document.querySelector('#in-apia .prose > :last-child') }")
    for save in (
        linked.replace("to [Lima]", "on to *lovely* [Lima]")
        .replace("The opening.", "Another.")
        .replace("Noted", "Found"),
        linked.replace("From [Apia]", f"{WORDS}\n\n- One\n- Two\n\nNow from [old Apia]"),
    ):
        mark(page)
        author.save("stories/voyage.md", save)
        wait_for_update(page)
        arrive(fresh, author.address + "voyage.html")
        assert page.evaluate(ALL_PROSE) == fresh.evaluate(ALL_PROSE)
    assert is_marked(page)
    assert page.evaluate("() => window.untouched.isConnected")
    page.locator("#in-apia").get_by_role("link", name="Lima").click()
    page.wait_for_function("() => Math.abs(((map_1.getCenter().lng % 360) + 360) % 360 - (360 - 77)) < 15")


def test_mistake_shows_the_terminals_text_over_the_page_and_goes_when_mended(
    author: Author, open_page: OpenPage
) -> None:
    """On a page that is opened meanwhile, too."""
    page, _ = open_page()
    arrive(page, author.serve() + "voyage.html")
    read_to(page, "First words of Papeete", 300)
    block = page.get_by_text("First words of Papeete")
    before = top_of(block)
    mark(page)
    broken = STORY.replace("place: Suva", "place: <img src=x onerror=alert(1)>").replace("zoom: 5", "zom: 5", 1)
    author.save("stories/voyage.md", broken)
    dialog = page.get_by_role("dialog", name="2 errors")
    expect(dialog).to_be_visible()
    terminal = subprocess.run(
        (sys.executable, "-m", "storymap", "build", str(author.folder), "--output", str(author.folder.parent / "out")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    texts = dialog.locator("pre").all_inner_texts()
    assert len(texts) == 2
    for text in texts:
        assert text in terminal
        assert "^^^" in text
    assert page.evaluate("() => document.activeElement.shadowRoot.activeElement.textContent") == "2 errors"
    assert is_marked(page), "the page behind it is the last that could be built, and was not loaded anew"
    other, _ = open_page()
    arrive(other, author.address)
    expect(other.get_by_role("dialog", name="2 errors")).to_be_visible()
    expect(other.get_by_role("link", name="A voyage", exact=True)).to_have_count(1)

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    badge = page.get_by_role("button", name="2 errors")
    badge.click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Look at the page").click()
    expect(badge).to_be_visible()

    author.save("stories/voyage.md", STORY)
    expect(badge).to_be_hidden()
    assert is_marked(page), "nothing of the page has changed"
    assert abs(top_of(block) - before) < 1

    author.save("stories/voyage.md", broken)
    expect(dialog).to_be_visible()
    author.save("stories/voyage.md", STORY.replace("First words", "New words"))
    wait_for_update(page)
    expect(page.get_by_text("New words of Papeete")).to_be_in_viewport()
    expect(dialog).to_be_hidden()


def test_warning_is_a_badge_that_opens_the_list(author: Author, open_page: OpenPage) -> None:
    page, _ = open_page()
    arrive(page, author.serve() + "voyage.html")
    author.save("stories/voyage.md", STORY + "\n[^lost]: A note.\n")
    badge = page.get_by_role("button", name="1 warning")
    expect(badge).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    badge.click()
    expect(page.get_by_role("dialog", name="1 warning").locator("pre")).to_contain_text("warning[unused-footnote]")


def test_first_build_that_fails_shows_why_at_every_address_until_it_is_mended(
    author: Author, open_page: OpenPage
) -> None:
    author.save("storymap.toml", 'title = "Voyages"\ntitel = 1\n')
    page, watch = open_page()
    page.goto(author.serve() + "voyage.html#in-suva")
    dialog = page.get_by_role("dialog", name="1 error")
    expect(dialog.locator("pre")).to_contain_text('no setting "titel"')
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    author.save("storymap.toml", 'title = "Voyages"\n')
    wait_for_map(page)
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-suva'")
    forget_missing(watch)


def test_stories_come_and_go(author: Author, open_page: OpenPage) -> None:
    page, watch = open_page()
    arrive(page, author.serve())
    author.save("stories/other.md", STORY.replace("A voyage", "Another voyage"))
    expect(page.get_by_role("link", name="Another voyage", exact=True)).to_be_visible()
    page.get_by_role("link", name="Another voyage", exact=True).click()
    wait_for_map(page)
    (author.folder / "stories" / "other.md").unlink()
    expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    response = page.reload()
    assert response
    assert response.status == 404
    page.get_by_role("link", name="All stories").click()
    expect(page.get_by_role("link", name="A voyage", exact=True)).to_be_visible()
    forget_missing(watch)


def test_places_settings_and_pictures_are_followed(author: Author, open_page: OpenPage) -> None:
    places = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "The anchorage"},
                "geometry": {"type": "Point", "coordinates": [100.0, -30.0]},
            }
        ],
    }
    story = STORY.replace("place: Suva", "place: The anchorage") + "\n![A red square](pictures/square.png)\n"
    author.save("geo/places.geojson", json.dumps(places))
    author.save("stories/pictures/square.png", picture(255))
    author.save("stories/voyage.md", story)
    page, _ = open_page()
    arrive(page, author.serve() + "voyage.html#in-suva")
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-suva'")
    assert shows(page, lon=100)

    places["features"][0]["geometry"]["coordinates"] = [-20.0, -30.0]  # type: ignore[index]
    mark(page)
    author.save("geo/places.geojson", json.dumps(places))
    wait_for_reload(page)
    wait_for_map(page)
    assert shows(page, lon=-20)

    mark(page)
    author.save("storymap.toml", 'title = "Journeys"\n')
    expect(page).to_have_title("A voyage – Journeys")

    colour = """async () => {
      const picture = document.querySelector('.prose img');
      picture.loading = 'eager';
      await picture.decode();
      const canvas = new OffscreenCanvas(8, 8).getContext('2d');
      canvas.drawImage(picture, 0, 0);
      return canvas.getImageData(4, 4, 1, 1).data[0];
    }"""
    wait_for_map(page)
    assert page.evaluate(colour) == 255
    mark(page)
    author.save("stories/pictures/square.png", picture(90))
    wait_for_reload(page)
    assert page.evaluate(colour) == 90

    mark(page)
    (author.folder / "stories" / "pictures").rename(author.folder / "stories" / "images")
    expect(page.get_by_role("dialog", name="1 error").locator("pre")).to_contain_text("missing-picture")
    author.save("stories/voyage.md", story.replace("pictures/", "images/"))
    wait_for_update(page)
    assert page.evaluate(colour) == 90


def test_map_hook_is_followed_and_its_failure_told(author: Author, open_page: OpenPage) -> None:
    hook = "def draw(map, story):\n    map.options['marked'] = {}\n"
    author.save("hooks/maps.py", hook.format("'one'"))
    author.save("storymap.toml", 'title = "Voyages"\nmap_hook = "hooks.maps:draw"\n')
    page, watch = open_page()
    arrive(page, author.serve() + "voyage.html")
    assert page.evaluate("() => map_1.options.marked") == "one"
    mark(page)
    author.save("hooks/maps.py", hook.format("'two'"))
    wait_for_reload(page)
    assert page.evaluate("() => map_1.options.marked") == "two"
    mark(page)
    author.save("hooks/maps.py", hook.format("1 / 0"))
    expect(page.get_by_role("dialog", name="1 error").locator("pre")).to_contain_text("division by zero")
    assert is_marked(page)
    page.reload()
    expect(page.get_by_role("dialog", name="1 error").locator("pre")).to_contain_text("division by zero")
    author.save("hooks/maps.py", hook.format("'three'"))
    wait_for_map(page)
    assert page.evaluate("() => map_1.options.marked") == "three"
    forget_missing(watch)


def test_only_pages_that_changed_are_loaded_anew(author: Author, open_page: OpenPage) -> None:
    author.save("stories/other.md", STORY.replace("A voyage", "Another voyage"))
    page, _ = open_page()
    other, _ = open_page()
    arrive(page, author.serve() + "voyage.html")
    other.goto(author.address + "about.html")
    mark(page)
    mark(other)
    author.save("stories/voyage.md", STORY.replace("First words", "New words"))
    wait_for_update(page)
    mark(page)
    author.save("storymap.toml", 'title = "Journeys"\n')
    wait_for_reload(other)  # had it been loaded anew before, its title would have changed twice
    wait_for_reload(page)


def test_pages_come_back_when_the_preview_is_started_again(author: Author, open_page: OpenPage) -> None:
    page, watch = open_page()
    arrive(page, author.serve() + "voyage.html")
    port = author.address.rstrip("/").rpartition(":")[2]
    mark(page)
    assert author.stop() == 0
    author.save("stories/voyage.md", STORY.replace("First words", "New words"))
    author.address = ""
    author.serve("--port", port)
    wait_for_update(page)
    expect(page.get_by_text("New words of Lima")).to_have_count(1)
    forget_missing(watch)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_while_pages_listen(author: Author, open_page: OpenPage, by: signal.Signals) -> None:
    page, watch = open_page()
    arrive(page, author.serve())
    told = len(author.told)
    assert author.stop(by) == 0
    assert "".join(author.told[told:]).strip() in {
        "",
        "Watching stories/ and storymap.toml: a save shows in the browser at once.",
    }
    page.close()
    forget_missing(watch)


def test_it_ends_quietly_while_somebody_does_not_read_what_they_asked_for(author: Author) -> None:
    author.save("static/long.txt", "long " * 4_000_000)
    host, _, port = author.serve().removeprefix("http://").rstrip("/").partition(":")
    told = len(author.told)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((host, int(port)))
        reader.sendall(f"GET /long.txt HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert reader.recv(8) == b"HTTP/1.1"
        assert author.stop() == 0
    assert not [line for line in author.told[told:] if "ancel" in line]


PICKED = """(name) => [...document.querySelector('storymap-picker').shadowRoot.querySelectorAll('.row:not([hidden])')]
  .find((row) => row.firstElementChild.textContent === name)?.lastElementChild.textContent"""

VIEWS = {
    "a region": ([48.2, 16.37], 7.4, (1280, 800)),
    "over 180°": ([-17.9, 179.7], 6.0, (1280, 800)),
    "an ocean": ([64.1, -21.9], 3.2, (1600, 1000)),
    "on a phone": ([1.3, 103.8], 8.5, (390, 844)),
}


def test_copied_view_gives_that_view_again(author: Author, open_page: OpenPage) -> None:
    page, _ = open_page(permissions=["clipboard-read", "clipboard-write"])
    author.serve()
    for name, (center, zoom, (width, height)) in VIEWS.items():
        page.goto("about:blank")
        page.set_viewport_size({"width": width, "height": height})
        arrive(page, author.address + "voyage.html#in-suva")
        page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-suva'")
        page.evaluate("([center, zoom]) => map_1.setView(center, zoom, { animate: false })", [center, zoom])
        seen = page.evaluate(SHOWN)
        for copied in copy_views(page):
            mark(page)
            author.save("stories/voyage.md", STORY.replace("place: Suva\nzoom: 5\n", f"place: Suva\n{copied}\n"))
            wait_for_reload(page)
            wait_for_map(page)
            page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-suva'")
            south, west, north, east = page.evaluate(SHOWN)
            turn = 360 * round((seen[1] - west) / 360)
            tolerance = 4 * 360 / (256 * 2**zoom)  # four pixels
            assert [south, west + turn, north, east + turn] == pytest.approx(seen, abs=tolerance), (name, copied)


def copy_views(page: Page) -> list[str]:
    """What the picker copies of the view: as centre and zoom, and as edges."""
    press_picker(page)
    copies = []
    for name, pattern in (
        ("Centre and zoom", r"center: -?\d+\.\d+, -?\d+\.\d+\nzoom: [\d.]+"),
        ("Edges", r"bounds: \[[-\d., ]+\]"),
    ):
        page.get_by_role("button", name=name).click()
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == page.evaluate(PICKED, name)
        assert re.fullmatch(pattern, copied)
        copies.append(copied)
    return copies


def test_clicked_point_is_copied_as_place_link_and_feature(author: Author, open_page: OpenPage) -> None:
    page, _ = open_page(permissions=["clipboard-read", "clipboard-write"])
    arrive(page, author.serve() + "voyage.html#in-suva")
    page.wait_for_function("() => document.querySelector('.is-current')?.id === 'in-suva'")
    press_picker(page)
    pin = page.locator(".pin.is-active .pin-disc")
    box = pin.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    place = page.evaluate(PICKED, "As a place")
    found = re.fullmatch(r"place: (-18\.\d+), (178\.\d+)", place)
    assert found, place
    assert page.evaluate(PICKED, "As a link in the text") == f"[this place](geo:{found[1]},{found[2]})"
    page.get_by_role("button", name="For geo/places.geojson").click()
    expect(page.locator(".status")).to_contain_text('Copied { "type": "Feature"')
    feature = json.loads(page.evaluate("() => navigator.clipboard.readText()"))
    assert feature["geometry"] == {"type": "Point", "coordinates": [float(found[2]), float(found[1])]}
    assert page.evaluate("() => location.hash") == "#in-suva", (
        "a marker is a point like any other while points are picked"
    )

    author.save("geo/places.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    mark(page)
    author.save("stories/voyage.md", STORY.replace("place: Suva", place).replace("place: Apia", "place: New place"))
    wait_for_reload(page)
    expect(page.locator("storymap-mistakes").locator(".badge")).to_be_hidden()
    wait_for_map(page)
    assert shows(page, lon=float(found[2]))


def test_picker_works_by_keyboard_and_without_a_clipboard(author: Author, open_page: OpenPage) -> None:
    page, _ = open_page()
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })")
    page.add_init_script(
        "addEventListener('copy', () => { window.copied = getSelection().toString() || 'from a field' })"
    )
    arrive(page, author.serve() + "index.html")
    button = page.get_by_role("button", name="Copy from the map")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Copy from the map")
    expect(panel).to_be_visible()
    for name in ("Close", "Centre and zoom", "Edges", "Take the middle of the map"):
        page.keyboard.press("Tab")
        expect(panel.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="As a place")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("Copied place: ")
    assert page.evaluate("() => window.copied")
    expect(panel.get_by_role("button", name="As a place")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_what_the_preview_adds_violates_no_rule(
    author: Author, open_page: OpenPage, find_violations: Callable[..., list[str]], size: tuple[int, int]
) -> None:
    page, watch = open_page(viewport={"width": size[0], "height": size[1]})
    arrive(page, author.serve() + "voyage.html#in-suva")
    press_picker(page)
    page.get_by_role("button", name="Take the middle of the map").click()
    assert find_violations(page, in_both_schemes=True) == []
    author.save("stories/voyage.md", STORY.replace("place: Suva", "place: Zuva") + "\n[^lost]: A note.\n")
    expect(page.get_by_role("dialog", name="1 error, 1 warning")).to_be_visible()
    assert find_violations(page, in_both_schemes=True) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="1 error, 1 warning")).to_be_visible()
    assert find_violations(page, in_both_schemes=True) == []
    forget_missing(watch)


def test_nothing_of_the_preview_reaches_a_built_site(author: Author) -> None:
    author.serve()
    built = author.folder / "site"
    subprocess.run(
        (sys.executable, "-m", "storymap", "build", str(author.folder)), cwd=ROOT, check=True, capture_output=True
    )
    files = [path for path in built.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        content = path.read_bytes()
        assert b"/.storymap/" not in content, path
        assert b"data-state" not in content, path
        assert path.name != "preview.js"


def press_picker(page: Page) -> None:
    """Press the button on the map where it is: scrolling it into view would move a page whose map stays in place."""
    box = page.get_by_role("button", name="Copy from the map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("dialog", name="Copy from the map")).to_be_visible()


def forget_missing(watch: Any) -> None:
    """Chromium notes every answer that is an error, and a preview that has gone; here they are meant."""
    watch.complaints[:] = [line for line in watch.complaints if "Failed to load resource" not in line]
    watch.complaints[:] = [line for line in watch.complaints if "ERR_" not in line]
