"""Know whose each file in an output folder is: the build's, by the list that it left there, or somebody else's.

Asked before a site is written and when a project is checked, so that both say the same. Nothing is changed here.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from storymap.building.output_files import OutputFiles
from storymap.errors import Location, Report
from storymap.project import Project
from storymap.text.shortening import shorten
from storymap.tilesets.naming import names_own_tiles, split_pattern

MANIFEST = ".storymap.json"
"""The file of a site that lists what the build wrote into it, each file with a checksum."""

_MOVE = "move it away, or build into another folder with --output"


class Manifest(Struct, frozen=True):
    """What the last build wrote: paths with the SHA-256 of their bytes, empty where only the path is known."""

    files: Mapping[str, str]


def write_manifest(site: Mapping[str, str]) -> bytes:
    """The list of the files of `site`, which maps their paths to the SHA-256 of their bytes."""
    # A line for each file, which json writes at a tenth of the speed if it is to indent them itself.
    lines = json.dumps(dict(sorted(site.items())), ensure_ascii=False, separators=(",\n  ", ": "))
    return b"".join((b'{\n "files": {\n  ', memoryview(lines.encode())[1:-1], b"\n }\n}\n"))


def list_site(site: Mapping[str, bytes]) -> bytes:
    """The list of the files of `site`, which maps their paths to their bytes."""
    return write_manifest({path: hashlib.sha256(content).hexdigest() for path, content in site.items()})


def read_manifest(folder: Path) -> Manifest:
    """What the last build wrote into `folder`; nothing if there was none or its list cannot be read."""
    file = folder / MANIFEST
    try:
        listed = json.loads(file.read_bytes()) if file.is_file() and not file.is_symlink() else None
    except (OSError, ValueError, RecursionError):
        return Manifest({})
    files = listed.get("files") if isinstance(listed, dict) else None
    if isinstance(files, list):  # as it was written before it had checksums
        files = dict.fromkeys(map(str, files), "")
    if not isinstance(files, dict):
        return Manifest({})
    return Manifest({str(path): str(digest) for path, digest in files.items()} | {MANIFEST: ""})


def check_output(
    site: Mapping[str, str], folder: Path, *, project: Project, report: Report, files: OutputFiles | None = None
) -> None:
    """Report what keeps `site` from being written to `folder`, an absolute path: the folder itself, or what is in it.

    `site` maps paths to the SHA-256 of their bytes; `files` are those of the folder, where some of them are known.
    Raises `OSError` where the folder cannot be looked into.
    """
    if not check_folder(folder, project, report) or not folder.exists():
        return
    manifest, files = read_manifest(folder), files or OutputFiles(folder)
    foreign = _find_foreign(site, folder, manifest, files)
    for path, message, help in (*_find_foreign_folders(site, folder, manifest), *foreign):
        report.error("foreign-file", f'"{path}" {message}', Location(f"{folder.name}/{path}"), help=help)


def report_unwritable(folder: Path, error: Exception, report: Report) -> None:
    """Report that the system will not have a site in `folder`, for the reason that it gave."""
    shown = shorten(str(folder), 100)
    report.error(
        "bad-output",
        f'"{shown}" cannot be written: {getattr(error, "strerror", "") or error}',
        Location(shown),
        help="check who may write there and whether the disk is full, or name another folder: --output site",
    )


def list_files(folder: Path) -> Iterator[str]:
    """Every file and link in `folder`, and every empty folder with a slash at its end, as relative paths.

    Links are not followed. Raises `OSError` for a folder that cannot be looked into.
    """
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(folder / above) as found:
            entries = list(found)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{above}{entry.name}/")
            else:
                yield above + entry.name
        if not entries and above:
            yield above


def _find_tiles(project: Project) -> Iterator[Path]:
    """Where tiles of the author's own are, if there are any."""
    if names_own_tiles(project.settings.tiles):
        yield project.root / split_pattern(project.settings.tiles)[0]


