"""A task: how a file of a site is made, or several at once, as a value that any process of any machine can carry out.

A task is a function of a module and plain values. What it makes depends on nothing else, so its `key`, a digest of
both and of the code, says whether that was made before. What was read and resolved on the way is made by tasks, too:
their content is a pickle of several values, and the tasks that need one of those name it with `Part`.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from msgspec import Struct

from storymap.building.records import Record
from storymap.errors import Location, Report, StorymapError
from storymap.model.data import Dataset

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """A value that another task made: the one at `number` of the content of the task `key`.

    `digest` is that of the value, or of as much of it as is needed, by which alone it decides: a task that gives the
    same again changes nothing.
    """

    key: str = field(compare=False)
    number: int = field(compare=False)
    digest: str

    @property
    def source(self) -> tuple[str, int]:
        """Where the value stands, whatever of it is needed."""
        return self.key, self.number


@dataclass(frozen=True, slots=True)
class Digested(Generic[T]):
    """A value that travels with a task, and its digest, by which alone it decides."""

    value: T = field(compare=False)
    digest: str


class Task(Struct, frozen=True):
    """`make(*inputs, report=…)` gives the content of the file at `path` of a site, or of something on the way to it.

    `at` is what the file is made from, for who is told of it. `is_local` holds for what runs an author's own code: it
    is made in this process, and remembered no longer than it. A file that is `on_demand` belongs to the site only if
    one of its pages loads it. A task that makes several files, in less time than each of them alone, gives what `join`
    does, and has their paths as `files`, of which `path` is the first.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    key: str
    at: Location | None = None
    is_local: bool = False
    on_demand: bool = False
    files: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all that it makes."""
        return self.files or (self.path,)

    def divide(self, content: bytes) -> dict[str, bytes]:
        """The files that are in what it made, by their paths."""
        if not self.files:
            return {self.path: content}
        return dict(zip(self.files, pickle.loads(content), strict=True))  # noqa: S301 - our own, as `Pickled.load` says


def join(files: Iterable[bytes]) -> bytes:
    """The content of a task that makes several files."""
    return pickle.dumps(tuple(files), 5)


class Made(Struct, frozen=True):
    """What a task gave: the content, and what is known of it. Where it `failed`, the report says why."""

    content: bytes
    record: Record
    failed: bool = False

    @property
    def report(self) -> Report:
        """What was found on the way."""
        return self.record.report


Load = Callable[[Part], Any]
"""Gets the value that a part names."""


def carry_out(task: Task, load: Load) -> Made:
    """Do a task. Mistakes come back with it; only a bug of ours is raised."""
    report = Report()
    inputs = (load(value) if isinstance(value, Part) else value for value in task.inputs)
    try:
        content = task.make(*inputs, report=report)
    except StorymapError as error:
        for problem in error.problems:
            report.add(problem)
        return give_up(report)
    files = tuple(task.divide(content).values()) if task.files else ()
    return Made(content, Record.of(content, report, is_page=task.path.endswith(".html"), files=files))


def give_up(report: Report) -> Made:
    """The result of a task that failed, for the reasons in `report`."""
    return Made(b"", Record.of(b"", report), failed=True)


def keep(data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - as every task is done
    """The task of a file whose bytes are there already."""
    return data


class Pickled(Struct, frozen=True):
    """The pickle of a value, and by their numbers those of the large values in it that others hold, too."""

    data: bytes
    shared: dict[int, bytes]

    def load(self, load_shared: Callable[[bytes], Any] = pickle.loads) -> Any:
        """The value; `load_shared` gives one that it shares.

        Pickles run code when they are read. These are our own: made in this run, or kept where only the user may write.
        """
        if not self.shared:
            return pickle.loads(self.data)  # noqa: S301 - said above
        return _Unpickler(self.data, {number: load_shared(data) for number, data in self.shared.items()}).load()


def pack(*values: object) -> bytes:
    """The content of a task that makes `values` for others; a dataset that several of them hold is in it once."""
    pickler = _Packer()
    entries = tuple(map(pickler.pack, values))
    return pickle.dumps((entries, tuple(pickler.shared)), 5)


class Unpacked(Struct, frozen=True):
    """The content of such a task, opened: the pickles of its values, each with the numbers of what it shares."""

    entries: tuple[tuple[bytes, tuple[int, ...]], ...]
    shared: tuple[bytes, ...]

    @classmethod
    def of(cls, content: bytes) -> Unpacked:
        """The content of a task of our own, as `Pickled.load` says."""
        return cls(*pickle.loads(content))  # noqa: S301 - said there

    def find(self, number: int) -> Pickled:
        """The value at `number`."""
        data, numbers = self.entries[number]
        return Pickled(data, {one: self.shared[one] for one in numbers})


class _Packer:
    """Pickles values one by one, and what they share once."""

    def __init__(self) -> None:
        self.shared: list[bytes] = []
        self._numbers: dict[int, tuple[Dataset, int]] = {}  # by id; the dataset stays, so that its id is not given away
        self._used: set[int] = set()

    def pack(self, value: object) -> tuple[bytes, tuple[int, ...]]:
        """The pickle of a value, and the numbers of what it shares."""
        self._used = set()
        data = _pickle(value, _Reducers() if isinstance(value, Dataset) else _Reducers({Dataset: self._share}))
        return data, tuple(sorted(self._used))

    def _share(self, dataset: Dataset) -> tuple[Callable[[int], Any], tuple[int]]:
        known = self._numbers.get(id(dataset))
        if known is None:
            known = self._numbers[id(dataset)] = (dataset, len(self.shared))
            self.shared.append(_pickle(dataset, _Reducers()))
        self._used.add(known[1])
        return _take_shared, (known[1],)


def _take_shared(number: int) -> Any:
    """What stands in a pickle for a value that it shares; `_Unpickler` gives that in its stead."""
    raise pickle.UnpicklingError(f"the shared value {number} is not there")


class _Unpickler(pickle.Unpickler):
    """Reads a pickle that shares values with others."""

    def __init__(self, data: bytes, shared: Mapping[int, Any]) -> None:
        super().__init__(io.BytesIO(data))
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _take_shared.__name__):
            return self._shared.__getitem__
        return super().find_class(module, name)


def _pickle(value: object, reducers: _Reducers) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file, 5)
    pickler.dispatch_table = reducers
    pickler.dump(value)
    return file.getvalue()


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """By class, how its values are pickled: a dataclass by its fields, as a struct is by itself: four times as fast."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        reduce = self[kind] = _choose_reducer(kind)
        return reduce


@lru_cache(maxsize=1024)
def _choose_reducer(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    if issubclass(kind, Struct):  # its own way, known here so that it is not asked for at each value
        return cast("Callable[[Any], tuple[Any, ...]]", kind.__reduce__)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda value: (kind, tuple(value))
    names = tuple(one.name for one in fields(kind) if one.init and not one.kw_only) if is_dataclass(kind) else ()
    if len(names) < 2 or len(names) < len(fields(kind)):
        raise KeyError(kind)
    read = attrgetter(*names)
    return lambda value: (kind, read(value))
