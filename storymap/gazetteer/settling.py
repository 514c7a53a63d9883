"""Settle the features of `geo/` as `Place`s: their names, ids, countries, and shapes in WGS 84.

One that cannot be placed is told and left out; its names are kept, so that a story that goes there learns why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import shapely
from msgspec import Struct
from msgspec.structs import replace
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from storymap.earth.bounds import bounds_of_geometry
from storymap.earth.coordinates import check_position, write_degrees
from storymap.earth.flaws import Flaw
from storymap.earth.shapes import kind_of_shape, mark_shape
from storymap.errors import Location, Report
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.lookup import find_country_code
from storymap.gazetteer.suggestions import suggest_countries
from storymap.gazetteer.swaps import tell_swapped_file
from storymap.geodata.features import Feature
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings
from storymap.geodata.flaws import Flawed, tell_flaws
from storymap.geodata.naming import Naming, settle_ids
from storymap.geodata.naming_layers import name_features
from storymap.geodata.settled_shapes import settle_feature
from storymap.model.place import LonLat, Place

_BORDER_DEGREES = 0.3
"""How far outside its country a place may lie before it is odd: outlines are coarse along coasts."""

_FAR_DEGREES = 15.0
_NEAR_DEGREES = 3.0
"""How far from all other places a point must lie, and how near to one when swapped, to look swapped."""


_FEWEST = 3
"""Records of a file that claim their countries from which a file that is swapped as a whole is told once."""


class LostPlace(Struct, frozen=True):
    """A record of `geo/` that is no place: what it is called, where it stands, and why it is none."""

    id: str
    name: str
    aliases: tuple[str, ...]
    at: Location
    flaw: Flaw


class Settled(Struct, frozen=True):
    """The places of `geo/` in the order of their files, and the named records that could not become places."""

    places: tuple[Place, ...] = ()
    lost: tuple[LostPlace, ...] = ()


class _Draft(Struct, frozen=True):
    """A feature whose shape is settled, and what is odd about it."""

    feature: Feature
    naming: Naming
    geometry: BaseGeometry
    point: LonLat
    flaws: tuple[Flaw, ...]


class _Lost(Struct, frozen=True):
    """A feature that is nowhere, and why."""

    feature: Feature
    naming: Naming
    flaws: tuple[Flaw, ...]


def settle_places(
    features: Sequence[Feature],
    builtin: BuiltinGazetteer,
    report: Report,
    *,
    settings: Mapping[str, FileSettings] = NO_SETTINGS,
) -> Settled:
    """The places of `features`, and the records that cannot be placed; what was mended and what is lost is told.

    `features` are in degrees. `settings` are those of files, by their paths.
    """
    namings = name_features(features, settings, report)
    found = [_settle_shape(feature, naming) for feature, naming in zip(features, namings, strict=True)]
    tell_flaws((Flawed(_name(one), one.feature.geometry_at, flaw) for one in found for flaw in one.flaws), report)
    drafts = [one for one in found if isinstance(one, _Draft)]
    countries = _locate_countries(drafts, builtin)
    named: list[tuple[_Draft, str]] = []
    swapped = _find_swapped(drafts, builtin, report)
    for draft, located in zip(drafts, countries, strict=True):
        is_told = draft.feature.at.path in swapped
        country = _settle_country(draft, located, builtin, Report() if is_told else report)
        if draft.naming.name:
            named.append((draft, country))
    ids = settle_ids([(draft.naming, draft.feature.at) for draft, _ in named], report)
    places = tuple(_make_place(place_id, *one) for place_id, one in zip(ids, named, strict=True) if place_id)
    _tell_distant_swaps(places, [draft for draft in drafts if draft.feature.at.path not in swapped], report)
    doubles = (_make_double(draft) for place_id, (draft, _) in zip(ids, named, strict=True) if not place_id)
    nowhere = (_make_lost(one) for one in found if isinstance(one, _Lost) and one.naming.name)
    return Settled(places, (*doubles, *nowhere))


def _name(one: _Draft | _Lost) -> str:
    """What a feature is called in messages."""
    return f'"{one.naming.name[:60]}"' if one.naming.name else one.feature.label


def _make_lost(one: _Lost) -> LostPlace:
    return LostPlace(one.naming.id, one.naming.name, one.naming.aliases, one.feature.geometry_at, one.flaws[-1])


def _make_double(draft: _Draft) -> LostPlace:
    naming = draft.naming
    flaw = Flaw("duplicate-place-id", f'another place has the id "{naming.id}", too', "give one of them another id")
    return LostPlace(naming.id, naming.name, naming.aliases, draft.feature.at, flaw)


def _settle_shape(feature: Feature, naming: Naming) -> _Draft | _Lost:
    """A feature with its shape as it is drawn, or why there is none."""
    settled = settle_feature(feature)
    if isinstance(settled, Flaw):
        return _Lost(feature, naming, (settled,))
    point = mark_shape(settled.geometry)
    odd = _list_oddities(feature, point) if settled.geometry.geom_type == "Point" else ()
    return _Draft(feature, naming, settled.geometry, point, (*settled.flaws, *odd))


def _list_oddities(feature: Feature, point: LonLat) -> Iterator[Flaw]:
    """What is odd about a point: that it lies at 0, 0 or beyond the edge of the map, or that its longitude runs on."""
    for oddity in check_position(point.lat, point.lon).warnings:
        yield Flaw(oddity.code, oddity.message, oddity.help)
    written = getattr(feature.geometry, "x", point.lon)
    if abs(written) > 180:
        yield Flaw(
            "wrapped-longitude",
            f'longitude "{write_degrees(written)}" runs over 180°',
            f"write {write_degrees(point.lon)}",
        )


def _locate_countries(drafts: Sequence[_Draft], builtin: BuiltinGazetteer) -> list[str]:
    """ISO code of the country that each draft's point lies in; empty at sea. All are asked for at once."""
    if not drafts:
        return []
    codes = tuple(builtin.outlines)
    points, lands = STRtree(list(builtin.outlines.values())).query(
        shapely.points([draft.point for draft in drafts]), predicate="intersects"
    )
    found = [""] * len(drafts)
    for number, land in sorted(zip(points.tolist(), lands.tolist(), strict=True), reverse=True):
        found[number] = codes[land]
    return found


