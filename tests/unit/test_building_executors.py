"""Tasks done in processes give what they give here; a process that dies costs time, and never a result."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from storymap.building.disk_cache import DiskCache
from storymap.building.executors import Here, Local
from storymap.building.plan import plan_site
from storymap.building.runner import Runner
from storymap.building.tasks import Part, Pickled, Task
from storymap.errors import Location, Report
from storymap.project import load_project


def shout(word: str, number: int, *, report: Report) -> bytes:
    report.note("loud", word, Location(f"{number}.txt"))
    return f"{word} {number}!".encode()


def die_once(marker: str, number: int, *, report: Report) -> bytes:
    """End the process that does this, the first time."""
    if number == 3 and not os.path.exists(marker):  # noqa: PTH110 - a text
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def die(number: int, *, report: Report) -> bytes:
    """End the process that does this, each time, for one of the numbers."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def list_shouts() -> list[Task]:
    return [Task(f"{n}", shout, (Part("key", n % 2, f"digest {n % 2}"), n), f"key {n}") for n in range(50)]


def read(part: Part) -> Pickled:
    return Pickled(pickle.dumps(("ahoj", "hello")[part.number]), {})


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def processes(told: list[str]) -> Iterator[Local]:
    executor = Local(2, tell=told.append, enough=2)
    yield executor
    executor.close()


def test_processes_give_what_one_gives_in_any_order(processes: Local) -> None:
    here = {task.path: made for task, made in Here().run(list_shouts(), read)}
    there = {task.path: made for task, made in processes.run(list_shouts(), read)}
    assert there == here
    assert here["3"].content == b"hello 3!"
    assert [problem.message for problem in there["2"].report.problems] == ["ahoj"]


def test_a_site_is_the_same_made_by_processes_and_remembered_on_disk(
    processes: Local, repository: Path, own_site: Mapping[str, bytes], tmp_path: Path
) -> None:
    project, sites = load_project(repository), []
    for _ in range(2):
        with contextlib.closing(DiskCache(tmp_path / "cache" / "a.sqlite")) as cache:
            runner, report = Runner(cache, processes), Report()
            results = list(runner.run(plan_site(project, report, runner=runner).tasks))
            made = sum(result.content is not None for _, result in results)
            sites.append(
                {
                    path: file
                    for task, result in results
                    for path, file in task.divide(runner.read(task, result.record) or b"").items()
                }
            )
    assert made == 0
    assert sites[0] == sites[1] == own_site


def test_few_tasks_are_done_here(tmp_path: Path) -> None:
    executor = Local(2, enough=100)
    assert len(list(executor.run(list_shouts(), read))) == 50
    assert executor._processes is None


def test_what_a_process_that_died_was_doing_is_done_again(processes: Local, told: list[str], tmp_path: Path) -> None:
    tasks = [Task(f"{n}", die_once, (str(tmp_path / "died"), n), f"key {n}") for n in range(20)]
    results = {task.path: made for task, made in processes.run(tasks, read)}
    assert {made.content for made in results.values()} == {b"done"}
    assert len(results) == 20
    assert len(told) == 1
    assert "done again" in told[0]


def test_a_task_over_which_processes_keep_dying_fails_and_all_others_are_done(processes: Local) -> None:
    tasks = [Task(f"{n}.html", die, (n,), f"key {n}", Location("stories/a.md", n)) for n in range(8)]
    results = {task.path: made for task, made in processes.run(tasks, read)}
    assert [path for path, made in results.items() if made.failed] == ["3.html"]
    assert [str(problem).splitlines()[0] for problem in results["3.html"].report.problems] == [
        'stories/a.md:3: error[worker-died]: each process that made "3.html" was ended by the system'
    ]
    assert {made.content for made in results.values() if not made.failed} == {b"done"}


COPIED = """
import contextlib, sys, threading
from storymap.building.processes import _choose_context
from storymap.cli import main

sys.argv = ["storymap", "--help"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(None):
    main()
import storymap.building.plan
print(_choose_context().get_start_method())
goes_on = threading.Event()
threading.Thread(target=goes_on.wait).start()
print(_choose_context().get_start_method())
goes_on.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nowhere else is it known how many threads there are")
def test_the_command_copies_itself_with_all_that_it_imported_unless_it_has_threads() -> None:
    done = subprocess.run([sys.executable, "-c", COPIED], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["fork", "forkserver"]


ENDLESS = """
import sys, time
from storymap.building.executors import Local
from storymap.building.tasks import Task
sys.path.insert(0, sys.argv[1])
from endless import wait

if __name__ == "__main__":
    tasks = [Task(str(n), wait, (sys.argv[1], n), str(n)) for n in range(4)]
    executor = Local(2, enough=2)
    try:
        list(executor.run(tasks, None))
    finally:
        executor.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe with a name tells who lives")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_stays_behind(tmp_path: Path, number: signal.Signals) -> None:
    """After Ctrl+C, which a terminal sends to all of them, and after a sudden end of the one that began them."""
    (tmp_path / "endless.py").write_text(
        "import time\nfrom pathlib import Path\n\n"
        "def wait(folder, number, *, report):\n"
        "    with Path(folder, 'pipe').open('w', buffering=1) as pipe:\n"
        "        pipe.write('here\\n')\n        time.sleep(600)\n    return b''\n"
    )
    (tmp_path / "main.py").write_text(ENDLESS)
    os.mkfifo(tmp_path / "pipe")
    program = subprocess.Popen(
        [sys.executable, str(tmp_path / "main.py"), str(tmp_path)], stderr=subprocess.DEVNULL, start_new_session=True
    )
    with (tmp_path / "pipe").open() as pipe:
        assert [pipe.readline() for _ in range(2)] == ["here\n"] * 2
        if number == signal.SIGINT:
            os.killpg(program.pid, number)
        else:
            program.kill()
        assert program.wait(60) != 0
        assert pipe.read() == ""  # which ends when nobody has it open any more
