"""What a deployment would change on its branch: files that are new there, that differ, and that go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from storymap.deploying.repository import Target


class Changes(Struct, frozen=True):
    """Paths of the branch, sorted: `added`, `changed` and `removed`."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def find_changes(site: Mapping[str, bytes], target: Target) -> Changes:
    """What the branch of `target` would have of `site` that it has not, has otherwise, or has besides."""
    there = target.list_files()
    here = {path: _name_blob(content, 64 if any(len(name) == 64 for name in there.values()) else 40)
            for path, content in site.items()}  # fmt: skip
    return Changes(
        added=tuple(sorted(here.keys() - there.keys())),
        changed=tuple(sorted(path for path in here.keys() & there.keys() if here[path] != there[path])),
        removed=tuple(sorted(there.keys() - here.keys())),
    )


def _name_blob(content: bytes, length: int) -> str:
    """The name that git gives a file of this content: SHA-1 of 40 digits, or in newer repositories SHA-256 of 64."""
    data = b"blob %d\0%s" % (len(content), content)
    return hashlib.sha256(data).hexdigest() if length == 64 else hashlib.sha1(data, usedforsecurity=False).hexdigest()
