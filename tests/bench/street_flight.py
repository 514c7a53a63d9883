"""Print how smoothly a map flies down to its streets: from zoom 9 to 16 and back, on a desktop and on a slow phone.

    python tests/bench/street_flight.py FILE LAT,LON [--site NAME=FOLDER ...]

FILE is street data of the place at LAT, LON. Of a story with two steps there, which is built of this code, and of that
in each `--site` (built of another, with `--keep FOLDER`), it says frames of each second on the way, the longest
time between two of them, and what the work of each frame takes in scripts. The phone has a quarter of the processor. On
a machine that does other work the figures are worse than they are, and uneven: compare the best of runs in turn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

STORY = """---
title: Down
---
## Afar
center: {place}
zoom: 9

From afar.

## There
place: {place}
zoom: 16

On the ground.
"""
WORK = """
window.work = [];
const ask = requestAnimationFrame;
window.requestAnimationFrame = (call) => ask((now) => {
  const begin = performance.now();
  call(now);
  work.push([begin, performance.now() - begin]);
});
"""
FLY = """async (step) => {
  const ticks = [];
  let flying = false, over = false;
  const tick = (now) => { ticks.push(now); if (flying) requestAnimationFrame(tick); };
  const begin = performance.now();
  map_1.on("movestart", () => { flying = true; ticks.length = 0; requestAnimationFrame(tick); });
  // What only sets the map right, before or after the flight, is over at once.
  map_1.on("moveend", () => { flying = false; over = ticks.length > 5; });
  dispatchEvent(new Event("wheel"));
  location.hash = step;
  while (!over && performance.now() - begin < 20000) await new Promise((done) => setTimeout(done, 50));
  const frames = new Map();
  for (const [at, took] of work) {
    const number = ticks.findIndex((tick) => tick > at);
    if (at >= begin && number > 0) frames.set(number, (frames.get(number) ?? 0) + took);
  }
  const gaps = ticks.slice(1).map((tick, index) => tick - ticks[index]);
  return { zoom: map_1.getZoom(), gaps, took: [...frames.values()] };
}"""
SCREENS: dict[str, tuple[dict[str, Any], int]] = {
    "desktop": ({"viewport": {"width": 1280, "height": 800}}, 1),
    "slow phone": ({"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}, 4),
}


def main() -> None:
    """Build the story, fly, tell."""
    parser = argparse.ArgumentParser(description="Measure the flight down to streets.")
    parser.add_argument("file", type=Path)
    parser.add_argument("place")
    parser.add_argument("--site", action="append", default=[], metavar="NAME=FOLDER", help="one more built site")
    parser.add_argument("--keep", type=Path, help="where to leave the built site")
    parser.add_argument("--runs", type=int, default=4)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = chosen.keep or Path(folder) / "site"
        build(Path(folder) / "project", chosen.file, chosen.place, site)
        sites = {name: Path(path) for name, _, path in (each.partition("=") for each in chosen.site)} | {"here": site}
        chromium = os.environ.get("STORYMAP_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for screen, (options, slower) in SCREENS.items():
            flights: dict[tuple[str, str], list[dict[str, Any]]] = {}
            for _ in range(chosen.runs):
                for name, path in sites.items():
                    for way, flight in fly(browser, path, options, slower).items():
                        flights.setdefault((name, way), []).append(flight)
            for (name, way), found in flights.items():
                print(f"{screen:10} {name:8} {way:4} {tell(found)}", flush=True)
        browser.close()


def build(project: Path, file: Path, place: str, site: Path) -> None:
    """Build a site of one story at `place`, with the street data of `file`."""
    (project / "stories").mkdir(parents=True)
    (project / "streets").mkdir()
    shutil.copy(file, project / "streets")
    (project / "stories" / "down.md").write_text(STORY.format(place=place.replace(",", ", ")), "utf-8")
    (project / "storymap.toml").write_text('title = "Down"\n', "utf-8")
    loaded = load_project(project)
    write_site(build_site(loaded), site, project=loaded)


def fly(browser: Browser, site: Path, options: dict[str, Any], slower: int) -> dict[str, dict[str, Any]]:
    """Fly down and up again, once each."""
    page = browser.new_context(**options).new_page()
    page.add_init_script(WORK)
    page.goto((site.resolve() / "down.html").as_uri() + "#afar")
    page.wait_for_function("() => typeof map_1 !== 'undefined' && document.querySelector('.map-labels.is-drawn')")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    found = {way: page.evaluate(FLY, step) for way, step in (("down", "there"), ("up", "afar"))}
    page.context.close()
    return found


def tell(flights: list[dict[str, Any]]) -> str:
    """What the best and the middle one of flights were like."""
    rates = [1000 * len(one["gaps"]) / sum(one["gaps"]) for one in flights if one["gaps"]]
    longest = [max(one["gaps"]) for one in flights if one["gaps"]]
    took = sorted(each for one in flights for each in one["took"])
    if not rates or not took:
        return "did not fly"
    told = (
        ("frames a second", max(rates), median(rates)),
        ("longest gap in ms", min(longest), median(longest)),
        ("scripts of a frame in ms", took[0], median(took)),
    )
    said = "; ".join(f"{what} {best:.0f} at best, {middle:.0f} in the middle" for what, best, middle in told)
    return f"{said}, {took[-1]:.0f} at most"


if __name__ == "__main__":
    main()
