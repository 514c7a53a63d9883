"""What was read of tiles, kept in memory: the scales of one step, and the pages of one town, ask for the same again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, TypeVar, cast

MOST_THINGS = 300_000
"""Things that are kept at once: those of some thirty of the fullest tiles, in about 150 MB."""

T = TypeVar("T")


class KeptReads:
    """Sequences by what they were read of; those that nobody asked for longest are let go of first.

    Several threads may ask, as those of a worker of a cluster do.
    """

    def __init__(self, most: int = MOST_THINGS) -> None:
        self._most, self._count = most, 0
        self._kept: OrderedDict[Hashable, Sequence[Any]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, read: Callable[[], Sequence[T]]) -> Sequence[T]:
        """What is kept under `key`, or what `read` gives."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return cast("Sequence[T]", kept)
        things = read()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = things
                self._count += len(things) + 1
            while self._count > self._most:
                _, gone = self._kept.popitem(last=False)
                self._count -= len(gone) + 1
        return things


KEPT_READS = KeptReads()
"""Those of this process."""
