"""Read a file of tracks → `TrackFile`: GPX, KML and GeoJSON lines with GDAL, TCX, and FIT through an extra."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from msgspec.structs import replace

from storymap.errors import Location, Report
from storymap.geodata.contents import open_contents
from storymap.geodata.files import SAVE_XML
from storymap.geodata.gpx_commas import tell_commas
from storymap.geodata.tidying_tracks import tidy_stage
from storymap.model.track import Stage, TrackFile, TrackPoint, Waypoint

MOST_POINTS = 500_000
"""Points of a file of tracks that are read: three months of a point every ten seconds."""

LARGEST_TRACK = 100_000_000
"""Bytes of the largest file of tracks."""

SUFFIXES = (".gpx", ".kml", ".kmz", ".geojson", ".json", ".geojsonl", ".tcx", ".fit")

_SEMICIRCLES = 2**31 / 180
"""FIT counts angles in parts of half a turn."""


def read_tracks(file: Path, path: str, at: Location, report: Report) -> TrackFile | None:
    """The tracks of `file`, which messages call `path`; None, and told at `at`, where there is none that can be drawn.

    A file with one track has a stage for each of its segments, one with several a stage for each track.
    """
    try:
        size = file.stat().st_size
        if size > LARGEST_TRACK:
            help = f"at most {LARGEST_TRACK / 1e6:.0f} MB are read; leave out what no step shows"
            report.error("file-too-large", f'"{path}" has {size / 1e6:,.0f} MB', at, help)
            return None
        with open_contents(file, replace(at, path=path), report, largest=LARGEST_TRACK) as contents:
            file = contents
            found = _read_contents(contents, path, at, report)
    except Exception as error:  # noqa: BLE001 - whatever a reader makes of a damaged file
        words = str(error).replace(str(file), path).split("; ")[0].splitlines() or [type(error).__name__]
        reason = words[0][:200]
        help = "open it in the program that it comes from, and export it again"
        help = SAVE_XML if "unknown encoding" in reason else help
        report.error("unreadable-file", f'"{path}" cannot be read: {reason}', at, help)
        return None
    if found is None:
        return None
    tidied = [tidy_stage(stage) for stage in found.stages]
    stages = tuple(stage for stage, _ in tidied if stage)
    if leaps := sum(count for _, count in tidied):
        some = f"{leaps:,} points of" if leaps > 1 else "a point of"
        message = f'{some} "{path}" leaping more than 20 km away and back {"are" if leaps > 1 else "is"} left out'
        report.warning("gps-leap", message, at, "delete them in the program that recorded the way, if they are wrong")
    if not stages:
        help = "a track has at least two recorded points; see whether the file holds waypoints only"
        report.error("no-track", f'"{path}" holds no track', at, help)
        return None
    return TrackFile(path, stages, found.waypoints)


def _read_contents(file: Path, path: str, at: Location, report: Report) -> TrackFile | None:
    """The tracks of a file that is what its suffix says."""
    suffix = file.suffix.casefold()
    if suffix not in SUFFIXES:
        help = "export it as GPX, KML, GeoJSON, TCX or FIT"
        report.error("unreadable-file", f'"{path}" is no kind of track that is read', at, help)
        return None
    if suffix == ".fit":
        return _read_fit(file, path, at, report)
    if not file.stat().st_size:
        help = "copy or download it again"
        report.error("unreadable-file", f'"{path}" is empty', at, help)
        return None
    if suffix == ".gpx":
        return _read_gpx(file, path, at, report)
    return _read_tcx(file, path) if suffix == ".tcx" else _read_lines(file, path)


def _read_gpx(file: Path, path: str, at: Location, report: Report) -> TrackFile | None:
    import pyogrio

    if tell_commas(file.read_bytes(), path, at, report):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        named = pyogrio.read_dataframe(file, layer="waypoints", columns=["name"])
        tracks = _read_gpx_layer(file, "tracks", "track_points", ("track_fid", "track_seg_id"))
        stages = tracks or _read_gpx_layer(file, "routes", "route_points", ("route_fid",))
    waypoints = tuple(
        Waypoint(str(name), point.x, point.y)
        for name, point in zip(named["name"], named.geometry, strict=True)
        if isinstance(name, str) and name.strip() and point is not None and not point.is_empty
    )
    return TrackFile(path, tuple(stages), waypoints)


def _read_gpx_layer(file: Path, lines: str, points: str, keys: tuple[str, ...]) -> list[Stage]:
    """The stages of a GPX file's tracks, or of its routes: `keys` are the columns that number them and their parts."""
    import pyogrio

    # Without shapes: shapely refuses a line of one point, and the whole layer with it.
    named = pyogrio.read_dataframe(file, layer=lines, columns=["name"], read_geometry=False)
    names = [name if isinstance(name, str) else "" for name in named["name"]]
    frame = pyogrio.read_dataframe(file, layer=points, columns=[*keys, "ele", "time"], max_features=MOST_POINTS)
    times = [_read_time(value) for value in frame["time"]]
    rows = [
        (tuple(numbers), TrackPoint(shape.x, shape.y, _read_height(height), time))
        for *numbers, height, time, shape in zip(
            *(frame[key] for key in keys), frame["ele"], times, frame.geometry, strict=True
        )
        if shape is not None and not shape.is_empty
    ]
    parts = [(key, tuple(point for _, point in group)) for key, group in groupby(rows, key=lambda row: row[0])]
    if len({key[0] for key, _ in parts}) == 1 and len(parts) > 1:
        name = names[0] if names else ""
        return [Stage(name, (part,)) for _, part in parts]
    return [
        Stage(names[int(number)] if int(number) < len(names) else "", tuple(part for _, part in group))
        for number, group in groupby(parts, key=lambda part: part[0][0])
    ]


