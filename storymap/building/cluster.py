"""Do tasks on the workers of a Dask cluster, which may run on other machines: `storymap build --scheduler tcp://…`.

A worker needs this package, in the same version, and nothing else: all that a task is made of travels with it. Street
data alone do not, which may be large: what reads them is done here, unless all workers see the same files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.building.executors import Batch, Here, ReadPart, Tell, do_batch, fail, pack_batch
from storymap.building.tasks import Made, Task
from storymap.building.version import fingerprint_package
from storymap.errors import Location, Report, StorymapError
from storymap.model.streets import StreetFile

if TYPE_CHECKING:
    from distributed import Client

_BATCH = 24
_WAITING = 4
"""Batches under way for each thread of the cluster, so that memory here does not hold them all."""

_FEW = 3
"""Tasks that are sooner done than sent."""


class Cluster:
    """Does tasks where the scheduler at `address` has them done. Raises `StorymapError` where it cannot be reached.

    The tasks of a worker that dies are done again by another; one over which several died fails with an error.
    """

    def __init__(self, address: str, *, tell: Tell | None = None, timeout: str = "10s") -> None:
        self._tell = tell or (lambda _: None)
        self._client: Client = _connect(address, timeout)
        self._workers = self._count_workers()
        self._seen: dict[StreetFile, bool] = {}

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in any order."""
        from distributed import KilledWorker, as_completed

        if len(tasks) <= _FEW:
            yield from Here().run(tasks, read)
            return
        here = self._choose_local(tasks)
        local = {task.key for task in here}
        numbered = [(number, task) for number, task in enumerate(tasks) if task.key not in local]
        waiting = deque(numbered[first : first + _BATCH] for first in range(0, len(numbered), _BATCH))
        running: dict[Any, list[tuple[int, Task]]] = {}
        done = as_completed(loop=self._client.loop)

        def start() -> None:
            batch = waiting.popleft()
            future = self._client.submit(
                do_checked_batch, pack_batch(batch, read), fingerprint_package(), pure=False, retries=0
            )
            running[future] = batch
            done.add(future)

        while waiting and len(running) < max(1, self._count_threads()) * _WAITING:
            start()
        yield from Here().run(here, read)
        while running:
            future = next(done)
            batch = running.pop(future)
            self._tell_losses()
            try:
                results = future.result()
            except KilledWorker:
                if len(batch) > 1:  # whoever it is, the others are not to go with it
                    waiting.extend([one] for one in batch)
                else:
                    yield batch[0][1], fail(batch[0][1])
                results = []
            future.release()
            if waiting:
                start()
            while waiting and len(running) < max(1, self._count_threads()) * _WAITING:
                start()
            yield from ((tasks[number], made) for number, made in results)

    def close(self) -> None:
        """Let go of the cluster; what is not done there is not done any more."""
        self._client.close()

    def _choose_local(self, tasks: Sequence[Task]) -> list[Task]:
        """Those of `tasks` that read street data which not every worker sees; it is told."""
        files = {file for task in tasks for file in _list_street_files(task)}
        unknown = {file: Path(file.path).stat().st_size for file in files if file not in self._seen}
        if unknown:
            sizes = {file.path: size for file, size in unknown.items()}
            missed = set().union(*self._client.run(miss_files, sizes).values())
            self._seen |= {file: file.path not in missed for file in unknown}
            if hidden := sorted(file.name for file in unknown if file.path in missed):
                self._tell(f"Not all workers have {', '.join(hidden)}: what is drawn of that is drawn here.")
        return [task for task in tasks if not all(self._seen[file] for file in _list_street_files(task))]

    def _count_threads(self) -> int:
        return sum(self._client.nthreads().values())

    def _count_workers(self) -> frozenset[str]:
        return frozenset(self._client.nthreads())

    def _tell_losses(self) -> None:
        now = self._count_workers()
        for lost in sorted(self._workers - now):
            self._tell(f"The worker at {lost} is gone; what it was doing is done again by others.")
        self._workers = now


def miss_files(sizes: dict[str, int]) -> set[str]:
    """Which of some files, by their paths, a worker does not see, or sees others in their places."""
    return {path for path, size in sizes.items() if not Path(path).is_file() or Path(path).stat().st_size != size}


def _list_street_files(task: Task) -> Iterator[StreetFile]:
    """The files of street data that a task reads."""
    for given in task.inputs:
        yield from (one for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, StreetFile))


def do_checked_batch(batch: Batch, version: str) -> list[tuple[int, Made]]:
    """Do the tasks of a batch on a worker, whose package must be the same as the client's."""
    if fingerprint_package() != version:
        report = Report()
        report.error(
            "other-version",
            "a worker of the cluster has another version of storymap, which could make other pages",
            Location("--scheduler"),
            help="install the same version on every machine",
        )
        raise StorymapError(report.errors)
    return do_batch(batch)


def _connect(address: str, timeout: str) -> Client:
    report = Report()
    try:
        from distributed import Client

        return Client(address, timeout=timeout, set_as_default=False)
    except ImportError as error:
        message, help = "Dask is not installed", 'install it: pip install "dask[distributed]"'
        report.error("no-cluster", message, Location("--scheduler"), help=help)
        raise StorymapError(report.errors) from error
    except (OSError, ValueError) as error:
        report.error(
            "no-cluster",
            f'no scheduler answers at "{address}"',
            Location("--scheduler"),
            help="start one with dask scheduler, and name the address that it tells",
        )
        raise StorymapError(report.errors) from error
