"""Suspect that a whole file has latitude and longitude swapped: by the towns and countries that its records name.

A single point that lies elsewhere than its country or its neighbours is told by `storymap.gazetteer.settling`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from msgspec import Struct

from storymap.earth.distance import measure_distance, measure_near
from storymap.earth.shapes import mark_shape
from storymap.errors import Report
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import add_article, find_country_code
from storymap.geodata.features import Feature
from storymap.model.place import LonLat
from storymap.text.names import normalize_name, normalize_names, split_column

_SAMPLE = 30
"""Records of a file that are looked at."""

_TOWN_KILOMETRES = 30.0
"""How far from a town that it names a record may lie."""

_BORDER_DEGREES = 0.3
"""How far outside a country that it names a record may lie: outlines are coarse along coasts."""

_FEWEST = 3
_AT_SEA = 0.4
"""How many records, and which part of them, have to lie at sea, and in one country if turned, to be suspected."""

_EMPTY = frozenset({"AQ"})
"""Where nobody's data lies: Antarctica, in which that of New Orleans would lie."""

_SEA = frozenset(
    normalize_names(
        *("ship", "ships", "vessel", "vessels", "mmsi", "imo", "ais", "buoy", "buoys", "wreck", "wrecks", "shipwreck"),
        *(
            "depth",
            "mag",
            "magnitude",
            "quake",
            "quakes",
            "earthquake",
            "earthquakes",
            "whale",
            "whales",
            "argo",
            "float",
        ),
        *("cruise", "reef", "platform", "rig", "sst", "salinity", "bathymetry", "sea", "ocean", "offshore", "voyage"),
        *(
            "loď",
            "lodě",
            "bóje",
            "vrak",
            "vraky",
            "hloubka",
            "zemětřesení",
            "moře",
            "Schiff",
            "Schiffe",
            "Boje",
            "Wrack",
        ),
        *("Tiefe", "Erdbeben", "See", "Meer", "navire", "bouée", "épave", "séisme", "mer", "barco", "boya", "pecio"),
        *(
            "profundidad",
            "sismo",
            "mar",
            "statek",
            "boja",
            "wrak",
            "nave",
            "boa",
            "relitto",
            "mare",
            "судно",
            "корабль",
        ),
    )
)
"""Words by which data shows that it is of the sea: names of columns and files, and words of values."""

_LONGEST_NAME = 80
_CODE = re.compile(r"([A-Z]{2})[-_ ]?[0-9A-Z]{1,4}")
"""The code of a region that begins with that of its country, as in NUTS and ISO 3166-2."""

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
_PARTS = re.compile(r"[,;:/()|–—]+")


class _Spot(Struct, frozen=True):
    """Where a record lies, and what it says of that."""

    feature: Feature
    point: LonLat
    turned: LonLat


def tell_swapped_file(features: Sequence[Feature], builtin: BuiltinGazetteer, report: Report) -> bool:
    """Whether all of `features`, those of one file in degrees that are somewhere, seem to be swapped: a warning."""
    step = max(1, len(features) // _SAMPLE)
    spots = [_spot(feature) for feature in features[::step]]
    if not spots or any(abs(spot.point.lon) > 90 for spot in spots):
        return False
    reason = _find_reason(spots, builtin) or _judge_by_land(spots, builtin)
    if reason:
        at = spots[0].feature.geometry_at
        is_table = at.path.casefold().endswith(_TABLES)
        report.warning(
            "swapped-coordinates",
            f"latitude and longitude of this file seem to be swapped: {reason}",
            at,
            "exchange the names of the two columns"
            if is_table
            else "of two numbers the longitude stands first: exchange them in each position",
        )
    return bool(reason)


def _spot(feature: Feature) -> _Spot:
    point = mark_shape(feature.geometry)
    return _Spot(feature, point, LonLat(point.lat, point.lon))


def _find_reason(spots: Sequence[_Spot], builtin: BuiltinGazetteer) -> str:
    """A town or country that one of `spots` names and lies at only if turned; empty if any lies where it says."""
    reason = ""
    for spot in spots:
        for name, where in _list_named(spot.feature.properties, builtin):
            if _is_at(spot.point, where, builtin):
                return ""
            if not reason and _is_at(spot.turned, where, builtin):
                away = round(measure_distance(spot.point, spot.turned)[0], -2)
                reason = f'the other way round, "{name}" lies where it is, {away:,.0f} km from there'
    return reason


def _is_at(point: LonLat, where: LonLat | str, builtin: BuiltinGazetteer) -> bool:
    if isinstance(where, str):
        return builtin.outline_country(where).distance(shapely.Point(point)) <= _BORDER_DEGREES
    return measure_near(point, where) <= _TOWN_KILOMETRES


def _list_named(properties: Mapping[str, Any], builtin: BuiltinGazetteer) -> Iterator[tuple[str, LonLat | str]]:
    """The towns, by their points, and countries, by their codes, that texts of a record name, and the words."""
    for value in properties.values():
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_NAME:
            continue
        code = _CODE.fullmatch(value.strip())
        country = code[1] if code and code[1] in builtin.countries else find_country_code(value, builtin)
        if country:
            yield value.strip(), country
            continue
        parts = [part.strip() for part in _PARTS.split(value)]
        words = [word for part in parts for word in part.split() if len(word) > 3 and word[0].isupper()]
        for name in dict.fromkeys(filter(None, (*parts, *words))):
            for town in builtin.settlements_named(normalize_name(name)) if normalize_name(name) else ():
                yield name, town.point


def _speaks_of_sea(spots: Sequence[_Spot]) -> bool:
    """Whether the name of the file or of a column, or the records, say that they are of ships, buoys or the like."""
    first = spots[0].feature
    words = set(split_column(first.at.path.rpartition("/")[2].partition(".")[0]))
    for spot in spots:
        for key, value in spot.feature.properties.items():
            words.update(split_column(str(key)))
            if isinstance(value, str) and len(value) <= _LONGEST_NAME:
                words.update(normalize_name(value).split())
    return bool(words & _SEA)


def _judge_by_land(spots: Sequence[_Spot], builtin: BuiltinGazetteer) -> str:
    """That many of `spots` lie at sea, and all in one country if they are turned; empty where that is not so."""
    if len(spots) < _FEWEST or _speaks_of_sea(spots):
        return ""
    turned = shapely.points([spot.turned for spot in spots])
    lands = ((code, land) for code, land in builtin.outlines.items() if code not in _EMPTY)
    code = next((code for code, land in lands if shapely.intersects(land, turned).all()), "")
    if not code:
        return ""
    points = shapely.points([spot.point for spot in spots])
    # Lighthouses stand at the edge of what coarse outlines have: at sea is what lies far out.
    near = [shapely.dwithin(outline, points, _BORDER_DEGREES) for outline in builtin.outlines.values()]
    land = int(np.any(near, axis=0).sum())
    if len(spots) - land < _AT_SEA * len(spots) or shapely.intersects(builtin.outlines[code], points).any():
        return ""
    at_sea = "they lie" if not land else "many lie"
    return (
        f"as written, {at_sea} at sea, and the other way round all lie in {add_article(builtin.countries[code].name)}"
    )