def _read_lines(file: Path, path: str) -> TrackFile:
    """The lines of any other file, one stage each, and its points with names."""
    import pyogrio
    import shapely

    stages: list[Stage] = []
    waypoints: list[Waypoint] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for layer, _ in pyogrio.list_layers(file):
            frame = pyogrio.read_dataframe(file, layer=layer, max_features=MOST_POINTS)
            if frame.crs is not None and frame.crs.to_epsg() != 4326:
                frame = frame.to_crs(4326)
            names = next(
                (frame[key] for key in frame.columns if key.casefold() in {"name", "title"}), [""] * len(frame)
            )
            for name, shape in zip(names, frame.geometry, strict=True):
                called = name if isinstance(name, str) else ""
                if shape is None or shape.is_empty:
                    continue
                if shape.geom_type == "Point" and called:
                    waypoints.append(Waypoint(called, shape.x, shape.y))
                elif shape.geom_type in {"LineString", "MultiLineString"}:
                    parts = shapely.get_parts(shape).tolist()
                    stages.append(Stage(called, tuple(tuple(_list_points(part)) for part in parts)))
    return TrackFile(path, tuple(stages), tuple(waypoints))


def _list_points(line: Any) -> Iterator[TrackPoint]:
    for lon, lat, *height in line.coords:
        yield TrackPoint(lon, lat, _read_height(height[0]) if height else None)


def _read_tcx(file: Path, path: str) -> TrackFile:
    """The activities and courses of a file of the Training Center, a stage each, whose laps follow one another."""
    stages: list[Stage] = []
    points: list[TrackPoint] = []
    name = ""
    for _, element in iterparse(file):  # noqa: S314 - expat bounds entities, and fetches nothing
        kind = element.tag.rpartition("}")[2]
        if kind == "Trackpoint":
            if len(points) < MOST_POINTS and (point := _read_trackpoint(element)):
                points.append(point)
            element.clear()
        elif kind == "Name" and not name:
            name = element.text or ""
        elif kind in {"Activity", "Course"}:
            stages.append(Stage(name if kind == "Course" else "", (tuple(points),)))
            points, name = [], ""
    return TrackFile(path, tuple(stages), ())


def _read_trackpoint(element: Element) -> TrackPoint | None:
    """A point of a file of the Training Center; None where it says a time or a pulse alone."""
    texts = {child.tag.rpartition("}")[2]: child.text or "" for child in element.iter()}
    try:
        lat, lon = float(texts["LatitudeDegrees"]), float(texts["LongitudeDegrees"])
    except (KeyError, ValueError):
        return None
    try:
        time = _read_time(datetime.fromisoformat(texts.get("Time", "").strip()))
    except ValueError:
        time = None
    try:
        height = _read_height(float(texts.get("AltitudeMeters", "")))
    except ValueError:
        height = None
    return TrackPoint(lon, lat, height, time)


def _read_fit(file: Path, path: str, at: Location, report: Report) -> TrackFile | None:
    """The records of a FIT file, as one stage: a watch begins another file for another day."""
    try:
        import fitdecode
    except ImportError:
        help = "install it: pip install fitdecode; or export the track as GPX"
        report.error("missing-extra", f'"{path}" is a FIT file, which needs the extra "fit"', at, help)
        return None
    points: list[TrackPoint] = []
    with fitdecode.FitReader(file) as reader:
        for frame in reader:
            if not isinstance(frame, fitdecode.FitDataMessage) or frame.name != "record":
                continue
            lat, lon = (frame.get_value(f"position_{axis}", fallback=None) for axis in ("lat", "long"))
            if lat is None or lon is None or len(points) >= MOST_POINTS:
                continue
            height = frame.get_value("enhanced_altitude", fallback=None)
            if height is None:
                height = frame.get_value("altitude", fallback=None)
            time = _read_time(frame.get_value("timestamp", fallback=None))
            points.append(TrackPoint(lon / _SEMICIRCLES, lat / _SEMICIRCLES, _read_height(height), time))
    return TrackFile(path, (Stage("", (tuple(points),)),) if points else ())


def _read_height(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _read_time(value: Any) -> float | None:
    """Seconds since 1970; a time without a zone is taken for one of Greenwich, as GPX has it."""
    if not isinstance(value, datetime) or value != value:  # noqa: PLR0124 - pandas' NaT is not itself
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
