"""Print how long an author waits: from a save to the reloaded page, and for a cold and a warm build of the whole site.

    python tests/bench/save_to_reload.py [NUMBER OF STORIES]

Serves a site of 100 stories (or as many as named) with `storymap serve`, opens the seventh step of one in Chromium
(STORYMAP_CHROMIUM, or the one on PATH), and saves that story twenty times. The clock starts before the file is written
and is read in the browser: `text` when the page holds the new words, `map` when its map stands as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from make_stories import make_project
from page_speed import FLAGS
from playwright.sync_api import Page, sync_playwright

from storymap.building.rebuilding import Rebuilder

SAVES = 20
STORY = "story-0007"
READ_CLOCK = """
document.addEventListener("DOMContentLoaded", () => { window.textAt = Date.now(); });
new MutationObserver((changes) => {
  if (!window.mapAt && document.querySelector(".leaflet-container canvas")) window.mapAt = Date.now();
  // Where words alone have changed, the page is not loaded anew: they come into it, and the map stands as it stood.
  const patched = document.readyState === "complete" && changes.some(({ target }) => target.closest?.(".prose"));
  if (patched) window.textAt = window.mapAt = Date.now();
}).observe(document, { childList: true, subtree: true });
"""


def main() -> None:
    """Measure and print."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make_project(project, stories=stories)
        measure_builds(project)
        server = subprocess.Popen(
            [sys.executable, "-m", "storymap", "serve", str(project), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            measure_saves(project, read_address(server))
        finally:
            server.terminate()
            server.wait()


def measure_builds(project: Path) -> None:
    """Print seconds for everything from nothing, and for everything again after one story was edited."""
    rebuilder = Rebuilder(project)
    print(f"cold build  {time_build(rebuilder):6.2f} s")
    edit(project, 0)
    print(f"warm build  {time_build(rebuilder):6.2f} s, one story edited")


def time_build(rebuilder: Rebuilder) -> float:
    """Seconds for a build that makes every file."""
    start = time.perf_counter()
    dict(rebuilder.build().site)
    return time.perf_counter() - start


def read_address(server: subprocess.Popen[str]) -> str:
    """The address that the server prints when it is ready."""
    assert server.stdout
    for line in server.stdout:
        if found := re.search(r"http://\S+/", line):
            return found[0]
    raise SystemExit("storymap serve ended before it was ready")


def measure_saves(project: Path, address: str) -> None:
    """Print the median and the slowest of all saves."""
    with sync_playwright() as playwright:
        path = os.environ.get("STORYMAP_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(READ_CLOCK)
        page.goto(f"{address}{STORY}.html#step-7-of-7")
        page.wait_for_function("window.mapAt")
        waits = [measure_save(project, page, number) for number in range(1, SAVES + 1)]
        browser.close()
    for name, values in zip(("text", "map"), zip(*waits, strict=True), strict=True):
        print(f"save to {name:4} {median(values):4.0f} ms, slowest {max(values):4.0f} ms of {SAVES}")


def measure_save(project: Path, page: Page, number: int) -> tuple[float, float]:
    """Milliseconds from a save to the new text and to the new map."""
    start = time.time() * 1000
    edit(project, number)
    page.wait_for_function(f"document.body?.innerText.includes('edit {number}.') && window.textAt && window.mapAt")
    return page.evaluate("window.textAt") - start, page.evaluate("window.mapAt") - start


def edit(project: Path, number: int) -> None:
    """Save the story with another sentence."""
    story = project / "stories" / f"{STORY}.md"
    text = re.sub(r"\nThis is edit \d+\.\n", "", story.read_text(encoding="utf-8"))
    story.write_text(f"{text}\nThis is edit {number}.\n", encoding="utf-8")


if __name__ == "__main__":
    main()
