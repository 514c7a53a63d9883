"""Print how long a build takes, and how much memory, for 10, 100 and 1,000 stories of eight steps.

    python tests/bench/build_speed.py [NUMBER OF STORIES ...]

Each build runs in a process of its own. `start-up` is the time of the smallest possible site, which is taken off before
milliseconds per story are counted; `finished` is the size of the site's bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from make_stories import make_project

MEASURE = """
import json, resource, sys, time
start = time.perf_counter()
from storymap.project import load_project
from storymap.building.build import build_site
site = build_site(load_project(sys.argv[1]))
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                  "bytes": sum(map(len, site.values())), "files": len(site)}))
"""


def main() -> None:
    """Measure and print a row for each number of stories."""
    counts = [int(argument) for argument in sys.argv[1:]] or [10, 100, 1000]
    start_up = measure(1)["seconds"]
    print(f"start-up {start_up:.2f} s")
    print(f"{'stories':>8} {'seconds':>8} {'ms/story':>9} {'peak MB':>8} {'finished MB':>12} {'files':>6}")
    for count in counts:
        figures = measure(count)
        each = (figures["seconds"] - start_up) / count * 1000
        peak, finished = figures["peak"] / 1e6, figures["bytes"] / 1e6
        print(f"{count:8} {figures['seconds']:8.2f} {each:9.1f} {peak:8.0f} {finished:12.1f} {figures['files']:6.0f}")


def measure(stories: int) -> dict[str, float]:
    """Build a project of `stories` stories in a new process; seconds, peak memory and size of the result."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make_project(project, stories=stories)
        done = subprocess.run([sys.executable, "-c", MEASURE, str(project)], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    main()
