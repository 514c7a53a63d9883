"""Read GeoParquet and Feather files → `Feature`s: with geopandas and pyarrow, which is an extra."""

from __future__ import annotations

from pathlib import Path

from storymap.errors import Location, Report
from storymap.geodata.features import Feature, Purpose
from storymap.geodata.frames import list_rows

_PARQUET = frozenset({".parquet", ".geoparquet"})


def read_arrow(file: Path, path: str, report: Report, *, purpose: Purpose, crs: str = "") -> list[Feature] | None:
    """The features of `file`; None, and told, where it cannot be read or pyarrow is missing.

    `path` is how it is called in messages, `crs` the reference system, empty where the file has to say it. Raises
    whatever the readers make of a damaged file.
    """
    import geopandas

    at = Location(path)
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        advice = "install it: pip install pyarrow; or save the file as GeoPackage"
        report.error("missing-extra", "pyarrow is needed to read this file", at, advice)
        return None
    try:
        if file.suffix.casefold() in _PARQUET:
            rows = pq.read_metadata(file).num_rows
            if rows > purpose.most_features:
                report.error("too-many-features", f"the file has {rows:,} features", at, purpose.advise_fewer())
                return None
            frame = geopandas.read_parquet(file)
        else:
            frame = geopandas.read_feather(file)
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0][:200].replace(str(file), path)
        message = f"the file cannot be read: {reason}"
        report.error("unreadable-file", message, at, "save it again with geopandas or QGIS, or as GeoPackage")
        return None
    except ValueError as error:
        if "geo metadata" not in str(error):
            raise
        report.error("no-coordinate-columns", purpose.values_only, at, purpose.nowhere)
        return None
    if frame.crs is None and not crs:
        message = "the file names no reference system; degrees are assumed"
        report.warning("unknown-crs", message, at, "save it again with one")
    return list(list_rows(frame, at))
