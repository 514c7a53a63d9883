"""Look for a name in the files of `geo/` whose places it is not among, so that a story that goes there learns why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from storymap.errors import Problem
from storymap.geodata.features import LARGEST_FILE

_SHORT_NAME = 3
"""Letters of a name that may stand anywhere in a file by chance."""

_BEGINNING = 500
"""Characters in which a file of OpenStreetMap shows that it is one: in it the name of a town is that of many things."""

_ENCODINGS = ("utf-8", "windows-1250", "windows-1251", "windows-1252")
"""Those in which spreadsheets save where people write with more than the letters of English."""

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
"""A character as JSON writes it."""


class UnreadFile(Struct, frozen=True):
    """A file of `geo/` that names may stand in all the same: what is wrong, as it was told, its text in small letters.

    It could not be read, or if it `is_read`, has features without a name.
    """

    problem: Problem
    text: str
    is_read: bool = False

    def may_hold(self, name: str) -> bool:
        """Whether `name` stands in the file as a value of its own; in a file of bytes, at all."""
        folded = name.casefold()
        if folded not in self.text:
            return False
        if "<osm" in self.text[:_BEGINNING]:
            return bool(re.search(rf"k=[\"'](?:\w+_)?name(?::\w+)?[\"'] v=[\"']{re.escape(folded)}[\"']", self.text))
        if "\0" in self.text:
            return len(folded) > _SHORT_NAME
        return bool(re.search(rf"(?:^|[\"'>,;\t\n])[ \r]*{re.escape(folded)}[ \r]*(?:[\"'<,;\t\n]|$)", self.text))


def list_unread(problems: Iterable[Problem], root: Path, *, is_read: bool = False) -> Iterator[UnreadFile]:
    """The files of the project in `root` that have `problems`, by path, each with its first one."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.at.path, problem)
    for path, problem in sorted(first.items()):
        yield UnreadFile(problem, _skim(root / path, root), is_read)


def _skim(file: Path, root: Path) -> str:
    """What can be read of a file that cannot be used, in small letters; nothing of one that leads out of `root`."""
    try:
        if not (file.resolve().is_relative_to(root.resolve()) and file.is_file()):
            return ""
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE)
    except (OSError, RuntimeError):  # it may not be read, or is a link in a circle: which is what is wrong with it
        return ""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), _decode(data)).casefold()


def _decode(data: bytes) -> str:
    """The text of a file as it is in UTF-8, or else as it is in each of the encodings that it may be in."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "\n".join(data.decode(encoding, "replace") for encoding in _ENCODINGS)
