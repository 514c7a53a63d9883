"""Steps and ways as GPX 1.1: a waypoint for each step at each of its places, a route along them, a track per way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storymap.exchange.records import StepRecord, StoryRecord, WayRecord

if TYPE_CHECKING:
    from gpxpy.gpx import GPX, GPXTrack


def write_gpx(stories: Sequence[StoryRecord]) -> bytes:
    """A document in UTF-8."""
    from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

    gpx: GPX = GPX()
    gpx.creator = "storymap"
    gpx.name = stories[0].title if len(stories) == 1 else None
    gpx.description = stories[0].summary or None if len(stories) == 1 else None
    for story in stories:
        route = GPXRoute(name=story.title)
        for step, place in story.visits:
            lat, lon = place.point.lat_lon
            gpx.waypoints.append(
                GPXWaypoint(lat, lon, name=place.name, comment=step.date or None, description=_tell(step))
            )
            route.points.append(GPXRoutePoint(lat, lon, name=place.name))
        if route.points:
            gpx.routes.append(route)
        gpx.tracks.extend(map(_write_way, story.ways))
    return (gpx.to_xml(version="1.1") + "\n").encode()


def _tell(step: StepRecord) -> str:
    """What a device shows below the name."""
    return "\n\n".join(filter(None, (f"{step.number}. {step.title}", step.text)))


def _write_way(way: WayRecord) -> GPXTrack:
    from gpxpy.gpx import GPXTrack, GPXTrackPoint, GPXTrackSegment

    track = GPXTrack(name=way.name)
    for part in way.parts:
        segment = GPXTrackSegment()
        segment.points.extend(
            GPXTrackPoint(
                point.lat,
                point.lon,
                elevation=point.elevation,
                time=None if point.time is None else datetime.fromtimestamp(point.time, UTC),
            )
            for point in part
        )
        track.segments.append(segment)
    return track
