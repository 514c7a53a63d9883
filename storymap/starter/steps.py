"""The steps of a new story that is made from photographs and tracks: what each says, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from storymap.starter.quoting import quote_yaml

_PLAIN = re.compile(r"\w[\w./-]*(?: [\w./-]+)*")
"""File names that mean the same to YAML without quotation marks."""

_UNSAFE_IN_ADDRESS = re.compile(r"[\s()<>\[\]%#?\\\"'*`|\x00-\x1f]")
_MARKUP = re.compile(r"([\\`*_\[\]]|#$)")


class Leg(Struct, frozen=True):
    """The way that a step goes: a file of tracks and which of its stages, from 1; 0 for a file that has only one."""

    file: Path
    number: int


class NewStep(Struct, frozen=True):
    """A step to be written.

    `begins` is the local time that it begins at, as ISO 8601 writes it, or empty: steps stand in that order. `place` is
    the photograph that it is placed by, `date` what is written of its date, empty where a photograph says it.
    """

    title: str
    begins: str = ""
    place: Path | None = None
    leg: Leg | None = None
    date: str = ""
    pictures: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it names."""
        return (*self.pictures, *((self.leg.file,) if self.leg else ()))


def order_steps(steps: Iterable[NewStep]) -> tuple[NewStep, ...]:
    """`steps` in the order of time; those without a time as they come, after the others."""
    return tuple(sorted(steps, key=lambda step: (not step.begins, step.begins)))


class StoryFiles(Struct, frozen=True):
    """The files of a new story: how it names each, and which have to be copied into a folder of its own."""

    paths: Mapping[Path, str]
    copied: tuple[Path, ...]


def settle_files(steps: Iterable[NewStep], stories: Path, slug: str) -> StoryFiles:
    """The files of `steps` as the story `slug` in the folder `stories` names them: as they stand there, or copied."""
    paths: dict[Path, str] = {}
    copied: list[Path] = []
    for file in dict.fromkeys(file for step in steps for file in step.files):
        if file.resolve().is_relative_to(stories.resolve()):
            paths[file] = file.resolve().relative_to(stories.resolve()).as_posix()
        else:
            paths[file] = f"{slug}/{file.name}"
            copied.append(file)
    return StoryFiles(paths, tuple(copied))


def write_steps(steps: Iterable[NewStep], paths: Mapping[Path, str]) -> str:
    """`steps` as a story has them, a blank line before each; `paths` are their files as seen from the stories."""
    seen: dict[str, int] = {}
    return "".join(f"\n{_write_step(step, paths, seen)}" for step in steps)


def _write_step(step: NewStep, paths: Mapping[Path, str], seen: dict[str, int]) -> str:
    """One step; `seen` counts the titles before it, so that no two are the same."""
    seen[step.title] = seen.get(step.title, 0) + 1
    title = _MARKUP.sub(r"\\\1", step.title).replace("<", "&lt;").replace("{", "&#123;")
    number = f" ({seen[step.title]})" if seen[step.title] > 1 else ""
    fields = "".join(f"{line}\n" for line in _list_fields(step, paths))
    pictures = "".join(f"\n![]({_write_address(paths[picture])})\n" for picture in step.pictures)
    return f"## {title}{number}\n{fields}{pictures}"


def _list_fields(step: NewStep, paths: Mapping[Path, str]) -> Iterator[str]:
    if step.place:
        yield f"place: {_write_name(paths[step.place])}"
    if step.leg:
        name = _write_name(paths[step.leg.file])
        yield f"track: {{file: {name}, leg: {step.leg.number}}}" if step.leg.number else f"track: {name}"
    if step.date:
        yield f"date: {step.date}"


def _write_name(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote_yaml(path)


def _write_address(path: str) -> str:
    """`path` as the address of a picture in Markdown."""
    return _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0]), path)
