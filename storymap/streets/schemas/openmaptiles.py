"""OpenMapTiles, whose streets and the names of streets are two layers. See https://openmaptiles.org/schema/."""

from __future__ import annotations

from collections.abc import Mapping

from storymap.streets.schemas.schema import (
    Dimension,
    Schema,
    Tags,
    Values,
    layer,
    read_number,
    tag_area,
    tag_level,
    tag_sight,
)

_KNOWN_RANK = 100
"""Up to here in the order of a tile, what stands in `poi` is named early."""

_SIGHTS: Mapping[str, str] = {"town_hall": "townhall", "art_gallery": "gallery", "college": "university"}
"""Classes of sights that OpenStreetMap calls otherwise."""

_SIGHT_CLASSES = frozenset(
    ("museum", "castle", "town_hall", "art_gallery", "attraction", "place_of_worship", "monument", "theatre", "zoo",
     "library", "college", "hospital")
)  # fmt: skip

_GREENS: Mapping[str, str] = {"park": "park", "garden": "garden", "cemetery": "cemetery", "golf": "golf_course"}

_OTHERWISE = frozenset({"artwork", "books", "clinic", "community_centre", "public_building"})
"""Subclasses of them that nobody finds the way by."""

_ROADS: Mapping[str, Tags] = {
    "minor": {"highway": "residential"},
    "path": {"highway": "path"},
    "rail": {"railway": "rail"},
    "transit": {"railway": "light_rail"},
    "pier": {"man_made": "pier"},
}
_NOT_DRAWN = frozenset({"ferry", "aerialway", "bridge", "raceway"})
_RAILS = frozenset({"rail", "narrow_gauge", "funicular", "subway", "light_rail", "monorail", "tram"})
_PATHS = frozenset({"pedestrian", "path", "footway", "cycleway", "bridleway", "steps"})


def _translate_water(values: Values, _dimension: Dimension) -> Tags | None:
    if values.get("class") == "swimming_pool" or values.get("brunnel") == "tunnel":
        return None
    return {"natural": "water"}


def _translate_water_name(values: Values, dimension: Dimension) -> Tags | None:
    """Lakes have lines, too, along which to write; the sea is named by the map beneath."""
    return {"natural": "water"} if dimension == 0 and values.get("class") == "lake" else None


def _translate_waterway(values: Values, _dimension: Dimension) -> Tags:
    return {"waterway": str(values.get("class", "")), **_tag_brunnel(values)}


def _translate_land(values: Values, _dimension: Dimension) -> Tags:
    return tag_area(str(values.get("class", "")), str(values.get("subclass", "")))


def _translate_landcover(values: Values, _dimension: Dimension) -> Tags:
    """The subclass says more: a park is of the class of grass."""
    subclass, general = str(values.get("subclass", "")), str(values.get("class", ""))
    return {**tag_area(general), **tag_area(subclass)} if general != "wood" else tag_area("wood")


def _translate_building(_values: Values, _dimension: Dimension) -> Tags:
    return {"building": "yes"}


def _translate_road(values: Values, dimension: Dimension) -> Tags | None:
    general, special = str(values.get("class", "")), str(values.get("subclass", ""))
    if general in _NOT_DRAWN or general.endswith("_construction") or special in {"platform", "corridor"}:
        return None
    if dimension == 0 or values.get("indoor") == 1:
        return None
    tags = dict(_ROADS.get(general, {"highway": general}))
    if special in _RAILS:
        tags = {"railway": special}
    elif special in _PATHS:
        tags = {"highway": special}
    elif values.get("ramp") == 1 and "highway" in tags:
        tags = {"highway": f"{general}_link"}
    if "service" in values:
        tags["service"] = str(values["service"])
    return {**tags, **_tag_brunnel(values)}


def _translate_place(values: Values, _dimension: Dimension) -> Tags:
    return {"place": str(values.get("class", ""))}


def _translate_poi(values: Values, _dimension: Dimension) -> Tags | None:
    general, special = str(values.get("class", "")), str(values.get("subclass", ""))
    if general == "railway":
        stop = {"station": "station", "halt": "halt", "subway": "station"}.get(special, "")
        return {"railway": stop, **({"station": special} if special == "subway" else {})} if stop else None
    if general in _GREENS:
        return tag_area(_GREENS[general])
    if general not in _SIGHT_CLASSES or special in _OTHERWISE:
        return None
    kind = "courthouse" if special == "courthouse" else _SIGHTS.get(general, general)
    return tag_sight(kind, is_known=read_number(values.get("rank"), 1000) <= _KNOWN_RANK)


def _tag_brunnel(values: Values) -> Tags:
    """Bridge or tunnel, which share a column."""
    return tag_level(tunnel=values.get("brunnel") == "tunnel", bridge=values.get("brunnel") == "bridge")


_ROAD_COLUMNS = ("class", "subclass", "brunnel", "ramp", "service", "indoor")

OPENMAPTILES = Schema(
    "OpenMapTiles",
    {
        "landcover": layer("class", "subclass", translate=_translate_landcover),
        "landuse": layer("class", translate=_translate_land),
        "water": layer("class", "brunnel", translate=_translate_water),
        "water_name": layer("class", translate=_translate_water_name),
        "waterway": layer("class", "brunnel", translate=_translate_waterway),
        "building": layer(translate=_translate_building),
        "transportation": layer(*_ROAD_COLUMNS, translate=_translate_road),
        "transportation_name": layer(*_ROAD_COLUMNS, translate=_translate_road, names_lines=True),
        "place": layer("class", translate=_translate_place),
        "poi": layer("class", "subclass", "rank", translate=_translate_poi),
    },
)
