"""Have tasks done: what the cache knows is taken from there, everything else is made by the executor, and kept.

Between `storymap.building.plan`, which says what there is to do, and the executors, which do it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from msgspec import Struct

from storymap.building.cache import Cache, MemoryCache
from storymap.building.digests import Digester
from storymap.building.executors import Executor, Here
from storymap.building.records import Record
from storymap.building.tasks import Made, Part, Pickled, Task, Unpacked, carry_out, pack
from storymap.building.version import fingerprint_installation
from storymap.errors import Location, Report, StorymapError

K = TypeVar("K")
T = TypeVar("T")

Progress = Callable[[int, int, str], None]
"""Told how many tasks are done, of how many, and the path of the one that was done last."""


class Result(Struct, frozen=True):
    """What a task gave; `content` is None where it was made before and has not been read."""

    record: Record
    content: bytes | None


class LostContentError(Exception):
    """What a task made is not in the cache any more, where it was a moment ago: somebody emptied it."""


class _Known(Struct, frozen=True):
    """A value that is kept in this process, and what it was made of."""

    key: object
    value: Any


class _Rounds(Generic[K, T]):
    """Values by name, each kept until a round ends that did not ask for it."""

    def __init__(self) -> None:
        self._before: dict[K, T] = {}
        self._now: dict[K, T] = {}

    def find(self, name: K) -> T | None:
        """What this round or an earlier one kept; None where nothing was."""
        found = self._now.get(name)
        return self._before.get(name) if found is None else found

    def keep(self, name: K, value: T) -> None:
        """Keep a value for the next round."""
        self._now[name] = value

    def end(self) -> None:
        """End the round."""
        self._before, self._now = self._now, {}


class Runner:
    """Does tasks, with one cache and one executor, for one project. For one thread at a time.

    One that `goes_on` for more rounds than one keeps in memory what the next round may ask for: the tasks themselves,
    so that no equal inputs are digested twice, what stands first in the content of tasks that make values, and what is
    to be recalled.
    """

    def __init__(
        self,
        cache: Cache | None = None,
        executor: Executor | None = None,
        progress: Progress | None = None,
        *,
        goes_on: bool = False,
    ) -> None:
        self.cache: Cache = MemoryCache() if cache is None else cache
        self._own = MemoryCache()  # of what an author's code has made
        self._executor: Executor = Here() if executor is None else executor
        self._progress = progress
        self._tasks = _Rounds[tuple[str, Callable[..., bytes]], Task]() if goes_on else None
        self._values = _Rounds[str, Any]() if goes_on else None
        self._known = _Rounds[Hashable, _Known]() if goes_on else None
        self._opened: tuple[str, Unpacked] = ("", Unpacked((), ()))
        self._digester = Digester(fingerprint_installation())

    @property
    def goes_on(self) -> bool:
        """Whether there are more rounds than one."""
        return self._tasks is not None

    def start_over(self) -> None:
        """Begin another round: what was only kept for the last one goes."""
        self._digester = Digester(fingerprint_installation())

    def end_round(self) -> None:
        """Forget what nobody asked for in this round, which went to its end."""
        for kept in (self._tasks, self._values, self._known):
            if kept is not None:
                kept.end()

    def digest(self, *values: object) -> str:
        """The digest of values, together with the code."""
        return self._digester.digest(*values)

    def task(
        self,
        path: str,
        make: Callable[..., bytes],
        *inputs: Any,
        at: Location | None = None,
        is_local: bool = False,
        on_demand: bool = False,
        files: tuple[str, ...] = (),
    ) -> Task:
        """A task, and its key. The paths of several `files` are not in it, as they change nothing of what is made."""
        known = self._tasks.find((path, make)) if self._tasks else None
        key = known.key if known and known.inputs == inputs else self.digest(make, inputs)
        # Of a known task only the key counts: equal inputs may be parts of what another task has made since.
        task = Task(path, make, inputs, key, at, is_local, on_demand, files)
        if self._tasks:
            self._tasks.keep((path, make), task)
        return task

    def share(self, value: object) -> Part:
        """A value that many tasks need, kept so that they can name it: it travels to another process once a batch."""
        digest = self.digest(value)
        key = self.digest("shared", digest)
        if self.cache.look(key) is None:
            content = pack(value)
            self.cache.put(key, Record.of(content, Report()), content)
        return Part(key, 0, digest)

    def recall(self, name: Hashable, key: object, make: Callable[[], T]) -> T:
        """What `make` gives; where this runner goes on, made anew only when `key` is another than before.

        `key` is all that it depends on, and `name` one that nothing else has. A key that holds the same objects as
        before is soon compared, however large they are.
        """
        known = self._known.find(name) if self._known else None
        if known is None or known.key != key:
            known = _Known(key, make())
        if self._known:
            self._known.keep(name, known)
        value: T = known.value
        return value

    def recall_found(self, name: Hashable, key: object, make: Callable[[Report], T], report: Report) -> T:
        """As `recall`, of what may find problems: they go to `report` each time."""

        def note() -> tuple[T, Report]:
            found = Report()
            return make(found), found

        value, found = self.recall(name, key, note)
        report.include(found)
        return value

    def settle(self, name: Hashable, value: T) -> T:
        """`value`, or the object that was there before under `name`, where that is equal."""
        known = self._known.find(name) if self._known else None
        if known is None or known.value != value:
            known = _Known(None, value)
        if self._known:
            self._known.keep(name, known)
        settled: T = known.value
        return settled

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Each task with its result: first those that were made before, then the others as they are done.

        Of those that are done on demand, the ones are that a page of the others loads, and they come last. A task that
        fails comes back with its report, which has an error. Raises `StorymapError` where a task cannot be done at all,
        and `LostContentError`.
        """
        given = list(tasks)
        loaded: set[str] = set()
        for task, result in self._run(task for task in given if not task.on_demand):
            loaded.update(result.record.loads)
            yield task, result
        yield from self._run(task for task in given if task.on_demand and task.path in loaded)

    def _run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        todo: list[Task] = []
        count = done = 0
        for task in tasks:
            count += 1
            record = self._cache_of(task).look(task.key)
            if record is None:
                todo.append(task)
            else:
                done += 1
                yield task, Result(record, None)
        for task, made in self._make_all(todo):
            done += 1
            if self._progress:
                self._progress(done, count, task.path)
            self._keep(task, made)
            yield task, Result(made.record, made.content)

    def make(self, task: Task) -> bytes:
        """The content of one task's file, made here if it is not known. Raises `StorymapError` where it fails."""
        cache = self._cache_of(task)
        record = cache.look(task.key)
        content = cache.read(record) if record else None
        if content is None:
            made = carry_out(task, self.load)
            self._keep(task, made)
            if made.failed:
                raise StorymapError(made.report.errors)
            content = made.content
        return content

    def make_part(self, task: Task, report: Report) -> Part | None:
        """The value that a task makes for others, made in this process, which is where the files are; None for none.

        What was found on the way goes to `report`. Raises `LostContentError` where the cache cannot be used any more.
        """
        self.make(task)
        record = self.look(task)
        if record is None:
            raise LostContentError
        report.include(record.report)
        part = Part(task.key, 0, task.key)
        return part if self.load(part) is not None else None

    def look(self, task: Task) -> Record | None:
        """What is known of a task's result, without making it."""
        return self._cache_of(task).look(task.key)

    def read(self, task: Task, record: Record) -> bytes | None:
        """The content that belongs to a record."""
        return self._cache_of(task).read(record)

    def load(self, part: Part) -> Any:
        """The value that a part names. Raises `LostContentError`."""
        if self._values is None or part.number:
            return self._read_part(part).load()
        value = self._values.find(part.key)
        if value is None:
            value = self._read_part(part).load()
        elif self.cache.look(part.key) is None:  # as is asked of what is not kept
            raise LostContentError
        self._values.keep(part.key, value)
        return value

    def _read_part(self, part: Part) -> Pickled:
        if self._opened[0] != part.key:
            record = self.cache.look(part.key)
            content = self.cache.read(record) if record else None
            if content is None:
                raise LostContentError
            self._opened = part.key, Unpacked.of(content)
        return self._opened[1].find(part.number)

    def _make_all(self, tasks: list[Task]) -> Iterator[tuple[Task, Made]]:
        """Do tasks; those with an author's own code here, after all others."""
        yield from self._executor.run([task for task in tasks if not task.is_local], self._read_part)
        for task in tasks:
            if task.is_local:
                yield task, carry_out(task, self.load)

    def _keep(self, task: Task, made: Made) -> None:
        if not made.failed:
            self._cache_of(task).put(task.key, made.record, made.content)

    def _cache_of(self, task: Task) -> Cache:
        return self._own if task.is_local else self.cache
