"""Paths as authors write them: each is read from the folder of the file that it stands in, as GitHub and editors do.

Everything that a story names (pictures, data, tracks, other stories) is found from here. Paths of the project are
relative to its root and written plainly, with forward slashes.
"""

from __future__ import annotations

import posixpath
import re

STORIES = "stories/"
"""The folder of stories, for what is written outside all of them: settings are read as if they stood there."""


STATIC = "static/"
"""The folder of files that the site has as they are."""


def resolve_path(written: str, beside: str) -> str | None:
    """The path in the project that `written` means in the file `beside`, a path in the project, too.

    None where it is absolute, is written with backslashes, or leads out of the project.
    """
    if "\\" in written or posixpath.isabs(written):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(beside), written))
    return None if path == ".." or path.startswith("../") else path


def mend_backslashes(written: str) -> str:
    """A path that is written as on Windows, as it has to be written; empty for any other, and for one with a drive."""
    if "\\" not in written or re.match(r"[A-Za-z]:|\\\\", written):
        return ""
    return posixpath.normpath(written.replace("\\", "/").lstrip("/"))


def write_path(path: str, beside: str) -> str:
    """`path`, of the project, as the file `beside` has to write it."""
    return posixpath.relpath(path, posixpath.dirname(beside) or ".")


def path_in(folder: str, path: str | None) -> str | None:
    """`path` as seen from `folder`, which ends with a slash; empty for that itself, None where it lies elsewhere."""
    if path is None or not f"{path}/".startswith(folder):
        return None
    return path[len(folder) :]
