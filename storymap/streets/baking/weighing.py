"""How much a page carries of streets for each of its views, and how coarsely they are drawn to keep that small."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence

from storymap.earth.extent import Extent
from storymap.look import LOOK
from storymap.model.scene import View
from storymap.model.streets import StreetCell, Streets, StreetScale
from storymap.streets.baking.extents import list_extents

BUDGET = 40_000
"""Bytes, compressed, of the streets of a view: a page with one such step loads at once where networks are slow."""


def weigh_view(streets: Streets, view: View) -> int:
    """Bytes, compressed, of all that a page carries for `view`."""
    wanted = dict(zip((look.min_zoom for look in LOOK.streets.scales), list_extents([view]), strict=True))
    parts: list[object] = [
        cell
        for scale in streets.scales
        for cell in scale.cells
        if any(_meets(scale, cell, extent) for extent in wanted.get(scale.min_zoom, ()))
    ]
    numbers = {name for part in parts if isinstance(part, StreetCell) for one in part.parts for name in one.names}
    named = [streets.names[number] for number in sorted(numbers - {-1})]
    labels = [label.text for label in streets.labels]
    text = json.dumps([parts, named, labels], ensure_ascii=False, separators=(",", ":"))
    return len(gzip.compress(text.encode(), compresslevel=6, mtime=0)) if parts else 0


def weigh_views(streets: Streets, views: Sequence[View]) -> tuple[int, ...]:
    """The same for each of `views`."""
    return tuple(weigh_view(streets, view) for view in views)


def _meets(scale: StreetScale, cell: StreetCell, extent: Extent) -> bool:
    units, size = 1 << scale.unit_zoom, scale.cell_size
    left, top, right, bottom = cell.box
    west, east = (cell.x * size + left) / units, (cell.x * size + right) / units
    north, south = (cell.y * size + top) / units, (cell.y * size + bottom) / units
    turns = (west < extent.east - turn and east > extent.west - turn for turn in (0, 1))
    return any(turns) and north < extent.south and south > extent.north
