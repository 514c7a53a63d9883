"""Find where each key stands in a TOML file: parsers of TOML do not say it, and a mistake is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from storymap.errors import Location

_NAME = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
_DOTTED = rf"(?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*"
_HEADER = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")


class TomlKeys(Struct, frozen=True):
    """Where the keys of a TOML file stand: its `path`, its `lines`, and the `table` that settings are in."""

    path: str
    lines: tuple[str, ...]
    table: tuple[str, ...]

    def find(self, *names: str) -> Location:
        """Where the setting with these nested names is written, or the table around it, or else the file."""
        for length in range(len(names), 0, -1):
            wanted = (*self.table, *names[:length])
            for number, line, keys in self._walk():
                if tuple(name for name, _, _ in keys) == wanted:
                    _, start, end = keys[-1]
                    return self._refine(Location(self.path, number, start + 1, end - start, line), names[length:])
        return Location(self.path)

    def _walk(self) -> Iterator[tuple[int, str, list[tuple[str, int, int]]]]:
        """Each header and each key of the file: line number, line, and its nested names with where each stands."""
        header: list[tuple[str, int, int]] = []
        for number, line in enumerate(self.lines, 1):
            if found := _HEADER.match(line):
                header = _split_key(line, found.start(1), found.end(1))
                yield number, line, header
            elif found := _ASSIGNMENT.match(line):
                yield number, line, header + _split_key(line, found.start(1), found.end(1))

    def _refine(self, at: Location, names: tuple[str, ...]) -> Location:
        """`at`, or where the next of `names` is written later on its line, as in `checks = { missing-alt = "off" }`."""
        if not names:
            return at
        found = re.compile(rf"""[{{,]\s*["']?({re.escape(names[0])})["']?\s*=""").search(at.excerpt, at.column)
        return replace(at, column=found.start(1) + 1, length=len(names[0])) if found else at


def _split_key(line: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The names of the dotted key in `line[start:end]`, without quotes, each with where it starts and ends."""
    found = re.compile(_NAME).finditer(line, start, end)
    quotes = [(name, 1 if name[0][0] in "\"'" else 0) for name in found]
    return [(name[0][quote : len(name[0]) - quote], name.start() + quote, name.end() - quote) for name, quote in quotes]
