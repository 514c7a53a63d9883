"""What of a city is named on its map, in which words, and from which zoom on."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import project_latitude, project_longitude, world_pixels
from storymap.model.streets import StreetLabel
from storymap.streets.features import Names, StreetFeature

_FIRST = {
    "suburb": (11.5, 12.5),
    "quarter": (13, 14),
    "station": (12.5, 13.5),
    "plaza": (14.5, 15),
    "landmark": (14, 15, 16, 16.7, 17),
}
"""The first zoom that names a kind, by rank."""

_ORDER = ("suburb", "station", "quarter", "plaza", "water", "green", "landmark")

_ROOM = 70.0
"""Pixels across an area from which on there is room for its name."""

_NAMED_AREAS = {"water": "water", "park": "green", "wood": "green", "square": "plaza"}


def choose_name(names: Names, lang: str, *, is_sign: bool = False) -> str:
    """The name that a page in `lang` says, or an empty text.

    The name of a street is a sign that stands there, so it is said as that does, unless the reader's letters differ.
    """
    known = dict(names)
    own, local = known.get(lang) or known.get(lang.partition("-")[0], ""), known.get("", "")
    if is_sign and local and (not own or _script(local) == _script(own)):
        return " ".join(local.split())
    return " ".join((own or local or next((text for _, text in names), "")).split())


def list_labels(features: Sequence[StreetFeature], lang: str) -> tuple[StreetLabel, ...]:
    """The names that stand by themselves, the most important first, none twice beside itself."""
    found: dict[tuple[str, int, int], tuple[tuple[int, float, str], StreetLabel]] = {}
    for feature in features:
        label = _label(feature, lang)
        if label:
            key = (label.text, round(label.lon * 200), round(label.lat * 200))
            ranked = (_ORDER.index(label.kind), label.first, label.text), label
            if key not in found or ranked < found[key]:
                found[key] = ranked
    return tuple(label for _, label in sorted(found.values(), key=lambda each: (each[1].first, *each[0], each[1])))


def _label(feature: StreetFeature, lang: str) -> StreetLabel | None:
    if not feature.names:
        return None
    kind = _NAMED_AREAS.get(feature.kind)
    if kind is None and feature.kind in _FIRST:
        kind, zooms = feature.kind, _FIRST[feature.kind]
        first = float(zooms[min(feature.rank, len(zooms) - 1)])
        point = shapely.Point(feature.shape.coords[0]) if feature.shape.geom_type == "Point" else None
    elif kind:
        first, point = _zoom_of_area(feature.shape), feature.shape.representative_point()
    if kind is None or point is None or first > 17.5:
        return None
    text = choose_name(feature.names, lang)
    return StreetLabel(round(point.x, 5), round(point.y, 5), kind, text, round(first, 1)) if text else None


def _zoom_of_area(shape: BaseGeometry) -> float:
    """The zoom at which an area is as wide as a name."""
    west, south, east, north = shape.bounds
    across = max(project_longitude(east) - project_longitude(west), project_latitude(south) - project_latitude(north))
    return max(11.0, math.log2(_ROOM / world_pixels(0) / max(across, 1e-12)))


def _script(text: str) -> str:
    """The script of the first letter: the first word of its name, as "LATIN" or "CJK"."""
    letter = next((letter for letter in text if letter.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0]
