"""Tell one state of the code from another: what was made by other code is not believed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_PACKAGE = str(Path(__file__).parent.parent)
_PREPARED = f"{_PACKAGE}{os.sep}static{os.sep}"
_LIST = f"{_PREPARED}built.json"
"""What was prepared with the package is told by names and sizes, and by this list with the checksums of all of it."""


@lru_cache(maxsize=1)
def fingerprint_package() -> str:
    """A digest of every file of this package that pages come from: another one after an upgrade, or an edit."""
    found = hashlib.blake2b(digest_size=16)
    for file in _list_files():  # texts, as every build looks at hundreds
        found.update(file.removeprefix(_PACKAGE).encode())
        if file.startswith(_PREPARED) and file != _LIST:
            found.update(b"%d" % os.stat(file).st_size)  # noqa: PTH116 - a text
        else:
            with open(file, "rb") as stream:  # noqa: PTH123 - the same
                found.update(stream.read())
    return found.hexdigest()


@lru_cache(maxsize=1)
def fingerprint_installation() -> str:
    """A digest of the package, of Python, and of the names and versions of everything that is installed beside it."""
    found = hashlib.blake2b(f"{fingerprint_package()} {sys.version}".encode(), digest_size=16)
    installed = sorted({entry.name for entry in _list_installed() if entry.name.endswith((".dist-info", ".egg-info"))})
    found.update("\n".join(installed).encode())
    return found.hexdigest()


def _list_files() -> Iterator[str]:
    """The paths of the sources, templates, catalogues and prepared files of the package, in order."""
    for parent, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "browser", "bundling"})
        yield from (f"{parent}{os.sep}{name}" for name in sorted(names) if not name.endswith(".pyc"))


def _list_installed() -> Iterator[os.DirEntry[str]]:
    for folder in dict.fromkeys(sys.path):
        if os.path.isdir(folder or "."):  # noqa: PTH112 - an entry of the path of modules, as text
            with os.scandir(folder or ".") as entries:
                yield from entries
