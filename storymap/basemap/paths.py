"""Write geometry in whole units as SVG paths: shared by what is prepared for stills and by what they draw as it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Run = NDArray[np.int64]
"""Points in whole units, an array of shape (n, 2)."""

LINES = ("rivers", "regions", "borders")
"""The lines of the ground; coasts and shores are the outlines of its areas."""


def write_path(runs: Sequence[Run], *, closed: bool) -> str:
    """The path of rings or lines: relative throughout, begun from the origin, without points that repeat the last one.

    Rings of less than three points are left out, and lines of less than two.
    """
    parts: list[str] = []
    x, y = 0, 0
    for run in runs:
        steps = run[1:] - run[:-1]
        steps = steps[steps.any(axis=1)]
        if closed:
            steps = steps[:-1]  # a ring comes back by itself
        if len(steps) > closed:
            (left, top), (right, bottom) = run[0].tolist(), run[-1].tolist()
            parts.append(f"m{left - x} {top - y} {' '.join(map(str, steps.ravel().tolist()))}{'z' if closed else ''}")
            x, y = (left, top) if closed else (right, bottom)
    return "".join(parts).replace(" -", "-")
