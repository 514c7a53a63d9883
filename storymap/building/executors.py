"""Do tasks, each in a batch with others or alone: what every executor is, and those of this machine.

`storymap.building.processes` does many side by side, and `storymap.building.cluster` has other machines do them.

Tasks travel in batches, each with the pickled values that its tasks name, so that whoever does them needs nothing but
this package.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from storymap.building.tasks import Made, Part, Pickled, Task, carry_out, give_up
from storymap.errors import Location, Report

if TYPE_CHECKING:
    from storymap.building.processes import Processes

ENOUGH = 80
"""Tasks from which other processes are worth their start, which takes as long as fifty tasks; a story has fewer."""

_OPENED = 3
"""Values that are kept at hand: what all pages share, a story, and what else its tasks need."""

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


class Batch(Struct, frozen=True):
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


class Local:
    """Does tasks on this machine: in this process, and from `enough` of them on in `count` others, if it may use more.

    `tell` is told of processes that die.
    """

    def __init__(self, count: int | None = None, *, tell: Tell | None = None, enough: int = ENOUGH) -> None:
        self._count = count or count_processors()
        self._tell = tell or (lambda _: None)
        self._enough = enough
        self._processes: Processes | None = None

    def run(self, tasks: Sequence[Task], read: ReadPart) -> Iterator[tuple[Task, Made]]:
        """Each of `tasks` with what it gave, in any order."""
        if self._processes is None and self._count > 1 and len(tasks) >= self._enough:
            from storymap.building.processes import Processes  # which a small site can do without

            self._processes = Processes(self._count, tell=self._tell)
        yield from (self._processes or Here()).run(tasks, read)

    def close(self) -> None:
        """End the processes, whatever they do."""
        if self._processes is not None:
            self._processes.close()


def count_processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # where a system can keep a process to some of them
    return len(allowed(0)) if allowed else os.cpu_count() or 1


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
