"""The files of an output folder, known again by what the disk says of them: a site of thousands is read once.

As git's index does, a build notes of each file that it left in which place of the disk it lies, how large it is and
when it was changed. The next build reads only those of which the disk says something else.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import struct
from collections.abc import Mapping
from pathlib import Path

_UNSETTLED_NANOSECONDS = 2_000_000_000
"""A file that was changed this shortly before it is noted may change again without another time of change: clocks of
file systems tick as slowly as every two seconds (FAT). It is not noted."""

_ROW = struct.Struct("<QQqqq32s")
"""What is known of a file, packed, as there are thousands: where it lies (device and inode), its size, when it was
changed and when the system took note of a change, in nanoseconds, and the SHA-256 of its bytes."""

_PLACE, _NOTED = slice(0, 32), slice(0, 40)
"""The part of a row that stays as it is when a file gets another name, and the part that only the disk tells."""


class OutputFiles:
    """The plain files of an output folder, each read once unless it changes.

    `notes` are those that an earlier build left of the folder (`write_notes`), from where only the user may write.
    """

    def __init__(self, folder: Path, notes: bytes = b"") -> None:
        self._folder = str(folder)
        self._rows = _read_notes(notes)
        self.has_news = False
        """Whether a file was read, of which the notes did not tell."""

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a plain file's bytes; None for anything else. Raises `OSError` where it cannot be read."""
        target = f"{self._folder}/{path}"  # a text: there are thousands
        try:
            found = os.lstat(target)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        row, told = self._rows.get(path), _pack(found)[_NOTED]
        if row is None or row[_NOTED] != told:
            with open(target, "rb") as file:  # noqa: PTH123 - a text
                row = self._rows[path] = told + hashlib.sha256(file.read()).digest()
            self.has_news = True
        return row[_NOTED.stop :].hex()

    def write_notes(self, site: Mapping[str, str], checked: int) -> bytes:
        """Notes for the next build of the files of `site`, paths with their SHA-256, as they stand in the folder now.

        They were as `site` has them when the time was `checked`, in nanoseconds since 1970: what `digest` was asked of,
        and what was written before. One of which the disk tells a change since then, or shortly before, is left out.
        """
        settled = checked - _UNSETTLED_NANOSECONDS
        paths, rows = [], bytearray()
        for path, digest in site.items():
            try:
                found = os.lstat(f"{self._folder}/{path}")
            except OSError:
                continue
            row, now = self._rows.get(path), _pack(found, bytes.fromhex(digest))
            is_kept = row is not None and (row[_PLACE], row[_NOTED.stop :]) == (now[_PLACE], now[_NOTED.stop :])
            if found.st_mtime_ns < settled and (is_kept or found.st_ctime_ns < settled):
                paths.append(path)
                rows += now
        return pickle.dumps((paths, bytes(rows)), 5)


def _pack(found: os.stat_result, digest: bytes = b"") -> bytes:
    return _ROW.pack(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns, digest)


def _read_notes(notes: bytes) -> dict[str, bytes]:
    paths, rows = pickle.loads(notes) if notes else ((), b"")  # noqa: S301 - our own, as `OutputFiles` says
    starts = range(0, len(rows), _ROW.size)
    return {path: rows[start : start + _ROW.size] for path, start in zip(paths, starts, strict=True)}
