"""Print what a reader waits for: first paint of a story on a slow phone, layout shift and long tasks while it is read.

    python tests/bench/page_speed.py [STORY ...]

Builds this repository's site, serves it on loopback as it is (nothing compressed), and opens it in the Chromium that
STORYMAP_CHROMIUM names or that is on PATH. The slow phone has a quarter of the processor and slow 4G: 562 ms of latency
and 1.44 Mbit/s.
"""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from storymap.project import load_project
from storymap.publishing.build import build_site
from storymap.publishing.write import write_site

ROOT = Path(__file__).parents[2]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
OBSERVE = """
window.shift = 0; window.tasks = [];
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput)
  shift += entry.value; }).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration)); })
  .observe({ type: "longtask", buffered: true });
"""
RUNS = 5


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on standard error for each."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Measure and print each story."""
    stories = sys.argv[1:] or ["declaration", "huawei-dispute"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        project = load_project(ROOT)
        write_site(build_site(project), site, project=project)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        path = os.environ.get("STORYMAP_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for story in stories:
            script = len(gzip.compress((site / "assets/storymap.js").read_bytes(), 9))
            page = len(gzip.compress((site / f"{story}.html").read_bytes(), 9))
            print(f"{story}: {page + script:,} bytes gzip (page {page:,}, script {script:,})")
            url = f"{address}/{story}.html"
            paints = [measure_paint(browser, url) for _ in range(RUNS)]
            print(
                f"  first contentful paint, slow phone: median {median(paints):.0f} ms of {sorted(map(round, paints))}"
            )
            for name, size in (("desktop", (1440, 900)), ("phone", (390, 844))):
                shift, tasks = measure_reading(browser, url, size)
                print(f"  read to the end, {name}: layout shift {shift:.4f}, long tasks {tasks or 'none'} ms")
        browser.close()
        server.shutdown()
        server.server_close()


def measure_paint(browser: Browser, url: str) -> float:
    """Milliseconds to the first contentful paint on a slow phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 562, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 0.7e6 / 8},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url)
    paint: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return paint


def measure_reading(browser: Browser, url: str, size: tuple[int, int]) -> tuple[float, list[Any]]:
    """Layout shift, and the long tasks in milliseconds, while a reader scrolls from the first step to the last."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    page.goto(url)
    page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
    page.evaluate("tasks.length = 0")
    read_to_end(page)
    shift, tasks = page.evaluate("[shift, tasks]")
    context.close()
    return shift, tasks


def read_to_end(page: Page) -> None:
    """Scroll on until the last step is the current one."""
    page.mouse.move(100, 600)
    last = "document.querySelector('section.step:last-of-type')?.classList.contains('is-current')"
    for _ in range(600):
        if page.evaluate(last):
            return
        page.mouse.wheel(0, 60)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


if __name__ == "__main__":
    main()
