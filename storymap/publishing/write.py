"""Write a finished site to its folder: all of it or nothing, and never over a file that somebody else put there.

The new site is written into a folder beside the old one, which is then exchanged for it. A build that is
interrupted leaves the old site as it was. Which files are ours stands in `MANIFEST`; every other file of the folder is
carried over.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storymap.errors import Location, Report, StorymapError
from storymap.project import Project
from storymap.publishing.swap import swap_folders

MANIFEST = ".storymap.json"
"""The file of a site that lists what the build wrote into it."""

_STAGING = ".storymap-building-"
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
        shown = f"{str(folder)[:100]}…" if len(str(folder)) > 100 else str(folder)
        report.error(
            "bad-output",
            f'"{shown}" cannot be written: {getattr(error, "strerror", "") or error}',
            Location(shown),
            help="check who may write there and whether the disk is full, or name another folder: --output site",
        )
        raise StorymapError(report.errors) from error


def _write(site: Mapping[str, bytes], folder: Path, project: Project) -> Written:
    report = Report()
    _check_folder(folder, project, report)
    report.raise_errors()
    old = _read_manifest(folder)
    _check_foreign_files(site, folder, old, report)
    report.raise_errors()

    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder.parent)
    staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=folder.parent))
    try:
        staging.chmod(folder.stat().st_mode & 0o7777 if folder.exists() else 0o777 & ~_umask())
        written = _fill(staging, site, folder, old)
        if folder.exists():
            swap_folders(staging, folder)
        else:
            staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return written


def _check_folder(folder: Path, project: Project, report: Report) -> None:
    """Refuse a folder whose exchange would take the author's own work with it."""
    shown = Location(str(folder))
    sources = (project.stories_folder, project.geo_folder)
    if folder.exists() and not folder.is_dir():
        report.error("bad-output", f'"{folder}" is a file', shown, help="name a folder: --output site")
    elif folder == project.root or any(folder in source.parents or folder == source for source in sources):
        report.error(
            "output-over-sources",
            f'"{folder}" holds the stories that the site is made of',
            shown,
            help="name a folder of its own: --output site",
        )
    elif any(source in folder.parents for source in sources):
        report.error(
            "output-over-sources",
            f'"{folder}" lies inside the sources of the site',
            shown,
            help="name a folder beside them: --output site",
        )
    elif any((folder / name).exists() for name in ("stories", "geo", "storymap.toml", "pyproject.toml", ".git")):
        report.error(
            "output-over-sources",
            f'"{folder}" is a project of its own: it has stories, places, settings or a repository in it',
            shown,
            help="name an empty or a new folder: --output site",
        )


def _check_foreign_files(site: Mapping[str, bytes], folder: Path, old: frozenset[str], report: Report) -> None:
    """Refuse to write over a file that an earlier build did not write."""
    for path, content in site.items():
        target = folder / path
        if path in old or not os.path.lexists(target):
            continue
        if target.is_file() and not target.is_symlink() and target.read_bytes() == content:
            continue
        report.error(
            "foreign-file",
            f'"{path}" is in the way: the build did not write it',
            Location(f"{folder.name}/{path}"),
            help="move it away, or build into another folder with --output",
        )


def _read_manifest(folder: Path) -> frozenset[str]:
    """The files that the last build wrote; none if there was none or its list cannot be read."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return frozenset()
    files = listed.get("files") if isinstance(listed, dict) else None
    return frozenset(map(str, files)) | {MANIFEST} if isinstance(files, list) else frozenset()


def _fill(staging: Path, site: Mapping[str, bytes], folder: Path, old: frozenset[str]) -> Written:
    changed = unchanged = 0
    manifest = json.dumps({"files": sorted(site)}, ensure_ascii=False, indent=1) + "\n"
    for path, content in {**site, MANIFEST: manifest.encode()}.items():
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = folder / path
        if before.is_file() and not before.is_symlink() and before.read_bytes() == content:
            _carry(before, target)
            unchanged += 1
        else:
            target.write_bytes(content)
            changed += 1
    for path in _files_of(folder):
        if path in old or os.path.lexists(staging / path):
            continue
        (staging / path).parent.mkdir(parents=True, exist_ok=True)
        _carry(folder / path, staging / path)
    removed = sum(1 for path in old if path not in site and path != MANIFEST and (folder / path).is_file())
    return Written(changed, unchanged, removed)


def _files_of(folder: Path) -> Iterator[str]:
    """Every file and link in `folder`, as relative paths; links are not followed."""
    for parent, names, files in os.walk(folder):
        here = Path(parent)
        for name in sorted(files):
            yield (here / name).relative_to(folder).as_posix()
        for name in sorted(names):
            below = here / name
            if below.is_symlink():
                yield below.relative_to(folder).as_posix()


def _carry(source: Path, target: Path) -> None:
    """Bring a file over unchanged, times included: as a second name of the same file where the system allows it."""
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove_abandoned(parent: Path) -> None:
    """Remove what builds that were killed left beside the site; builds that still run are left alone."""
    for staging in parent.glob(f"{_STAGING}*"):
        process = staging.name.removeprefix(_STAGING).partition("-")[0]
        if not (process.isascii() and process.isdigit()) or not _runs(int(process)):
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
