"""Settle the features of `geo/` as `Place`s: their names, ids, countries, and shapes in WGS 84.

geopandas brings every file to degrees and finds the country that each place lies in, all places at once.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry

from storymap.errors import Report
from storymap.geography.bounds import bounds_of_geometry
from storymap.geography.builtin import BuiltinGazetteer
from storymap.geography.coordinates import CoordinateError, check_position, write_degrees
from storymap.geography.features import WGS84, Feature
from storymap.geography.lookup import find_country_code
from storymap.geography.names import normalize_name, slugify_name
from storymap.geography.shapes import ShapeError, kind_of_shape, mark_shape, settle_shape
from storymap.model import LonLat, Place

_NAME_KEYS = ("name", "title", "label", "place")
_ALIAS_KEYS = ("aliases", "alias", "names", "alternative_names", "alt_name")
_DESCRIPTION_KEYS = ("description", "desc", "cmt")
_CATEGORY_KEYS = ("category", "type", "kind")
_SOURCE_KEYS = ("source", "src", "credit")
_COUNTRY_KEYS = ("country", "iso2", "country_code", "iso_a2")
_LONGEST_NAME = 200
_LONGEST_TEXT = 5_000
_RESERVED_IDS = frozenset(
    {"con", "prn", "aux", "nul", "index", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""Names that no file may have on Windows, and that of a folder's own page."""

_BORDER_DEGREES = 0.3
"""How far outside its country a place may lie before it is odd: outlines are coarse along coasts."""

_FAR_DEGREES = 15.0
_NEAR_DEGREES = 3.0
"""How far from all other places a point must lie, and how near to one when swapped, to look swapped."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A feature whose shape is settled."""

    feature: Feature
    properties: Mapping[str, str]
    geometry: BaseGeometry
    point: LonLat


def settle_places(features: Sequence[Feature], builtin: BuiltinGazetteer, report: Report) -> tuple[Place, ...]:
    """The places of `features`, in their order; those that cannot be placed are told and left out."""
    drafts = list(_settle_shapes(features, report))
    countries = _locate_countries(drafts, builtin)
    named: list[tuple[Place, bool]] = []
    for draft, located in zip(drafts, countries, strict=True):
        place = _name_place(draft, _settle_country(draft, located, builtin, report), report)
        if place is not None:
            named.append((place, place.id == slugify_name(_own_id(draft))))
    settled = _tell_doubles(named, report)
    _tell_distant_swaps(settled, drafts, report)
    return settled


def _settle_shapes(features: Sequence[Feature], report: Report) -> Iterator[_Draft]:
    """The features with their shapes in WGS 84, within ±180°."""
    shapes: list[BaseGeometry] = []
    for crs, group in groupby(features, key=lambda feature: feature.crs):
        geometries = [feature.geometry for feature in group]
        shapes.extend(geometries if crs == WGS84 else _reproject(geometries, crs))
    for feature, geometry in zip(features, shapes, strict=True):
        try:
            shape = settle_shape(geometry)
        except ShapeError as error:
            report.error(error.code, f"{feature.label}: {error}", feature.geometry_at, error.advice)
            continue
        point = mark_shape(shape)
        if shape.geom_type == "Point":
            _tell_oddities(feature, point, report)
        yield _Draft(feature, dict(_write_properties(feature.properties)), shape, point)


def _reproject(geometries: Sequence[BaseGeometry], crs: str) -> list[BaseGeometry]:
    """`geometries` in WGS 84; what lies outside the area of `crs` comes back with infinite coordinates."""
    import geopandas

    return list(geopandas.GeoSeries(list(geometries), crs=crs).to_crs(WGS84))


def _tell_oddities(feature: Feature, point: LonLat, report: Report) -> None:
    """Warn of a point at 0, 0 or beyond the edge of the map, and of a longitude that was wrapped."""
    try:
        oddities = check_position(point.lat, point.lon).warnings
    except CoordinateError as error:
        report.error(error.code, f"{feature.label}: {error.message}", feature.geometry_at, error.help)
        return
    for oddity in oddities:
        report.warning(oddity.code, f"{feature.label}: {oddity.message}", feature.geometry_at, oddity.help)
    written = getattr(feature.geometry, "x", point.lon) if feature.crs == WGS84 else point.lon
    if abs(written) > 180:
        report.warning(
            "wrapped-longitude",
            f'{feature.label}: longitude "{write_degrees(written)}" runs over 180°',
            feature.geometry_at,
            f"write {write_degrees(point.lon)}",
        )


