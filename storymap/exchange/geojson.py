"""Places and ways as GeoJSON (RFC 7946): a feature for each place, with the steps that come there, and for each way.

The properties of a place are those that a file of `geo/` has, so that another project can use the file as it is. Its
first step stands in columns of its own, for programs that show tables; all of them are in `steps`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.exchange.records import StepRecord, StoryRecord, WayRecord, list_places
from storymap.model.place import Place

_DECIMALS = 7
"""Of degrees: a centimetre."""


def write_geojson(stories: Sequence[StoryRecord]) -> bytes:
    """A FeatureCollection, a feature in each line."""
    features = [_write_place(place, visits) for place, visits in list_places(stories).values()]
    features += [_write_way(story, way) for story in stories for way in story.ways]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def write_places(places: Sequence[Place]) -> bytes:
    """Places as a file of `geo/` has them, exactly, a feature in each line."""
    features = [
        {"type": "Feature", "properties": _tell_place(place), "geometry": shapely.geometry.mapping(place.geometry)}
        for place in places
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def shape_place(place: Place) -> dict[str, Any]:
    """The geometry of a place: that which its author drew, and of what the package knows by itself a point."""
    shape = place.geometry if place.origin == "geo" else shapely.Point(place.point)
    return round_shape(shapely.orient_polygons(shape))


def shape_way(way: WayRecord) -> dict[str, Any]:
    """The geometry of a way, with metres above the sea where all its points have them."""
    has_heights = all(point.elevation is not None for part in way.parts for point in part)
    lines = [
        [
            [round(point.lon, _DECIMALS), round(point.lat, _DECIMALS)]
            + ([round(point.elevation or 0.0, 1)] if has_heights else [])
            for point in part
        ]
        for part in way.parts
    ]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def round_shape(shape: BaseGeometry) -> dict[str, Any]:
    """A geometry with as many decimals as a position has."""
    geometry: dict[str, Any] = _round(shapely.geometry.mapping(shape))
    return geometry


def _round(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, dict):
        return {key: _round(one) for key, one in value.items()}
    return [_round(one) for one in value] if isinstance(value, list | tuple) else value


def _write_place(place: Place, visits: Sequence[tuple[StoryRecord, StepRecord]]) -> dict[str, Any]:
    steps = [_write_step(story, step) for story, step in visits]
    first = {f"step_{key}" if key != "story" else key: value for key, value in steps[0].items()}
    properties = {**_tell_place(place), **first, "steps": steps}
    return {"type": "Feature", "properties": properties, "geometry": shape_place(place)}


def _tell_place(place: Place) -> dict[str, Any]:
    """What a file of `geo/` may say of a place."""
    told = {
        "name": place.name,
        **{f"name_{tag}": name for tag, name in place.names},
        "id": place.id,
        "aliases": list(place.aliases),
        "category": place.category,
        "country": place.country,
        "description": place.description,
        "source": place.source,
    }
    return {key: value for key, value in told.items() if value}


def _write_step(story: StoryRecord, step: StepRecord) -> dict[str, Any]:
    told = {
        "story": story.title,
        "number": step.number,
        "title": step.title,
        "date": step.date,
        "text": step.text,
        "url": step.url,
    }
    return {key: value for key, value in told.items() if value}


def _write_way(story: StoryRecord, way: WayRecord) -> dict[str, Any]:
    told: Iterator[tuple[str, Any]] = iter((("name", way.name), ("story", story.title), ("step_number", way.step)))
    return {
        "type": "Feature",
        "properties": {key: value for key, value in told if value},
        "geometry": shape_way(way),
    }
