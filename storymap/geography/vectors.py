"""Read the other formats of `geo/` with geopandas → `Feature`s: GeoPackage, KML, GPX, FlatGeobuf, shapefiles."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.errors import Location, Report
from storymap.geography.features import LARGEST_FILE, MOST_FEATURES, WGS84, Feature

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

VECTOR_SUFFIXES = frozenset({".gpkg", ".kml", ".kmz", ".gpx", ".fgb", ".shp", ".zip"})

_NUMBERED_ID = re.compile(r".+\.\d+")
"""What GDAL writes as the id of a KML placemark that has none: the layer's name and a number."""

_GPX_LAYERS = ("waypoints", "routes", "tracks")
"""The layers of a GPX file that hold things; the others hold the points of its lines once more."""


def read_vectors(file: Path, path: str, report: Report) -> list[Feature]:
    """The features of every layer of `file`; `path` is how it is called in messages, relative to the project."""
    at = Location(path)
    if file.suffix.casefold() in {".zip", ".kmz"} and not _check_archive(file, at, report):
        return []
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [str(row[0]) for row in pyogrio.list_layers(file)]
            wanted = [layer for layer in layers if file.suffix.casefold() != ".gpx" or layer in _GPX_LAYERS]
            features = [feature for layer in wanted for feature in _read_layer(file, layer, at=at, report=report)]
    except (DataSourceError, DataLayerError, OSError, ValueError, RuntimeError, MemoryError) as error:
        told = str(error).replace(str(file), path).split("; ")[0].splitlines()
        reason = told[0][:200] if told else type(error).__name__
        report.error(
            "unreadable-file",
            f"the file cannot be read: {reason}",
            at,
            "open it in QGIS to see whether it is whole, or export it as GeoJSON",
        )
        return []
    if len(features) > MOST_FEATURES:
        report.error(
            "too-many-features",
            f"the file has {len(features):,} features",
            at,
            f"at most {MOST_FEATURES:,} are read; keep those that stories name",
        )
        return []
    if not features:
        report.warning("no-features", "the file has no features", at, "add one, or delete the file")
    return features


def _check_archive(file: Path, at: Location, report: Report) -> bool:
    """Whether a zip file is one and unpacks to a sensible size."""
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        report.error(
            "unreadable-file", "this is no zip file", at, "zip the shapefile again, with its .shp, .shx, .dbf and .prj"
        )
        return False
    if size > LARGEST_FILE:
        report.error(
            "file-too-large", f"it unpacks to {size / 1e6:,.0f} MB", at, f"at most {LARGEST_FILE / 1e6:.0f} MB are read"
        )
        return False
    return True


def _read_layer(file: Path, layer: str, *, at: Location, report: Report) -> Iterator[Feature]:
    """The features of one layer, in its own reference system."""
    import geopandas

    frame: GeoDataFrame | Any = geopandas.read_file(file, layer=layer, max_features=MOST_FEATURES + 1)
    if not isinstance(frame, geopandas.GeoDataFrame):
        return
    crs = WGS84
    if frame.crs is None:
        report.warning(
            "unknown-crs", f'layer "{layer}" names no reference system; degrees are assumed', at, "add the .prj file"
        )
    else:
        crs = frame.crs.to_string()
    columns = [column for column in frame.columns if column != frame.geometry.name]
    for number, (geometry, *values) in enumerate(
        zip(frame.geometry, *(frame[column] for column in columns), strict=True), start=1
    ):
        properties = {column: value for column, value in zip(columns, values, strict=True) if _is_given(value)}
        if _NUMBERED_ID.fullmatch(str(properties.get("id", ""))):
            del properties["id"]
        label = f'feature {number} of layer "{layer}"'
        if geometry is None or geometry.is_empty:
            report.warning("no-geometry", f"{label} is nowhere: it has no geometry", at, "draw it, or delete it")
            continue
        yield Feature(geometry, properties, at, at, label, crs=crs)


def _is_given(value: Any) -> bool:
    """Whether a cell of a table holds something: neither None nor pandas' ways to say so."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    return type(value).__name__ not in {"NaTType", "NAType"}
