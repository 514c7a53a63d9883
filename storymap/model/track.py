"""Tracks: the way that somebody went, recorded point by point, in stages."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class TrackPoint(NamedTuple):
    """A recorded point: degrees, metres above the sea and seconds since 1970, both None where they are not recorded."""

    lon: float
    lat: float
    elevation: float | None = None
    time: float | None = None


class Stage(Struct, frozen=True):
    """A part of a track with a name, which may be empty; `parts` are runs of points, at least two in each."""

    name: str
    parts: tuple[tuple[TrackPoint, ...], ...]

    @property
    def points(self) -> tuple[TrackPoint, ...]:
        """Every point, in order."""
        return tuple(point for part in self.parts for point in part)


class Waypoint(Struct, frozen=True):
    """A point of a track's file that has a name."""

    name: str
    lon: float
    lat: float


class TrackFile(Struct, frozen=True):
    """What a file of tracks holds: at least one stage, and the points that it names; `path` is as authors write it."""

    path: str

    stages: tuple[Stage, ...]
    waypoints: tuple[Waypoint, ...] = ()


class Effort(Struct, frozen=True):
    """What it takes to follow a stage: kilometres, metres of climb and descent, seconds; None where not recorded."""

    distance: float
    climb: float | None = None
    descent: float | None = None
    duration: float | None = None
