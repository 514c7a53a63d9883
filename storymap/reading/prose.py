"""From the Markdown of a story's parts to safe HTML: conversion and sanitising as one step, with its limits.

Ordinary text is converted at once. Text of a suspicious shape (`shapes.py`) is converted in a process of its own,
which can be stopped: Python-Markdown takes minutes over 10,000 open brackets, and no check beforehand catches every
such text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from storymap.reading.losses import Loss
from storymap.reading.markdown import MarkdownPart, convert_markdown
from storymap.reading.sanitise import Cleaned, Title, sanitise_body, sanitise_title

TIME_LIMIT = 7.0
"""Seconds that text of a suspicious shape may take; an ordinary story of a megabyte takes two."""

MEMORY_LIMIT = 1024 * 1024 * 1024
"""Bytes that such a conversion may take, where the system can hold it to that."""

_CHILD = "from storymap.reading.prose import convert_stdin; convert_stdin()"


class ProseError(Exception):
    """The text cannot be converted within the limits; the message says which, as a clause about the text."""


class StoryProse(Struct, frozen=True):
    """The safe HTML of a story: a title and a body for each part, and the footnotes of all."""

    titles: tuple[Title, ...]
    bodies: tuple[Cleaned, ...]
    notes: Cleaned
    unknown_notes: tuple[str, ...]
    unused_notes: tuple[str, ...]


def convert_prose(parts: Sequence[MarkdownPart]) -> StoryProse:
    """Convert the parts of one story here and now. Raises `ProseError` where they nest too deeply."""
    try:
        converted = convert_markdown(parts)
    except RecursionError as error:
        raise ProseError("is nested too deeply") from error
    except Exception as error:  # a library's own mistake, set off by this text: the author can work around it
        raise ProseError(f"cannot be converted ({type(error).__name__}: {error})") from error
    return StoryProse(
        tuple(sanitise_title(title) for title in converted.titles),
        tuple(sanitise_body(body) for body in converted.bodies),
        sanitise_body(converted.notes),
        converted.unknown_notes,
        converted.unused_notes,
    )


def convert_prose_bounded(parts: Sequence[MarkdownPart], time_limit: float = TIME_LIMIT) -> StoryProse:
    """Convert the parts in a process of its own. Raises `ProseError` where it takes longer than `time_limit` seconds.

    A text that overflows the interpreter's stack, or takes all memory, ends that process and not this one.
    """
    # -P keeps the working directory, which is the author's, off the path; what this process imports is on it.
    package_root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*filter(None, sys.path), package_root])}
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD],
            env=environment,
            check=False,
            timeout=time_limit,
            input=json.dumps(to_builtins(parts)).encode(),
            capture_output=True,
        )
    except subprocess.TimeoutExpired as error:
        raise ProseError(f"takes longer than {time_limit:g} seconds to convert") from error
    except OSError as error:
        raise ProseError("can only be converted in a process of its own, and none can be started") from error
    if child.returncode:
        raise ProseError("is nested too deeply, takes too much memory, or makes the converter fail")
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise ProseError(answer["refused"])
    return StoryProse(
        tuple(map(_load_title, answer["titles"])),
        tuple(map(_load, answer["bodies"])),
        _load(answer["notes"]),
        tuple(answer["unknown_notes"]),
        tuple(answer["unused_notes"]),
    )


def convert_stdin() -> None:
    """The other process: parts as JSON on standard input, `StoryProse` as JSON on standard output."""
    try:
        import resource
    except ImportError:
        pass  # Windows has no such limit
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    parts = [MarkdownPart(**part) for part in json.load(sys.stdin.buffer)]
    try:
        answer = to_builtins(convert_prose(parts))
    except ProseError as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _load_title(title: dict[str, Any]) -> Title:
    """A `Title` from JSON."""
    return Title(**title | {"losses": _load_losses(title)})


def _load(cleaned: dict[str, Any]) -> Cleaned:
    """A `Cleaned` from JSON."""
    return Cleaned(cleaned["html"], _load_losses(cleaned))


def _load_losses(value: dict[str, Any]) -> tuple[Loss, ...]:
    return tuple(Loss(**loss) for loss in value["losses"])
