"""Print what a reader waits for: weight, first paint, blocking and frames of stories on a slow phone, shift while read.

    python tests/bench/page_speed.py [--site NAME=FOLDER ...] [STORY ...]

Builds this repository's site, serves it on loopback as it is (nothing compressed), and opens it in the Chromium that
STORYMAP_CHROMIUM names or that is on PATH. Each `--site` is one more built site (of another commit, say) that is
measured in the same run, turn by turn, so that a busy machine is unfair to all alike; compare their best rounds.

The slow phone has a quarter of the processor; for the first paint it has slow 4G too: 562 ms of latency and 1.44
Mbit/s. *Blocking* is what tasks at the start take beyond 50 ms each, together. *Frames* are those of each second in
which the map flies from step to step.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import os
import shutil
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

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
DRAWN = "() => document.querySelector('.map-window')?.childElementCount === 0"
QUIET = """() => new Promise((done) => {
  let seen = tasks.length, quiet = 0;
  const look = () => { quiet = tasks.length === seen ? quiet + 1 : 0; seen = tasks.length;
    if (quiet > 15) done(); else setTimeout(look, 100); };
  look();
})"""
FLY = """async () => {
  const { steps } = JSON.parse(document.getElementById("storymap-data").textContent);
  let frames = 0, flying = false, begin = 0, time = 0, total = 0, flights = 0;
  const count = () => { frames += 1; if (flying) requestAnimationFrame(count); };
  map_1.on("movestart", () => { flying = true; frames = 0; begin = performance.now(); requestAnimationFrame(count); });
  map_1.on("moveend", () => {
    flying = false;
    const took = performance.now() - begin;
    if (took > 300) { time += took; total += frames; flights += 1; }
  });
  dispatchEvent(new Event("wheel"));
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  for (const { id } of steps.slice(1)) {
    location.hash = encodeURIComponent(id);
    await pause(700);
    while (flying) await pause(50);
  }
  return [1000 * total / time, flights];
}"""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
RUNS = 5


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on standard error for each."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Measure and print each story."""
    parser = argparse.ArgumentParser(description="Measure stories on a slow phone.")
    parser.add_argument("--site", action="append", default=[], metavar="NAME=FOLDER", help="one more built site")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("stories", nargs="*", default=["declaration", "huawei-dispute", "date-line"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        project = load_project(ROOT)
        write_site(build_site(project), site, project=project)
        sites = {name: Path(path) for name, _, path in (each.partition("=") for each in chosen.site)} | {"here": site}
        servers = {name: serve(path) for name, path in sites.items()}
        chromium = os.environ.get("STORYMAP_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for story in chosen.stories:
            print(story)
            urls = {name: f"http://127.0.0.1:{server.server_port}/{story}.html" for name, server in servers.items()}
            for name, path in sites.items():
                script = len(gzip.compress((path / "assets/storymap.js").read_bytes(), 9))
                page = len(gzip.compress((path / f"{story}.html").read_bytes(), 9))
                print(f"  weight        {name:8} {page + script:,} bytes gzip (page {page:,}, script {script:,})")
            for title, measure, best in (
                ("first paint", measure_paint, min), ("blocking", measure_start, min), ("frames", measure_flights, max),
            ):  # fmt: skip
                taken: dict[str, list[float]] = {name: [] for name in sites}
                for _ in range(chosen.runs):
                    for name, url in urls.items():
                        taken[name].append(measure(browser, url))
                unit = "per s" if title == "frames" else "ms"
                for name, values in taken.items():
                    said = (
                        f"best {best(values):.0f} {unit}, median {median(values):.0f} of {sorted(map(round, values))}"
                    )
                    print(f"  {title:13} {name:8} {said}", flush=True)
            for name, url in urls.items():
                for kind, size in (("desktop", (1440, 900)), ("phone", (390, 844))):
                    shift, tasks = measure_reading(browser, url, size)
                    print(f"  read, {kind:7} {name:8} layout shift {shift:.4f}, long tasks {tasks or 'none'} ms")
        browser.close()
        for server in servers.values():
            server.shutdown()
            server.server_close()


def serve(site: Path) -> ThreadingHTTPServer:
    """Serve the folder of a site on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def measure_paint(browser: Browser, url: str) -> float:
    """Milliseconds to the first contentful paint on a slow phone with a slow network."""
    page = open_slowly(browser)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 562, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 0.7e6 / 8},
    )
    page.goto(url)
    paint: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.context.close()
    return paint


def measure_start(browser: Browser, url: str) -> float:
    """Milliseconds by which the tasks of the start keep a slow phone from answering, beyond 50 each."""
    page = open_slowly(browser)
    page.goto(url)
    page.wait_for_function(DRAWN)
    page.evaluate(QUIET)
    blocking: float = page.evaluate("tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0)")
    page.context.close()
    return blocking


def measure_flights(browser: Browser, url: str) -> float:
    """Frames in each second in which the map of a slow phone flies from step to step."""
    page = open_slowly(browser)
    page.goto(url)
    page.wait_for_function(DRAWN)
    page.evaluate(QUIET)
    frames, flights = page.evaluate(FLY)
    assert flights, f"nothing flew on {url}"
    page.context.close()
    return float(frames)


def open_slowly(browser: Browser) -> Page:
    """A phone with a quarter of the processor, whose tasks and shifts are observed."""
    page = browser.new_context(**PHONE).new_page()
    page.add_init_script(OBSERVE)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def measure_reading(browser: Browser, url: str, size: tuple[int, int]) -> tuple[float, list[Any]]:
    """Layout shift, and the long tasks in milliseconds, while a reader scrolls from the first step to the last."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    page.goto(url)
    page.wait_for_function(DRAWN)
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
