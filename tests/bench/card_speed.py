"""Print what the pictures of shared links cost: seconds of the processor for one, and a build with and without them.

    python tests/bench/card_speed.py [NUMBER OF STORIES ...]

`one card` are milliseconds for the card of a story that goes around the world, as heavy as they come, by the steps of
its making: the SVG, its page of PDF, the pixels, the PNG; the least of three, each of 40 stories, in one warm process.
A build is a whole process of which nothing is known, of 1,000 stories unless other numbers are named. What cards cost
is the difference between two of them that both know the address of the site; `without address` stands beside them,
since feeds, QR codes and what else an address brings have their cost, too.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from build_speed import measure, tell
from make_stories import make_project

from storymap.api.stories import load_stories
from storymap.drawing.letters import BUILT_IN
from storymap.drawing.light_png import write_light_png
from storymap.drawing.pdf_page import write_page
from storymap.drawing.rendering import render_page, render_png
from storymap.outputs.cards import HEAVIEST, CardText, draw_card
from storymap.pages.themes.builtin import builtin_theme
from storymap.project import load_project

COUNT = 40

Given = TypeVar("Given")
Made = TypeVar("Made")


def main() -> None:
    """Measure and print."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1000]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        few = Path(folder) / "few"
        make_project(few, stories=COUNT)
        tell_one(few)
        print(f"\n{'stories':>7}  {'what':<18} {'cpu s':>7} {'wall s':>7} {'peak MB':>8}")
        for count in counts:
            project = Path(folder) / f"project-{count}"
            make_project(project, stories=count)
            build = [sys.executable, "-m", "storymap", "build", str(project), "--no-cache"]
            whole = [*build, "--url", "https://example.org"]
            tell(count, "without address", measure([*build, "--output", str(Path(folder) / f"bare-{count}")]))
            settings = project / "storymap.toml"
            given = settings.read_text(encoding="utf-8")
            settings.write_text(f'{given}cards = "none"\n', encoding="utf-8")
            without = measure([*whole, "--output", str(Path(folder) / f"without-{count}")])
            tell(count, "without cards", without)
            settings.write_text(given, encoding="utf-8")
            site = Path(folder) / f"site-{count}"
            made = measure([*whole, "--output", str(site)])
            cards = [file.stat().st_size for file in site.glob("cards/**/*.png")]
            more = (
                f"{made.cpu - without.cpu:.1f} s cpu and {made.wall - without.wall:.1f} s wall for {len(cards)} cards"
            )
            tell(count, "with cards", made, f"{more}, {max(cards)} bytes the heaviest")


def tell_one(project: Path) -> None:
    """Print what a card costs, step by step."""
    palette = builtin_theme().palette
    stories = load_stories(load_project(project)).values()
    made = [(story.scene, CardText(story.title, "Benchmark", story.lang)) for story in stories]
    steps: dict[str, float] = {}
    svgs = time_each("SVG", lambda one: draw_card(one[0], one[1], palette), made, steps)
    pages = time_each("page", lambda svg: write_page(svg, BUILT_IN), svgs, steps)
    pictures = time_each("pixels", render_page, pages, steps)
    time_each("PNG", lambda picture: write_light_png(picture, HEAVIEST), pictures, steps)
    print(f"one card  {', '.join(f'{name} {cost:.1f}' for name, cost in steps.items())}: {sum(steps.values()):.1f} ms")
    time_each("resvg", render_png, svgs[:5], steps)
    print(f"          {steps['resvg']:.1f} ms for its pixels by resvg")


def time_each(name: str, do: Callable[[Given], Made], inputs: list[Given], steps: dict[str, float]) -> list[Made]:
    """What `do` makes of each of `inputs`; the median of their milliseconds goes to `steps`."""
    least = []
    for given in inputs:
        found = []
        for _ in range(3):
            begun = time.process_time()
            made = do(given)
            found.append(time.process_time() - begun)
        least.append((min(found), made))
    steps[name] = statistics.median(cost for cost, _ in least) * 1000
    return [made for _, made in least]


if __name__ == "__main__":
    main()
