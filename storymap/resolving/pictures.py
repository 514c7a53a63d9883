"""The pictures of a story: found beside it, inside the project, in the case it was written, and measured.

A picture's width and height go into the page, so that text does not move when it loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from storymap.errors import Location, Report
from storymap.project import Project
from storymap.reading.source import WrittenPicture

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
"""File endings that browsers show as pictures."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file: `path` relative to the stories folder, size in pixels, 0 where it cannot be read."""

    path: str
    width: int
    height: int


def find_pictures(pictures: Sequence[WrittenPicture], *, project: Project, report: Report) -> dict[str, Picture]:
    """The file of each picture, by its path as written; what is missing or not allowed is reported and left out."""
    found: dict[str, Picture] = {}
    for written in pictures:
        if written.path in found:
            continue
        picture = _find(written.path, written.at, project, report)
        if picture:
            found[written.path] = picture
    return found


def _find(written: str, at: Location, project: Project, report: Report) -> Picture | None:
    folder = project.stories_folder.resolve()
    path = PurePosixPath(unquote(written.partition("?")[0].partition("#")[0]))
    file = folder / path
    if path.is_absolute() or "\\" in written or ".." in path.parts or not file.resolve().is_relative_to(folder):
        report.error(
            "outside-project", f'"{written}" leads out of the stories folder', at, help="copy the picture beside the story"
        )
        return None
    if path.suffix.lower() not in PICTURE_SUFFIXES:
        known = ", ".join(sorted(PICTURE_SUFFIXES))
        report.error("not-a-picture", f'"{written}" is not a kind of picture that browsers show', at, help=f"use {known}")
        return None
    true_name = _true_name(folder, path)
    if true_name is None:
        report.error("missing-picture", f'no picture "{written}"', at, help=_suggest(folder, path))
        return None
    if true_name != path.as_posix():
        report.error(
            "picture-case",
            f'the picture "{written}" is spelled "{true_name}" on disk',
            at,
            help=f'write "{true_name}": most web servers tell capital letters apart',
        )
        return None
    width, height = _measure(file)
    return Picture(true_name, width, height)


def _true_name(folder: Path, path: PurePosixPath) -> str | None:
    """The path of the file as it is spelled on disk, ignoring case; None if there is no such file."""
    true = PurePosixPath()
    for part in path.parts:
        here = folder / true
        names = sorted(entry.name for entry in here.iterdir()) if here.is_dir() else []
        match = part if part in names else next((name for name in names if name.lower() == part.lower()), None)
        if match is None:
            return None
        true /= match
    return true.as_posix() if (folder / true).is_file() else None


def _suggest(folder: Path, path: PurePosixPath) -> str:
    from rapidfuzz import process

    files = sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.suffix.lower() in PICTURE_SUFFIXES and file.is_file()
    )
    best = process.extractOne(path.as_posix(), files, score_cutoff=60)
    return f'did you mean "{best[0]}"?' if best else f'put the file at "stories/{path}"'


def _measure(file: Path) -> tuple[int, int]:
    import imagesize

    width, height = imagesize.get(file)
    return (int(width), int(height)) if width > 0 and height > 0 else (0, 0)
