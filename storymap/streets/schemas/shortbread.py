"""Shortbread, whose names are layers of their own. See https://shortbread-tiles.org/schema/1.0/."""

from __future__ import annotations

from storymap.streets.schemas.schema import Dimension, Schema, Tags, Values, copy_tags, layer, tag_area, tag_level

_RAILS = frozenset({"rail", "narrow_gauge", "tram", "light_rail", "funicular", "subway", "monorail"})
_LINKED = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})


def _translate_sea(_values: Values, _dimension: Dimension) -> Tags:
    return {"natural": "water"}


def _translate_water(values: Values, _dimension: Dimension) -> Tags | None:
    return None if values.get("kind") in {"swimming_pool", "glacier"} else {"natural": "water"}


def _translate_waterway(values: Values, _dimension: Dimension) -> Tags:
    return {"waterway": str(values.get("kind", "")), **_tag_level(values)}


def _translate_land(values: Values, _dimension: Dimension) -> Tags:
    return tag_area(str(values.get("kind", "")))


def _translate_building(_values: Values, _dimension: Dimension) -> Tags:
    return {"building": "yes"}


def _translate_street(values: Values, _dimension: Dimension) -> Tags:
    kind = str(values.get("kind", ""))
    if kind in _RAILS:
        tags = {"railway": kind}
    elif kind in _LINKED and values.get("link"):
        tags = {"highway": f"{kind}_link"}
    else:
        tags = {"highway": kind}
    if "service" in values:
        tags["service"] = str(values["service"])
    return {**tags, **_tag_level(values)}


def _translate_pier(_values: Values, _dimension: Dimension) -> Tags:
    return {"man_made": "pier"}


def _translate_plaza(values: Values, _dimension: Dimension) -> Tags | None:
    return {"place": "square"} if values.get("kind") == "pedestrian" else None


def _translate_place(values: Values, _dimension: Dimension) -> Tags:
    return {"place": str(values.get("kind", ""))}


def _translate_stop(values: Values, _dimension: Dimension) -> Tags:
    return {"railway": str(values.get("kind", ""))}


def _tag_level(values: Values) -> Tags:
    return tag_level(tunnel=values.get("tunnel"), bridge=values.get("bridge"))


_STREET_COLUMNS = ("kind", "link", "service", "tunnel", "bridge")

SHORTBREAD = Schema(
    "Shortbread",
    {
        "ocean": layer(translate=_translate_sea),
        "land": layer("kind", translate=_translate_land),
        "sites": layer("kind", translate=_translate_land),
        "water_polygons": layer("kind", translate=_translate_water),
        "water_polygons_labels": layer("kind", translate=_translate_water),
        "water_lines": layer("kind", "tunnel", "bridge", translate=_translate_waterway),
        "water_lines_labels": layer("kind", "tunnel", "bridge", translate=_translate_waterway, names_lines=True),
        "pier_polygons": layer("kind", translate=_translate_pier),
        "pier_lines": layer("kind", translate=_translate_pier),
        "street_polygons": layer(*_STREET_COLUMNS, translate=_translate_street),
        "streets": layer(*_STREET_COLUMNS, translate=_translate_street),
        "street_labels": layer(*_STREET_COLUMNS, translate=_translate_street, names_lines=True),
        "buildings": layer(translate=_translate_building),
        "streets_polygons_labels": layer("kind", translate=_translate_plaza),
        "place_labels": layer("kind", translate=_translate_place),
        "public_transport": layer("kind", "station", translate=_translate_stop),
        "pois": layer("tourism", "historic", "amenity", translate=copy_tags),
    },
)
