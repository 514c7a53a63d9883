"""What of a still is taken, so that no name is written on it: boxes, and small squares along lines."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storymap.drawing.boxes import Box


class Squares(NamedTuple):
    """The squares of a grid over a picture that are taken: the bits of `rows` that are 1.

    The grid begins at `left` and `top`, its squares are `side` pixels wide. A row is `length` bytes of `rows`, the
    lowest bit of the first byte its westernmost square.
    """

    left: float
    top: float
    side: float
    rows: bytes
    length: int

    def meet(self, box: Box) -> bool:
        """Whether the middle of one of them is in `box`."""
        left, top, right, bottom = box
        west, north, side, rows, length = self
        begin, end = max(0, int((top - north) / side + 0.5)), max(0, int((bottom - north) / side + 0.5))
        taken = int.from_bytes(rows[begin * length : end * length], "little")
        if not taken:
            return False
        first, last = max(0, int((left - west) / side + 0.5)), max(0, int((right - west) / side + 0.5))
        columns = (1 << min(last, 8 * length)) - (1 << min(first, 8 * length))
        return bool(taken & int.from_bytes(columns.to_bytes(length, "little") * (end - begin), "little"))


NOTHING_TAKEN = Squares(0.0, 0.0, 1.0, b"", 0)


def cover_squares(points: NDArray[np.float64], side: float, area: Box) -> Squares:
    """The squares of a grid over `area` whose middle is at most a `side` from one of `points`, east and south of it.

    `points` are an array of shape (n, 2), in pixels.
    """
    if not len(points):
        return NOTHING_TAKEN
    left, top, right, bottom = area
    height, width = math.ceil((bottom - top) / side), math.ceil((right - left) / side)
    # A frame two squares wide takes what is beyond the picture.
    grid = np.zeros((height + 4, width + 4), dtype=bool)
    corners = np.ceil((points - [left, top]) / side - 0.5).astype(np.int64) + 1
    columns, rows = np.minimum(np.maximum(corners, 0), [width + 2, height + 2]).T
    corner = rows * grid.shape[1] + columns
    # Two columns and two rows are as near.
    for step in (0, 1, grid.shape[1], grid.shape[1] + 1):
        grid.ravel()[corner + step] = True
    packed = np.packbits(grid[2:-2, 2:-2], axis=1, bitorder="little")
    return Squares(left, top, side, packed.tobytes(), packed.shape[1])


class Occupied:
    """Boxes that are taken, found by the bands from side to side that they lie in, and `squares`."""

    _BAND = 32.0
    """Pixels: a line of text or two."""

    def __init__(self, boxes: Iterable[Box], squares: Squares = NOTHING_TAKEN) -> None:
        self._bands: dict[int, list[Box]] = {}
        self._squares = squares
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take `box`."""
        for band in range(int(box.top // self._BAND), int(box.bottom // self._BAND) + 1):
            self._bands.setdefault(band, []).append(box)

    def cover(self, squares: Squares) -> None:
        """Take `squares`, instead of those before."""
        self._squares = squares

    def meets(self, box: Box) -> bool:
        """Whether `box` has an area in common with one that is taken, or holds a square's middle."""
        left, top, right, bottom = box
        for band in range(int(top // self._BAND), int(bottom // self._BAND) + 1):
            for west, north, east, south in self._bands.get(band, ()):
                if left < east and west < right and top < south and north < bottom:
                    return True
        return bool(self._squares.rows) and self._squares.meet(box)
