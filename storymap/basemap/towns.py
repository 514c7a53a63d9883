"""Which town a place lies in: the one that a step is about, so that its name comes before all others.

`browser/src/labels/towns.ts` asks the same of the settlements that were baked; both are held to
`tests/cases/towns.json`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from storymap.basemap.basemap import Settlement
from storymap.basemap.extents import list_cells
from storymap.basemap.natural_earth import read_cell
from storymap.earth.distance import measure_near
from storymap.earth.extent import Extent
from storymap.earth.mercator import project_latitude, project_longitude, width_at
from storymap.figures import FIGURES
from storymap.model.place import LonLat

_REACHES = tuple(FIGURES.settlements.outskirts * radius for radius in FIGURES.settlements.built_radius)
"""Kilometres around a settlement that are of it, by its size."""


@lru_cache(maxsize=4096)
def find_town(at: LonLat) -> Settlement | None:
    """The most important settlement that a position lies in; None in the open country."""
    x, y = project_longitude(at.lon), project_latitude(at.lat)
    farthest = max(_REACHES) / width_at(at.lat)
    around = Extent(x - farthest, y - farthest, x + farthest, y + farthest)
    return pick_town(
        at,
        (
            town
            for scale, spec in enumerate(FIGURES.scales)
            for column, row, _ in list_cells(around, spec)
            if (cell := read_cell(scale, column, row))
            for town in cell.settlements
        ),
    )


def pick_town(at: LonLat, settlements: Iterable[Settlement]) -> Settlement | None:
    """The most important of `settlements` that a position lies in, its outskirts included."""
    found = (town for town in settlements if measure_near(at, (town.lon, town.lat)) <= _REACHES[town.size])
    return min(found, key=lambda town: town.rank, default=None)


def find_towns(places: Collection[LonLat]) -> frozenset[Settlement]:
    """The settlements that positions lie in."""
    return frozenset(town for at in places if (town := find_town(at)))