def _find_swapped(drafts: Sequence[_Draft], builtin: BuiltinGazetteer, report: Report) -> set[str]:
    """The paths of files that seem to be swapped as a whole, which is told; a record or two tell their own country."""
    files: dict[str, list[_Draft]] = {}
    for draft in drafts:
        files.setdefault(draft.feature.at.path, []).append(draft)
    return {
        path
        for path, found in files.items()
        if (len(found) >= _FEWEST or not any(draft.naming.country for draft in found))
        and tell_swapped_file([replace(draft.feature, geometry=draft.geometry) for draft in found], builtin, report)
    }


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
        names=naming.names,
    )


def _tell_distant_swaps(places: Sequence[Place], drafts: Sequence[_Draft], report: Report) -> None:
    """Warn of a point far from all others that would lie among them with longitude and latitude swapped.

    Only of points that claim no country; `_settle_country` has looked at those that do.
    """
    points = [place for place in places if place.kind == "point"]
    if len(points) < _FEWEST:
        return
    features = {draft.feature.at: draft.feature for draft in drafts if not draft.naming.country}
    asked = [place for place in points if place.defined_at in features and abs(place.point.lon) <= 90]
    tree = STRtree(shapely.points(list({place.point for place in points})))
    swapped = [LonLat(place.point.lat, place.point.lon) for place in asked]
    apart = _measure_to_others([place.point for place in asked], tree)
    apart_if_swapped = _measure_to_others(swapped, tree)
    for place, turned, far, near in zip(asked, swapped, apart, apart_if_swapped, strict=True):
        if far > _FAR_DEGREES and near < _NEAR_DEGREES:
            feature = features[place.defined_at]
            report.warning(
                "swapped-coordinates",
                f'"{place.name}" lies far from every other place, but among them with longitude and latitude swapped',
                feature.geometry_at,
                f"did you mean {_write_position(turned, feature)}?",
            )


def _measure_to_others(points: Sequence[LonLat], tree: STRtree) -> list[float]:
    """Degrees from each of `points` to the nearest of `tree` that is not the point itself; infinite without any."""
    found = [math.inf] * len(points)
    if points:
        (numbers, _), distances = tree.query_nearest(
            shapely.points(points), exclusive=True, return_distance=True, all_matches=False
        )
        for number, distance in zip(numbers.tolist(), distances.tolist(), strict=True):
            found[number] = distance
    return found
