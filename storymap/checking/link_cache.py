"""Remember what outside links answered, so that a check after each edit does not ask every server again.

A JSON file in the user's cache folder. Good answers are kept for a week, others for an hour. A cache that cannot be
read or written is no mistake: the links are then asked again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storymap.checking.external import Answer, State
from storymap.replacing import replace_file

KEEP_GOOD = 7 * 24 * 3600
"""Seconds for which a good answer is believed."""

KEEP_BAD = 3600
"""Seconds for which any other answer is believed: long enough to mend a story, short enough for a server to return."""

_MOST_BYTES = 20_000_000
_VERSION = 1


def find_cache() -> Path:
    """The cache file of this user."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("storymap", appauthor=False)) / "links.json"


def recall_answers(file: Path, *, now: float) -> dict[str, Answer]:
    """The answers in `file` that are still to be believed at `now`, in seconds since 1970."""
    return {address: answer for address, (_, answer) in _read(file, now=now).items()}


def remember_answers(file: Path, answers: Mapping[str, Answer], *, now: float) -> None:
    """Add `answers`, given at `now`, to `file`, and drop what is too old. The file is replaced in one step."""
    kept = _read(file, now=now) | {address: (now, answer) for address, answer in answers.items()}
    data = {
        "version": _VERSION,
        "answers": {
            address: {
                "at": at,
                "state": answer.state,
                "reason": answer.reason,
                "moved_to": answer.moved_to,
                "status": answer.status,
            }
            for address, (at, answer) in sorted(kept.items())
        },
    }
    with contextlib.suppress(OSError):
        replace_file(file, json.dumps(data, indent=1).encode())


def _read(file: Path, *, now: float) -> dict[str, tuple[float, Answer]]:
    """The believable answers in `file`, each with when it was given; none from a file that is damaged or not ours."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return {}
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != _VERSION or not isinstance(data.get("answers"), dict):
        return {}
    read = {address: _read_entry(entry) for address, entry in data["answers"].items()}
    return {
        address: entry
        for address, entry in read.items()
        if entry is not None and 0 <= now - entry[0] < (KEEP_GOOD if entry[1].good else KEEP_BAD)
    }


def _read_entry(entry: Any) -> tuple[float, Answer] | None:
    match entry:
        case {
            "at": float() | int() as at,
            "state": str(state),
            "reason": str(reason),
            "moved_to": str(moved_to),
            "status": int(status),
        } if state in list(State):
            return float(at), Answer(State(state), reason, moved_to, status)
        case _:
            return None
