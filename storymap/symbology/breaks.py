"""Where one class of numbers ends and the next begins: the schemes of thematic maps, with round numbers for the key.

A break belongs to the class above it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storymap.symbology.rounding import round_between

Scheme = Literal["quantiles", "equal", "natural"]
SLACK = 0.02
"""Share of the features that may come into the neighbouring class so that a break can be a round number."""

EQUAL_SLACK = 0.12
"""Share of the width of a class by which a break of equal classes may be moved for that."""

MOST_FOR_NATURAL = 2_000
"""Numbers of which the natural breaks are searched: the search takes time that grows with their square."""

_Numbers = NDArray[np.float64]


def find_breaks(numbers: Sequence[float], scheme: Scheme, count: int) -> tuple[float, ...]:
    """The breaks between at most `count` classes of `numbers`, rising; fewer where few numbers differ.

    `quantiles` have the same number of features each, `equal` the same width, and `natural` lie where there are gaps
    (Fisher, 1958; Jenks, 1977): within classes the sum of squared distances to their mean is the least.
    """
    ordered = np.sort(np.asarray(numbers, dtype=float))
    if count < 2 or ordered[0] == ordered[-1]:
        return ()
    if scheme == "equal":
        first, last = float(ordered[0]), float(ordered[-1])
        width = (last - first) / count
        wanted = [first + width * number for number in range(1, count)]
        rounded = [round_between(at - EQUAL_SLACK * width, at + EQUAL_SLACK * width, near=at) for at in wanted]
    else:
        ranks = _RANKS[scheme](ordered, count)
        rounded = [_round_at(ordered, rank) for rank in ranks]
    return tuple(sorted({at for at in rounded if ordered[0] < at <= ordered[-1]}))


def find_class(number: float, breaks: Sequence[float]) -> int:
    """The number of the class that `number` belongs to."""
    return sum(number >= at for at in breaks)


def _rank_quantiles(ordered: _Numbers, count: int) -> list[int]:
    return [math.ceil(len(ordered) * number / count) for number in range(1, count)]


def _rank_natural(ordered: _Numbers, count: int) -> list[int]:
    import jenkspy

    sample = ordered
    if len(sample) > MOST_FOR_NATURAL:
        sample = ordered[np.linspace(0, len(ordered) - 1, MOST_FOR_NATURAL).round().astype(int)]
    classes = min(count, len(np.unique(sample)))
    if classes < 2:
        return []
    # What it gives are the last numbers of the classes.
    lasts = jenkspy.jenks_breaks(sample, n_classes=classes)[1:-1]
    return [int(np.searchsorted(ordered, last, side="right")) for last in lasts]


_RANKS: Mapping[str, Callable[[_Numbers, int], list[int]]] = {"quantiles": _rank_quantiles, "natural": _rank_natural}
"""For each scheme, how many numbers lie under each break."""


def _round_at(ordered: _Numbers, rank: int) -> float:
    """A round number that parts the first `rank` of the numbers from the others, or nearly so."""
    spare = math.floor(len(ordered) * SLACK)
    last = len(ordered) - 1
    rank = min(max(rank, 1), last)
    upper = float(ordered[rank])
    lower = float(ordered[rank - 1])
    if lower == upper:  # equal numbers are never parted: the break comes before them, or after the lowest
        below = ordered[ordered < upper]
        if len(below):
            lower = float(below[-1])
        else:
            upper = float(ordered[ordered > lower][0])
    return round_between(
        min(lower, float(ordered[max(rank - 1 - spare, 0)])), max(upper, float(ordered[min(rank + spare, last)])),
        near=(lower + upper) / 2,
    )  # fmt: skip
