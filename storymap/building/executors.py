"""Do tasks in this process, or in several of this machine; `storymap.building.cluster` does them on others.

Tasks travel in batches, each with the pickled values that its tasks name, so that whoever does them needs nothing but
this package.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from storymap.building.tasks import Made, Part, Pickled, Task, carry_out, give_up
from storymap.errors import Location, Report

ENOUGH = 40
"""Tasks from which other processes are worth their start, which takes as long as some fifty tasks."""

_LARGEST_BATCH = 24
_WAITING = 3
"""Batches that are under way or wait for each process, so that none is idle and memory does not hold them all."""

_OPENED = 3
"""Values that are kept at hand: what all pages share, a story, and what else its tasks need."""

_MOST_DEATHS = 2
"""How often a process may die over a batch before its tasks are tried one by one, and over one task before it fails."""

_PRELOADED = ("storymap.building.plan",)

_NEW_OBJECTS = 50_000
"""After how many new objects a worker looks for what is lost but not deleted: as rarely as the command itself does."""

ReadPart = Callable[[Part], Pickled]
"""Gets the pickle of a value that another task made."""

Tell = Callable[[str], None]
"""Tells the author something about how the work goes."""


class Executor(Protocol):
    """Does tasks."""

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in any order."""

    def close(self) -> None:
        """Nothing more is to be done; what is being done is ended."""


class Here:
    """Does one task after another in this process."""

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in order."""
        opened = _Opened(read)
        for task in tasks:
            yield task, carry_out(task, opened.load)

    def close(self) -> None:
        """There is nothing to end."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbered tasks to do together, and by source the pickles of the values that they name."""

    tasks: tuple[tuple[int, Task], ...]
    values: dict[tuple[str, int], Pickled]


def pack_batch(tasks: Sequence[tuple[int, Task]], read: ReadPart) -> Batch:
    """The batch of numbered tasks."""
    parts = {part.source: part for _, task in tasks for part in task.inputs if isinstance(part, Part)}
    return Batch(tuple(tasks), {source: read(part) for source, part in parts.items()})


def do_batch(batch: Batch) -> list[tuple[int, Made]]:
    """Do the tasks of a batch, in whatever process this is."""
    opened = _Opened(lambda part: batch.values[part.source])
    return [(number, carry_out(task, opened.load)) for number, task in batch.tasks]


class _Opened:
    """The values that were asked for last, and what the last shares: tasks beside each other often name the same."""

    def __init__(self, read: ReadPart) -> None:
        self._read = read
        self._values: dict[tuple[str, int], Any] = {}  # the one that was asked for last is the last
        self._shared: dict[bytes, Any] = {}

    def load(self, part: Part) -> Any:
        value = self._values.pop(part.source, None)
        if value is None:
            while len(self._values) >= _OPENED:
                del self._values[next(iter(self._values))]
            value = self._open(part)
        self._values[part.source] = value
        return value

    def _open(self, part: Part) -> Any:
        pickled = self._read(part)
        before, self._shared = self._shared, {}
        for data in pickled.shared.values():
            self._shared[data] = before[data] if data in before else Pickled(data, {}).load()
        return pickled.load(self._shared.__getitem__)


@dataclass(slots=True)
class _Load:
    """Tasks under way together, and how many processes died over them."""

    tasks: list[tuple[int, Task]]
    deaths: int = 0
    is_alone: bool = field(default=False)


class Processes:
    """Does tasks in processes of this machine, once there are enough of them to be worth it.

    A process that dies is told, and its tasks are done again. One over which processes keep dying fails with an error.
    """

    def __init__(self, count: int | None = None, *, tell: Tell | None = None, enough: int = ENOUGH) -> None:
        self._count = count or count_processors()
        self._tell = tell or (lambda _: None)
        self._enough = enough
        self._pool: ProcessPoolExecutor | None = None

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in any order."""
        if self._count < 2 or (self._pool is None and len(tasks) < self._enough):
            yield from Here().run(tasks, read)
            return
        waiting = deque(_Load(batch) for batch in _divide(tasks, self._count))
        running: dict[Future[list[tuple[int, Made]]], _Load] = {}
        while waiting or running:
            while waiting and len(running) < self._count * _WAITING:
                if running and (waiting[0].is_alone or any(load.is_alone for load in running.values())):
                    break
                load = waiting.popleft()
                running[self._start(pack_batch(load.tasks, read))] = load
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken: list[_Load] = []
            for future in done:
                load = running.pop(future)
                try:
                    results = future.result()
                except BrokenProcessPool:
                    broken.append(load)
                    continue
                yield from ((tasks[number], made) for number, made in results)
            if broken:
                broken += running.values()
                running.clear()
                yield from self._begin_again(broken, waiting)

    def close(self) -> None:
        """End the processes, whatever they do."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            workers = list((pool._processes or {}).values())  # noqa: SLF001 - nothing public ends them
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()
            for worker in workers:
                worker.join()

    def _start(self, batch: Batch) -> Future[list[tuple[int, Made]]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, mp_context=_choose_context(), initializer=_begin_worker)
        try:
            return self._pool.submit(do_batch, batch)
        except BrokenProcessPool as error:  # it broke just now; this batch is lost with the others
            failed: Future[list[tuple[int, Made]]] = Future()
            failed.set_exception(error)
            return failed

    def _begin_again(self, broken: list[_Load], waiting: deque[_Load]) -> Iterator[tuple[Task, Made]]:
        """Put what was lost with a dead process back to work; tasks that have killed too many fail."""
        self.close()
        count = sum(len(load.tasks) for load in broken)
        self._tell(f"A process of the build was ended from outside; its work, {count} tasks at most, is done again.")
        for load in broken:
            load.deaths += 1
            if load.deaths < _MOST_DEATHS:
                waiting.append(load)
            elif not load.is_alone:  # whoever it is, alone it kills nobody else's work
                waiting.extend(_Load([task], 0, is_alone=True) for task in load.tasks)
            else:
                yield from ((task, fail(task)) for _, task in load.tasks)


def count_processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # where a system can keep a process to some of them
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _divide(tasks: Sequence[Task], workers: int) -> Iterator[list[tuple[int, Task]]]:
    """Tasks in batches: large enough to be worth the way, small enough that all processes end together."""
    size = max(1, min(_LARGEST_BATCH, len(tasks) // (workers * 4)))
    numbered = list(enumerate(tasks))
    for first in range(0, len(numbered), size):
        yield numbered[first : first + size]


def fail(task: Task) -> Made:
    """The result of a task over which processes keep dying."""
    report = Report()
    report.error(
        "worker-died",
        f'each process that made "{task.path}" was ended by the system',
        task.at or Location(task.path),
        help="see whether memory is short: close other programs, or make the data that it shows smaller",
    )
    return give_up(report)


def _choose_context() -> multiprocessing.context.BaseContext:
    """How processes are started: as copies of this one, which has imported all that they need, where it is safe.

    That is on Linux, in a process of one thread: what another one holds would be held for ever in a copy. The
    database of the cache is open in copies, too, and none of them asks it or closes it.
    """
    if _has_one_thread():
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def _has_one_thread() -> bool:
    """Whether this process is known to have one thread, those included that Python did not start."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


def _begin_worker() -> None:
    """Leave Ctrl+C to the process that started this one, and end with it, however it ends."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
