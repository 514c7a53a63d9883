"""What surrounds a place: the building that it stands in, and the names of that, of the square and of the street."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely

from storymap.basemap.arcs import pack_arcs
from storymap.figures import FIGURES
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.model.streets import Surroundings
from storymap.streets.baking.generalising import project_shapes
from storymap.streets.baking.naming import choose_name
from storymap.streets.features import StreetFeature

_STREETS = frozenset({"major", "main", "collector", "minor", "service", "path", "steps"})
_SQUARES = frozenset({"square", "plaza"})

_BESIDE = 0.08
"""Kilometres within which a street or a square is beside a place."""


def find_surroundings(
    features: Sequence[StreetFeature], spots: Iterable[LonLat], bounds: Bounds, lang: str
) -> Iterator[Surroundings]:
    """What surrounds each of `spots` that lies in `bounds`, where there is anything to say of it."""
    within = [spot for spot in spots if bounds.contains(spot)]
    if not within or not features:
        return
    tree = shapely.STRtree([feature.shape for feature in features])
    for spot in within:
        near = _find_near(features, tree, spot)
        building = _find_building(near, spot)
        named = (building, _find_nearest(near, spot, _SQUARES), _find_nearest(near, spot, _STREETS))
        names = dict.fromkeys(
            choose_name(feature.names, lang, is_sign=feature.kind in _STREETS) for feature in named if feature
        )
        names.pop("", None)
        if building or names:
            unit_zoom = LOOK.streets.scales[-1].unit_zoom
            arcs = _pack(building, unit_zoom) if building else ""
            yield Surroundings((spot.lon, spot.lat), unit_zoom, arcs, tuple(names))


def _find_near(features: Sequence[StreetFeature], tree: shapely.STRtree, spot: LonLat) -> list[StreetFeature]:
    """Those within reach of a place, in their order."""
    up = _BESIDE / FIGURES.plane.degree
    aside = up / max(0.01, math.cos(math.radians(spot.lat)))
    box = shapely.box(spot.lon - aside, spot.lat - up, spot.lon + aside, spot.lat + up)
    return [features[number] for number in np.sort(tree.query(box, predicate="intersects"))]


def _find_building(near: Iterable[StreetFeature], spot: LonLat) -> StreetFeature | None:
    """The building that a place stands in: of several the smallest, of which it is a part."""
    point = shapely.Point(spot)
    found = [feature for feature in near if feature.kind == "building" and feature.shape.intersects(point)]
    return min(found, key=lambda feature: feature.shape.area, default=None)


def _find_nearest(near: Iterable[StreetFeature], spot: LonLat, kinds: frozenset[str]) -> StreetFeature | None:
    point = shapely.Point(spot)
    found = [feature for feature in near if feature.kind in kinds and feature.names]
    return min(found, key=lambda feature: feature.shape.distance(point), default=None)


def _pack(building: StreetFeature, unit_zoom: int) -> str:
    (shape,) = project_shapes([building.shape], unit_zoom)
    return pack_arcs(
        [
            [(round(x), round(y)) for x, y in ring.coords[:-1]]
            for part in shapely.get_parts(shape)
            for ring in shapely.get_rings(part)
        ]
    )
