"""Glance at the files of `geo/`: names, ids and points only, so that a search answers before shapely is loaded.

GeoJSON and tables are read here; a project with files of other formats is loaded in full, which takes GDAL. What is
wrong with a file is not told: `storymap.geodata.folder` does that when the project is built or checked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storymap.earth.mercator import wrap_longitude
from storymap.errors import Location, Report
from storymap.geodata.features import LARGEST_FILE, MOST_FEATURES
from storymap.geodata.file_settings import NO_SETTINGS, FileSettings
from storymap.geodata.folder import GEOJSON_SUFFIXES, TABLE_SUFFIXES, decode_text, list_geo_files, name_file
from storymap.geodata.foreign import is_line_delimited
from storymap.geodata.json_text import read_whole_number
from storymap.geodata.naming import settle_ids
from storymap.geodata.naming_layers import name_features
from storymap.geodata.tables import read_rows
from storymap.geodata.vectors import VECTOR_SUFFIXES
from storymap.geodata.written_shapes import WrittenShape
from storymap.model.place import LonLat


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of `geo/` by its names. `country` is as written there; `path` is the file's, relative to the project.

    A point has its position in `point`; of another shape `geometry` is kept as it stands in the file.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    description: str
    path: str
    point: LonLat | None = None
    geometry: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glance:
    """The places that a glance found, and the paths of files that could not be read."""

    places: tuple[OwnPlace, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A feature as it stands in its file, before it is named: see `storymap.geodata.features.Feature`."""

    properties: Mapping[str, Any]
    at: Location
    point: LonLat | None
    geometry: Mapping[str, Any]
    id: str = ""
    fallback_name: str = ""
    label: str = ""
    layer: str = ""
    lost: None = None


class _NotAtAGlanceError(Exception):
    """A file that only GDAL can read, GeoJSON in another reference system or by lines, or a table with shapes."""


def glance_at_places(folder: Path, root: Path, *, settings: Mapping[str, FileSettings] = NO_SETTINGS) -> Glance:
    """The places of the files below `folder`, which may be missing, of the project in `root`.

    `settings` are what the project says of single files, by their paths in it.
    """
    seen: list[_Sighting] = []
    unread: list[str] = []
    try:
        for file in list_geo_files(folder, root, Report()):
            found = _glance_at_file(file, name_file(file, root), settings)
            seen.extend(found or ())
            unread.extend([name_file(file, root)] if found is None else [])
    except _NotAtAGlanceError:
        return _read_in_full(folder, root, settings)
    namings = name_features(seen, settings, Report())
    named = [(one, naming) for one, naming in zip(seen, namings, strict=True) if naming.name]
    ids = settle_ids([(naming, one.at) for one, naming in named], Report())
    places = (
        OwnPlace(
            id=place_id,
            name=naming.name,
            aliases=naming.aliases,
            country=naming.country,
            description=naming.description,
            path=one.at.path,
            point=one.point,
            geometry=one.geometry,
        )
        for place_id, (one, naming) in zip(ids, named, strict=True)
        if place_id
    )
    return Glance(tuple(places), tuple(unread))


def locate_place(place: OwnPlace) -> LonLat | None:
    """Where the marker of a place stands; None where its geometry is broken. A line or an area takes shapely."""
    if place.point is not None:
        return place.point
    import shapely

    from storymap.earth.shapes import ShapeError, mark_shape, settle_shape
    from storymap.geodata.geojson_geometry import BadGeometryError, build_geometry

    try:
        return mark_shape(settle_shape(build_geometry(place.geometry).geometry).geometry)
    except (BadGeometryError, ShapeError, shapely.errors.ShapelyError):
        return None


def _glance_at_file(file: Path, path: str, settings: Mapping[str, FileSettings]) -> list[_Sighting] | None:
    """What one file holds; None where it cannot be read."""
    suffix = file.suffix.casefold()
    if suffix in VECTOR_SUFFIXES:
        raise _NotAtAGlanceError
    if suffix not in GEOJSON_SUFFIXES | TABLE_SUFFIXES:
        return []
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else b""
    except OSError:
        return None
    text = decode_text(data, Location(path), Report(), encoding=settings[path].encoding if path in settings else "")
    if not text:
        return None
    return _glance_at_table(text, path) if suffix in TABLE_SUFFIXES else _glance_at_geojson(text, path)


def _glance_at_table(text: str, path: str) -> list[_Sighting] | None:
    report = Report()
    found = []
    for row in read_rows(text, path, report):
        if isinstance(row.shape, WrittenShape):
            raise _NotAtAGlanceError
        if row.shape is not None:
            found.append(_Sighting(row.properties, Location(path), row.shape, {}, row.properties.get("id", "")))
    return None if report.errors and not found else found


def _glance_at_geojson(text: str, path: str) -> list[_Sighting] | None:
    if is_line_delimited(text):
        raise _NotAtAGlanceError
    try:
        data = json.loads(text.lstrip("\ufeff"), parse_int=read_whole_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    if data.get("type") == "umap" or ("crs" in data and "CRS84" not in json.dumps(data["crs"])):
        raise _NotAtAGlanceError
    return list(_list_sightings(data, path))


def _list_sightings(data: Mapping[str, Any], path: str) -> Iterator[_Sighting]:
    """The features of a collection, a feature alone, or a bare geometry, which is called by its file."""
    kind, features = data.get("type"), data.get("features")
    fallback = ""
    if kind == "Feature":
        features = [data]
    elif kind != "FeatureCollection":
        features, fallback = [{"type": "Feature", "geometry": data}], Path(path).stem
    for feature in features[:MOST_FEATURES] if isinstance(features, list) else ():
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            continue
        written, properties = feature.get("id"), feature.get("properties")
        yield _Sighting(
            properties if isinstance(properties, dict) else {},
            Location(path),
            _read_point(geometry),
            geometry,
            id=str(written) if isinstance(written, str | int | float) else "",
            fallback_name=fallback,
        )


def _read_point(geometry: Mapping[str, Any]) -> LonLat | None:
    """The position of a point; None for another shape, and for a point that is nowhere on the earth."""
    position = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(position, list) or not 2 <= len(position) <= 3:
        return None
    if not all(type(number) in {int, float} and math.isfinite(number) for number in position[:2]):
        return None
    lon, lat = position[:2]
    return LonLat(wrap_longitude(lon), float(lat)) if abs(lon) <= 360 and abs(lat) <= 90 else None


def _read_in_full(folder: Path, root: Path, settings: Mapping[str, FileSettings]) -> Glance:
    """The places of a project with a file that takes more than a glance."""
    from storymap.gazetteer.places import load_places

    own = load_places(folder, root, Report(), settings=settings)
    found = (
        OwnPlace(
            id=place.id,
            name=place.name,
            aliases=place.aliases,
            country=place.country,
            description=place.description,
            path=place.defined_at.path,
            point=place.point,
        )
        for place in own.places
    )
    return Glance(tuple(found), tuple(file.problem.at.path for file in own.unread if not file.is_read))
