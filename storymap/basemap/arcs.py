"""Arcs as text: how geometry is kept in the package and sent to the browser (`browser/src/basemap/arcs.ts`).

A number is written in base 45, lowest digit first, `ALPHABET[digit]` for the last digit and `ALPHABET[45 + digit]` for
one that another follows; the sign goes into the lowest bit (0, -1, 1, -2 … are 0, 1, 2, 3 …). A point is the way from
the point before, `x` then `y`; the first point of an arc is measured from the last one of the arc before, that of the
first arc from the corner of the map. Arcs are separated by spaces. Small numbers take one character, so an arc takes
two to three bytes a point, and its text passes through JSON and HTML unescaped.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALPHABET = "".join(chr(code) for code in (33, *range(35, 127)) if chr(code) not in "&<\\")
BASE = 45

Points = NDArray[np.int64]

_SPACE = -1


def pack_arcs(arcs: Sequence[Sequence[tuple[int, int]]]) -> str:
    """`arcs` as text; each has at least one point."""
    packed, at = [], (0, 0)
    for arc in arcs:
        letters: list[str] = []
        for point in arc:
            letters.append(_pack(point[0] - at[0]) + _pack(point[1] - at[1]))
            at = point
        packed.append("".join(letters))
    return " ".join(packed)


def unpack_arcs(text: str) -> list[Points]:
    """The arcs that `pack_arcs` wrote, arrays of shape (n, 2)."""
    if not text:
        return []
    digits = _digit_table()[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    spaces = digits == _SPACE
    letters = digits[~spaces]
    last = letters < BASE
    # Where in its number each letter stands: its distance from the letter after the last end of a number.
    ends = np.flatnonzero(last)
    starts = np.concatenate([[0], ends[:-1] + 1])
    places = np.arange(len(letters)) - np.repeat(starts, ends - starts + 1)
    values = np.add.reduceat(np.where(last, letters, letters - BASE) * BASE**places, starts)
    points = np.cumsum(np.where(values % 2, -(values + 1) // 2, values // 2).reshape(-1, 2), axis=0)
    # Points before each space: half of the numbers that have ended by then.
    cuts = np.cumsum(~spaces & (digits < BASE))[spaces] // 2
    return np.split(points, cuts)


def _pack(value: int) -> str:
    rest = 2 * value if value >= 0 else -2 * value - 1
    letters = ""
    while rest >= BASE:
        rest, digit = divmod(rest, BASE)
        letters += ALPHABET[BASE + digit]
    return letters + ALPHABET[rest]


def _digit_table() -> Points:
    table = np.full(256, _SPACE, dtype=np.int64)
    table[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
    return table
