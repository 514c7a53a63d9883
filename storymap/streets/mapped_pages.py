"""Let go of the memory of a file that a library has mapped: what is kept on the disk is not to fill the memory, too."""

from __future__ import annotations

import ctypes
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_LET_GO = 4
"""`MADV_DONTNEED`: pages of a file that is shared stay in it, and are read again when they are asked for."""


def release_pages(file: Path) -> None:
    """Take what of `file` is mapped out of this process's memory; its contents stay as they are.

    On other systems than Linux nothing is done: they take such pages back when memory is short.
    """
    if not _MAPS.exists():
        return
    library = ctypes.CDLL(None)
    for line in _MAPS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        span, *_, name = line.split(maxsplit=5)
        if name == str(file):
            begin, end = (int(edge, 16) for edge in span.split("-"))
            library.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _LET_GO)
