"""A way that lines follow: where on it places lie, and what of it lies between two of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray
from shapely.ops import substring

from storymap.earth.cutting import Path, unwrap_path
from storymap.earth.distance import earth
from storymap.earth.mercator import project_latitude, project_longitude, project_points, unproject_points, width_at
from storymap.model.place import LonLat
from storymap.model.track import Stage

_SAME = 0.05
"""Kilometres: where a way comes by a place several times, all passings that are so much farther off are as near."""


LEAST_OFF, MOST_OFF = 2.0, 0.02
"""How far from a way a place on it may lie: kilometres, or where that is more a share of the way's length."""


class Spot(NamedTuple):
    """Where on a course a place lies: `at`, from its start in units of the plane, and how many kilometres `off`."""

    at: float
    off: float


class Course(Struct, frozen=True, eq=False):
    """A way as one line on the plane of `storymap.earth.mercator`, which goes on over 180°; gaps in it are bridged."""

    line: shapely.LineString

    @classmethod
    def of(cls, stage: Stage) -> Course:
        """The course through the points of `stage`."""
        path = unwrap_path([(point.lon, point.lat) for point in stage.points])
        return cls(shapely.LineString(project_points(np.array(path))))

    @property
    def kilometres(self) -> float:
        """Its length on the earth."""
        return _measure(unproject_points(shapely.get_coordinates(self.line)))

    def locate(self, place: LonLat, after: float = 0.0) -> Spot:
        """Where it comes nearest to `place`: of several times the first from `after` on, else the first of all."""
        points = shapely.get_coordinates(self.line)
        starts, ways = points[:-1], np.diff(points, axis=0)
        lengths = np.hypot(*ways.T)
        spot = np.array([_turn(project_longitude(place.lon), points[:, 0]), project_latitude(place.lat)])
        shares = ((spot - starts) * ways).sum(axis=1) / np.maximum(lengths**2, 1e-24)
        nearest = starts + np.clip(shares, 0, 1)[:, None] * ways
        off = np.hypot(*(nearest - spot).T) * width_at(place.lat)
        at = np.concatenate([[0.0], np.cumsum(lengths)[:-1]]) + np.clip(shares, 0, 1) * lengths
        near = off <= off.min() + _SAME
        onward = near & (at >= after)
        chosen = onward if onward.any() else near
        first = int(chosen.argmax())
        passing = off[first:][np.logical_and.accumulate(chosen[first:])]
        best = first + int(passing.argmin())
        return Spot(float(at[best]), float(off[best]))

    def between(self, start: float, end: float) -> tuple[Path, float]:
        """The part from `start` to `end` in degrees, backwards where that lies before, and its kilometres."""
        points = unproject_points(shapely.get_coordinates(substring(self.line, start, end)))
        return [(lon, lat) for lon, lat in points.tolist()], _measure(points)


def _turn(x: float, line: NDArray[np.float64]) -> float:
    """`x` in the turn of the world that is nearest to a line."""
    return float(x + np.round((line.min() + line.max()) / 2 - x))


def _measure(points: NDArray[np.float64]) -> float:
    return float(earth().line_length(points[:, 0], points[:, 1])) / 1000
