"""How much a page carries of streets for each of its views: where that is too much they are drawn more coarsely."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable

from storymap.earth.extent import Extent
from storymap.look import LOOK
from storymap.model.scene import View
from storymap.model.streets import StreetCell, Streets, StreetScale
from storymap.streets.baking.extents import list_extents

BUDGET = 40_000
"""Bytes, compressed, of the streets of a view: a page with one such step loads at once where networks are slow."""


def weigh_view(streets: Streets, view: View) -> int:
    """Bytes, compressed, of what a page carries for `view`: of cells that others fill, too, by its share of them."""
    wanted = dict(zip((look.min_zoom for look in LOOK.streets.scales), list_extents([view]), strict=True))
    return round(sum(_weigh_scale(streets, scale, wanted[scale.min_zoom]) for scale in streets.scales))


def _weigh_scale(streets: Streets, scale: StreetScale, extents: Iterable[Extent]) -> float:
    shares = [(cell, min(1.0, sum(_share(scale, cell, extent) for extent in extents))) for cell in scale.cells]
    met = [(cell, share) for cell, share in shares if share]
    if not met:
        return 0.0
    numbers = {name for cell, _ in met for part in cell.parts for name in part.names}
    named = [streets.names[number] for number in sorted(numbers - {-1})]
    text = json.dumps([[cell for cell, _ in met], named], ensure_ascii=False, separators=(",", ":"))
    # Where a cell is full of arcs their number, and not its area, says how much it is.
    whole = sum(len(cell.arcs) for cell, _ in met)
    part = sum(len(cell.arcs) * share for cell, share in met)
    return len(gzip.compress(text.encode(), compresslevel=6, mtime=0)) * (part / whole if whole else 1.0)


def _share(scale: StreetScale, cell: StreetCell, extent: Extent) -> float:
    """How much of a cell an extent covers, from 0 to 1."""
    units, size = 1 << scale.unit_zoom, scale.cell_size
    left, top, right, bottom = cell.box
    west, east = (cell.x * size + left) / units, (cell.x * size + right) / units
    north, south = (cell.y * size + top) / units, (cell.y * size + bottom) / units
    across = max(min(east, extent.east - turn) - max(west, extent.west - turn) for turn in (0, 1))
    down = min(south, extent.south) - max(north, extent.north)
    area = (east - west) * (south - north)
    return max(0.0, across) * max(0.0, down) / area if area else 0.0
