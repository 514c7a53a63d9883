"""Align rows of text for a terminal, wide characters and combining marks included."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from storymap.errors import printable


def align_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """`rows` as lines, their columns two spaces apart; nothing in them can act on the terminal."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(_count_cells, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(cell + " " * (width - _count_cells(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def _count_cells(text: str) -> int:
    """Terminal cells that `text` takes: two for wide East Asian characters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
