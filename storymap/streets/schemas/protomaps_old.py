"""Protomaps of version 2, whose columns are tags of OpenStreetMap, beside a coarse `pmap:kind`."""

from __future__ import annotations

from storymap.streets.schemas.schema import Dimension, Schema, Tags, Values, copy_tags, layer

_LAND = ("natural", "landuse", "leisure", "amenity", "highway", "place", "man_made", "waterway")


def _translate_water(values: Values, dimension: Dimension) -> Tags | None:
    tags = copy_tags(values)
    if dimension != 2 or tags.get("leisure") == "swimming_pool":
        return None
    return {"natural": "water"}


def _translate_building(values: Values, _dimension: Dimension) -> Tags:
    return {"building": "yes", **copy_tags(values)}


def _translate_poi(values: Values, _dimension: Dimension) -> Tags | None:
    tags = copy_tags(values)
    return None if tags.get("tourism") == "artwork" else tags


_SIGHTS = ("tourism", "historic", "amenity", "railway", "station", "place")
_ROAD = ("highway", "railway", "man_made", "tunnel", "bridge", "layer", "service", "footway", "area")

PROTOMAPS_OLD = Schema(
    "Protomaps, version 2",
    {
        "natural": layer(*_LAND, translate=copy_tags),
        "land": layer(*_LAND, translate=copy_tags),
        "landuse": layer(*_LAND, translate=copy_tags),
        "water": layer(*_LAND, translate=_translate_water),
        "physical_line": layer("waterway", translate=copy_tags),
        "buildings": layer("layer", "height", translate=_translate_building),
        "roads": layer(*_ROAD, translate=copy_tags),
        "transit": layer(*_ROAD, translate=copy_tags),
        "places": layer("place", translate=copy_tags),
        "pois": layer(*_SIGHTS, translate=_translate_poi),
    },
)