def _write_properties(properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Properties as text, by lower-case key; the first of keys that differ only in case wins."""
    seen: set[str] = set()
    for key, value in properties.items():
        folded = str(key).strip().casefold()
        text = value if isinstance(value, str) else "" if value is None else _write_value(value)
        if folded not in seen and text.strip():
            seen.add(folded)
            yield folded, _keep_writable(text.strip())[:_LONGEST_TEXT]


def _keep_writable(text: str) -> str:
    """`text` without what no page can hold: half a surrogate pair, control characters other than line ends and tabs."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(character for character in whole if character in "\n\t" or unicodedata.category(character) != "Cc")


def _write_value(value: Any) -> str:
    """A property that is no text: a list of names by semicolons, a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return ";".join(str(item) for item in value if isinstance(item, str | int | float))
    return "" if isinstance(value, dict) else str(value)


def _first(properties: Mapping[str, str], keys: Iterable[str]) -> str:
    return next((properties[key] for key in keys if properties.get(key)), "")


def _locate_countries(drafts: Sequence[_Draft], builtin: BuiltinGazetteer) -> list[str]:
    """ISO code of the country that each draft's point lies in; empty at sea. A spatial join of all at once."""
    if not drafts:
        return []
    import geopandas

    outlines = builtin.outlines
    points = geopandas.GeoDataFrame(geometry=[Point(draft.point) for draft in drafts], crs=WGS84)
    land = geopandas.GeoDataFrame({"iso2": list(outlines)}, geometry=list(outlines.values()), crs=WGS84)
    joined = points.sjoin(land, how="left", predicate="intersects").sort_values("iso2", kind="stable")
    first = joined[~joined.index.duplicated()].sort_index()["iso2"]
    return [code if isinstance(code, str) else "" for code in first]


def _settle_country(draft: _Draft, located: str, builtin: BuiltinGazetteer, report: Report) -> str:
    """The country that the feature claims, if it is one, or that it lies in."""
    written = _first(draft.properties, _COUNTRY_KEYS)
    if not written:
        return located
    claimed = find_country_code(written, builtin, any_case=True)
    feature = draft.feature
    if not claimed:
        help = (
            f'it lies in "{located}"; write that'
            if located
            else "write an ISO code or an English name, such as CZ or Czechia"
        )
        report.warning("unknown-country", f'{feature.label}: no country "{written[:60]}"', feature.at, help)
        return located
    if claimed == located or builtin.distance_to_country(draft.point, claimed) <= _BORDER_DEGREES:
        return claimed
    point, name = draft.point, builtin.countries[claimed].name
    swapped = LonLat(point.lat, point.lon)
    if abs(point.lon) <= 90 and builtin.distance_to_country(swapped, claimed) <= _BORDER_DEGREES:
        report.warning(
            "swapped-coordinates",
            f"{feature.label} does not lie in {name}, but would with longitude and latitude swapped",
            feature.geometry_at,
            f"did you mean {_write_position(swapped, feature)}?",
        )
    elif draft.geometry.geom_type == "Point":
        where = f"in {builtin.countries[located].name}" if located else "at sea"
        report.warning(
            "country-mismatch",
            f"{feature.label} lies {where}, not in {name}",
            feature.geometry_at,
            "correct its coordinates or its country",
        )
    return claimed


def _write_position(point: LonLat, feature: Feature) -> str:
    """A position in the order of the file that it is for: latitude first in a table, longitude first elsewhere."""
    lon, lat = write_degrees(point.lon), write_degrees(point.lat)
    return f"{lat}, {lon}" if feature.at.path.casefold().endswith((".csv", ".tsv")) else f"[{lon}, {lat}]"


def _name_place(draft: _Draft, country: str, report: Report) -> Place | None:
    """The place of a draft; None, and told, where it has no name."""
    feature, properties = draft.feature, draft.properties
    own_id = _own_id(draft)
    name = _first(properties, _NAME_KEYS) or feature.fallback_name or own_id
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        report.warning(
            "unnamed-feature", f"{feature.label} has no name, so no story can go there", feature.at, 'give it a "name"'
        )
        return None
    aliases = _split_aliases(_first(properties, _ALIAS_KEYS))
    place_id = _make_id(own_id, name)
    if own_id and own_id != place_id:
        aliases.append(own_id)
    return Place(
        id=place_id,
        name=name,
        point=draft.point,
        geometry=draft.geometry,
        bounds=bounds_of_geometry(draft.geometry),
        kind=kind_of_shape(draft.geometry),
        country=country,
        origin="geo",
        defined_at=feature.at,
        description=_first(properties, _DESCRIPTION_KEYS),
        category=_first(properties, _CATEGORY_KEYS)[:_LONGEST_NAME],
        source=_first(properties, _SOURCE_KEYS)[:1000],
        aliases=tuple(dict.fromkeys(alias[:_LONGEST_NAME] for alias in aliases if alias and alias != name)),
    )


def _own_id(draft: _Draft) -> str:
    """The id that the file gives. A running number is the key of some table: an address should say what is there."""
    written = draft.properties.get("id") or draft.feature.id
    return "" if written.isdigit() else written


def _split_aliases(written: str) -> list[str]:
    """Alternative names: parted by semicolons or bars, or a list as JSON, as which some formats carry lists."""
    if written.startswith("["):
        try:
            return [str(alias).strip() for alias in json.loads(written)]
        except ValueError:
            written = written.strip("[]")
    return [alias.strip() for alias in written.replace("|", ";").split(";")]


def _make_id(written: str, name: str) -> str:
    """An id for addresses: the written one or the name as a slug; a digest where nothing of them is ASCII."""
    slug = (slugify_name(written) or slugify_name(name))[:80].strip("-")
    if not slug:
        slug = "place-" + hashlib.sha256(normalize_name(name).encode()).hexdigest()[:8]
    return f"{slug}-place" if slug in _RESERVED_IDS else slug


def _tell_doubles(named: Sequence[tuple[Place, bool]], report: Report) -> tuple[Place, ...]:
    """The places with ids that differ. Each comes with whether its id was written: then the same id is an error."""
    by_id: dict[str, Place] = {}
    by_name: dict[str, Place] = {}
    for place, is_written in named:
        key = normalize_name(place.name)
        twin, namesake = by_id.get(place.id), by_name.get(key)
        if twin is not None and (is_written or namesake is None):
            report.error(
                "duplicate-place-id",
                f'two places have the id "{place.id}": "{twin.name}" and "{place.name}"',
                place.defined_at,
                f"the other is in {twin.defined_at}; give one of them another id",
            )
            continue
        settled = place
        if namesake is not None:
            number = next(n for n in range(2, len(named) + 2) if f"{place.id}-{n}" not in by_id)
            settled = replace(place, id=f"{place.id}-{number}") if twin is not None else place
            report.warning(
                "duplicate-place-name",
                f'two places are called "{place.name}"',
                place.defined_at,
                f'the other is in {namesake.defined_at}; stories reach them by id: "{namesake.id}" and "{settled.id}"',
            )
        by_id[settled.id] = settled
        by_name.setdefault(key, settled)
    return tuple(by_id.values())


def _tell_distant_swaps(places: Sequence[Place], drafts: Sequence[_Draft], report: Report) -> None:
    """Warn of a point far from all others that would lie among them with longitude and latitude swapped.

    Only of points that claim no country; `_settle_country` has looked at those that do.
    """
    points = [place for place in places if place.kind == "point"]
    if len(points) < 4:
        return
    features = {draft.feature.at: draft.feature for draft in drafts if not _first(draft.properties, _COUNTRY_KEYS)}
    tree = STRtree([Point(place.point) for place in points])
    for place in points:
        feature = features.get(place.defined_at)
        if feature is None or abs(place.point.lon) > 90:
            continue
        swapped = LonLat(place.point.lat, place.point.lon)
        if _distance_to_others(place.point, tree) > _FAR_DEGREES and _distance_to_others(swapped, tree) < _NEAR_DEGREES:
            report.warning(
                "swapped-coordinates",
                f'"{place.name}" lies far from every other place, but among them with longitude and latitude swapped',
                feature.geometry_at,
                f"did you mean {_write_position(swapped, feature)}?",
            )


def _distance_to_others(point: LonLat, tree: STRtree) -> float:
    """Degrees to the nearest point of `tree` that is not `point` itself."""
    _, distances = tree.query_nearest(Point(point), exclusive=True, return_distance=True)
    return float(distances[0]) if len(distances) else math.inf
