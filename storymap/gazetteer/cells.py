"""Number the one-degree cells of the earth, by which the built-in gazetteer finds what is near a point.

Imports nothing but the standard library, because the package build uses it to write the built-in gazetteer.
"""

from __future__ import annotations

import math


def cell_of(lon: float, lat: float) -> int:
    """The number of the one-degree cell around a point: rows of 360 from the south pole up, west to east."""
    return min(179, math.floor(lat) + 90) * 360 + (math.floor(lon) + 180) % 360


def list_cells_around(lon: float, lat: float, reach: int) -> list[int]:
    """The cells within `reach` degrees of latitude of a point, and as far in kilometres to the east and west."""
    cells: set[int] = set()
    for row in range(math.floor(lat) - reach, math.floor(lat) + reach + 1):
        if not -90 <= row < 90:
            continue
        narrowest = min(math.cos(math.radians(row)), math.cos(math.radians(row + 1)))
        columns = min(180, math.ceil(reach / max(narrowest, 1e-3)))
        cells.update(cell_of(math.floor(lon) + step, row) for step in range(-columns, columns + 1))
    return sorted(cells)
