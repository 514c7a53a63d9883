"""Take the rows of a GeoDataFrame as `Feature`s: of one that was read from a file, or that a program made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storymap.earth.flaws import Flaw
from storymap.errors import Location
from storymap.geodata.features import WGS84, Feature

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_NO_GEOMETRY = Flaw("no-geometry", "it has no geometry, so it is nowhere", "draw it, or delete it")


def list_rows(frame: GeoDataFrame, at: Location) -> Iterator[Feature]:
    """The features of a frame, in its own reference system; without one, they are taken to be in degrees."""
    import shapely

    crs = WGS84 if frame.crs is None else frame.crs.to_string()
    names = [str(name) for name in frame.columns if name != frame.geometry.name]
    values = frame.drop(columns=frame.geometry.name).astype(object)
    rows = values.where(values.notna(), None).itertuples(index=False, name=None)
    for number, (shape, row) in enumerate(zip(frame.geometry, rows, strict=True), start=1):
        lost = _NO_GEOMETRY if not shape else None
        flat = shapely.Point() if lost else shapely.force_2d(shape)
        properties = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield Feature(flat, properties, at, at, f"feature {number}", crs=crs, lost=lost)
