"""The copies that a project keeps of what its map hook loads from elsewhere: `assets/`, with a lock that names each.

`storymap assets add` writes them (`storymap.building.fetching`), a build takes them into the site.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.addresses import hook_file
from storymap.building.project_files import ProjectFiles
from storymap.errors import Location, Report

FOLDER = "assets"
LOCK = f"{FOLDER}/lock.json"
"""Every copy by the address that it was fetched from, relative to the project."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,120}", re.ASCII)


class KeptFile(Struct, frozen=True):
    """A copy of what stands at `address`, as `assets/NAME` of the project.

    `digest` is its SHA-256 in hexadecimal; `parts` are the addresses of what it loads in its turn, as a stylesheet
    does; `licence` is empty where it is not known.
    """

    address: str
    name: str
    digest: str
    parts: tuple[str, ...] = ()
    licence: str = ""

    @property
    def path(self) -> str:
        """Where it stands in the project."""
        return f"{FOLDER}/{self.name}"

    @property
    def published(self) -> str:
        """Where it stands in the site."""
        return hook_file(self.name)


def read_lock(root: Path, files: ProjectFiles, report: Report) -> tuple[KeptFile, ...]:
    """What the lock of the project in `root` names; nothing where there is none, or it cannot be read (reported)."""
    file = root / LOCK
    if not file.is_file():
        return ()
    try:
        written = json.loads(files.read(file))
        kept = tuple(_read_entry(address, entry) for address, entry in written["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        report.error(
            "changed-asset",
            f'"{LOCK}" is not as it was written',
            Location(LOCK),
            help='run "storymap assets add" again',
        )
        return ()
    return kept


def write_lock(kept: Sequence[KeptFile]) -> bytes:
    """The lock that names `kept`."""
    listed = {
        file.address: {"file": file.name, "sha256": file.digest, "licence": file.licence, "loads": list(file.parts)}
        for file in sorted(kept, key=lambda file: file.address)
    }
    return (json.dumps({"files": listed}, ensure_ascii=False, indent=1) + "\n").encode()


def read_copy(file: KeptFile, root: Path, files: ProjectFiles, report: Report) -> bytes | None:
    """The bytes of a copy; None, and told, where it is not what the lock says."""
    try:
        data = files.read(root / file.path)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    else:
        if digest(data) == file.digest:
            return data
        reason = "is not what was fetched"
    report.error(
        "changed-asset",
        f'"{file.path}" {reason}',
        Location(file.path),
        help='run "storymap assets add --renew", which fetches it again',
    )
    return None


def digest(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _read_entry(address: str, entry: Mapping[str, Any]) -> KeptFile:
    name, found = entry["file"], entry["sha256"]
    if not (isinstance(name, str) and isinstance(found, str) and _NAME.fullmatch(name)):
        raise ValueError("no entry of a lock")
    return KeptFile(address, name, found, tuple(map(str, entry.get("loads", ()))), str(entry.get("licence", "")))
