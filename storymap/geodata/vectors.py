"""Read the other formats of places and data with GDAL → `Feature`s: GeoPackage, GPX, FlatGeobuf, shapefiles, TopoJSON.

Through pyogrio, and not through geopandas, which refuses a whole file for one line of one point.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from storymap.earth.flaws import Flaw
from storymap.errors import Location, Report
from storymap.geodata.archives import Shapefile, open_archive, open_shapefile
from storymap.geodata.encodings import advise_encoding, decode_latin, guess_dbf_encoding, guess_encoding
from storymap.geodata.features import PLACES, WGS84, Feature, Purpose
from storymap.geodata.file_settings import advise_system
from storymap.geodata.gpx_commas import tell_commas

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_WESTERN = "latin1"
"""What GDAL takes for the encoding of a shapefile that names none: every byte is a letter or a sign."""

_GPX_LAYERS = ("waypoints", "routes", "tracks")
"""The layers of a GPX file that hold things; the others hold the points of its lines once more."""


_INDEXED = frozenset({".gpkg", ".fgb"})
"""Formats of which the columns are known without reading the file, and may be many."""

_TOPOJSON = "TopoJSON:"
"""What has GDAL read a file as TopoJSON, whatever else it may look like."""

_MOST_COLUMNS = 500
"""Columns of a layer that are read: for each, room is made for as many values as there may be features."""


def read_vectors(
    file: Path,
    path: str,
    report: Report,
    *,
    encoding: str = "",
    crs: str = "",
    purpose: Purpose = PLACES,
    choose: Callable[[Sequence[str]], Sequence[str]] = tuple,
) -> list[Feature] | None:
    """The features of the layers of `file` that `choose` takes; None, and told, where it cannot be read.

    `path` is how it is called in messages, relative to the project. `encoding` is that of the texts of a shapefile,
    `crs` the reference system, each empty where it is not known. Raises whatever GDAL and its readers make of a
    damaged file.
    """
    at = Location(path)
    suffix = file.suffix.casefold()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if suffix in {".shp", ".zip"}:
            shapefiles = _open_shapefiles(file, at, purpose, report, is_placed=bool(crs))
            wanted = choose([one.name for one in shapefiles]) if shapefiles else ()
            chosen = [one for one in shapefiles if one.name in wanted and _is_whole(one, at, report)]
            return _read_shapefiles(chosen, encoding, crs, at, purpose, report) if chosen else None
        if suffix == ".gpx":
            if tell_commas(file.read_bytes(), at.path, at, report):
                return None
            layers = [one for layer in _GPX_LAYERS for one in _read_layer(file, layer, at, purpose, report)]
            return _name_tracks(layers, file)
        source = file if suffix in _INDEXED else f"{_TOPOJSON}{file}"
        names = _list_layers(source)
        wanted = choose(names)
        if names and not wanted:
            return None
        return [one for layer in wanted for one in _read_layer(source, layer, at, purpose, report, crs=crs)]


def _list_layers(source: Path | str) -> list[str]:
    """The layers that hold shapes."""
    import pyogrio

    return [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]


def _can_be_told(prj: Path, at: Location, report: Report) -> bool:
    """Whether the reference system beside a shapefile, if there is one, is text; else it is told."""
    try:
        prj.read_bytes().decode()
    except FileNotFoundError:
        return True
    except UnicodeDecodeError:
        advice = "save the shapefile again; if it is in degrees, it can do without its .prj file"
        report.error("unknown-crs", "its .prj file cannot be read", at, advice)
        return False
    return True


def _open_shapefiles(
    file: Path, at: Location, purpose: Purpose, report: Report, *, is_placed: bool
) -> tuple[Shapefile, ...]:
    """A shapefile, or those within a zip file; none, which is told, where it holds none or cannot be used."""
    if file.suffix.casefold() == ".shp":
        if not is_placed and not _can_be_told(file.with_suffix(".prj"), at, report):
            return ()
        return (open_shapefile(file, purpose.largest_file),)
    archive = open_archive(file, purpose.largest_file)
    if archive.size > purpose.largest_file:
        report.error("file-too-large", f"it unpacks to {archive.size / 1e6:,.0f} MB", at, purpose.advise_smaller())
    elif not archive.shapefiles:
        message, advice = (
            "the zip file holds no shapefile",
            "zip the shapefile again, with its .shp, .shx, .dbf and .prj",
        )
        if archive.others:
            message += f', but "{archive.others[0][:80]}"'
            advice = f"unpack it and put here what it holds, or {advice}"
        report.error("unreadable-file", message, at, advice)
    return archive.shapefiles


def _is_whole(shapefile: Shapefile, at: Location, report: Report) -> bool:
    """Whether a shapefile has what GDAL needs to open it; else it is told."""
    if not shapefile.is_whole:
        message = f'"{shapefile.name}.shx" is missing, without which its shapes cannot be read'
        advice = "a shapefile is several files of one name: put its .shx, .dbf and .prj beside the .shp, too"
        report.error("unreadable-file", message, at, advice)
    return shapefile.is_whole


def _read_shapefiles(
    shapefiles: Sequence[Shapefile], encoding: str, crs: str, at: Location, purpose: Purpose, report: Report
) -> list[Feature]:
    """The features of shapefiles; their texts in the encoding that they say, that was given or that they are in."""
    features: list[Feature] = []
    for shapefile in shapefiles:
        found, unclear = ("", b"") if encoding else guess_dbf_encoding(shapefile.table)
        if unclear:
            found = guess_encoding(unclear) or _WESTERN
            first = unclear.partition(b"\n")[0].decode(found, "replace")
            report.warning(
                "unknown-encoding",
                f'"{shapefile.name}" does not say how its texts are encoded; one reads "{first}"',
                at,
                f"if that is wrong, {advise_encoding(unclear, at.path)}",
            )
        source, known = shapefile.source, encoding or found
        features.extend(_read_layer(source, shapefile.name, at, purpose, report, encoding=known, crs=crs))
    return features


def _name_tracks(features: list[Feature], file: Path) -> list[Feature]:
    """GPX features with the name of the file's metadata, or of the file, for what has none of its own.

    Several such tracks and routes are numbered. A waypoint is called so only if it is all there is.
    """
    import pyogrio

    unnamed = [
        number
        for number, feature in enumerate(features)
        if not feature.properties.get("name") and (feature.layer != "waypoints" or len(features) == 1)
    ]
    if not unnamed:
        return features
    metadata = pyogrio.read_info(file, layer="tracks").get("dataset_metadata") or {}
    name = " ".join(str(metadata.get("NAME", "")).split()) or file.stem
    called = list(features)
    for count, number in enumerate(unnamed, start=1):
        called[number] = replace(features[number], fallback_name=name if len(unnamed) == 1 else f"{name} {count}")
    return called


def _read_layer(
    source: Path | str, layer: str, at: Location, purpose: Purpose, report: Report, *, encoding: str = "", crs: str = ""
) -> Iterator[Feature]:
    """The features of one layer, in `crs` or else its own; the texts in `encoding`, if the file does not say it."""
    from pyogrio import read_info
    from pyogrio.raw import read

    columns = read_info(source, layer=layer)["fields"] if Path(source).suffix in _INDEXED else ()
    meta, _, shapes, values_of_columns = read(
        source,
        layer=layer,
        columns=columns[:_MOST_COLUMNS] if len(columns) > _MOST_COLUMNS else None,
        max_features=purpose.most_features + 1,
        force_2d=True,
        encoding=_WESTERN if encoding else None,
    )
    if shapes is None:
        return
    if not (crs or meta["crs"] or str(source).startswith(_TOPOJSON)):  # it is in degrees, and has no place to say it
        beside = at.path.casefold().endswith((".shp", ".zip"))
        advice = (
            f"add the .prj file, or {advise_system(at.path)}"
            if beside
            else "say in QGIS which one it is (Set Layer CRS), and save the layer again"
        )
        report.warning("unknown-crs", f'layer "{layer}" names no reference system; degrees are assumed', at, advice)
    crs = crs or meta["crs"] or WGS84
    names = [str(name) for name in meta["fields"]]
    for number, (shape, *values) in enumerate(
        zip(shapes, *(column.tolist() for column in values_of_columns), strict=True), start=1
    ):
        properties = {name: value for name, value in zip(names, values, strict=True) if _is_given(value)}
        if encoding:
            properties = {
                name: decode_latin(value, encoding) if isinstance(value, str) else value
                for name, value in properties.items()
            }
        geometry, mended, lost = _build_shape(shape)
        label = f'feature {number} of layer "{layer}"'
        yield Feature(geometry, properties, at, at, label, crs=crs, mended=mended, lost=lost, layer=layer)


def _build_shape(data: bytes | None) -> tuple[BaseGeometry, tuple[Flaw, ...], Flaw | None]:
    """The geometry in well-known binary, with what was mended in it, or why there is none."""
    import shapely

    from storymap.earth.mending import settle_mended
    from storymap.geodata.wkb import read_wkb

    nothing = shapely.GeometryCollection()
    if data is None:
        return nothing, (), Flaw("no-geometry", "it has no geometry, so it is nowhere", "draw it, or delete it")
    try:
        shape = read_wkb(data)
    except ValueError as error:
        return nothing, (), Flaw("bad-geometry", str(error), "draw it again, or delete it")
    return shape.geometry, *settle_mended(shape.geometry, shape.flaws)


def _is_given(value: Any) -> bool:
    """Whether a cell of a table holds something: neither None nor the number that stands for none."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))
