"""Write a finished site to its folder: all of it or nothing, and never over a file that somebody else put there.

The new site is written into a folder beside the old one as its files are made, which is then exchanged for it, unless
nothing changed. A build that is interrupted leaves the old site as it was. Which files are ours
`storymap.building.output` knows; every other file of the folder is carried over.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from storymap.building.output import (
    MANIFEST,
    check_folder,
    check_output,
    list_files,
    read_manifest,
    report_unwritable,
    write_manifest,
)
from storymap.building.output_files import OutputFiles
from storymap.building.swap import restore_folder, swap_folders
from storymap.errors import Report, StorymapError
from storymap.project import Project

_STAGING = ".storymap-building-"
_STAGING_NAME = re.escape(_STAGING) + r"(\d+)-[a-z0-9_]{8}"  # the process, and what tempfile adds
_QUERY_LIMITED_INFORMATION = 0x1000  # winnt.h PROCESS_QUERY_LIMITED_INFORMATION


class Written(Struct, frozen=True):
    """What writing a site changed: numbers of files that are new or different, unchanged, and removed."""

    changed: int
    unchanged: int
    removed: int


class SiteWriter:
    """Writes the site of `project`, file by file, for `folder`, which changes only in `finish`.

    `notes` are what `write_notes` gave after an earlier build: what the disk says is as it was then is not read.
    To be closed, whatever happens. Raises `StorymapError`, with nothing written, if the folder may not be written,
    holds the project's sources or a file in the way, or if the disk will not have the site.
    """

    def __init__(self, folder: Path, *, project: Project, notes: bytes = b"") -> None:
        self._given = folder
        self._project = project
        self._staging: Path | None = None
        self._site: dict[str, str] = {}
        self._kept: set[str] = set()
        self._made: set[str] = set()
        self._checked = 0
        with self._telling():
            self._folder = folder.resolve()
            self._files = OutputFiles(self._folder, notes)
            report = Report()
            if check_folder(self._folder, project, report):
                restore_folder(self._folder)
            report.raise_errors()
            _remove_abandoned(self._folder.parent)
            self._is_new = not self._folder.exists()
            self._old = frozenset(read_manifest(self._folder).files)

    def keep(self, path: str, digest: str) -> bool:
        """Take the file at `path` over from the site before, where its SHA-256 is `digest`; whether it was."""
        with self._telling():
            if self._is_new or path in self._site or self._files.digest(path) != digest:
                return False
        self._site[path] = digest
        self._kept.add(path)
        return True

    def add(self, path: str, content: bytes) -> None:
        """Take a file over where the site before has the same, and write it otherwise."""
        digest = hashlib.sha256(content).hexdigest()
        if not self.keep(path, digest):
            self.write(path, content, digest)

    def write(self, path: str, content: bytes, digest: str) -> None:
        """Write a file that is not to be kept; `digest` is the SHA-256 of its content."""
        with self._telling(), self._placing(path) as target, open(target, "xb") as file:  # noqa: PTH123 - a text
            file.write(content)
        self._site[path] = digest

    def finish(self) -> Written:
        """Put the new site in the place of the old one: all of it, or nothing where this raises."""
        self._checked = time.time_ns()
        with self._telling():
            report = Report()
            check_output(self._site, self._folder, project=self._project, report=report, files=self._files)
            report.raise_errors()
            gone = [path for path in self._old if path not in self._site and path != MANIFEST]
            removed = sum((self._folder / path).is_file() for path in gone)
            manifest = write_manifest(self._site)
            if not self.keep(MANIFEST, digest := hashlib.sha256(manifest).hexdigest()):
                self.write(MANIFEST, manifest, digest)
            written = Written(len(self._site) - len(self._kept), len(self._kept), removed)
            if written.changed or removed:
                self._exchange()
            return written

    def write_notes(self) -> bytes:
        """What to know the files of the finished site by next time; empty where that is known already.

        To be asked when this is closed: with the site before go second names of files, of which the disk takes note.
        """
        has_news = self._staging is not None or self._files.has_news
        return self._files.write_notes(self._site, self._checked) if has_news else b""

    def close(self) -> None:
        """Remove what was written and is not the site's."""
        if self._staging is not None:
            shutil.rmtree(self._staging, ignore_errors=True)

    def _exchange(self) -> None:
        staging = self._stage()
        for path in sorted(self._kept):
            with self._placing(path) as target:
                _link(f"{self._folder}/{path}", target)
        _carry_others(self._folder, staging, self._old)
        if self._folder.exists():
            swap_folders(staging, self._folder)
            _carry_others(staging, self._folder, self._old)  # that came while the new site was being written
        else:
            staging.rename(self._folder)

    def _stage(self) -> Path:
        """The folder beside the old site in which the new one grows."""
        if self._staging is None:
            folder = self._folder
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=folder.parent))
            self._staging.chmod(folder.stat().st_mode & 0o7777 if folder.exists() else 0o777 & ~_umask())
        return self._staging

    @contextlib.contextmanager
    def _placing(self, path: str) -> Iterator[str]:
        """Where a new file of the site is to be made, in a folder that is there; a text, as there are thousands."""
        staging, folder = self._stage(), path.rpartition("/")[0]
        target = f"{staging}/{path}"
        if folder not in self._made:
            (staging / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        try:
            yield target
        except FileExistsError as error:
            message = f'this disk does not tell "{path}" from another file of the site'
            raise FileExistsError(errno.EEXIST, message) from error

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell what the disk refuses as a mistake."""
        try:
            yield
        except (OSError, RuntimeError, ValueError) as error:  # the last two are a path's: links in a circle, a NUL
            report = Report()
            report_unwritable(self._given, error, report)
            raise StorymapError(report.errors) from error


def write_site(site: Mapping[str, bytes], folder: Path, *, project: Project) -> Written:
    """Make `folder` hold `site`, a mapping of relative paths to bytes, beside whatever else is in it.

    Raises `StorymapError` as `SiteWriter` does.
    """
    with contextlib.closing(SiteWriter(folder, project=project)) as writer:
        for path, content in site.items():
            writer.add(path, content)
        return writer.finish()


def _carry_others(source: Path, target: Path, old: Collection[str]) -> None:
    """Bring over what is in `source` and not in `target`, and which no build wrote."""
    for path in list_files(source) if source.exists() else ():
        if path in old or os.path.lexists(target / path):
            continue
        if path.endswith("/"):
            (target / path).mkdir(parents=True)
            (target / path).chmod((source / path).stat().st_mode & 0o7777)
        else:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            _carry(source / path, target / path)


def _carry(source: Path, target: Path) -> None:
    """Bring a file over unchanged, times included: as a second name of the same file where the system allows it."""
    if source.is_symlink():
        target.symlink_to(source.readlink())
    else:
        _link(str(source), str(target))


def _link(source: str, target: str) -> None:
    """Make `target` another name of the file `source`, or a copy of it where the system allows no second name."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        if not Path(source).is_file():  # a pipe or a device: reading it may never end
            raise
        shutil.copy2(source, target)


def _remove_abandoned(parent: Path) -> None:
    """Remove what builds that were killed left beside the site; builds that still run are left alone."""
    for staging in parent.glob(f"{_STAGING}*"):
        named = re.fullmatch(_STAGING_NAME, staging.name, re.ASCII)
        if named and not staging.is_symlink() and not _runs(int(named[1])):
            shutil.rmtree(staging, ignore_errors=True)


def _runs(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":  # where signal 0 is Ctrl+C
        system = ctypes.windll.kernel32
        handle = system.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process)  # noqa: FBT003 - positional only
        return bool(handle and system.CloseHandle(handle))
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
