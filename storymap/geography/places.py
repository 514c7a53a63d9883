"""Settle the features of `geo/` as `Place`s: their names, ids, countries, and shapes in WGS 84.

geopandas is loaded only for files that are not in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry

from storymap.errors import Report
from storymap.geography.bounds import bounds_of_geometry
from storymap.geography.builtin import BuiltinGazetteer
from storymap.geography.coordinates import CoordinateError, check_position, write_degrees
from storymap.geography.features import WGS84, Feature
from storymap.geography.lookup import find_country_code
from storymap.geography.naming import Naming, name_feature, settle_ids
from storymap.geography.shapes import ShapeError, kind_of_shape, mark_shape, settle_shape
from storymap.geography.suggestions import suggest_countries
from storymap.model import LonLat, Place

_BORDER_DEGREES = 0.3
"""How far outside its country a place may lie before it is odd: outlines are coarse along coasts."""

_FAR_DEGREES = 15.0
_NEAR_DEGREES = 3.0
"""How far from all other places a point must lie, and how near to one when swapped, to look swapped."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A feature whose shape is settled."""

    feature: Feature
    naming: Naming
    geometry: BaseGeometry
    point: LonLat


def settle_places(features: Sequence[Feature], builtin: BuiltinGazetteer, report: Report) -> tuple[Place, ...]:
    """The places of `features`, in their order; those that cannot be placed are told and left out."""
    drafts = list(_settle_shapes(features, report))
    countries = _locate_countries(drafts, builtin)
    named: list[tuple[_Draft, str]] = []
    for draft, located in zip(drafts, countries, strict=True):
        country = _settle_country(draft, located, builtin, report)
        if draft.naming.name:
            named.append((draft, country))
        else:
            _tell_unnamed(draft.feature, report)
    ids = settle_ids([(draft.naming, draft.feature.at) for draft, _ in named], report)
    places = tuple(_make_place(place_id, *one) for place_id, one in zip(ids, named, strict=True) if place_id)
    _tell_distant_swaps(places, drafts, report)
    return places


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
        naming = name_feature(feature.properties, feature_id=feature.id, fallback=feature.fallback_name)
        yield _Draft(feature, naming, shape, point)


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


def _locate_countries(drafts: Sequence[_Draft], builtin: BuiltinGazetteer) -> list[str]:
    """ISO code of the country that each draft's point lies in; empty at sea. All are asked for at once."""
    if not drafts:
        return []
    codes = tuple(builtin.outlines)
    points, lands = STRtree(list(builtin.outlines.values())).query(
        [Point(draft.point) for draft in drafts], predicate="intersects"
    )
    found = [""] * len(drafts)
    for number, land in sorted(zip(points.tolist(), lands.tolist(), strict=True), reverse=True):
        found[number] = codes[land]
    return found


def _settle_country(draft: _Draft, located: str, builtin: BuiltinGazetteer, report: Report) -> str:
    """The country that the feature claims, if it is one, or that it lies in."""
    written = draft.naming.country
    if not written:
        return located
    claimed = find_country_code(written, builtin, any_case=True)
    feature = draft.feature
    if not claimed:
        help = _advise_country(written, located, builtin)
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


def _advise_country(written: str, located: str, builtin: BuiltinGazetteer) -> str:
    """What to write for a country that there is none of: one that is spelled alike, or the one around the place."""
    alike = suggest_countries(written, builtin)
    if alike:
        return "did you mean " + " or ".join(f'"{name}"' for name in alike) + "?"
    return f'it lies in "{located}"; write that' if located else "write an ISO code or an English name, such as CZ"


def _write_position(point: LonLat, feature: Feature) -> str:
    """A position in the order of the file that it is for: latitude first in a table, longitude first elsewhere."""
    lon, lat = write_degrees(point.lon), write_degrees(point.lat)
    return f"{lat}, {lon}" if feature.at.path.casefold().endswith((".csv", ".tsv")) else f"[{lon}, {lat}]"


def _tell_unnamed(feature: Feature, report: Report) -> None:
    report.warning(
        "unnamed-feature", f"{feature.label} has no name, so no story can go there", feature.at, 'give it a "name"'
    )


def _make_place(place_id: str, draft: _Draft, country: str) -> Place:
    """The place of a draft that has a name."""
    naming = draft.naming
    return Place(
        id=place_id,
        name=naming.name,
        point=draft.point,
        geometry=draft.geometry,
        bounds=bounds_of_geometry(draft.geometry),
        kind=kind_of_shape(draft.geometry),
        country=country,
        origin="geo",
        defined_at=draft.feature.at,
        description=naming.description,
        category=naming.category,
        source=naming.source,
        aliases=naming.aliases,
    )


def _tell_distant_swaps(places: Sequence[Place], drafts: Sequence[_Draft], report: Report) -> None:
    """Warn of a point far from all others that would lie among them with longitude and latitude swapped.

    Only of points that claim no country; `_settle_country` has looked at those that do.
    """
    points = [place for place in places if place.kind == "point"]
    if len(points) < 4:
        return
    features = {draft.feature.at: draft.feature for draft in drafts if not draft.naming.country}
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
