"""Number the one-degree cells of the earth, by which the built-in gazetteer finds what is near a point.

Imports nothing but the standard library, because the package build uses it to write the built-in gazetteer.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise


def cell_of(lon: float, lat: float) -> int:
    """The number of the one-degree cell around a point: rows of 360 from the south pole up, west to east."""
    return min(179, math.floor(lat) + 90) * 360 + (math.floor(lon) + 180) % 360


def list_cells_around(lon: float, lat: float, above: float, aside: float) -> list[int]:
    """The cells in which points lie within `above` degrees of latitude and `aside` of longitude of a point."""
    rows = range(max(-90, math.floor(lat - above)), min(89, math.floor(lat + above)) + 1)
    columns = range(math.floor(lon - aside), math.floor(lon + aside) + 1)
    return sorted({cell_of(column, row) for row in rows for column in columns})


def pack_ids(ids: Sequence[int]) -> bytes:
    """Rising numbers below 2^32 as the bytes of their steps: all lowest bytes, then all next ones, up to the highest.

    So they take two thirds of the room in a wheel that is packed.
    """
    steps = struct.pack(f"<{len(ids)}I", *(after - before for before, after in pairwise((0, *ids))))
    return b"".join(steps[place::4] for place in range(4))


def unpack_ids(packed: bytes) -> list[int]:
    """The numbers that `pack_ids` packed."""
    count = len(packed) // 4
    steps = bytearray(len(packed))
    for place in range(4):
        steps[place::4] = packed[place * count : (place + 1) * count]
    return list(accumulate(struct.unpack(f"<{count}I", steps)))
