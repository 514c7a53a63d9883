"""A task: how one file of a site is made, as a value that any process of any machine can carry out.

A task is a function of a module and plain values. What it makes depends on nothing else, so its `key`, a digest of
both and of the code, says whether that was made before. What was read and resolved on the way is made by tasks, too:
their content is a pickle of several values, and the tasks that need one of those name it with `Part`.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from storymap.errors import Location, Report, StorymapError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """A value that another task made: the one at `number` of the content of the task `key`.

    `digest` is that of the value, by which alone it decides, so that a task that gives the same again changes nothing.
    """

    key: str = field(compare=False)
    number: int = field(compare=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Digested(Generic[T]):
    """A value that travels with a task, and its digest, by which alone it decides."""

    value: T = field(compare=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Task:
    """`make(*inputs, report=…)` gives the content of the file at `path` of a site, or of something on the way to it.

    `at` is what the file is made from, for who is told of it. `is_local` holds for what runs an author's own code: it
    is made in this process, and remembered no longer than it. A file that is `on_demand` belongs to the site only if
    one of its pages loads it.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    key: str
    at: Location | None = None
    is_local: bool = False
    on_demand: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What a task gave: the content, and what was found on the way. Where it `failed`, the report says why."""

    content: bytes
    report: Report
    failed: bool = False


Load = Callable[[Part], Any]
"""Gets the value that a part names."""


def carry_out(make: Callable[..., bytes], inputs: Sequence[Any], load: Load) -> Made:
    """Do a task. Mistakes come back with it; only a bug of ours is raised."""
    report = Report()
    try:
        content = make(*(load(value) if isinstance(value, Part) else value for value in inputs), report=report)
    except StorymapError as error:
        for problem in error.problems:
            report.add(problem)
        return Made(b"", report, failed=True)
    return Made(content, report)


def keep(data: bytes, *, report: Report) -> bytes:  # noqa: ARG001 - as every task is done
    """The task of a file whose bytes are there already."""
    return data


def pack(*values: object) -> bytes:
    """The content of a task that makes `values` for others."""
    return pickle.dumps(tuple(map(_pickle, values)), 5)


def unpack(content: bytes, number: int) -> Any:
    """One of the values in the content of such a task.

    Pickles run code when they are read. These are our own: made in this run, or kept where only the user may write.
    """
    return pickle.loads(pickle.loads(content)[number])  # noqa: S301 - said above


def _pickle(value: object) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file, 5)
    pickler.dispatch_table = _list_reducers()
    pickler.dump(value)
    return file.getvalue()


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """By class, how its values are pickled: a dataclass by its fields, which is four times as fast as its own way."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        reduce = self[kind] = _choose_reducer(kind)
        return reduce


def _choose_reducer(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda value: (kind, tuple(value))
    names = tuple(one.name for one in fields(kind) if one.init and not one.kw_only) if is_dataclass(kind) else ()
    if len(names) < 2 or len(names) < len(fields(kind)):
        raise KeyError(kind)
    read = attrgetter(*names)
    return lambda value: (kind, read(value))


@lru_cache(maxsize=1)
def _list_reducers() -> _Reducers:
    return _Reducers()
