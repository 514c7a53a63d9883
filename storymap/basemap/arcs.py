"""Arcs as text: how geometry is kept in the package and sent to the browser (`browser/src/basemap/arcs.ts`).

A number is written in base 45, lowest digit first, `ALPHABET[digit]` for the last digit and `ALPHABET[45 + digit]` for
one that another follows; the sign goes into the lowest bit (0, -1, 1, -2 … are 0, 1, 2, 3 …). A point is the way from
the point before, `x` then `y`; the first point of an arc is measured from the last one of the arc before, that of the
first arc from the corner of the map. Arcs are separated by spaces. Small numbers take one character, so an arc takes
two to three bytes a point, and its text passes through JSON and HTML unescaped.

What is made of arcs refers to them by number, in the same letters: rings of arcs are separated by spaces, lines of one
arc each by nothing. A reference is `2 * d + r`, where `d` tells how far its number is from the one after the reference
before (0, -1, 1, -2 … are 0, 1, 2, 3 …; the first is counted from 0) and `r` is 1 for an arc taken backwards. Arcs are
kept in the order in which rings use them, so most references are one and the same letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.int64]

ALPHABET = "".join(chr(code) for code in (33, *range(35, 127)) if chr(code) not in "&<\\")
BASE = 45

_NUMBERS: tuple[str, ...] = (
    *ALPHABET[:BASE],
    *(low + high for high in ALPHABET[1:BASE] for low in ALPHABET[BASE : 2 * BASE]),
)
"""The numbers below `BASE * BASE` as they are written."""

_ENDLESS_PAIRS = tuple(low + high for high in ALPHABET[BASE : 2 * BASE] for low in ALPHABET[BASE : 2 * BASE])
"""Two digits that another follows, by their value."""

_SPACE = -1


def pack_arcs(arcs: Sequence[Sequence[tuple[int, int]]], *, start: tuple[int, int] = (0, 0)) -> str:
    """`arcs` as text; each has at least one point. The first point is measured from `start`."""
    packed = []
    left, top = start
    for arc in arcs:
        steps: list[int] = []
        for x, y in arc:
            steps += x - left, y - top
            left, top = x, y
        packed.append("".join(map(_pack_step, steps)))
    return " ".join(packed)


def unpack_arcs(text: str) -> list[Points]:
    """The arcs that `pack_arcs` wrote, arrays of shape (n, 2)."""
    import numpy as np

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


def pack_rings(rings: Iterable[Sequence[int]]) -> str:
    """Rings of arcs as text; a reference is the index of an arc, `~index` for an arc taken backwards."""
    packed, expected = [], 0
    for ring in rings:
        letters: list[str] = []
        for reference in ring:
            index = max(reference, ~reference)
            letters.append(_pack_digits(2 * _fold_sign(index - expected) + (reference < 0)))
            expected = index + 1
        packed.append("".join(letters))
    return " ".join(packed)


def pack_lines(references: Iterable[int]) -> str:
    """Lines of one arc each as text."""
    return pack_rings([list(references)])


def unpack_rings(text: str) -> list[list[int]]:
    """The rings that `pack_rings` wrote."""
    rings, expected = [], 0
    for packed in text.split(" ") if text else ():
        ring = []
        for number in _list_numbers(packed):
            away, backwards = divmod(number, 2)
            index = expected + (-(away + 1) // 2 if away % 2 else away // 2)
            ring.append(~index if backwards else index)
            expected = index + 1
        rings.append(ring)
    return rings


def unpack_lines(text: str) -> list[int]:
    """The lines that `pack_lines` wrote."""
    return unpack_rings(text)[0] if text else []


def _fold_sign(value: int) -> int:
    return 2 * value if value >= 0 else -2 * value - 1


@lru_cache(maxsize=65_536)
def _pack_step(step: int) -> str:
    return _pack_digits(_fold_sign(step))


def _pack_digits(number: int) -> str:
    letters = ""
    while number >= BASE * BASE:
        number, pair = divmod(number, BASE * BASE)
        letters += _ENDLESS_PAIRS[pair]
    return letters + _NUMBERS[number]


def _list_numbers(text: str) -> Iterator[int]:
    value, weight = 0, 1
    for letter in text:
        digit = ALPHABET.index(letter)
        value += digit % BASE * weight
        weight *= BASE
        if digit < BASE:
            yield value
            value, weight = 0, 1


@lru_cache(maxsize=1)
def _digit_table() -> Points:
    import numpy as np

    table = np.full(256, _SPACE, dtype=np.int64)
    table[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
    return table
