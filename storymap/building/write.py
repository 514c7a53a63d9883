"""Write a finished site to its folder: all of it or nothing, and never over a file that somebody else put there.

The new site is written into a folder beside the old one, which is then exchanged for it. A build that is
interrupted leaves the old site as it was. Which files are ours `storymap.building.output` knows; every other file of
the folder is carried over.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storymap.building.output import (
    MANIFEST,
    check_output,
    list_files,
    read_manifest,
    report_unwritable,
    write_manifest,
)
from storymap.building.swap import restore_folder, swap_folders
from storymap.errors import Report, StorymapError
from storymap.project import Project

_STAGING = ".storymap-building-"
_STAGING_NAME = re.escape(_STAGING) + r"(\d+)-[a-z0-9_]{8}"  # the process, and what tempfile adds
_QUERY_LIMITED_INFORMATION = 0x1000  # winnt.h PROCESS_QUERY_LIMITED_INFORMATION


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a site changed: numbers of files that are new or different, unchanged, and removed."""

    changed: int
    unchanged: int
    removed: int


def write_site(site: Mapping[str, bytes], folder: Path, *, project: Project) -> Written:
    """Make `folder` hold `site`, a mapping of relative paths to bytes, beside whatever else is in it.

    Raises `StorymapError`, with nothing written, if the folder holds the project's sources or a file in the way, or if
    the disk will not have it.
    """
    try:
        return _write(site, folder.resolve(), project)
    except (OSError, RuntimeError, ValueError) as error:  # the last two are a path's: links in a circle, a NUL
        report = Report()
        report_unwritable(folder, error, report)
        raise StorymapError(report.errors) from error


def _write(site: Mapping[str, bytes], folder: Path, project: Project) -> Written:
    report = Report()
    check_output(site, folder, project=project, report=report)
    report.raise_errors()
    folder.parent.mkdir(parents=True, exist_ok=True)
    restore_folder(folder)
    old = read_manifest(folder).files
    _remove_abandoned(folder.parent)
    staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=folder.parent))
    try:
        staging.chmod(folder.stat().st_mode & 0o7777 if folder.exists() else 0o777 & ~_umask())
        written = _fill(staging, site, folder, old)
        if folder.exists():
            swap_folders(staging, folder)
            _carry_others(staging, folder, old)  # that came while the new site was being written
        else:
            staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return written


def _fill(staging: Path, site: Mapping[str, bytes], folder: Path, old: Mapping[str, str]) -> Written:
    changed = unchanged = 0
    for path, content in {**site, MANIFEST: write_manifest(site)}.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = folder / path
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, f'this disk does not tell "{path}" from another file of the site')
        if before.is_file() and not before.is_symlink() and before.read_bytes() == content:
            _carry(before, target)
            unchanged += 1
        else:
            target.write_bytes(content)
            changed += 1
    _carry_others(folder, staging, old)
    removed = sum(1 for path in old if path not in site and path != MANIFEST and (folder / path).is_file())
    return Written(changed, unchanged, removed)


def _carry_others(source: Path, target: Path, old: Mapping[str, str]) -> None:
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
        return
    try:
        os.link(source, target)
    except OSError:
        if not source.is_file():  # a pipe or a device: reading it may never end
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
