"""Keep the notes by which the files of an output folder are known again, between the cache and `storymap build`."""

from __future__ import annotations

from pathlib import Path

from storymap.building.records import Record
from storymap.building.runner import Runner
from storymap.errors import Report


def find_notes(folder: Path, runner: Runner) -> bytes:
    """The notes that the last build left of `folder`; empty where there are none."""
    record = runner.cache.look(_name(folder, runner))
    return (runner.cache.read(record) if record else None) or b""


def keep_notes(folder: Path, notes: bytes, runner: Runner) -> None:
    """Keep notes of `folder` for the next build; empty ones say that those that are kept still hold."""
    if notes:
        runner.cache.put(_name(folder, runner), Record.of(notes, Report()), notes)


def _name(folder: Path, runner: Runner) -> str:
    return runner.digest("files of the output", folder.absolute())
