"""Put one folder in the place of another, in one step where the system can: the last act of writing a site."""

from __future__ import annotations

import ctypes
import glob
import os
import sys
from pathlib import Path

_AT_FDCWD = -100  # linux/fcntl.h: paths are relative to the working directory
_ASIDE = ".before-storymap-"  # no folder of an author's is called like this
_RENAME_EXCHANGE = 2  # linux/fs.h RENAME_EXCHANGE, and macOS sys/stdio.h RENAME_SWAP


def swap_folders(new: Path, old: Path) -> None:
    """Exchange two folders of one file system, so that `old` holds what `new` held and the reverse.

    On Linux (renameat2) and macOS (renamex_np) nobody ever sees `old` missing. Elsewhere it is renamed away and back,
    with nothing between the two renames; if the second one fails, the first is undone, and if the process is killed
    between them, `restore_folder` undoes it later.
    """
    if not _exchange(os.fsencode(new), os.fsencode(old)):
        aside = old.with_name(f"{old.name}{_ASIDE}{new.name}")
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        aside.rename(new)


def restore_folder(folder: Path) -> None:
    """Give a folder its name back that a process killed between two renames left without it."""
    if not os.path.lexists(folder):
        for aside in sorted(folder.parent.glob(f"{glob.escape(folder.name)}{_ASIDE}*")):
            aside.rename(folder)
            break


def _exchange(new: bytes, old: bytes) -> bool:
    """Ask the system to exchange two paths at once; False where it, or the file system, cannot."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return bool(library.renamex_np(new, old, _RENAME_EXCHANGE) == 0)
    try:
        exchange = library.renameat2
    except AttributeError:  # a C library older than glibc 2.28
        return False
    return bool(exchange(_AT_FDCWD, new, _AT_FDCWD, old, _RENAME_EXCHANGE) == 0)
