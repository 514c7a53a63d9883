"""What surrounds a place: the building that it stands in, and the names of that, of the square and of the street."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import shapely

from storymap.basemap.arcs import pack_arcs
from storymap.figures import FIGURES
from storymap.look import LOOK
from storymap.model.place import Bounds, LonLat
from storymap.model.streets import StreetLabel, Surroundings
from storymap.streets.baking.generalising import project_shapes
from storymap.streets.baking.naming import choose_name
from storymap.streets.features import StreetFeature

_STREETS = frozenset({"major", "main", "collector", "minor", "service", "path", "steps"})
_SQUARES = frozenset({"square", "plaza"})

_BESIDE = 0.08
"""Kilometres within which a street or a square is beside a place."""


_FIRST = {"own": 13.5, "plaza": 14.5, "way": 15.0}
"""The first zoom that names one's own building, which is filled from there on, the square around it, and the street."""


class Surrounded(NamedTuple):
    """What surrounds a place, and the names of its building and its square where these stand."""

    surroundings: Surroundings
    labels: tuple[StreetLabel, ...]


def find_surroundings(
    features: Sequence[StreetFeature], spots: Iterable[LonLat], bounds: Bounds, lang: str
) -> Iterator[Surrounded]:
    """What surrounds each of `spots` that lies in `bounds`, where there is anything to say of it."""
    within = [spot for spot in spots if bounds.contains(spot)]
    if not within or not features:
        return
    tree = shapely.STRtree([feature.shape for feature in features])
    for spot in within:
        near = _find_near(features, tree, spot)
        building = _find_building(near, spot)
        square = _find_nearest(near, spot, _SQUARES)
        street = _find_nearest(near, spot, _STREETS)
        named = (building, square, street)
        names = dict.fromkeys(
            choose_name(feature.names, lang, is_sign=feature.kind in _STREETS) for feature in named if feature
        )
        names.pop("", None)
        if building or names:
            unit_zoom = LOOK.streets.scales[-1].unit_zoom
            arcs = _pack(building, unit_zoom) if building else ""
            surroundings = Surroundings((spot.lon, spot.lat), unit_zoom, arcs, tuple(names))
            labels = (
                *_label(building, "own", lang),
                *_label(square, "plaza", lang),
                *_label(street, "way", lang, beside=spot),
            )
            yield Surrounded(surroundings, labels)


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


def _label(
    feature: StreetFeature | None, kind: str, lang: str, *, beside: LonLat | None = None
) -> Iterator[StreetLabel]:
    """The name of a thing in its middle, or where it is nearest to a place."""
    text = choose_name(feature.names, lang, is_sign=bool(beside)) if feature else ""
    if feature and text:
        point = feature.shape.representative_point()
        if beside:
            point = shapely.Point(shapely.shortest_line(feature.shape, shapely.Point(beside)).coords[0])
        yield StreetLabel(round(point.x, 5), round(point.y, 5), kind, text, _FIRST[kind])


def _pack(building: StreetFeature, unit_zoom: int) -> str:
    (shape,) = project_shapes([building.shape], unit_zoom)
    return pack_arcs(
        [
            [(round(x), round(y)) for x, y in ring.coords[:-1]]
            for part in shapely.get_parts(shape)
            for ring in shapely.get_rings(part)
        ]
    )
