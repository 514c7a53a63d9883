"""Titles in lines: as large as they fit, balanced, and cut where nothing else helps."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from storymap.outputs.title_lines import ELLIPSIS, cut_line, set_title

SIZES = ((60.0, 1), (40.0, 2))


def measure(text: str) -> float:
    """Letters half as wide as they are high; those of Chinese as wide."""
    return sum(1.0 if "\u2e80" <= letter <= "\uffef" else 0.5 for letter in text)


def lay(text: str, width: float = 400) -> tuple[tuple[str, ...], float]:
    found = set_title(text, width=width, sizes=SIZES, measure=measure)
    return found.lines, found.size


@pytest.mark.parametrize(
    ("text", "lines", "size"),
    [
        ("War", ("War",), 60),
        ("  War \n and  peace ", ("War and peace",), 60),
        ("A declaration by telephone", ("A declaration", "by telephone"), 40),
        ("one two three four five six seven eight nine", ("one two three four", "five six seven" + ELLIPSIS), 40),
        ("abcdefghijklmnopqrstuvwxyz", ("abcdefghijklm", "nopqrstuvwxyz"), 40),
        ("一通电话里的声明，布拉格", ("一通电话里的", "声明，布拉格"), 40),
    ],
)
def test_titles_are_broken_where_a_reader_would(text: str, lines: tuple[str, ...], size: float) -> None:
    assert lay(text) == (lines, size)


def test_no_line_begins_with_what_ends_a_phrase() -> None:
    lines, _ = lay("一通电话里的声明来自布。拉格", 280)
    assert not any(line.startswith("。") for line in lines)


@given(st.text(max_size=300), st.floats(60, 900))
def test_no_line_is_wider_than_the_room_there_is(text: str, width: float) -> None:
    lines, size = lay(text, width)
    assert len(lines) <= 2
    assert all(measure(line) * size <= width + 1e-6 for line in lines)


def test_a_line_is_cut_at_its_end_and_not_within_a_letter() -> None:
    assert cut_line("short", width=20, measure=measure) == "short"
    assert cut_line("one, two, three", width=3, measure=measure) == "one" + ELLIPSIS
    accents = "\u0301\u0302\u0303"
    assert cut_line(f"aaaaaa{accents}bbbb", width=4.5, measure=measure) == "aaaaa" + ELLIPSIS
