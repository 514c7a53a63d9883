"""Settle the features of `geo/` as `Place`s: their names, ids, countries, and shapes in WGS 84.

geopandas brings every file to degrees and finds the country that each place lies in, all places at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from shapely.geometry.base import BaseGeometry

from storymap.errors import Report
from storymap.geography.bounds import bounds_of_geometry
from storymap.geography.builtin import BuiltinGazetteer
from storymap.geography.coordinates import CoordinateError, check_position, write_degrees
from storymap.geography.distance import measure_distances
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

_FAR_KILOMETRES = 1_500.0
_NEAR_KILOMETRES = 300.0


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
    places: list[Place] = []
    for draft, located in zip(drafts, countries, strict=True):
        place = _name_place(draft, _settle_country(draft, located, builtin, report), report)
        if place is not None:
            places.append(place)
    settled = _tell_doubles(places, report)
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
            yield folded, text.strip()[:_LONGEST_TEXT]


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
    from shapely import Point

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
    own_id = properties.get("id") or feature.id
    name = _first(properties, _NAME_KEYS) or feature.fallback_name or ("" if own_id.isdigit() else own_id)
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        report.warning(
            "unnamed-feature", f"{feature.label} has no name, so no story can go there", feature.at, 'give it a "name"'
        )
        return None
    written = _first(properties, _ALIAS_KEYS).strip("[]")
    aliases = [alias.strip().strip('"').strip() for alias in written.replace("|", ";").split(";")]
    if written.startswith('"') and '","' in written.replace('", "', '","'):
        aliases = [str(alias) for alias in json.loads(f"[{written}]")]
    # A running number is a key of some table, no name: the address of a page should say what is on it.
    place_id = _make_id("" if own_id.isdigit() else own_id, name)
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


def _make_id(written: str, name: str) -> str:
    """An id for addresses: the written one or the name as a slug; a digest where nothing of them is ASCII."""
    slug = (slugify_name(written) or slugify_name(name))[:80].strip("-")
    if not slug:
        slug = "place-" + hashlib.sha256(normalize_name(name).encode()).hexdigest()[:8]
    return f"{slug}-place" if slug in _RESERVED_IDS else slug


def _tell_doubles(places: Sequence[Place], report: Report) -> tuple[Place, ...]:
    """`places` with ids that differ: the same id is an error where it was written, else the second gets a number."""
    by_id: dict[str, Place] = {}
    by_name: dict[str, Place] = {}
    for place in places:
        key = normalize_name(place.name)
        twin, namesake = by_id.get(place.id), by_name.get(key)
        if twin is not None and namesake is None:
            report.error(
                "duplicate-place-id",
                f'two places have the id "{place.id}": "{twin.name}" and "{place.name}"',
                place.defined_at,
                f"the other is in {twin.defined_at}; give one of them another id",
            )
            continue
        settled = place
        if namesake is not None:
            number = next(n for n in range(2, len(places) + 2) if f"{place.id}-{n}" not in by_id)
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
    if not 4 <= len(places) <= 2_000:
        return
    features = {draft.feature.at: draft.feature for draft in drafts if not _first(draft.properties, _COUNTRY_KEYS)}
    points = [place.point for place in places]
    for place in places:
        others = [point for point in points if point != place.point]
        feature = features.get(place.defined_at)
        if feature is None or place.kind != "point" or abs(place.point.lon) > 90 or len(others) < 3:
            continue
        swapped = LonLat(place.point.lat, place.point.lon)
        if min(measure_distances(place.point, others)) < _FAR_KILOMETRES:
            continue
        if min(measure_distances(swapped, others)) <= _NEAR_KILOMETRES:
            report.warning(
                "swapped-coordinates",
                f'"{place.name}" lies far from every other place, but among them with longitude and latitude swapped',
                feature.geometry_at,
                f"did you mean {_write_position(swapped, feature)}?",
            )
