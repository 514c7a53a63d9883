"""Do tasks in several processes of this machine."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from queue import SimpleQueue

from msgspec import Struct, field

from storymap.building.executors import Batch, ReadPart, Tell, do_batch, fail, pack_batch
from storymap.building.tasks import Made, Task

_LARGEST_BATCH = 24

_WAITING = 3
"""Batches that are under way or wait for each process, so that none is idle and memory does not hold them all."""

_MOST_DEATHS = 2
"""How often a process may die over a batch before its tasks are tried one by one, and over one task before it fails."""

_PRELOADED = ("storymap.building.plan",)

_NEW_OBJECTS = 50_000
"""After how many new objects a worker looks for what is lost but not deleted: it lives as long as the build."""


class _Load(Struct):
    """Tasks under way together, and how many processes died over them."""

    tasks: list[tuple[int, Task]]
    deaths: int = 0
    is_alone: bool = field(default=False)


class Processes:
    """Does tasks in `count` processes of this machine; `tell` is told of those that die.

    A process that dies is told, and its tasks are done again. One over which processes keep dying fails with an error.
    """

    def __init__(self, count: int, *, tell: Tell) -> None:
        self._count = count
        self._tell = tell
        self._pool: ProcessPoolExecutor | None = None

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in any order."""
        waiting = deque(_Load(batch) for batch in _divide(tasks, self._count))
        running: dict[Future[list[tuple[int, Made]]], _Load] = {}
        # `concurrent.futures.wait` keeps the locks of futures where Ctrl+C comes while it takes them.
        ended: SimpleQueue[Future[list[tuple[int, Made]]]] = SimpleQueue()
        while waiting or running:
            while waiting and len(running) < self._count * _WAITING:
                if running and (waiting[0].is_alone or any(load.is_alone for load in running.values())):
                    break
                load = waiting.popleft()
                future = self._start(pack_batch(load.tasks, read))
                running[future] = load
                future.add_done_callback(ended.put)
            broken: list[_Load] = []
            for future in _take_all(ended):
                if future not in running:  # it was lost with a dead process, and is done again
                    continue
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


def _take_all(ended: SimpleQueue[Future[list[tuple[int, Made]]]]) -> Iterator[Future[list[tuple[int, Made]]]]:
    """What has ended; waits until something has."""
    yield ended.get()
    while not ended.empty():
        yield ended.get()


def _divide(tasks: Sequence[Task], workers: int) -> Iterator[list[tuple[int, Task]]]:
    """Tasks in batches: large enough to be worth the way, small enough that all processes end together."""
    size = max(1, min(_LARGEST_BATCH, len(tasks) // (workers * 4)))
    numbered = list(enumerate(tasks))
    for first in range(0, len(numbered), size):
        yield numbered[first : first + size]


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
