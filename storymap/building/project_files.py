"""The bytes of a project's files, read again only where the disk says that they may have changed."""

from __future__ import annotations

import stat
import time
from pathlib import Path

from msgspec import Struct

from storymap.geodata.features import LARGEST_FILE

_UNSETTLED_NANOSECONDS = 2_000_000_000
"""A file that was changed this shortly before it was read may change again without another time of change: clocks of
file systems tick as slowly as every two seconds (FAT)."""


class _Stamp(Struct, frozen=True):
    """What the disk says of a file without reading it."""

    size: int
    changed: int
    noted: int  # when the system took note of a change, which no program can set back
    inode: int


class ProjectFiles:
    """Files by path. A file whose size, times of change and inode are as they were is not read again."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[_Stamp | None, bytes]] = {}

    def read(self, file: Path) -> bytes:
        """The bytes of `file`, and the same object as before where they are the same. Raises `OSError`."""
        found = file.stat()
        stamp = _Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        before = self._files.get(file)
        if before and before[0] == stamp:
            return before[1]
        data = file.read_bytes()
        if before and before[1] == data:
            data = before[1]
        newest = max(stamp.changed, stamp.noted)
        settled = abs(time.time_ns() - newest) > _UNSETTLED_NANOSECONDS
        self._files[file] = (stamp if settled else None, data)
        return data

    def forget(self, file: Path) -> None:
        """Let go of the bytes of `file`; they are read again where somebody asks for them."""
        self._files.pop(file, None)

    def look(self, file: Path) -> tuple[str, str, bytes]:
        """All that reading `file` depends on, whatever stands there: where it leads, what it is, and its bytes.

        A file that is too large to be read as places is told by its stamp; what cannot be read, by the reason.
        """
        try:
            found = file.stat()
            large = found.st_size > LARGEST_FILE
            data = self.read(file) if stat.S_ISREG(found.st_mode) and not large else b""
            times = f" {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}" if large else ""
            return str(file.resolve()), f"{found.st_mode:o}{times}", data
        except (OSError, RuntimeError) as error:  # it may not be read, or is a link in a circle
            return str(file), str(error), b""
