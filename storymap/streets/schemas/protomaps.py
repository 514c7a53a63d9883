"""Protomaps from version 3 on, and Tilezen before it: a `kind`, and a `kind_detail` that is the tag of OpenStreetMap.

See https://docs.protomaps.com/basemaps/layers. Version 3 wrote `pmap:kind` and `pmap:kind_detail`.
"""

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

_KNOWN_ZOOM = 14
"""Sights that are shown from here on, or before, are named early."""

_ROADS: Mapping[str, str] = {
    "highway": "motorway",
    "major_road": "primary",
    "medium_road": "tertiary",
    "minor_road": "residential",
    "path": "path",
}
"""What roads are of which nothing else is said."""

_BESIDE = frozenset({"sidewalk", "crossing"})
_NOT_DRAWN = frozenset({"ferry", "aeroway", "aerialway", "boundary"})
_NO_WATER = frozenset({"swimming_pool", "fountain"})
_SEAS = frozenset({"ocean", "sea", "bay", "strait", "fjord"})
"""Waters that the map beneath names."""

_GREENS: Mapping[str, str] = {
    kind: kind for kind in ("park", "garden", "cemetery", "golf_course", "forest", "wood")
} | {"nature_reserve": "park"}
_PLACES: Mapping[str, str] = {"macrohood": "suburb", "neighbourhood": "neighbourhood"}
_DETAILED = frozenset({"suburb", "borough", "quarter", "neighbourhood"})


def _kind(values: Values) -> str:
    return str(values.get("kind", values.get("pmap:kind", "")))


def _detail(values: Values) -> str:
    return str(values.get("kind_detail", values.get("pmap:kind_detail", "")))


def _translate_water(values: Values, dimension: Dimension) -> Tags | None:
    kind = _kind(values)
    if dimension == 1:
        return {"waterway": kind}
    if kind in _NO_WATER or (dimension == 0 and kind in _SEAS):
        return None
    return {"natural": "water"}


def _translate_land(values: Values, _dimension: Dimension) -> Tags:
    kind = _kind(values)
    return {
        "pedestrian": {"highway": "pedestrian"},
        "pier": {"man_made": "pier"},
    }.get(kind, tag_area(kind))


def _translate_building(values: Values, _dimension: Dimension) -> Tags | None:
    """Parts lie over the building that they are of, and addresses are points."""
    return {"building": "yes"} if _kind(values) in {"building", ""} else None


def _translate_road(values: Values, _dimension: Dimension) -> Tags | None:
    kind, detail = _kind(values), _detail(values)
    if kind in _NOT_DRAWN:
        return None
    if kind == "rail":
        tags = {"railway": detail or "rail"}
    elif detail in _BESIDE:
        tags = {"highway": "footway", "footway": detail}
    else:
        tags = {"highway": detail or _ROADS.get(kind, "path")}
    if "service" in values:
        tags["service"] = str(values["service"])
    level = read_number(values.get("pmap:level"), 0)
    tunnel, bridge = values.get("is_tunnel") or level < 0, values.get("is_bridge") or level > 0
    return {**tags, **tag_level(tunnel=tunnel, bridge=bridge)}


def _translate_place(values: Values, _dimension: Dimension) -> Tags | None:
    kind, detail = _kind(values), _detail(values)
    place = detail if detail in _DETAILED else _PLACES.get(kind, "")
    return {"place": place} if place else None


def _translate_poi(values: Values, _dimension: Dimension) -> Tags:
    kind = _kind(values)
    if kind in {"station", "halt"}:
        return {"railway": kind, **({"station": _detail(values)} if _detail(values) else {})}
    if kind == "square":
        return {"place": "square"}
    if kind in _GREENS:
        return tag_area(_GREENS[kind])
    first = values.get("min_zoom", values.get("pmap:min_zoom"))
    return tag_sight("townhall" if kind == "town_hall" else kind, is_known=read_number(first, 20) <= _KNOWN_ZOOM)


_KINDS = ("kind", "kind_detail", "pmap:kind", "pmap:kind_detail")

PROTOMAPS = Schema(
    "Protomaps",
    {
        "landuse": layer(*_KINDS, translate=_translate_land),
        "natural": layer(*_KINDS, translate=_translate_land),
        "water": layer(*_KINDS, translate=_translate_water),
        "physical_line": layer(*_KINDS, translate=_translate_water),
        "buildings": layer(*_KINDS, translate=_translate_building),
        "roads": layer(
            *_KINDS, "service", "is_tunnel", "is_bridge", "pmap:level", translate=_translate_road
        ),
        "transit": layer(*_KINDS, "service", "is_tunnel", "is_bridge", "pmap:level", translate=_translate_road),
        "places": layer(*_KINDS, translate=_translate_place),
        "pois": layer(*_KINDS, "min_zoom", "pmap:min_zoom", translate=_translate_poi),
    },
)  # fmt: skip
