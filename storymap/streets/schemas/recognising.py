"""Recognise the schema of vector tiles by the names of their layers and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from storymap.streets.schemas.openmaptiles import OPENMAPTILES
from storymap.streets.schemas.protomaps import PROTOMAPS
from storymap.streets.schemas.protomaps_old import PROTOMAPS_OLD
from storymap.streets.schemas.schema import Schema
from storymap.streets.schemas.shortbread import SHORTBREAD

Layers = Mapping[str, Collection[str]]
"""The names of layers, each with those of its columns."""

_BESIDE_ROADS = frozenset({"buildings", "landuse", "places", "pois", "earth"})
_BESIDE_STREETS = frozenset({"buildings", "land", "street_labels", "water_polygons", "place_labels"})


def recognise_schema(layers: Layers) -> Schema | None:
    """The schema of tiles with these `layers`; None where it is none that is known."""
    if "transportation" in layers:
        return OPENMAPTILES
    if "streets" in layers and _BESIDE_STREETS & layers.keys():
        return SHORTBREAD
    if "roads" in layers and _BESIDE_ROADS & layers.keys():
        columns = layers["roads"]
        is_old = "highway" in columns and "pmap:kind_detail" not in columns
        return PROTOMAPS_OLD if is_old else PROTOMAPS if {"kind", "pmap:kind"} & set(columns) else None
    return None


def list_named_layers(metadata: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The layers that the metadata of a file name, with their columns; none where they name none."""
    return dict(_read_named(metadata.get("vector_layers")))


def _read_named(layers: object) -> Iterator[tuple[str, frozenset[str]]]:
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, dict) and isinstance(layer.get("id"), str):
            fields = layer.get("fields")
            yield layer["id"], frozenset(map(str, fields)) if isinstance(fields, dict) else frozenset()
