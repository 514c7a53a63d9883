"""Read one text file strictly: the first stage of reading, from bytes on disk to lines that can be pointed at.

Every later stage tells a mistake through `TextSource.at`, so that lines and columns are counted in one place.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.text.decoding import UndecodableError, decode, normalise_newlines
from storymap.text.unwanted import DIRECTION_OVERRIDE, FORBIDDEN, tell_control, tell_override

MAX_FILE_BYTES = 2 * 1024 * 1024
"""A longer story is a mistake (a book has about 1 MiB)."""

MAX_LINE_CHARACTERS = 50_000
"""A longer line is no prose; it is what hostile input and pasted data look like."""

MAX_LINES = 50_000
"""More are a mistake, too (a book has about 20,000)."""

MAX_REPORTED_CHARACTERS = 5
"""How many bad characters of one file are told one by one."""

_SAVE_AS_UTF8 = 'save the file as UTF-8: most editors offer it under "Save with encoding"'


class Mended(Struct, frozen=True):
    """How a line that is read otherwise was `written`, and the column there of each character that is read.

    The last of `columns`, which count from 1, is that of the line's end.
    """

    written: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text file: `name` is its path relative to the project; `lines` is `text` cut at newlines, nothing else.

    `mended` has the lines, by their numbers from 1, that are read otherwise than they were written.
    """

    name: str
    text: str
    lines: tuple[str, ...]
    mended: Mapping[int, Mended] = field(default_factory=dict, compare=False)

    def at(self, line: int, column: int = 0, length: int = 1) -> Location:
        """The location of `length` characters from `line` and `column`, which count from 1 (0: all of it)."""
        if mended := self.mended.get(line):
            if column:
                last = len(mended.columns) - 1
                end = mended.columns[min(column - 1 + length, last)]
                column = mended.columns[min(column - 1, last)]
                length = max(1, end - column)
            return Location(self.name, line, column, length, mended.written)
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Location(self.name, line, column, length, excerpt)


def read_text(path: Path, name: str, report: Report) -> TextSource | None:
    """Read the UTF-8 file at `path`, called `name` in problems; None, with the reason in `report`, where it cannot be.

    A byte order mark is dropped; CRLF and a lone CR become a newline. Control characters are reported and replaced by
    U+FFFD, so that the rest of the file is still checked.
    """
    data = read_bytes(path, name, report)
    return None if data is None else decode_text(data, name, report)


def read_bytes(
    path: Path, name: str, report: Report, *, read: Callable[[Path], bytes] = Path.read_bytes
) -> bytes | None:
    """The bytes of the text file at `path`, through `read`; None, and a report, where it is missing or too large."""
    whole = Location(name)
    try:
        if not path.is_file():
            report.error(
                "unreadable-file", f'"{name}" is not a file', whole, "a story is a file: rename the folder, or move it"
            )
            return None
        if path.stat().st_size > MAX_FILE_BYTES:
            report.error(
                "file-too-large",
                f'"{name}" is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB',
                whole,
                "split the story into several files; pictures and data belong beside it, not in it",
            )
            return None
        return read(path)
    except OSError as error:
        report.error(
            "unreadable-file",
            f'cannot read "{name}": {error.strerror or error}',
            whole,
            "check that the file exists and that you may read it",
        )
        return None


def decode_text(data: bytes, name: str, report: Report) -> TextSource | None:
    """Turn the bytes of a file into a `TextSource`; None where they are not UTF-8, or are too many, or too long, lines.

    Otherwise as `read_text`.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        report.error("not-utf-8", "the file is UTF-16, not UTF-8", Location(name, 1, 1), _SAVE_AS_UTF8)
        return None
    try:
        text = decode(data.removeprefix(codecs.BOM_UTF8), name)
    except UndecodableError as error:
        report.error("not-utf-8", str(error), error.at, _SAVE_AS_UTF8)
        return None
    text = normalise_newlines(text)
    lines = tuple(text.split("\n"))
    if len(lines) > MAX_LINES:
        report.error(
            "file-too-large",
            f'"{name}" has {len(lines):,} lines; at most {MAX_LINES:,} are read',
            Location(name),
            "split the story into several files; data belongs into a file in geo/",
        )
        return None
    written = TextSource(name, text, lines)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE_CHARACTERS:
            report.error(
                "line-too-long",
                f"this line has {len(line):,} characters; at most {MAX_LINE_CHARACTERS:,} are read",
                written.at(number),
                "break the paragraph, or move data into a file in geo/",
            )
            return None
    _report_overrides(written, report)
    if not _report_controls(written, report):
        return written
    mended = FORBIDDEN.sub("\ufffd", text)
    return TextSource(name, mended, tuple(mended.split("\n")))


def _report_controls(written: TextSource, report: Report) -> bool:
    """Report the first control character of each line, for the first lines that hold one; whether there was any."""
    bad = _search_lines(FORBIDDEN, written)
    for number, match in bad[:MAX_REPORTED_CHARACTERS]:
        tell_control(match, written.at(number, match.start() + 1), report, more=_more(len(bad)))
    return bool(bad)


def _report_overrides(written: TextSource, report: Report) -> None:
    """Warn of characters that show text in another order than it is written, which hides what a line says."""
    bad = _search_lines(DIRECTION_OVERRIDE, written)
    for number, match in bad[:MAX_REPORTED_CHARACTERS]:
        tell_override(match, written.at(number, match.start() + 1), report)


def _search_lines(pattern: re.Pattern[str], written: TextSource) -> list[tuple[int, re.Match[str]]]:
    """The lines that hold `pattern`, by their numbers, each with its first match."""
    if not pattern.search(written.text):
        return []
    return [(number, found) for number, line in enumerate(written.lines, 1) if (found := pattern.search(line))]


def _more(count: int) -> str:
    return f"{count} lines have one; " if count > MAX_REPORTED_CHARACTERS else ""
