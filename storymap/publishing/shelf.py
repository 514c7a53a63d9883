"""The bytes of a project's files, read again only where the disk says that they may have changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

_UNSETTLED_NANOSECONDS = 2_000_000_000
"""A file that was changed this shortly before it was read may change again without another time of change: clocks of
file systems tick as slowly as every two seconds (FAT)."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What the disk says of a file without reading it."""

    size: int
    changed: int
    inode: int


class Shelf:
    """Files by path. A file whose size, time of change and inode are as they were is not read again."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[_Stamp | None, bytes]] = {}

    def read(self, file: Path) -> bytes:
        """The bytes of `file`, and the same object as before where they are the same. Raises `OSError`."""
        found = file.stat()
        stamp = _Stamp(found.st_size, found.st_mtime_ns, found.st_ino)
        before = self._files.get(file)
        if before and before[0] == stamp:
            return before[1]
        data = file.read_bytes()
        if before and before[1] == data:
            data = before[1]
        settled = abs(time.time_ns() - found.st_mtime_ns) > _UNSETTLED_NANOSECONDS
        self._files[file] = (stamp if settled else None, data)
        return data
