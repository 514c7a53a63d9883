"""What of a city is named on its map, in which words, and from which zoom on."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.earth.mercator import project_latitude, project_longitude, world_pixels
from storymap.model.streets import StreetLabel
from storymap.streets.baking.generalising import LINES
from storymap.streets.features import Names, StreetFeature

_FIRST = {
    "suburb": (11.5, 12.5),
    "quarter": (13, 14),
    "station": (12.5, 13.5, 15),
    "plaza": (14.5, 15),
    "landmark": (14, 15, 16, 16.7, 17),
    "lake": (15.5,),
    "garden": (15.5,),
}
"""The first zoom that names a kind, by rank."""

_ORDER = ("suburb", "station", "quarter", "plaza", "water", "green", "landmark")

_LAST = 17.5
"""What would be named only closer than this is not."""

_ROOM = 70.0
"""Pixels across an area from which on there is room for its name."""

_LABELS = {"water": "water", "lake": "water", "park": "green", "wood": "green", "garden": "green", "square": "plaza"}
"""The kinds of labels that are called otherwise than what they name."""

_AREAS_OF: Mapping[str, frozenset[str]] = {"lake": frozenset({"water"}), "garden": frozenset({"park", "wood", "grass"})}
"""The kinds of areas for which points of a kind stand."""

_STREAM = 1
"""Rivers and canals up to this rank are named where they are as broad as areas are."""

_FLOWING = 260.0
"""Pixels of a river in sight from which on it is named."""


def choose_name(names: Names, lang: str, *, is_sign: bool = False) -> str:
    """The name that a page in `lang` says, or an empty text.

    The name of a street is a sign that stands there, so it is said as that does, unless the reader's letters differ.
    """
    known = dict(names)
    own, local = known.get(lang) or known.get(lang.partition("-")[0], ""), known.get("", "")
    if is_sign and local and (not own or _script(local) == _script(own)):
        return " ".join(local.split())
    return " ".join((own or local or next((text for _, text in names), "")).split())


def complete_names(features: Sequence[StreetFeature]) -> list[StreetFeature]:
    """`features`, where a way has all names that others of its own name have.

    A street is drawn in many pieces, and not each says what it is called in other languages: without them it would be
    named twice, in two scripts.
    """
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for feature in features:
        if feature.kind in LINES and len(feature.names) > 1 and (local := dict(feature.names).get("")):
            for language, name in feature.names:
                known[local].setdefault(language, name)
    return [_complete(feature, known) if feature.kind in LINES and feature.names else feature for feature in features]


def _complete(feature: StreetFeature, known: Mapping[str, Mapping[str, str]]) -> StreetFeature:
    own = dict(feature.names)
    others = known.get(own.get("", ""), {})
    return feature._replace(names=tuple(sorted({**others, **own}.items()))) if others.keys() - own.keys() else feature


def list_labels(features: Sequence[StreetFeature], lang: str) -> tuple[StreetLabel, ...]:
    """The names that stand by themselves, the most important first, none twice beside itself."""
    found: dict[tuple[str, int, int], tuple[tuple[int, float, str], StreetLabel]] = {}
    areas = _AreasWithoutNames(features)
    for label in (*(_label(feature, areas, lang) for feature in features), *_label_rivers(features, lang)):
        if label:
            key = (label.text, round(label.lon * 200), round(label.lat * 200))
            ranked = (_ORDER.index(label.kind), label.first, label.text), label
            if key not in found or ranked < found[key]:
                found[key] = ranked
    return tuple(label for _, label in sorted(found.values(), key=lambda each: (each[1].first, *each[0], each[1])))


class _AreasWithoutNames:
    """Waters and greens whose names a file has as points."""

    def __init__(self, features: Sequence[StreetFeature]) -> None:
        stand = {feature.kind for feature in features} & _AREAS_OF.keys()
        kinds = {kind for point in stand for kind in _AREAS_OF[point]}
        self._features = [feature for feature in features if feature.kind in kinds and not feature.names]
        self._tree = shapely.STRtree([feature.shape for feature in self._features])

    def find_zoom(self, point: StreetFeature) -> float | None:
        """The zoom from which the area has room in which a point stands; None where it stands in none."""
        around = [self._features[number] for number in self._tree.query(point.shape, predicate="intersects")]
        zooms = [_zoom_of(area.shape.bounds, _ROOM) for area in around if area.kind in _AREAS_OF[point.kind]]
        return min(zooms, default=None)


def _label(feature: StreetFeature, areas: _AreasWithoutNames, lang: str) -> StreetLabel | None:
    if not feature.names:
        return None
    kind = _LABELS.get(feature.kind, feature.kind)
    if feature.kind in _FIRST:
        zooms = _FIRST[feature.kind]
        first = areas.find_zoom(feature) if feature.kind in _AREAS_OF else None
        otherwise = zooms[min(feature.rank, len(zooms) - 1)]
        return _place(feature.shape, kind, feature.names, lang, otherwise if first is None else first)
    if feature.kind in _LABELS:
        return _place(
            feature.shape.representative_point(), kind, feature.names, lang, _zoom_of(feature.shape.bounds, _ROOM)
        )
    return None


def _label_rivers(features: Sequence[StreetFeature], lang: str) -> Iterator[StreetLabel | None]:
    """The names of rivers that are drawn as areas of water, which seldom have one: in the middle of what is there."""
    by_name: dict[Names, list[BaseGeometry]] = defaultdict(list)
    for feature in features:
        if feature.kind == "river" and feature.rank <= _STREAM and feature.names and not feature.level:
            by_name[feature.names].append(feature.shape)
    if not by_name:
        return
    water = shapely.union_all([feature.shape for feature in features if feature.kind == "water"])
    for names, lines in by_name.items():
        inside = shapely.get_parts(shapely.line_merge(shapely.intersection(shapely.union_all(lines), water)))
        longest = max(inside, key=lambda line: line.length, default=None)
        if longest is not None and longest.length:
            middle = longest.interpolate(0.5, normalized=True)
            yield _place(middle, "water", names, lang, _zoom_of(longest.bounds, _FLOWING))


def _place(point: BaseGeometry, kind: str, names: Names, lang: str, first: float) -> StreetLabel | None:
    text = choose_name(names, lang)
    if not text or first > _LAST or not isinstance(point, shapely.Point):
        return None
    return StreetLabel(round(point.x, 5), round(point.y, 5), kind, text, round(float(first), 1))


def _zoom_of(bounds: tuple[float, float, float, float], room: float) -> float:
    """The zoom at which what lies in `bounds` is so many pixels across."""
    west, south, east, north = bounds
    across = max(project_longitude(east) - project_longitude(west), project_latitude(south) - project_latitude(north))
    return max(11.0, math.log2(room / world_pixels(0) / max(across, 1e-12)))


def _script(text: str) -> str:
    """The script of the first letter: the first word of its name, as "LATIN" or "CJK"."""
    letter = next((letter for letter in text if letter.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0]