def check_folder(folder: Path, project: Project, report: Report) -> bool:
    """Refuse a folder whose exchange would take the author's own work with it; whether it may be written."""
    shown = Location(str(folder))
    sources = (
        *(project.stories_folder, project.geo_folder, project.streets_folder, project.static_folder),
        *(project.templates_folder, project.fonts_folder),
        *_find_tiles(project),
    )
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
    elif _is_home(folder):
        report.error(
            "output-over-sources",
            f'"{folder}" is a home folder or the top of a disk, or holds one: it is not for a site alone',
            shown,
            help="name an empty or a new folder in it: --output site",
        )
    else:
        return True
    return False


def _is_home(folder: Path) -> bool:
    """Whether `folder` is the user's home or above it, or where a disk begins."""
    try:
        home = Path.home().resolve()
    except (OSError, RuntimeError):  # a user without one
        home = folder / "none"
    return folder == home or folder in home.parents or folder.parent == folder or os.path.ismount(folder)


def _find_foreign_folders(site: Mapping[str, str], folder: Path, manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """What stands where the site has a folder, and is none of the build's, nor one that files can be added to."""
    made = _list_folders(manifest.files)
    for path in sorted(_list_folders(site)):
        target = folder / path
        if not os.path.lexists(target):
            continue
        if target.is_symlink():
            yield path, "is in the way: it is a link, and the site has a folder of that name", _MOVE
        elif not target.is_dir():
            yield path, "is in the way: the build did not write it, and the site has a folder of that name", _MOVE
        elif os.path.ismount(target):
            yield path, "is in the way: another disk is mounted there", _MOVE
        elif path not in made and not any(target.iterdir()):
            yield (
                path,
                "is in the way: an empty folder that the build did not make",
                f"delete it if it is not needed; {_MOVE}",
            )


def _list_folders(files: Iterable[str]) -> set[str]:
    """Every folder above one of `files`."""
    folders: set[str] = set()
    for path in files:
        above = path.rpartition("/")[0]
        while above and above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    return folders


def _find_foreign(
    site: Mapping[str, str], folder: Path, manifest: Manifest, files: OutputFiles
) -> Iterator[tuple[str, str, str]]:
    """Files that the site would take the place of, or remove, and that are not as the build wrote them."""
    if os.path.lexists(folder / MANIFEST) and not manifest.files:
        yield MANIFEST, "is in the way: it is not the list of files that a build leaves", _MOVE

    @cache
    def fold_ours() -> dict[str, str]:
        """What the build wrote, by folded paths; nobody asks where it wrote all of the site before."""
        return {_fold(path): path for path in manifest.files}

    @cache
    def is_below(parent: str) -> bool:
        """Whether a folder, which a list of files may have named, stands in `folder` without a link on the way."""
        return Path(os.path.realpath(folder / parent)).is_relative_to(folder) and ".." not in parent.split("/")

    for path in sorted({*site, *manifest.files} - {MANIFEST}):
        if not is_below(path.rpartition("/")[0]):
            continue
        found = files.digest(path)
        if found is None and not os.path.lexists(folder / path):
            continue
        written = _digest_of(path, folder, manifest, fold_ours)
        if written is None:
            if path in site and found != site[path]:
                yield path, "is in the way: the build did not write it", _MOVE
        elif found is None or (written and found != written and site.get(path) != found):
            yield (
                path,
                "was changed after the build wrote it, and the next one would undo that",
                "make the change in the sources, then delete this file; or build into another folder with --output",
            )


def _digest_of(path: str, folder: Path, manifest: Manifest, fold_ours: Callable[[], Mapping[str, str]]) -> str | None:
    """The checksum of what the build wrote as `path`; None if it did not.

    Where a disk does not tell capital letters apart, the file may stand there, and in the list, in other letters.
    """
    if path in manifest.files:
        return manifest.files[path]
    other = fold_ours().get(_fold(path))
    if other and (folder / other).exists() and (folder / path).samefile(folder / other):
        return manifest.files[other]
    return None


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
