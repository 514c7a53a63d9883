"""Read what was prepared when the package was built: the browser runtime, its stylesheets, the licences."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).with_name("static")


@lru_cache(maxsize=8)
def list_static(folder: str) -> tuple[str, ...]:
    """The names of the files in `folder` of the package's static folder, in order."""
    return tuple(sorted(file.name for file in (STATIC / folder).iterdir()))


@lru_cache(maxsize=64)
def read_static(path: str) -> bytes:
    """The bytes of `path` in the package's static folder. Raises FileNotFoundError if the package was not built."""
    file = STATIC / path
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: install the package with pip, which prepares it")
    return file.read_bytes()
