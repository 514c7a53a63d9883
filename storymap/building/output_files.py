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
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_UNSETTLED_NANOSECONDS = 2_000_000_000
"""A file that was changed this shortly before it is noted may change again without another time of change: clocks of
file systems tick as slowly as every two seconds (FAT). It is not noted."""


class _Seen(NamedTuple):
    """What the disk says of a file, packed, as there are thousands, and the SHA-256 of its bytes.

    `place` tells the device, the inode, the size and the time of change, and `noted` is when the system took note of a
    change, in nanoseconds, which no program can set back; another name for the file counts as one.
    """

    place: bytes
    noted: int
    digest: str


class OutputFiles:
    """The plain files of an output folder, each read once unless it changes.

    `notes` are those that an earlier build left of the folder (`write_notes`), from where only the user may write.
    """

    def __init__(self, folder: Path, notes: bytes = b"") -> None:
        self._folder = str(folder)
        self._seen: dict[str, _Seen] = {}
        self._noted: dict[str, tuple[bytes, int, str]] = pickle.loads(notes) if notes else {}  # noqa: S301 - said above
        self._written: dict[str, tuple[bytes, str]] = {}
        self.has_news = False
        """Whether anything is known that the notes did not tell."""

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a plain file's bytes; None for anything else. Raises `OSError` where it cannot be read."""
        target = f"{self._folder}/{path}"  # a text: there are thousands
        try:
            found = os.lstat(target)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        place, noted = _pack_place(found), found.st_ctime_ns
        seen = self._seen.get(path) or self._noted.get(path)
        if seen is None or seen[:2] != (place, noted):
            with open(target, "rb") as file:  # noqa: PTH123 - a text
                seen = place, noted, hashlib.sha256(file.read()).hexdigest()
            self.has_news = True
        known = self._seen[path] = _Seen(*seen)
        return known.digest

    def take_in(self, path: str, found: os.stat_result, digest: str) -> None:
        """Know a file that was just written and will stand at `path`: what the disk says of it, and its SHA-256."""
        self._written[path] = (_pack_place(found), digest)
        self.has_news = True

    def write_notes(self, site: Mapping[str, str]) -> bytes:
        """Notes for the next build: of the files of `site`, paths with their SHA-256, as they stand in the folder now.

        One that is not in the place where it was seen, or only just changed, is left out.
        """
        settled = time.time_ns() - _UNSETTLED_NANOSECONDS
        notes = {}
        for path, digest in site.items():
            seen = self._seen.get(path)
            known = self._written.get(path) or (seen and (seen.place, seen.digest))
            try:
                found = os.lstat(f"{self._folder}/{path}")
            except OSError:
                continue
            if known == (_pack_place(found), digest) and found.st_mtime_ns < settled:
                notes[path] = (known[0], found.st_ctime_ns, digest)
        return pickle.dumps(notes, 5)


def _pack_place(found: os.stat_result) -> bytes:
    return struct.pack("<QQqq", found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
