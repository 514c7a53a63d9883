"""Print how long `storymap build` takes and how much memory, beside the floor: the same stories with nothing to them.

    python tests/bench/build_speed.py [NUMBER OF STORIES ...]

For each number of stories of eight steps (1, 100 and 1,000 unless others are named) three whole processes are measured:
a build of which nothing is known (`cold`), one in which nothing changed, and one in which one story changed. `cpu` are
seconds of the processor, of all processes together; `wall` those of the clock; `peak` megabytes of the largest process.
The floor is Python-Markdown and Jinja alone: each story converted and put into one template, by one process.
Modules are compiled before anything is measured, as they are where the package is installed.

At the end stands an edit in the preview of the largest project: from the saved file to the new page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from make_stories import make_project

FLOOR = """
import sys
from pathlib import Path
from jinja2 import Environment
from markdown import Markdown

template = Environment(autoescape=True).from_string(
    "<!doctype html><html><head><title>{{ title }}</title></head>"
    "<body><h1>{{ title }}</h1>{{ html|safe }}</body></html>"
)
markdown = Markdown(extensions=["footnotes", "tables"])
site = Path(sys.argv[2])
site.mkdir()
for file in sorted(Path(sys.argv[1], "stories").glob("*.md")):
    _, front, text = file.read_text(encoding="utf-8").split("---", 2)
    html = markdown.reset().convert(text)
    (site / f"{file.stem}.html").write_text(template.render(title=front.split()[1], html=html), encoding="utf-8")
"""
PREVIEW = """
import sys, time
from pathlib import Path
from storymap.building.rebuilding import Rebuilder

rebuilder = Rebuilder(Path(sys.argv[1]))
rebuilder.build().site["story-0000.html"]
found = []
for number in range(5):
    file = Path(sys.argv[1], "stories", "story-0000.md")
    file.write_text(file.read_text(encoding="utf-8") + f"\\nOne more sentence, the {number}th.\\n", encoding="utf-8")
    begun = time.perf_counter()
    rebuilder.build().site["story-0000.html"]
    found.append(time.perf_counter() - begun)
print(sorted(found)[2])
"""
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor and of the clock, and megabytes of the largest process."""

    cpu: float
    wall: float
    peak: float


def main() -> None:
    """Measure and print."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1, 100, 1000]
    print(f"{'stories':>7}  {'what':<18} {'cpu s':>7} {'wall s':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        make_project(Path(folder) / "first", stories=1)
        measure([sys.executable, "-m", "storymap", "build", str(Path(folder) / "first")])
        for count in counts:
            project = Path(folder) / f"project-{count}"
            make_project(project, stories=count)
            floor = measure([sys.executable, "-c", FLOOR, str(project), str(Path(folder) / f"floor-{count}")])
            tell(count, "floor", floor)
            build = [sys.executable, "-m", "storymap", "build", str(project)]
            cold = measure(build)
            tell(count, "cold", cold, f"{cold.cpu / floor.cpu:.1f} × the floor's cpu")
            tell(count, "nothing changed", measure(build))
            story = project / "stories" / "story-0000.md"
            story.write_text(story.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
            tell(count, "one story changed", measure(build))
        done = subprocess.run([sys.executable, "-c", PREVIEW, str(project)], check=True, capture_output=True, text=True)
        print(f"{counts[-1]:7}  edit in the preview {float(done.stdout):13.3f}")


def tell(count: int, what: str, cost: Cost, more: str = "") -> None:
    """Print a line."""
    print(f"{count:7}  {what:<18} {cost.cpu:7.2f} {cost.wall:7.2f} {cost.peak:8.0f}  {more}", flush=True)


def measure(command: list[str]) -> Cost:
    """What a program costs, with every process that it starts; they are looked at while they run (Linux)."""
    begun = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    found: dict[int, tuple[float, float]] = {}
    while not (ended := os.wait4(program.pid, os.WNOHANG))[0]:
        found |= {pid: seen for pid in list_session(program.pid) if (seen := look(pid))}
        time.sleep(_POLL)
    wall = time.perf_counter() - begun
    _, status, own = ended
    program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, f"{command} failed"
    # At its end its own seconds and those of children that it waited for are one number: each is looked at alone.
    peaks = [own.ru_maxrss / 1000, *(peak for _, peak in found.values())]
    return Cost(sum(cpu for cpu, _ in found.values()), wall, max(peaks))


def list_session(leader: int) -> list[int]:
    """The processes of a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.append(int(folder.name))
    return found


def look(pid: int) -> tuple[float, float] | None:
    """The seconds of the processor and the largest megabytes of a process so far; None once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    peak = next((int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), peak


if __name__ == "__main__":
    main()
