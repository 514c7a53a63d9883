"""Geometry as numbers for the browser: points, boxes and shapes of the payload, rounded to what a screen can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapely.geometry import mapping

from storymap.basemap.arcs import pack_arcs
from storymap.earth.simplifying import simplify_shape
from storymap.model.place import Bounds, LonLat, Place

DECIMALS = 5
"""Decimal degrees that are kept: about a metre."""

LINE_DECIMALS = 3
_FINEST_ZOOM = 17.0
"""Beyond it a quarter of a pixel is less than the last of the `DECIMALS`."""

NEAR = 1.0
"""Degrees within which a line is written as finely as points, because a close view may show it."""


def write_point(point: LonLat) -> list[float]:
    """`[lon, lat]`."""
    return [round(point.lon, DECIMALS), round(point.lat, DECIMALS)]


def write_box(bounds: Bounds) -> list[float]:
    """`[west, south, east, north]`."""
    return [round(edge, DECIMALS) for edge in (bounds.west, bounds.south, bounds.east, bounds.north)]


def pack_parts(parts: Sequence[Sequence[LonLat]]) -> tuple[str, int]:
    """The runs of a line as arcs, and the decimals of a degree that they keep.

    They are fewer where the line is long: a hundred metres, because nothing stands on it.
    """
    digits = DECIMALS if all(_is_short(run) for run in parts) else LINE_DECIMALS
    unit = 10**digits
    return pack_arcs([[(round(x * unit), round(y * unit)) for x, y in run] for run in parts]), digits


def _is_short(run: Sequence[LonLat]) -> bool:
    lons, lats = zip(*run, strict=True)
    return bool(max(max(lons) - min(lons), max(lats) - min(lats)) < NEAR)


def has_shape(place: Place) -> bool:
    """Whether a place is a line or an area that is drawn: a country is not, because the basemap draws it."""
    return place.kind != "point" and place.origin != "country"


def write_shape(place: Place, zoom: float) -> dict[str, Any] | None:
    """The GeoJSON geometry of a line or an area that is drawn, as a map at `zoom` can show it; None for others."""
    if not has_shape(place):
        return None
    seen = simplify_shape(place.geometry, min(zoom, _FINEST_ZOOM))
    # Built-in outlines are no finer than lines are.
    shape: dict[str, Any] = round_numbers(mapping(seen), LINE_DECIMALS if place.origin == "region" else DECIMALS)
    return shape


def round_numbers(value: Any, decimals: int) -> Any:
    """`value` with every number rounded and every tuple a list, as JSON has it; a third coordinate is dropped."""
    if isinstance(value, dict):
        return {key: round_numbers(part, decimals) for key, part in value.items()}
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], int | float):
            return [round(float(number), decimals) for number in value[:2]]
        return [round_numbers(part, decimals) for part in value]
    return value
