"""Read the other formats of `geo/` with GDAL → `Feature`s: GeoPackage, KML, GPX, FlatGeobuf, shapefiles.

Through pyogrio, with which geopandas reads too; geopandas itself refuses a whole file for one shape of one point.
"""

from __future__ import annotations

import math
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.errors import Location, Report
from storymap.geography.features import LARGEST_FILE, MOST_FEATURES, WGS84, Feature, Flaw

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MARKS = {
    ".gpkg": (b"SQLite format 3\0",),
    ".fgb": (b"fgb\x03", b"fgb\x02"),
    ".kml": (b"<kml",),
    ".kmz": (b"PK\x03\x04",),
    ".gpx": (b"<gpx",),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".zip": (b"PK\x03\x04",),
}
"""By which bytes near its start a file shows that it is what its suffix says."""

VECTOR_SUFFIXES = frozenset(_MARKS)

_GPX_LAYERS = ("waypoints", "routes", "tracks")
"""The layers of a GPX file that hold things; the others hold the points of its lines once more."""


def read_vectors(file: Path, path: str, report: Report) -> list[Feature]:
    """The features of every layer of `file`; `path` is how it is called in messages, relative to the project.

    Raises whatever GDAL and its readers make of a damaged file.
    """
    at = Location(path)
    source = _choose_source(file, at, report)
    if source is None:
        return []
    import pyogrio

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layers = [str(row[0]) for row in pyogrio.list_layers(source)]
        wanted = [layer for layer in layers if file.suffix.casefold() != ".gpx" or layer in _GPX_LAYERS]
        features = [feature for layer in wanted for feature in _read_layer(source, layer, at=at, report=report)]
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


def _choose_source(file: Path, at: Location, report: Report) -> Path | str | None:
    """What GDAL shall open: the file, or the shapefile in an archive. None, and told, if it is not what it is called.

    GDAL goes by the contents, whatever the name; some of its formats are orders to read other files or addresses. So
    the file has to be what its suffix says.
    """
    suffix = file.suffix.casefold()
    with file.open("rb") as opened:
        start = opened.read(4096)
    if any(mark in start for mark in _MARKS[suffix]) and b"OGRVRT" not in start:
        if suffix == ".shp" and not _can_be_told(file.with_suffix(".prj"), at, report):
            return None
        return _open_archive(file, at, report) if suffix == ".zip" else file
    report.error(
        "unreadable-file", f'this is no {suffix[1:]} file, though it is called "{file.name}"', at,
        "open it in QGIS to see what it is, or export it as GeoJSON",
    )  # fmt: skip
    return None


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


def _open_archive(file: Path, at: Location, report: Report) -> str | None:
    """The shapefile within a zip file; None, and told, where there is none or it unpacks to too much."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            shapes = sorted(member.filename for member in members if member.filename.casefold().endswith(".shp"))
            marked = bool(shapes) and archive.open(shapes[0]).read(4) == _MARKS[".shp"][0]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        shapes, members, marked = [], [], False
    if not marked:
        advice = "zip the shapefile again, with its .shp, .shx, .dbf and .prj"
        report.error("unreadable-file", "the zip file holds no shapefile", at, advice)
        return None
    size = sum(member.file_size for member in members)
    if size > LARGEST_FILE:
        most = f"at most {LARGEST_FILE / 1e6:.0f} MB are read"
        report.error("file-too-large", f"it unpacks to {size / 1e6:,.0f} MB", at, most)
        return None
    return f"/vsizip/{file.resolve().as_posix()}/{shapes[0]}"


def _read_layer(source: Path | str, layer: str, *, at: Location, report: Report) -> Iterator[Feature]:
    """The features of one layer, in its own reference system."""
    from pyogrio.raw import read

    meta, _, shapes, columns = read(source, layer=layer, max_features=MOST_FEATURES + 1, force_2d=True)
    if shapes is None:
        return
    crs = meta["crs"] or WGS84
    if not meta["crs"]:
        report.warning(
            "unknown-crs", f'layer "{layer}" names no reference system; degrees are assumed', at, "add the .prj file"
        )
    names = [str(name) for name in meta["fields"]]
    for number, (shape, *values) in enumerate(
        zip(shapes, *(column.tolist() for column in columns), strict=True), start=1
    ):
        properties = {name: value for name, value in zip(names, values, strict=True) if _is_given(value)}
        geometry, mended, lost = _build_shape(shape)
        label = f'feature {number} of layer "{layer}"'
        yield Feature(geometry, properties, at, at, label, crs=crs, mended=mended, lost=lost, layer=layer)


def _build_shape(data: bytes | None) -> tuple[BaseGeometry, tuple[Flaw, ...], Flaw | None]:
    """The geometry in well-known binary, with what was mended in it, or why there is none."""
    import shapely

    from storymap.geography.mending import settle_mended
    from storymap.geography.wkb import read_wkb

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
