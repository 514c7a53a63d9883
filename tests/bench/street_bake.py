"""Build stories that come close to towns, with pages of their places, and print what drawing their streets takes.

    python tests/bench/street_bake.py FILE LAT,LON [FILE LAT,LON ...] [--profile FILE]

For each FILE of street data there is one story of ten steps around LAT, LON, at zooms 13 to 17, and eight places with
pages of their own. Said are seconds of the processor, of the whole first build and of each task that bakes streets, and
a digest of all that is made: two versions of the code that print the same one draw the same.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import shutil
import tempfile
import time
from pathlib import Path

from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.errors import Report
from storymap.project import load_project

STEPS = (
    (0.0, 0.0, 13), (0.0, 0.0, 15), (0.0008, 0.001, 16), (0.002, -0.003, 15), (-0.003, 0.002, 14),
    (-0.0035, 0.0025, 16), (0.004, 0.004, 17), (0.004, 0.0042, 15), (-0.001, -0.005, 16), (0.0, 0.0, 14),
)  # fmt: skip
"""Where each step lies, in degrees north and east of the middle, and its zoom."""

PLACES = (
    (0.0, 0.0), (0.0008, 0.001), (0.002, -0.003), (-0.003, 0.002), (-0.0035, 0.0025), (0.004, 0.004), (0.0005, 0.0041),
    (-0.001, -0.005),
)  # fmt: skip


def main() -> None:
    """Write the project, build it, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", metavar="FILE LAT,LON")
    parser.add_argument("--profile", type=Path, help="where to leave a profile of the build, for pstats")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, (file, place) in enumerate(zip(asked.data[::2], asked.data[1::2], strict=True)):
            write_town(root, number, Path(file), place)
        (root / "storymap.toml").write_text('title = "Towns"\n', "utf-8")
        if asked.profile:
            with cProfile.Profile() as profile:
                build(root)
            profile.dump_stats(asked.profile)
        else:
            build(root)


def write_town(root: Path, number: int, file: Path, place: str) -> None:
    """Write a story and places of a town, and put its data beside them."""
    for name in ("stories", "streets", "geo"):
        (root / name).mkdir(exist_ok=True)
    shutil.copy(file, root / "streets" / f"{number}-{file.name}")
    lat, lon = map(float, place.split(","))
    steps = [
        f"## Step {index}\nplace: {lat + up:.5f}, {lon + aside:.5f}\nzoom: {zoom}\n\nWhat was there.\n"
        for index, (up, aside, zoom) in enumerate(STEPS)
    ]
    named = " ".join(f"[Place](place:town-{number}-{index})" for index in range(len(PLACES)))
    text = f"---\ntitle: Town {number}\n---\nOf {named}.\n\n" + "\n".join(steps)
    (root / "stories" / f"town-{number}.md").write_text(text, "utf-8")
    rows = [
        f"town-{number}-{index},Place {number} {index},{lat + up:.5f},{lon + aside:.5f}"
        for index, (up, aside) in enumerate(PLACES)
    ]
    (root / "geo" / f"town-{number}.csv").write_text("\n".join(["id,name,lat,lon", *rows]) + "\n", "utf-8")


def build(root: Path) -> None:
    """Build the project, and tell."""
    begun = last = time.process_time()
    baking: dict[str, list[float]] = {}

    def note(_done: int, _count: int, path: str) -> None:
        nonlocal last
        now = time.process_time()
        if path.startswith("streets around"):
            baking.setdefault(path, []).append(now - last)
        last = now

    runner, report = Runner(progress=note), Report()
    project = load_project(root)
    plan = plan_site(project, report, runner=runner)
    report.raise_errors()
    digest, size = hashlib.sha256(), 0
    for task, result in runner.run(plan.tasks):
        content = result.content if result.content is not None else runner.read(task, result.record)
        digest.update(content or b"")
        size += len(content or b"")
    report.raise_errors()
    for path, took in baking.items():
        print(f"{path}: {', '.join(f'{each:.1f}' for each in took)} s")
    took = [each for some in baking.values() for each in some]
    print(f"{len(took)} tasks bake streets, in {sum(took):.1f} s, the longest {max(took):.1f} s")
    print(f"all of the build: {time.process_time() - begun:.1f} s; {size / 1e6:.1f} MB, {digest.hexdigest()[:16]}")


if __name__ == "__main__":
    main()
