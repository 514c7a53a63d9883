"""Turn the bytes of a file into text, and say where and why that cannot be done: for stories, settings and data.

What an author should do about it is for the stage to say that reads the file.
"""

from __future__ import annotations

from storymap.errors import Location

_LONGEST_EXCERPT = 50_000
"""Characters of a line that are worth showing: a longer one is data."""


class UndecodableError(ValueError):
    """Bytes that are no text: the message says why, `at` which line and column, `start` which byte."""

    def __init__(self, message: str, at: Location, start: int) -> None:
        self.at = at
        self.start = start
        super().__init__(message)


def decode(data: bytes, path: str, *, encoding: str = "utf-8") -> str:
    """The text of the file `path` in `encoding`, with its line ends and its byte order mark. Raises `UndecodableError`.

    An encoding that does not exist raises `LookupError`.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = normalise_newlines(data[: error.start].decode(encoding, "replace")).removeprefix("\ufeff")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        shown = normalise_newlines(data.decode(encoding, "replace")).removeprefix("\ufeff").split("\n")[line - 1]
        excerpt = shown if len(shown) <= _LONGEST_EXCERPT else ""
        at = Location(path, line, column, 1, excerpt)
        raise UndecodableError(_describe(data, encoding, error), at, error.start) from error


def is_utf8(data: bytes) -> bool:
    """Whether all of `data` is UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def normalise_newlines(text: str) -> str:
    """`text` with a newline for CRLF and for a CR that stands alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _describe(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """What is wrong with the bytes at the error, in a clause."""
    bad = data[error.start]
    following = data[error.start + 1] if error.start + 1 < len(data) else 0
    if error.reason == "unexpected end of data":
        return "the file ends in the middle of a character"
    if encoding == "utf-8" and bad == 0xED and 0xA0 <= following <= 0xBF:
        return "half of a surrogate pair, which UTF-8 does not allow"
    if encoding == "utf-8" and (bad in (0xC0, 0xC1) or (bad == 0xE0 and 0x80 <= following < 0xA0)):
        return f"byte 0x{bad:02X} begins an overlong form, which UTF-8 does not allow"
    return f"byte 0x{bad:02X} is not {encoding.upper()}"
