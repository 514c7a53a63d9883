"""Bytes that are no text are told by line and column, in any encoding."""

from __future__ import annotations

import pytest

from storymap.text.decoding import UndecodableError, decode


@pytest.mark.parametrize(
    ("data", "encoding", "message", "line", "column", "excerpt"),
    [
        (b"\xef\xbb\xbfPlze\xf2\n", "utf-8", "byte 0xF2 is not UTF-8", 1, 5, "Plze\ufffd"),
        (b"a\r\nb\rc\xff", "utf-8", "byte 0xFF is not UTF-8", 3, 2, "c\ufffd"),
        (b"a\n\x81", "windows-1252", "byte 0x81 is not WINDOWS-1252", 2, 1, "\ufffd"),
        ("é\nab".encode("utf-16")[:-1], "utf-16", "byte 0x62 is not UTF-16", 2, 2, "a\ufffd"),
        (b"x" * 60_000 + b"\xff", "utf-8", "byte 0xFF is not UTF-8", 1, 60_001, ""),
    ],
)
def test_the_first_bad_byte_is_told(
    data: bytes, encoding: str, message: str, line: int, column: int, excerpt: str
) -> None:
    with pytest.raises(UndecodableError, match=message) as caught:
        decode(data, "geo/a.csv", encoding=encoding)
    at = caught.value.at
    assert (at.path, at.line, at.column, at.excerpt) == ("geo/a.csv", line, column, excerpt)


def test_text_comes_back_with_its_line_ends() -> None:
    assert decode("\ufeffa\r\nž".encode(), "a") == "\ufeffa\r\nž"
