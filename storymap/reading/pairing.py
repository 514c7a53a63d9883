"""Pair the steps of an edition with those of its original: by their ids, and the others in order between those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct


class Uneven(Struct, frozen=True):
    """Steps that follow one another, and as many others of the original that they might be: not equally many.

    Both are numbers from 0.
    """

    own: tuple[int, ...]
    original: tuple[int, ...]


class Pairing(Struct, frozen=True):
    """For each step of an edition the number, from 0, of its step in the original; None for one that has none.

    `uneven` are the stretches of which nobody can say which step is which.
    """

    pairs: tuple[int | None, ...]
    uneven: tuple[Uneven, ...]


def pair_steps(own: Sequence[str], original: Sequence[str]) -> Pairing:
    """Which step of the original each step of an edition is.

    `own` are the ids that the edition's steps say, empty where they say none; `original` are those of all steps of the
    original. A step that says an id is the step of that id, or one that the original does not have. Those that say
    none are taken in order, between one that says its id and the next.
    """
    numbers = {name: number for number, name in enumerate(original)}
    pairs: list[int | None] = [None] * len(own)
    for number, name in enumerate(own):
        if name in numbers:
            pairs[number] = numbers.pop(name)
    left = set(numbers.values())
    uneven = []
    for silent, first, last in _list_stretches(own, pairs, len(original)):
        among = tuple(number for number in range(first, last) if number in left)
        if len(silent) == len(among):
            for number, meant in zip(silent, among, strict=True):
                pairs[number] = meant
            left.difference_update(among)
        elif among:
            uneven.append(Uneven(silent, among))
    return Pairing(tuple(pairs), tuple(uneven))


def _list_stretches(
    own: Sequence[str], pairs: Sequence[int | None], count: int
) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Steps without an id that no paired one parts, and the first step of the original that they may be, and an end."""
    silent: list[int] = []
    first = 0
    for number, name in enumerate(own):
        pair = pairs[number]
        if pair is not None:
            if silent:
                yield tuple(silent), first, pair
            silent, first = [], pair + 1
        elif not name:
            silent.append(number)
    if silent:
        yield tuple(silent), first, count
