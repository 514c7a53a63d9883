"""Remember what tasks made, by the keys of the tasks and by nothing else: what every cache is, and the one in memory.

The preview, and whatever builds once, remember in this process; `storymap.building.disk_cache` remembers for later
ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from storymap.building.records import Record


class Cache(Protocol):
    """Results by the keys of their tasks."""

    def look(self, key: str) -> Record | None:
        """What is known of a result; None where nothing is."""

    def read(self, record: Record) -> bytes | None:
        """The content of a result; None where it is not there, or is damaged."""

    def put(self, key: str, record: Record, content: bytes) -> None:
        """Keep a result."""

    def close(self) -> None:
        """Nothing is asked or kept any more."""


class MemoryCache:
    """Results that are kept as long as the process, or until `forget_others`."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._contents: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def look(self, key: str) -> Record | None:
        """What is known of a result; None where nothing is."""
        self._asked.add(key)
        return self._records.get(key)

    def read(self, record: Record) -> bytes | None:
        """The content of a result: the same object each time."""
        return self._contents.get(record.digest)

    def put(self, key: str, record: Record, content: bytes) -> None:
        """Keep a result."""
        self._records[key] = record
        self._contents.setdefault(record.digest, content)

    def forget_others(self, keys: Iterable[str]) -> None:
        """Forget all but the results of `keys`, and those that were asked for since this was called last."""
        wanted = self._asked.union(keys)
        self._records = {key: record for key, record in self._records.items() if key in wanted}
        digests = {record.digest for record in self._records.values()}
        self._contents = {digest: data for digest, data in self._contents.items() if digest in digests}
        self._asked.clear()

    def close(self) -> None:
        """There is nothing to end."""
