"""Text comes in strictly as UTF-8, and every mistake of encoding has a line and a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.errors import Report
from storymap.reading.text import MAX_FILE_BYTES, MAX_LINE_CHARACTERS, decode_text, read_text


def _problems(data: bytes) -> list[tuple[str, int, int]]:
    report = Report()
    decode_text(data, "stories/a.md", report)
    return [(problem.code, problem.at.line, problem.at.column) for problem in report.problems]


def test_byte_order_mark_is_dropped_and_newlines_are_normalised():
    source = decode_text(b"\xef\xbb\xbfa\r\nb\rc\n", "a.md", Report())
    assert source is not None
    assert source.text == "a\nb\nc\n"
    assert source.lines == ("a", "b", "c", "")


def test_unicode_line_separators_do_not_end_a_line():
    source = decode_text("a\u2028b\u2029c\x0bd".encode(), "a.md", Report())
    assert source is not None
    assert len(source.lines) == 1


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"ok\r\nPlze\xf2\n", 2, 5, "byte 0xF2 is not UTF-8"),
        ("Plzeň\n".encode()[:5], 1, 5, "ends in the middle"),
        (b"a\rb\xed\xa0\x80", 2, 2, "surrogate"),
        (b"\xc0\xaf", 1, 1, "overlong"),
        (b"\xe0\x80\xaf", 1, 1, "overlong"),
        ("# Plzeň".encode("utf-16"), 1, 1, "UTF-16"),
        ("žluťoučký\n".encode() + "kůň".encode("cp1250"), 2, 2, "not UTF-8"),
    ],
)
def test_first_bad_byte_is_told_by_line_and_column(data, line, column, words):
    report = Report()
    assert decode_text(data, "a.md", report) is None
    (problem,) = report.errors
    assert (problem.code, problem.at.line, problem.at.column) == ("not-utf-8", line, column)
    assert words in problem.message
    assert "UTF-8" in problem.help


def test_control_characters_are_reported_and_replaced():
    report = Report()
    source = decode_text(b"a\x00b\nc\x1ed\n", "a.md", report)
    assert source is not None
    assert source.lines[:2] == ("a\ufffdb", "c\ufffdd")
    assert [(problem.code, problem.at.line, problem.at.column) for problem in report.errors] == [
        ("control-character", 1, 2),
        ("control-character", 2, 2),
    ]
    assert report.errors[0].at.excerpt == "a\x00b"


def test_many_bad_lines_are_told_in_a_few_problems():
    assert len(_problems(b"\x01\n" * 1000)) == 5


def test_direction_overrides_are_warned_of_and_direction_marks_are_not():
    assert _problems("# \u200fעברית\n\u202eevil".encode()) == [("direction-override", 2, 1)]


def test_a_line_of_data_is_refused():
    assert _problems(b"a\n" + b"x" * (MAX_LINE_CHARACTERS + 1)) == [("line-too-long", 2, 0)]


def test_files_that_cannot_be_read_are_problems(tmp_path: Path):
    report = Report()
    large = tmp_path / "large.md"
    large.write_bytes(b"a\n" * MAX_FILE_BYTES)
    assert read_text(large, "stories/large.md", report) is None
    assert read_text(tmp_path / "absent.md", "stories/absent.md", report) is None
    assert read_text(tmp_path, "stories", report) is None
    assert [problem.code for problem in report.errors] == ["file-too-large", "unreadable-file", "unreadable-file"]


def test_at_points_into_the_line():
    source = decode_text(b"one\ntwo", "stories/a.md", Report())
    assert source is not None
    at = source.at(2, 3, 1)
    assert (str(at), at.excerpt) == ("stories/a.md:2:3", "two")
    assert source.at(99).excerpt == ""


def test_more_lines_than_a_book_has_are_refused():
    report = Report()
    assert decode_text(b"\n" * 50_000, "a.md", report) is None
    (problem,) = report.errors
    assert problem.code == "file-too-large"
    assert "50,001 lines" in problem.message
    assert decode_text(b"\n" * 49_999, "a.md", Report()) is not None
