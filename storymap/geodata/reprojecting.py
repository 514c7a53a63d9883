"""Bring the shapes of features into degrees, whatever reference system their files are in: with geopandas.

It is loaded only where a file is not in degrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from storymap.earth.flaws import Flaw
from storymap.geodata.features import WGS84, Feature


def bring_to_degrees(features: Iterable[Feature]) -> Iterator[Feature]:
    """`features` in WGS 84; one whose reference system leads nowhere is lost."""
    for crs, group in groupby(features, key=lambda feature: feature.crs):
        together = tuple(group)
        yield from together if crs == WGS84 else _reproject(together, crs)


def _reproject(features: Sequence[Feature], crs: str) -> Iterator[Feature]:
    """Features of one reference system in degrees. What lies outside the area of `crs` gets infinite coordinates."""
    import geopandas

    try:
        shapes = geopandas.GeoSeries([feature.geometry for feature in features], crs=crs).to_crs(WGS84)
    except Exception:  # PROJ knows many ways for a system to be damaged, local, or of another world
        named = re.search('"([^"]+)"', crs)
        system = named[1] if named else crs
        message = f'its reference system, "{system[:60]}", does not say where on the earth it is'
        flaw = Flaw("unknown-crs", message, "export the file in WGS 84 (EPSG:4326)")
        yield from (replace(feature, crs=WGS84, lost=feature.lost or flaw) for feature in features)
        return
    yield from (replace(one, geometry=shape, crs=WGS84) for one, shape in zip(features, shapes, strict=True))
